import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { provideAssets } from '../../../src/assets';
import { openFile } from '../../../src/bytes/file';
import type { ByteSource } from '../../../src/bytes/source';
import { KerchunkError, NotFoundError } from '../../../src/errors';
import { describeTiff } from '../../../src/tiff/describe';
import type { WorkerChannel, WorkerListener } from '../../../src/worker/channel';
import { WorkerClient, type WorkerClientOptions } from '../../../src/worker/client';
import type { FromWorker, ToWorker } from '../../../src/worker/messages';
import { ownBuffer } from '../../../src/worker/own-buffer';
import type { ZarrArray } from '../../../src/zarr/types';
import { readTestAsset } from '../assets';
import { startHere } from './harness';

/** Two rows of three uint16, stored as differences along each row: 10 12 15 and 100 101 103. */
const stored = Uint16Array.from([10, 2, 3, 100, 1, 2]);
const array: ZarrArray = {
  path: 'band_data',
  zarrFormat: 2,
  shape: [2, 3],
  chunkShape: [2, 3],
  dataType: { kind: 'u', itemSize: 2, byteOrder: 'little' },
  order: 'C',
  fillValue: 0n,
  codecs: [
    { id: 'delta', place: 'filter', config: { dtype: '<u2' } },
    { id: 'zlib', place: 'compressor', config: { level: 5 } },
  ],
  keyEncoding: { separator: '.', prefix: '' },
  attributes: {},
};

const noAssets = (name: string): Promise<Uint8Array> => Promise.reject(new Error(`no ${name}`));
const compressed = (): ArrayBuffer => new Uint8Array(deflateSync(new Uint8Array(stored.buffer))).buffer;

describe('WorkerClient', () => {
  it('has the worker measure how far a running delta is from the truth', async () => {
    const client = new WorkerClient(startHere(), noAssets);
    const bytes = compressed();
    const drift = await client.request('measureDrift', { stored: bytes, array }, { transfer: [bytes] });
    // Row 1 begins with 100 and not with 15 + 100.
    expect(drift.first).toEqual({ row: 1, column: 0, read: 115, truth: 100 });
    expect(drift).toMatchObject({ rows: 2, wrongRows: 1, maximumRead: 118, maximumTrue: 103 });
    expect(bytes.byteLength).toBe(0);
  });

  it('has the worker generate references, and gets the tables that it needs', async () => {
    const path = new URL('../../fixtures/sample/red.tif', import.meta.url).pathname;
    const tiff = await describeTiff(openFile(path, 'file:///red.tif'));
    const asked: string[] = [];
    const client = new WorkerClient(startHere(), (name) => {
      asked.push(name);
      return readTestAsset(name);
    });
    const options = {
      preset: 'portable',
      targetUrl: 'https://x.org/red.tif',
      overviews: false,
      coordinates: true,
    } as const;
    const { text, account, code } = await client.request('generate', {
      tiff,
      options,
      strips: [],
      file: '/data/red.kerchunk.json',
    });
    // tifffile: the first tile.
    expect((JSON.parse(text) as { refs: object }).refs).toMatchObject({
      'red/0.0': ['https://x.org/red.tif', 649398, 32690],
    });
    expect(account.levels).toMatchObject([{ path: 'red', chunks: 36, sparse: 2 }]);
    expect(code).toContain('"/data/red.kerchunk.json"');
    expect(asked).toEqual(['epsg.bin']);
  });

  it('passes on the code and the words of a failure', async () => {
    const client = new WorkerClient(startHere(), noAssets);
    const request = client.request('measureDrift', { stored: Uint8Array.of(1, 2, 3).buffer, array });
    await expect(request).rejects.toMatchObject({ name: 'KerchunkError', code: 'decode-failed' });
    await expect(request).rejects.toThrow(/zlib/u);
  });

  it('rejects at once when cancelled, tells the worker, and takes no late reply', async () => {
    const sent: ToWorker[] = [];
    const client = new WorkerClient(startHere(sent), noAssets);
    const cancel = new AbortController();
    const request = client.request('measureDrift', { stored: compressed(), array }, { signal: cancel.signal });
    await Promise.resolve();
    cancel.abort();
    await expect(request).rejects.toMatchObject({ code: 'cancelled' });
    expect(sent.map(({ type }) => type)).toEqual(['measureDrift', 'cancel']);
    await expect(client.request('measureDrift', { stored: compressed(), array })).resolves.toMatchObject({ rows: 2 });
  });

  it('asks nothing of the worker under a signal that has fired', async () => {
    const sent: ToWorker[] = [];
    const client = new WorkerClient(startHere(sent), noAssets);
    const payload = { stored: compressed(), array };
    const request = client.request('measureDrift', payload, { signal: AbortSignal.abort() });
    await expect(request).rejects.toMatchObject({ code: 'cancelled' });
    expect(sent).toEqual([]);
  });

  it('rejects what waits when the worker ends, and starts another for the next request', async () => {
    const listeners: WorkerListener[] = [];
    const silent: WorkerChannel = { post: () => undefined, stop: () => undefined };
    const client = new WorkerClient((listener) => {
      listeners.push(listener);
      return listeners.length === 1 ? Promise.resolve(silent) : startHere()(listener);
    }, noAssets);
    const request = client.request('measureDrift', { stored: compressed(), array });
    await Promise.resolve();
    listeners[0]?.ended('it ran out of memory');
    await expect(request).rejects.toThrow('it ran out of memory');
    await expect(client.request('measureDrift', { stored: compressed(), array })).resolves.toMatchObject({ rows: 2 });
    expect(listeners).toHaveLength(2);
  });

  it('stops a worker that ended, and lets nothing that it still says reach the next one', async () => {
    const workers: { listener: WorkerListener; stopped: number; sent: ToWorker[] }[] = [];
    const client = new WorkerClient((listener) => {
      const worker = { listener, stopped: 0, sent: [] as ToWorker[] };
      workers.push(worker);
      return Promise.resolve({
        post: (message) => worker.sent.push(message),
        stop: () => {
          worker.stopped += 1;
        },
      });
    }, noAssets);
    const ask = () => client.request('measureDrift', { stored: compressed(), array });
    const first = ask();
    await expect.poll(() => workers[0]?.sent.length).toBe(1);
    workers[0]?.listener.ended('an error');
    await expect(first).rejects.toThrow('an error');
    const second = ask();
    await expect.poll(() => workers[1]?.sent.length).toBe(1);
    // A thread tells of its error, then of its end.
    workers[0]?.listener.ended('it ended with code 1');
    workers[0]?.listener.message({ ...wanted, id: 1 });
    workers[0]?.listener.message({ type: 'reply', id: 2, ok: false, error: { code: 'not-open', message: 'late' } });
    const answer = { code: 'decode-failed', message: 'of the second' } as const;
    workers[1]?.listener.message({ type: 'reply', id: 2, ok: false, error: answer });
    await expect(second).rejects.toThrow('of the second');
    expect(workers.map(({ stopped, sent }) => [stopped, sent.length])).toEqual([
      [1, 1],
      [0, 1],
    ]);
  });

  it('says so where the worker ends before it could be asked', async () => {
    const client = new WorkerClient(async (listener) => {
      await Promise.resolve();
      listener.ended('its script did not start');
      return { post: () => undefined, stop: () => undefined };
    }, noAssets);
    await expect(client.request('measureDrift', { stored: compressed(), array })).rejects.toMatchObject({
      code: 'decode-failed',
    });
  });

  it('tries to start the worker again after a start that failed', async () => {
    let starts = 0;
    const client = new WorkerClient((listener) => {
      starts += 1;
      return starts === 1 ? Promise.reject(new Error('no threads')) : startHere()(listener);
    }, noAssets);
    const ask = (): Promise<unknown> => client.request('measureDrift', { stored: compressed(), array });
    await expect(ask()).rejects.toThrow('no threads');
    await expect(ask()).resolves.toMatchObject({ rows: 2 });
  });

  it('gives the worker the assets it wants, and says which one is missing', async () => {
    const messages: FromWorker[] = [];
    const answers: ToWorker[] = [];
    let listener: WorkerListener | undefined;
    const channel: WorkerChannel = { post: (message) => answers.push(message), stop: () => undefined };
    const client = new WorkerClient(
      (given) => {
        listener = given;
        return Promise.resolve(channel);
      },
      (name) => (name === 'zstd.wasm' ? Promise.resolve(Uint8Array.of(1, 2)) : noAssets(name)),
    );
    void client.request('measureDrift', { stored: compressed(), array });
    messages.push({ type: 'wantAsset', name: 'zstd.wasm' }, { type: 'wantAsset', name: 'other.wasm' });
    for (const message of messages) listener?.message(message);
    await expect.poll(() => answers.length).toBe(3);
    expect(answers).toContainEqual({
      type: 'asset',
      name: 'zstd.wasm',
      ok: true,
      bytes: Uint8Array.of(1, 2).buffer,
    });
    expect(answers).toContainEqual({
      type: 'asset',
      name: 'other.wasm',
      ok: false,
      error: { code: 'fetch-failed', message: 'no other.wasm' },
    });
    provideAssets(noAssets);
  });
});

/** A client of a worker that does nothing but ask for bytes; `answers` are what it is told. */
async function clientAskedForBytes(options: WorkerClientOptions) {
  const answers: ToWorker[] = [];
  const heard: { listener?: WorkerListener } = {};
  const channel: WorkerChannel = { post: (message) => answers.push(message), stop: () => undefined };
  const client = new WorkerClient(
    (listener) => {
      heard.listener = listener;
      return Promise.resolve(channel);
    },
    noAssets,
    options,
  );
  client.prepare();
  await expect.poll(() => heard.listener).toBeDefined();
  return {
    answers,
    say: (message: FromWorker) => heard.listener?.message(message),
    end: () => heard.listener?.ended('it broke'),
  };
}

const wanted = {
  type: 'wantBytes',
  id: 7,
  document: 'd',
  url: 'https://x.org/f',
  offset: 10,
  length: 4,
  afresh: false,
} as const;

/** A source of the host that knows what `known` says of its file. */
function sourceOf(
  read: ByteSource['read'],
  known: Partial<Record<'size' | 'validator' | 'ignoresRanges', unknown>> = {},
) {
  const { size, validator, ignoresRanges } = known;
  return {
    url: '',
    read,
    size: () => size,
    validator: () => validator,
    ignoresRanges: () => ignoresRanges,
  } as ByteSource;
}

const unknown = { size: null, validator: null, ignoresRanges: null };

describe('bytes for the worker', () => {
  it('are read by the host, and sent in a buffer that holds nothing else', async () => {
    const asked: unknown[] = [];
    const { answers, say } = await clientAskedForBytes({
      openSource: (...request) => {
        const read: ByteSource['read'] = (offset, length) => {
          asked.push([...request, offset, length]);
          return Promise.resolve(Uint8Array.of(0, 1, 2, 3, 4, 5).subarray(1, 5));
        };
        return sourceOf(read, { size: 99, validator: { etag: '"e"' }, ignoresRanges: false });
      },
    });
    say({ ...wanted, afresh: true });
    await expect.poll(() => answers.length).toBe(1);
    expect(asked).toEqual([['d', 'https://x.org/f', true, 10, 4]]);
    const bytes = Uint8Array.of(1, 2, 3, 4).buffer;
    const known = { size: 99, validator: { etag: '"e"' }, ignoresRanges: false };
    expect(answers).toEqual([{ type: 'bytes', id: 7, ok: true, bytes, known }]);
  });

  it('move there where they have a buffer of their own, and are not copied', async () => {
    const bytes = Uint8Array.of(1, 2, 3, 4);
    const { answers, say } = await clientAskedForBytes({
      openSource: () => sourceOf(() => Promise.resolve(bytes)),
    });
    say(wanted);
    await expect.poll(() => answers.length).toBe(1);
    const [answer] = answers;
    expect(answer?.type === 'bytes' && answer.ok && answer.bytes).toBe(bytes.buffer);
  });

  it('are refused with the code that the host refuses them with', async () => {
    const { answers, say } = await clientAskedForBytes({
      openSource: () =>
        sourceOf(() => Promise.reject(new KerchunkError('restricted-mode', 'Nothing is fetched here.'))),
    });
    say(wanted);
    await expect.poll(() => answers.length).toBe(1);
    const error = { code: 'restricted-mode', message: 'Nothing is fetched here.' };
    expect(answers).toEqual([{ type: 'bytes', id: 7, ok: false, error, known: unknown }]);
  });

  it('are refused with what the source has learnt all the same, and that there is no such file', async () => {
    const { answers, say } = await clientAskedForBytes({
      openSource: () => sourceOf(() => Promise.reject(new NotFoundError('Gone.')), { ignoresRanges: true }),
    });
    say(wanted);
    await expect.poll(() => answers.length).toBe(1);
    const error = { code: 'fetch-failed', message: 'Gone.', kind: 'not-found' };
    expect(answers).toEqual([{ type: 'bytes', id: 7, ok: false, error, known: { ...unknown, ignoresRanges: true } }]);
  });

  it('are refused where their address cannot be opened', async () => {
    const { answers, say } = await clientAskedForBytes({
      openSource: () => {
        throw new KerchunkError('invalid-argument', 'No such scheme.');
      },
    });
    say(wanted);
    await expect.poll(() => answers.length).toBe(1);
    expect(answers[0]).toMatchObject({ ok: false, error: { code: 'invalid-argument', message: 'No such scheme.' } });
  });

  it('are refused where the host has no way to read them', async () => {
    const { answers, say } = await clientAskedForBytes({});
    say(wanted);
    await expect.poll(() => answers.length).toBe(1);
    expect(answers[0]).toMatchObject({ ok: false, error: { code: 'invalid-argument' } });
  });

  it.each(['a cancelled read', 'the end of the worker'])(
    'are read no further after %s, and answered with nothing',
    async (what) => {
      let signal: AbortSignal | undefined;
      const { answers, say, end } = await clientAskedForBytes({
        openSource: () =>
          sourceOf((_offset, _length, given) => {
            signal = given;
            return new Promise((_resolve, reject) => {
              given?.addEventListener('abort', () => {
                reject(new KerchunkError('cancelled', 'Cancelled.'));
              });
            });
          }),
      });
      say(wanted);
      await expect.poll(() => signal).toBeDefined();
      if (what === 'a cancelled read') say({ type: 'cancelBytes', id: 7 });
      else end();
      expect(signal?.aborted).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(answers).toEqual([]);
    },
  );
});

describe('ownBuffer', () => {
  it('holds the bytes of the view and none beside it', () => {
    const whole = Uint8Array.of(1, 2, 3, 4);
    const own = ownBuffer(whole.subarray(1, 3));
    expect(new Uint8Array(own)).toEqual(Uint8Array.of(2, 3));
    expect(own.byteLength).toBe(2);
  });

  it("is the view's own where it holds nothing else", () => {
    const whole = Uint8Array.of(1, 2, 3, 4);
    expect(ownBuffer(whole)).toBe(whole.buffer);
  });
});
