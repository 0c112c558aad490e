import { describe, expect, it } from 'vitest';
import { HttpSource } from '../../../src/bytes/http';
import type { ErrorCode, KerchunkError } from '../../../src/errors';
import { patternBytes, patternContent, sparseContent } from '../../support/content';
import { type Behaviour, refusedUrl, startServer } from '../../support/servers';
import { failureOf } from './fail';
import { quick, server, sourceOf } from './serving';

/** A file of the size of the notebook's B04.tif, which must never be fetched whole. */
const BIG = sparseContent(218_693_282, []);

interface Case {
  behaviour: Behaviour;
  code: ErrorCode;
  /** What the message must say. */
  says: string;
  /** Requests that reach the server for one read. */
  requests: number;
}

const CASES: Case[] = [
  {
    behaviour: 'status200',
    code: 'short-read',
    says: 'answered 200 to a range request; it does not support byte ranges. Download the file or use',
    requests: 1,
  },
  { behaviour: 'login-page', code: 'fetch-failed', says: 'a web page (200, text/html)', requests: 1 },
  { behaviour: 'bad-request', code: 'fetch-failed', says: '(400)', requests: 1 },
  { behaviour: 'unauthorized', code: 'fetch-failed', says: 'wants a login (401)', requests: 1 },
  { behaviour: 'forbidden', code: 'fetch-failed', says: 'Access is refused (403)', requests: 1 },
  { behaviour: 'not-found', code: 'fetch-failed', says: 'no such file (404). Check the address; the', requests: 1 },
  { behaviour: 'gone', code: 'fetch-failed', says: 'gone for good (410)', requests: 1 },
  { behaviour: 'teapot', code: 'fetch-failed', says: 'answered 418', requests: 1 },
  {
    behaviour: 'not-satisfiable',
    code: 'short-read',
    says: 'yet it says that the file has 218,693,282 bytes',
    requests: 1,
  },
  { behaviour: 'not-satisfiable-bare', code: 'short-read', says: 'the file ends before them', requests: 1 },
  {
    behaviour: 'unavailable',
    code: 'fetch-failed',
    says: 'The server failed (503). Try again later. Tried 4 times.',
    requests: 4,
  },
  { behaviour: 'reset', code: 'fetch-failed', says: 'broke before an answer came', requests: 4 },
  { behaviour: 'truncated', code: 'short-read', says: 'cut after 50 of 100 bytes. Tried 4 times.', requests: 4 },
  {
    behaviour: 'short-body',
    code: 'short-read',
    says: 'stated 100 bytes for bytes 1,000-1,099 and sent 50',
    requests: 1,
  },
  { behaviour: 'long-body', code: 'short-read', says: 'more than the 100 bytes', requests: 1 },
  {
    behaviour: 'wrong-start',
    code: 'short-read',
    says: 'asked for bytes 1,000-1,099, the server answered with bytes 1,001-1,100',
    requests: 1,
  },
  { behaviour: 'wrong-end', code: 'short-read', says: 'answered with bytes 1,000-1,098', requests: 1 },
  { behaviour: 'no-content-range', code: 'short-read', says: 'no Content-Range', requests: 1 },
  { behaviour: 'gzip', code: 'fetch-failed', says: 'Content-Encoding: gzip', requests: 1 },
  { behaviour: 'multipart', code: 'fetch-failed', says: 'multipart/byteranges', requests: 1 },
  { behaviour: 'silent', code: 'fetch-failed', says: 'did not answer within 0.25 seconds', requests: 4 },
  { behaviour: 'stalled', code: 'short-read', says: 'stopped sending after 50 of 100 bytes', requests: 4 },
  { behaviour: 'redirect-loop', code: 'fetch-failed', says: 'redirect count exceeded', requests: 21 },
  { behaviour: 'wrong-region', code: 'fetch-failed', says: 'region eu-central-1', requests: 1 },
];

async function failureFor(behaviour: Behaviour): Promise<{ error: KerchunkError; requests: number; sent: number }> {
  const started = await startServer({ content: BIG, behaviour });
  try {
    // A busy machine may take half a second for the first half of an answer; what is silent for ever can be given up soon.
    const inactivity = behaviour === 'silent' ? 250 : behaviour === 'stalled' ? 1_000 : 10_000;
    const error = await failureOf(sourceOf(started, { inactivity, slowest: 1 }).source.read(1000, 100));
    const sent = started.requests.reduce((sum, request) => sum + request.sent, 0);
    return { error, requests: started.requests.length, sent };
  } finally {
    await started.close();
  }
}

describe('a server that misbehaves', () => {
  it.each(CASES)('$behaviour is its own error, soon, and never bytes', async ({ behaviour, code, says, requests }) => {
    const begin = performance.now();
    const result = await failureFor(behaviour);
    expect(result.error.message).toContain(says);
    expect(result.error.message).toContain('/a.tif');
    expect(result.error.code).toBe(code);
    expect(result.requests).toBe(requests);
    expect(performance.now() - begin).toBeLessThan(8000);
  });

  it('has a message of its own for every case', async () => {
    const messages = await Promise.all(CASES.map(async ({ behaviour }) => (await failureFor(behaviour)).error.message));
    const withoutPort = messages.map((message) => message.replace(/127\.0\.0\.1:\d+/g, 'host'));
    expect(new Set(withoutPort).size).toBe(CASES.length);
  });

  it.each<Behaviour>(['status200', 'status200-chunked'])(
    'drops the answer of %s, which is all of a big file',
    async (behaviour) => {
      const { error, sent } = await failureFor(behaviour);
      expect(error.message).toContain('answered 200 to a range request');
      expect(sent).toBeLessThan(32 * 2 ** 20);
    },
  );

  it('says that a connection is refused, without trying again', async () => {
    const traces: number[] = [];
    const url = `${await refusedUrl()}/a.tif`;
    const source = new HttpSource(url, { retry: quick, onRequest: (trace) => traces.push(trace.attempt) });
    const error = await failureOf(source.read(0, 10));
    expect(error.code).toBe('fetch-failed');
    expect(error.message).toContain('refuses connections (');
    expect(traces).toEqual([1]);
  });

  it('gives up an answer that trickles in too slowly', async () => {
    const started = await server({ content: BIG, behaviour: 'dripping' });
    const { source } = sourceOf(started, { inactivity: 400, slowest: 1000 });
    const error = await failureOf(source.read(0, 100));
    expect(error.code).toBe('fetch-failed');
    expect(error.message).toContain('fewer than 1,000 bytes a second');
    expect(started.requests).toHaveLength(1);
  });

  it('does not show the signature of an address', async () => {
    const started = await server({ content: BIG, behaviour: 'forbidden' });
    const source = new HttpSource(`${started.url}/a.tif?X-Amz-Signature=abcdef`, { retry: quick });
    const { message } = await failureOf(source.read(0, 10));
    expect(message).toContain('/a.tif?…');
    expect(message).not.toContain('abcdef');
    expect(started.requests[0]?.url).toBe('/a.tif?X-Amz-Signature=abcdef');
  });
});

describe('a server that fails and recovers', () => {
  it.each<Behaviour>(['error-once', 'reset-once', 'truncated-once', 'too-many-once'])(
    '%s is tried again, and only the attempt that succeeded gives bytes',
    async (behaviour) => {
      const started = await server({ content: patternContent(1000), behaviour });
      const { source, traces } = sourceOf(started, { maxRetryAfter: 5 });
      expect(await source.read(100, 10)).toEqual(patternBytes(10, 100));
      expect(traces.map((trace) => trace.attempt)).toEqual([1, 2]);
      expect(traces[1]).toMatchObject({ status: 206, bytes: 10 });
    },
  );

  it('waits as long as Retry-After says, up to its limit', async () => {
    const waits: number[] = [];
    const sleep = (milliseconds: number): Promise<void> => {
      waits.push(milliseconds);
      return Promise.resolve();
    };
    const started = await server({ content: patternContent(1000), behaviour: 'too-many-once' });
    await sourceOf(started, { sleep }).source.read(0, 1);
    const impatient = await server({ content: patternContent(1000), behaviour: 'too-many-once' });
    await sourceOf(impatient, { sleep, maxRetryAfter: 300 }).source.read(0, 1);
    expect(waits).toEqual([1000, 300]);
  });
});

describe('a file that changes', () => {
  it.each<[Behaviour, string]>([
    ['changing-etag', 'ETag "version 1" then, "version 2" now'],
    ['changing-date', 'last modified Wed, 01 Jan 2025 00:00:01 GMT then, Wed, 01 Jan 2025 00:00:02 GMT now'],
    ['growing', '1,001 bytes then, 1,002 bytes now'],
  ])('%s ends the source: bytes of two versions are never mixed', async (behaviour, difference) => {
    const started = await server({ content: patternContent(1000), behaviour });
    const { source } = sourceOf(started);
    await source.read(0, 10);
    const error = await failureOf(source.read(10, 10));
    expect(error.code).toBe('fetch-failed');
    expect(error.message).toContain(`changed on the server since it was first read: ${difference}`);
    expect(await failureOf(source.read(20, 10))).toBe(error);
    expect(started.requests).toHaveLength(2);
  });

  it('is noticed when it shrinks below a range', async () => {
    let size = 1000;
    const started = await server((request, response) => {
      const [, start = '0', end = '0'] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
      const past = Number(start) >= size;
      response.writeHead(past ? 416 : 206, { 'Content-Range': `bytes ${past ? '*' : `${start}-${end}`}/${size}` });
      response.end(past ? '' : patternBytes(Number(end) - Number(start) + 1, Number(start)));
    });
    const { source } = sourceOf(started);
    await source.read(0, 10);
    size = 500;
    expect((await failureOf(source.read(600, 10))).message).toContain('1,000 bytes then, 500 bytes now');
  });
});

describe('cancelling', () => {
  it('stops a read at once and drops the connection', async () => {
    let closed: Promise<void> | undefined;
    const started = await server((request) => {
      closed = new Promise((resolve) =>
        request.socket.once('close', () => {
          resolve();
        }),
      );
    });
    const { source, traces } = sourceOf(started, { inactivity: 20_000 });
    const controller = new AbortController();
    const read = failureOf(source.read(0, 10, controller.signal));
    while (closed === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    const begin = performance.now();
    controller.abort();
    expect((await read).code).toBe('cancelled');
    expect(performance.now() - begin).toBeLessThan(1000);
    await closed;
    expect(traces).toHaveLength(1);
  });

  it('stops the wait between two attempts', async () => {
    const started = await server({ content: BIG, behaviour: 'unavailable' });
    const controller = new AbortController();
    const { source } = sourceOf(started, { baseDelay: 60_000, maxDelay: 60_000, total: 600_000 });
    const read = failureOf(source.read(0, 10, controller.signal));
    while (started.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    setTimeout(() => {
      controller.abort();
    }, 50);
    expect((await read).code).toBe('cancelled');
    expect(started.requests).toHaveLength(1);
  });

  it('makes no request under a signal that has fired', async () => {
    const started = await server({ content: BIG });
    const error = await failureOf(sourceOf(started).source.read(0, 10, AbortSignal.abort()));
    expect(error.code).toBe('cancelled');
    expect(started.requests).toHaveLength(0);
  });
});

describe('a server that does not tell the size of the file', () => {
  /** Serves `size` pattern bytes, `most` of them at a time, with `*` in place of the size; notes the ranges asked for. */
  const without = (size: number, most: number, asked: string[] = []): HttpSource =>
    new HttpSource('https://x.test/f', {
      fetch: (_input, init) => {
        const range = new Headers(init?.headers).get('range') ?? '';
        asked.push(range);
        const [first = 0, last = 0] = (/(\d+)-(\d+)/u.exec(range) ?? []).slice(1).map(Number);
        if (first >= size) return Promise.resolve(new Response(null, { status: 416 }));
        const end = Math.min(last, size - 1, first + most - 1);
        const headers = { 'Content-Range': `bytes ${first}-${end}/*` };
        return Promise.resolve(new Response(patternBytes(size).slice(first, end + 1), { status: 206, headers }));
      },
    });

  it('and sends less than asked for is not taken to have reached the end of the file', async () => {
    const error = await failureOf(without(5000, 1000).read(0, 2000));
    expect(error.code).toBe('short-read');
    expect(error.message).toContain('the server sent only 1,000');
  });

  it('is asked once more where the file may end', async () => {
    const asked: string[] = [];
    expect(await without(1500, 4000, asked).read(0, 2000)).toEqual(patternBytes(1500));
    expect(asked).toEqual(['bytes=0-1999', 'bytes=1500-1999']);
    expect(await without(1500, 4000).read(0, 1500)).toEqual(patternBytes(1500));
  });
});
