import { describe, expect, it } from 'vitest';
import { HttpSource } from '../../../src/bytes/http';
import { readExactly } from '../../../src/bytes/merge';
import { patternBytes, patternContent, sparseContent } from '../../support/content';
import { failureOf, thrownBy } from './fail';
import { ranges, server, sourceOf } from './serving';

describe('reading by range over HTTP', () => {
  it('asks by GET for an inclusive range, uncoded, and learns size and validator from the answer', async () => {
    const started = await server({ content: patternContent(1000) });
    const { source, traces } = sourceOf(started);
    expect(source.size()).toBeUndefined();
    expect(source.validator()).toBeUndefined();
    expect(await source.read(10, 5)).toEqual(patternBytes(5, 10));
    expect(source.size()).toBe(1000);
    expect(source.validator()).toEqual({ etag: '"version 1"', lastModified: 'Wed, 01 Jan 2025 00:00:00 GMT' });
    const [request] = started.requests;
    expect(request).toMatchObject({ method: 'GET', url: '/a.tif', range: 'bytes=10-14' });
    expect(request?.headers['accept-encoding']).toBe('identity');
    expect(traces).toMatchObject([
      { url: `${started.url}/a.tif`, start: 10, end: 14, status: 206, bytes: 5, attempt: 1 },
    ]);
  });

  it('gives exact ends: the first byte, the last byte, all bytes', async () => {
    const { source } = sourceOf(await server({ content: patternContent(1000) }));
    expect(await source.read(0, 1)).toEqual(patternBytes(1));
    expect(await source.read(999, 1)).toEqual(patternBytes(1, 999));
    expect(await source.read(0, 1000)).toEqual(patternBytes(1000));
  });

  it('gives what exists of a range across the end, before and after the size is known', async () => {
    const started = await server({ content: patternContent(1000) });
    const { source } = sourceOf(started);
    expect(await source.read(990, 50)).toEqual(patternBytes(10, 990));
    expect(await source.read(995, 50)).toEqual(patternBytes(5, 995));
    expect(ranges(started)).toEqual(['bytes=990-1039', 'bytes=995-999']);
  });

  it('makes no request for nothing: length 0, and ranges at or beyond a known end', async () => {
    const started = await server({ content: patternContent(1000) });
    const { source } = sourceOf(started);
    expect(await source.read(5, 0)).toHaveLength(0);
    expect(started.requests).toHaveLength(0);
    await source.read(0, 1);
    expect(await source.read(1000, 1)).toHaveLength(0);
    expect(await source.read(5000, 10)).toHaveLength(0);
    expect(started.requests).toHaveLength(1);
  });

  it('learns the size from 416 where a range starts at or after the end', async () => {
    const started = await server({ content: patternContent(1000) });
    const { source, traces } = sourceOf(started);
    expect(await source.read(1000, 10)).toHaveLength(0);
    expect(source.size()).toBe(1000);
    expect(traces).toMatchObject([{ status: 416, bytes: 0 }]);
    const error = await failureOf(readExactly(source, 2000, 10));
    expect(error.code).toBe('short-read');
    expect(error.message).toContain('ends at byte 1,000, but bytes 2,000-2,009 are needed');
  });

  it('reads an empty file as empty', async () => {
    const { source } = sourceOf(await server({ content: new Uint8Array(0) }));
    expect(await source.read(0, 100)).toHaveLength(0);
    expect(source.size()).toBe(0);
  });

  it('keeps offsets above 2^32 and up to 2^53 exact', async () => {
    const size = Number.MAX_SAFE_INTEGER;
    const pieces = [
      { offset: 2 ** 32 + 5, bytes: Uint8Array.of(1, 2, 3) },
      { offset: size - 3, bytes: Uint8Array.of(7, 8, 9) },
    ];
    const started = await server({ content: sparseContent(size, pieces) });
    const { source } = sourceOf(started);
    expect(await source.read(2 ** 32 + 5, 3)).toEqual(Uint8Array.of(1, 2, 3));
    expect(await source.read(size - 3, 100)).toEqual(Uint8Array.of(7, 8, 9));
    expect(source.size()).toBe(9007199254740991);
    expect(ranges(started)).toEqual(['bytes=4294967301-4294967303', 'bytes=9007199254740988-9007199254740990']);
  });

  it.each([
    [-1, 1],
    [0.5, 1],
    [0, -1],
    [NaN, 1],
    [0, Infinity],
    [Number.MAX_SAFE_INTEGER, 2],
  ])('refuses offset %d with length %d without a request', async (offset, length) => {
    const started = await server({ content: patternContent(1000) });
    const error = await failureOf(sourceOf(started).source.read(offset, length));
    expect(error.code).toBe('invalid-argument');
    expect(started.requests).toHaveLength(0);
  });

  it('refuses to read 2 GiB at once', async () => {
    const started = await server({ content: sparseContent(2 ** 40, []) });
    const error = await failureOf(sourceOf(started).source.read(0, 2 ** 31));
    expect(error.code).toBe('limit-exceeded');
    expect(started.requests).toHaveLength(0);
  });

  it('takes the slice of a small whole file where the server ignores ranges', async () => {
    const { source } = sourceOf(await server({ content: patternContent(3000), behaviour: 'status200' }));
    expect(await source.read(1000, 100)).toEqual(patternBytes(100, 1000));
    expect(source.size()).toBe(3000);
    expect(await source.read(2990, 100)).toEqual(patternBytes(10, 2990));
  });

  it('reads beyond the end of such a file as nothing', async () => {
    const { source } = sourceOf(await server({ content: patternContent(3000), behaviour: 'status200' }));
    expect(await source.read(4000, 100)).toHaveLength(0);
    expect(source.size()).toBe(3000);
  });

  it('takes exactly 4 MiB that way, and no byte more', async () => {
    const limit = 4 * 1024 * 1024;
    const bytes = patternBytes(limit + 1);
    const fits = sourceOf(await server({ content: bytes.subarray(0, limit), behaviour: 'status200-chunked' }));
    expect(await fits.source.read(limit - 2, 2)).toEqual(patternBytes(2, limit - 2));
    const over = sourceOf(await server({ content: bytes, behaviour: 'status200-chunked' }));
    expect((await failureOf(over.source.read(0, 2))).message).toContain('answered 200 to a range request');
  });

  it('works without a size and without validators', async () => {
    const secret = sourceOf(await server({ content: patternContent(1000), behaviour: 'unknown-size' }));
    expect(await secret.source.read(100, 10)).toEqual(patternBytes(10, 100));
    expect(secret.source.size()).toBeUndefined();
    const bare = sourceOf(await server({ content: patternContent(1000), behaviour: 'no-validator' }));
    expect(await bare.source.read(100, 10)).toEqual(patternBytes(10, 100));
    expect(bare.source.validator()).toEqual({});
  });

  it('follows a redirect once and asks its goal directly from then on', async () => {
    const started = await server({ content: patternContent(1000), behaviour: 'redirect' });
    const { source, traces } = sourceOf(started);
    expect(await source.read(0, 4)).toEqual(patternBytes(4));
    expect(await source.read(4, 4)).toEqual(patternBytes(4, 4));
    const moved = '/moved/1/a.tif?signature=secret';
    expect(started.requests.map((request) => request.url)).toEqual(['/a.tif', moved, moved]);
    expect(started.requests.map((request) => request.range)).toEqual(['bytes=0-3', 'bytes=0-3', 'bytes=4-7']);
    expect(traces.map((trace) => trace.url)).toEqual([`${started.url}/a.tif`, `${started.url}/a.tif`]);
  });

  it('goes back to the original address once when the goal of a redirect has expired', async () => {
    const started = await server({ content: patternContent(1000), behaviour: 'redirect-expiring' });
    const { source } = sourceOf(started);
    expect(await source.read(0, 4)).toEqual(patternBytes(4));
    expect(await source.read(4, 4)).toEqual(patternBytes(4, 4));
    expect(started.requests.map((request) => request.url.split('?')[0])).toEqual([
      '/a.tif',
      '/moved/1/a.tif',
      '/moved/1/a.tif',
      '/a.tif',
      '/moved/2/a.tif',
    ]);
  });

  it('reports a refusal of the original address after going back', async () => {
    let open = true;
    const started = await server((request, response) => {
      if (request.url === '/a.tif' && open) response.writeHead(302, { Location: '/goal' }).end();
      else if (open) response.writeHead(206, { 'Content-Range': 'bytes 0-1/4' }).end('ab');
      else response.writeHead(403).end();
    });
    const { source } = sourceOf(started);
    await source.read(0, 2);
    open = false;
    expect((await failureOf(source.read(2, 2))).message).toContain('Access is refused (403)');
    expect(started.requests.map((request) => request.url)).toEqual(['/a.tif', '/goal', '/goal', '/a.tif']);
  });

  it('takes a file whose bytes are not coded, though the store says aws-chunked', async () => {
    const started = await server((_request, response) => {
      response.writeHead(206, { 'Content-Range': 'bytes 0-2/10', 'Content-Encoding': 'aws-chunked' }).end('abc');
    });
    expect(await sourceOf(started).source.read(0, 3)).toEqual(Uint8Array.of(97, 98, 99));
  });

  it('hands out bytes in a buffer of their own size', async () => {
    const { source } = sourceOf(await server({ content: patternContent(300_000) }));
    const bytes = await source.read(1, 200_001);
    expect(bytes.buffer.byteLength).toBe(200_001);
    expect(bytes).toEqual(patternBytes(200_001, 1));
  });

  it('serves many reads at once under one signal without a warning', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => {
      warnings.push(warning);
    };
    process.on('warning', note);
    const { source } = sourceOf(await server({ content: patternContent(1000) }));
    const { signal } = new AbortController();
    const reads = Array.from({ length: 40 }, (_, index) => source.read(index, 1, signal));
    expect((await Promise.all(reads)).map((bytes) => bytes[0])).toEqual([...patternBytes(40)]);
    await new Promise((resolve) => setTimeout(resolve, 0));
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  it('maps object store addresses before it asks, and keeps the address of the references for messages', () => {
    expect(new HttpSource('s3://bucket/key').url).toBe('s3://bucket/key');
    expect(thrownBy(() => new HttpSource('file:///a.tif')).code).toBe('invalid-argument');
  });
});
