import { describe, expect, it, vi } from 'vitest';
import { HttpSource } from '../../../src/bytes/http';
import { patternBytes } from '../../support/content';
import { failureOf } from './fail';
import { quick } from './serving';

vi.mock('../../../src/bytes/network', () => import('../../../src/bytes/network.web'));

/** A fetch as a browser has it for another origin that exposes no headers: Content-Range and ETag can't be seen. */
function hiding(status: number, body: Uint8Array<ArrayBuffer>): typeof fetch {
  return (_input, init) => {
    const first = Number(/\d+/u.exec(new Headers(init?.headers).get('range') ?? '')?.[0]);
    if (first >= body.length) return Promise.resolve(new Response(null, { status: 416 }));
    return Promise.resolve(new Response(body, { status, headers: { 'content-length': String(body.length) } }));
  };
}

function sourceWith(fetchInstead: typeof fetch): HttpSource {
  return new HttpSource('https://example.com/a.tif', { fetch: fetchInstead, retry: quick });
}

describe('reading in a browser', () => {
  it('does without a Content-Range that CORS hides', async () => {
    const source = sourceWith(hiding(206, Uint8Array.from(patternBytes(10))));
    expect(await source.read(0, 10)).toEqual(patternBytes(10));
    expect(source.size()).toBeUndefined();
  });

  it('takes fewer bytes for the end of the file, and more for a mistake', async () => {
    const source = sourceWith(hiding(206, Uint8Array.from(patternBytes(10))));
    expect(await source.read(0, 20)).toEqual(patternBytes(10));
    expect((await failureOf(source.read(0, 9))).code).toBe('short-read');
  });

  it('can only guess at a 416 without Content-Range', async () => {
    const error = await failureOf(sourceWith(hiding(416, new Uint8Array(0))).read(0, 10));
    expect(error.message).toContain('ends before them, or is empty');
  });

  it('names the host that CORS keeps closed', async () => {
    let calls = 0;
    const source = sourceWith(() => {
      calls++;
      return Promise.reject(new TypeError('Failed to fetch'));
    });
    const error = await failureOf(source.read(0, 10));
    expect(error.code).toBe('fetch-failed');
    expect(error.message).toContain('Most likely example.com does not allow web pages to read it (CORS)');
    expect(calls).toBe(1);
  });

  it('tries again when a host that was read before falls silent', async () => {
    let calls = 0;
    const source = sourceWith((input, init) => {
      calls++;
      if (calls === 2) return Promise.reject(new TypeError('Failed to fetch'));
      return hiding(206, Uint8Array.from(patternBytes(10)))(input, init);
    });
    await source.read(0, 10);
    expect(await source.read(0, 10)).toEqual(patternBytes(10));
    expect(calls).toBe(3);
  });
});
