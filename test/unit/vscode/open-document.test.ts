import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KerchunkError } from '../../../src/errors';
import type { CheckedDocument, DocumentOutline, FindingGroup, ReaderVerdict } from '../../../src/preview/types';
import { type DocumentChange, OpenDocument } from '../../../src/vscode/open-document';
import type { WorkerClient } from '../../../src/worker/client';

type Request = WorkerClient['request'];
type Tell = (message: string, findings?: FindingGroup[]) => void;
type Answer = (payload: Record<string, unknown>, signal: AbortSignal | undefined, tell: Tell | undefined) => unknown;

const outlineOf = (text: string): DocumentOutline => ({
  version: 1,
  bytes: text.length,
  compression: null,
  nodes: new TextEncoder().encode(text).buffer,
  targets: { count: 0, first: [] },
});

function finding(message: string): FindingGroup {
  const range = { line: 3, column: 1, endLine: 3, endColumn: 2 };
  return {
    code: 'json/syntax',
    title: 'The text is not JSON.',
    severity: 'error',
    path: '',
    message,
    range,
    count: 1,
    samples: [],
  };
}

const gdal: ReaderVerdict = { name: 'GDAL', tried: 'GDAL 3', reads: 'all', verdict: 'reads the array', obstacles: [] };

function checked(...findings: FindingGroup[]): CheckedDocument {
  return { findings, readers: [gdal] };
}

/** A worker that holds documents as the real one does; `answers` stand in place of what it would say. */
function fakeWorker(answers: Record<string, Answer> = {}) {
  const held = new Map<string, string>();
  const calls: string[] = [];
  const decode = (text: unknown): string => new TextDecoder().decode(text as ArrayBuffer);
  const own: Record<string, Answer> = {
    open: ({ document, text }) => {
      held.set(document as string, decode(text));
      return outlineOf(decode(text));
    },
    close: ({ document }) => held.delete(document as string) && null,
    validate: ({ document, text }) =>
      checked(finding(text === null ? (held.get(document as string) ?? '') : decode(text))),
    hover: ({ document }) => {
      if (!held.has(document as string)) throw new KerchunkError('not-open', 'not open');
      return { kind: 'group', text: held.get(document as string) };
    },
  };
  const request = async (
    type: string,
    payload: Record<string, unknown>,
    { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: Tell } = {},
  ): Promise<unknown> => {
    calls.push(type);
    await Promise.resolve();
    if (signal?.aborted === true) throw new KerchunkError('cancelled', 'Cancelled.');
    return (answers[type] ?? own[type])?.(payload, signal, onProgress);
  };
  return { request: request as unknown as Request, held, calls };
}

function open(worker: ReturnType<typeof fakeWorker>, read: () => string | Promise<string>) {
  const changes: DocumentChange[] = [];
  const failures: unknown[] = [];
  const document = new OpenDocument({
    worker,
    name: 'file:///a.json',
    url: 'file:///a.json',
    source: 'references',
    read: async () => new TextEncoder().encode(await read()).buffer,
    mayFetch: () => true,
    changed: (what) => changes.push(what),
    failed: (error) => failures.push(error),
    delay: 200,
  });
  return { document, changes, failures };
}

const hover = (document: OpenDocument, signal?: AbortSignal) => document.ask('hover', { line: 1, column: 1 }, signal);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('OpenDocument', () => {
  it('tells the outline, then the findings', async () => {
    const worker = fakeWorker();
    const { document, changes } = open(worker, () => 'one');
    expect(document.state).toEqual({ kind: 'loading' });
    expect(document.readers).toBeUndefined();
    await document.load();
    expect(document.state).toEqual({ kind: 'outline', outline: outlineOf('one') });
    expect(document.revision).toBe(1);
    await vi.waitFor(() => {
      expect(document.findings).toEqual([finding('one')]);
    });
    expect(document.readers).toEqual([gdal]);
    expect(changes).toEqual(['state', 'findings']);
  });

  it('shows how far reading is and what was found so far, until the text is read', async () => {
    const seen: unknown[] = [];
    const worker = fakeWorker({
      open: ({ text }, _signal, tell) => {
        tell?.('10 % of 80 MiB');
        seen.push(document.state);
        tell?.('20 % of 80 MiB', [finding('early')]);
        tell?.('30 % of 80 MiB');
        seen.push(document.state);
        return outlineOf(new TextDecoder().decode(text as ArrayBuffer));
      },
    });
    const { document, changes } = open(worker, () => 'one');
    await document.load();
    expect(seen).toEqual([
      { kind: 'loading', progress: { message: '10 % of 80 MiB', findings: [] } },
      { kind: 'loading', progress: { message: '30 % of 80 MiB', findings: [finding('early')] } },
    ]);
    expect(document.state.kind).toBe('outline');
    expect(changes.slice(0, 4)).toEqual(['state', 'state', 'state', 'state']);
    expect(document.revision).toBe(1);
    // A text that is read again has something to show meanwhile.
    seen.length = 0;
    await document.load();
    expect(seen).toEqual([
      { kind: 'outline', outline: outlineOf('one') },
      { kind: 'outline', outline: outlineOf('one') },
    ]);
  });

  it('puts what a check against the source finds among its findings, until the text changes', async () => {
    let text = 'one';
    const worker = fakeWorker({ checkSource: () => ({ groups: [finding('moved')], needPermission: [] }) });
    const { document, changes } = open(worker, () => text);
    await document.load();
    await vi.waitFor(() => {
      expect(document.findings).toHaveLength(1);
    });
    await document.checkSource(new AbortController().signal, () => undefined);
    expect(document.findings).toEqual([finding('one'), finding('moved')]);
    expect(changes).toEqual(['state', 'findings', 'findings']);
    text = 'two';
    await document.load();
    await vi.waitFor(() => {
      expect(document.findings).toEqual([finding('two')]);
    });
  });

  it('keeps what each of the checks of the files behind it found last', async () => {
    const found = ['moved', 'gone', 'gone still'].map((message) => ({
      groups: [finding(message)],
      needPermission: [],
    }));
    const [moved, ...gone] = found;
    const worker = fakeWorker({ checkSource: () => moved, checkReach: () => gone.shift() });
    const { document } = open(worker, () => 'one');
    await document.load();
    await vi.waitFor(() => {
      expect(document.findings).toHaveLength(1);
    });
    const { signal } = new AbortController();
    await document.checkSource(signal, () => undefined);
    await document.checkReach(signal, () => undefined);
    await document.checkReach(signal, () => undefined);
    expect(document.findings).toEqual([finding('one'), finding('moved'), finding('gone still')]);
    document.refresh();
    await vi.waitFor(() => {
      expect(document.findings).toEqual([finding('one')]);
    });
  });

  it('leaves out what a check found in a text that has changed meanwhile', async () => {
    let text = 'one';
    const answers: (() => void)[] = [];
    const worker = fakeWorker({
      checkSource: () =>
        new Promise((resolve) =>
          answers.push(() => {
            resolve({ groups: [finding('moved')] });
          }),
        ),
    });
    const { document } = open(worker, () => text);
    await document.load();
    const checking = document.checkSource(new AbortController().signal, () => undefined);
    await vi.waitFor(() => {
      expect(answers).toHaveLength(1);
    });
    text = 'two';
    await document.load();
    answers[0]?.();
    await checking;
    await vi.waitFor(() => {
      expect(document.findings).toEqual([finding('two')]);
    });
  });

  it('waits for the end of a row of edits, and reads the text as it is then', async () => {
    const worker = fakeWorker();
    let text = 'one';
    const { document } = open(worker, () => text);
    await document.load();
    for (text of ['two', 'three', 'four']) {
      document.loadSoon();
      await vi.advanceTimersByTimeAsync(150);
    }
    expect(document.revision).toBe(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(document.state).toEqual({ kind: 'outline', outline: outlineOf('four') });
    expect(document.revision).toBe(2);
    expect(worker.calls.filter((type) => type === 'open')).toHaveLength(2);
  });

  it('answers about the newest text, without waiting for the delay', async () => {
    const worker = fakeWorker();
    let text = 'one';
    const { document } = open(worker, () => text);
    await document.load();
    text = 'two';
    document.loadSoon();
    expect(await hover(document)).toMatchObject({ text: 'two' });
  });

  it('gives up an older load for a newer one, however long it takes', async () => {
    const worker = fakeWorker();
    let release: (text: string) => void = () => undefined;
    const slow = new Promise<string>((resolve) => (release = resolve));
    let reads = 0;
    const { document, changes } = open(worker, () => (++reads === 1 ? slow : 'new'));
    const first = document.load();
    await document.load();
    release('old');
    await first;
    expect(document.state).toEqual({ kind: 'outline', outline: outlineOf('new') });
    expect(document.revision).toBe(1);
    expect(changes.filter((what) => what === 'state')).toHaveLength(1);
    expect(worker.held.get('file:///a.json')).toBe('new');
  });

  it('has its findings once it is checked, those of the newest text, whatever is under way', async () => {
    let text = 'one';
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const worker = fakeWorker({
      validate: async ({ document }) => {
        await gate;
        return checked(finding(worker.held.get(document as string) ?? ''));
      },
    });
    const { document } = open(worker, () => text);
    void document.load();
    await document.settled();
    expect(document.findings).toBeUndefined();
    const waiting = document.checked();
    text = 'two';
    document.loadSoon();
    letGo();
    await waiting;
    expect(document.findings).toEqual([finding('two')]);
  });

  it('is checked where the check fails too', async () => {
    const worker = fakeWorker({
      validate: () => {
        throw new KerchunkError('decode-failed', 'The worker has no memory left.');
      },
    });
    const { document } = open(worker, () => 'one');
    void document.load();
    await document.checked();
    expect(document.checkFailure?.message).toBe('The worker has no memory left.');
  });

  it('says why a text cannot be read, and where', async () => {
    const worker = fakeWorker({
      open: () => {
        throw new KerchunkError('not-json', 'This is not JSON: line 3, column 1.');
      },
    });
    const { document, changes } = open(worker, () => '{');
    await document.load();
    expect(document.state).toEqual({
      kind: 'failed',
      error: { code: 'not-json', message: 'This is not JSON: line 3, column 1.' },
      range: finding('').range,
    });
    expect(document.findings).toEqual([finding('{')]);
    expect(changes).toEqual(['state', 'findings']);
    await expect(hover(document)).rejects.toMatchObject({ code: 'not-json' });
  });

  it('recovers once the text can be read again', async () => {
    const worker = fakeWorker();
    let fails = true;
    const { document } = open(worker, () => {
      if (fails) throw new KerchunkError('fetch-failed', 'gone');
      return 'back';
    });
    await document.load();
    expect(document.state).toMatchObject({ kind: 'failed', error: { code: 'fetch-failed' }, range: null });
    fails = false;
    document.loadSoon();
    await vi.advanceTimersByTimeAsync(250);
    expect(document.state).toEqual({ kind: 'outline', outline: outlineOf('back') });
  });

  it('gives the text to a worker that was started anew, once', async () => {
    const worker = fakeWorker();
    const { document } = open(worker, () => 'one');
    await document.load();
    worker.held.clear();
    const [first, second] = await Promise.all([hover(document), hover(document)]);
    expect(first).toMatchObject({ text: 'one' });
    expect(second).toMatchObject({ text: 'one' });
    expect(worker.calls.filter((type) => type === 'open')).toHaveLength(2);
  });

  it('passes on that the worker does not hold it the second time', async () => {
    const worker = fakeWorker({
      hover: () => {
        throw new KerchunkError('not-open', 'not open');
      },
    });
    const { document } = open(worker, () => 'one');
    await document.load();
    await expect(hover(document)).rejects.toMatchObject({ code: 'not-open' });
    expect(worker.calls.filter((type) => type === 'hover')).toHaveLength(2);
  });

  it('counts a new revision of the same text where more may be read', async () => {
    const worker = fakeWorker();
    const { document, changes } = open(worker, () => 'one');
    await document.load();
    await vi.runAllTimersAsync();
    document.refresh();
    await vi.runAllTimersAsync();
    expect(document.revision).toBe(2);
    expect(changes).toEqual(['state', 'findings', 'state', 'findings']);
    expect(worker.calls.filter((type) => type === 'open')).toHaveLength(1);
  });

  it('says why a check failed, shows the outline all the same, and checks again when it is told to', async () => {
    let broken = true;
    const worker = fakeWorker({
      validate: () => {
        if (broken) throw new KerchunkError('decode-failed', 'The worker stopped.');
        return checked(finding('found'));
      },
    });
    const { document, changes, failures } = open(worker, () => 'one');
    await document.load();
    await vi.runAllTimersAsync();
    expect(failures).toEqual([expect.objectContaining({ message: 'The worker stopped.' })]);
    expect(document.state.kind).toBe('outline');
    expect(document.findings).toBeUndefined();
    expect(document.checkFailure).toEqual({ code: 'decode-failed', message: 'The worker stopped.' });
    expect(changes).toEqual(['state', 'findings']);
    broken = false;
    document.check();
    await vi.runAllTimersAsync();
    expect(document.findings).toEqual([finding('found')]);
    expect(document.checkFailure).toBeUndefined();
    expect(document.revision).toBe(1);
    expect(changes).toEqual(['state', 'findings', 'findings']);
  });

  it('takes the findings of the older check from sight where the newer one fails', async () => {
    let broken = false;
    const worker = fakeWorker({
      validate: () => {
        if (broken) throw new KerchunkError('decode-failed', 'The worker stopped.');
        return checked(finding('found'));
      },
    });
    const { document, changes } = open(worker, () => 'one');
    await document.load();
    await vi.runAllTimersAsync();
    broken = true;
    document.check();
    await vi.runAllTimersAsync();
    expect(document.findings).toBeUndefined();
    expect(changes).toEqual(['state', 'findings', 'findings']);
  });

  it.each(['a check', 'a hover'])('is checked again by a worker that was started anew, after %s', async (what) => {
    let crashes = true;
    const worker = fakeWorker({
      validate: ({ document: name }) => {
        if (crashes) {
          crashes = false;
          worker.held.clear();
          throw new KerchunkError('decode-failed', 'The worker stopped.');
        }
        if (!worker.held.has(name as string)) throw new KerchunkError('not-open', 'not open');
        return checked(finding('found'));
      },
    });
    const { document } = open(worker, () => 'one');
    await document.load();
    await vi.runAllTimersAsync();
    expect(document.checkFailure).toBeDefined();
    if (what === 'a check') document.check();
    else await hover(document);
    await vi.runAllTimersAsync();
    expect(document.findings).toEqual([finding('found')]);
    expect(document.checkFailure).toBeUndefined();
  });

  it('does not give the text again and again to a worker that holds none', async () => {
    const worker = fakeWorker({
      validate: () => {
        throw new KerchunkError('not-open', 'not open');
      },
    });
    const { document } = open(worker, () => 'one');
    await document.load();
    await vi.runAllTimersAsync();
    expect(document.checkFailure).toEqual({ code: 'not-open', message: 'not open' });
    expect(worker.calls.filter((type) => type === 'open')).toHaveLength(1);
  });

  it('does nothing more once it is disposed of', async () => {
    const worker = fakeWorker();
    const { document, changes } = open(worker, () => 'one');
    await document.load();
    await vi.runAllTimersAsync();
    changes.length = 0;
    document.loadSoon();
    document.dispose();
    await vi.runAllTimersAsync();
    expect(worker.calls.at(-1)).toBe('close');
    expect(worker.held.size).toBe(0);
    expect(changes).toEqual([]);
  });
});

describe('OpenDocument of a TIFF', () => {
  it('is opened by its address, without its bytes, and is not checked', async () => {
    const asked: Record<string, unknown>[] = [];
    const outline = outlineOf('');
    const worker = fakeWorker({
      openTiff: (payload) => {
        asked.push(payload);
        return outline;
      },
    });
    const changes: DocumentChange[] = [];
    let openings = 0;
    const document = new OpenDocument({
      worker,
      name: 'tiff file:///a.tif',
      url: 'file:///a.tif',
      source: 'tiff',
      opening: () => (openings += 1),
      read: () => Promise.reject(new Error('It is read whole.')),
      mayFetch: () => true,
      changed: (what) => changes.push(what),
      failed: (error) => {
        throw error;
      },
      delay: 200,
    });
    await document.load();
    expect(document.state).toEqual({ kind: 'outline', outline });
    expect(asked).toEqual([{ document: 'tiff file:///a.tif', url: 'file:///a.tif' }]);
    document.refresh();
    document.check();
    await vi.advanceTimersByTimeAsync(1000);
    expect(changes).toEqual(['state', 'state']);
    expect(document.findings).toBeUndefined();
    expect(worker.calls).toEqual(['openTiff']);
    expect(openings).toBe(1);
  });

  it('says why it cannot be shown', async () => {
    const worker = fakeWorker({
      openTiff: () => {
        throw new KerchunkError('not-expressible', 'a.tif: it is compressed with CCITT.');
      },
    });
    const document = new OpenDocument({
      worker,
      name: 'tiff file:///a.tif',
      url: 'file:///a.tif',
      source: 'tiff',
      read: () => Promise.reject(new Error('It is read whole.')),
      mayFetch: () => true,
      changed: () => undefined,
      failed: () => undefined,
      delay: 200,
    });
    await document.load();
    const error = { code: 'not-expressible', message: 'a.tif: it is compressed with CCITT.' };
    expect(document.state).toEqual({ kind: 'failed', error, range: null });
  });
});
