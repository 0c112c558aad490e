import { describe, expect, it } from 'vitest';
import { RangeCache } from '../../../src/bytes/cache';
import { MemorySource } from '../../../src/bytes/memory';
import { createOpener } from '../../../src/bytes/open';
import type { RequestTrace } from '../../../src/bytes/source';
import { patternBytes, patternContent } from '../../support/content';
import { failureOf, thrownBy } from './fail';
import { quick, server } from './serving';

describe('an opener', () => {
  it('gives one source for each address, and caches what it reads', async () => {
    const started = await server({ content: patternContent(1000) });
    const traces: RequestTrace[] = [];
    const opener = createOpener({ retry: quick, onRequest: (trace) => traces.push(trace) });
    const source = opener.open(`${started.url}/a.tif`);
    expect(opener.open(`${started.url}/a.tif`)).toBe(source);
    expect(opener.open(`${started.url}/b.tif`)).not.toBe(source);
    await source.read(0, 100);
    expect(await opener.open(`${started.url}/a.tif`).read(50, 10)).toEqual(patternBytes(10, 50));
    expect(traces).toHaveLength(1);
    expect(started.requests).toHaveLength(1);
  });

  it('asks a store by its public address', async () => {
    const asked: unknown[] = [];
    const opener = createOpener({
      fetch: (input) => {
        asked.push(input);
        return Promise.resolve(new Response('ab', { status: 206, headers: { 'content-range': 'bytes 0-1/2' } }));
      },
    });
    const source = opener.open('s3://bucket/a b.tif');
    expect(source.url).toBe('s3://bucket/a b.tif');
    expect(await source.read(0, 2)).toEqual(Uint8Array.of(97, 98));
    expect(asked).toEqual(['https://bucket.s3.amazonaws.com/a%20b.tif']);
  });

  it('hands local files to the host, by path and address', async () => {
    const asked: string[][] = [];
    const opener = createOpener({
      openLocal: (path, url) => {
        asked.push([path, url]);
        return new MemorySource(url, patternBytes(10));
      },
    });
    expect(await opener.open('file:///data/a%20b.tif').read(0, 3)).toEqual(patternBytes(3));
    expect(asked).toEqual([['/data/a b.tif', 'file:///data/a%20b.tif']]);
  });

  it('opens local files itself otherwise', async () => {
    const error = await failureOf(createOpener().open('file:///no/such/file.tif').read(0, 1));
    expect(error.message).toContain("Can't read /no/such/file.tif");
  });

  it('can share its cache with a later one', async () => {
    const started = await server({ content: patternContent(1000) });
    const cache = new RangeCache();
    await createOpener({ cache }).open(`${started.url}/a.tif`).read(0, 100);
    const later = createOpener({ cache }).open(`${started.url}/a.tif`);
    await later.read(500, 1);
    expect(await later.read(0, 100)).toEqual(patternBytes(100));
    expect(started.requests).toHaveLength(2);
  });

  it('refuses addresses that nothing reads', () => {
    expect(thrownBy(() => createOpener().open('a.tif')).code).toBe('invalid-argument');
    expect(thrownBy(() => createOpener().open('hdfs://host/a.tif')).code).toBe('invalid-argument');
  });
});

describe('bytes in memory', () => {
  it('are read by range as copies, also from a Buffer', async () => {
    const bytes = Buffer.from(patternBytes(100));
    const source = new MemorySource('memory:a', bytes);
    const part = await source.read(90, 20);
    expect(part).toEqual(patternBytes(10, 90));
    part.fill(0);
    expect(bytes[90]).toBe(patternBytes(1, 90)[0]);
    expect(source.size()).toBe(100);
    expect(source).not.toHaveProperty('held');
    expect(await source.read(100, 1)).toHaveLength(0);
    expect((await failureOf(source.read(0, 1, AbortSignal.abort()))).code).toBe('cancelled');
    expect((await failureOf(source.read(-1, 1))).code).toBe('invalid-argument');
  });
});
