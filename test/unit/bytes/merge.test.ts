import { describe, expect, it } from 'vitest';
import { cached, RangeCache } from '../../../src/bytes/cache';
import { MemorySource } from '../../../src/bytes/memory';
import { readExactly, readRanges, type ReadRangesOptions, readWhole } from '../../../src/bytes/merge';
import type { ByteRange } from '../../../src/bytes/range';
import type { ByteSource } from '../../../src/bytes/source';
import { KerchunkError } from '../../../src/errors';
import { patternBytes, sparseContent } from '../../support/content';
import { failureOf } from './fail';
import { ranges as rangesSeen, server, sourceOf } from './serving';

/** A source of `size` pattern bytes that notes what is asked of it, and fails where `fails` says so. */
class Recorder implements ByteSource {
  readonly url = 'https://example.com/a.tif';
  readonly asked: string[] = [];
  running = 0;
  mostRunning = 0;

  constructor(
    private readonly length: number,
    private readonly fails: (offset: number) => boolean = () => false,
  ) {}

  size(): undefined {
    return undefined;
  }

  validator(): undefined {
    return undefined;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    this.asked.push(`${offset}-${offset + length - 1}`);
    this.mostRunning = Math.max(this.mostRunning, ++this.running);
    await new Promise((resolve) => setTimeout(resolve, 2));
    this.running--;
    if (this.fails(offset)) throw new KerchunkError('fetch-failed', `no bytes at ${offset}`);
    return patternBytes(Math.max(0, Math.min(length, this.length - offset)), offset);
  }
}

async function requestsFor(ranges: ByteRange[], options: ReadRangesOptions = {}): Promise<string[]> {
  const source = new Recorder(2 ** 40);
  const results = await readRanges(source, ranges, options);
  results.forEach((result, index) => {
    const { offset = 0, length = 0 } = ranges[index] ?? {};
    expect(result).toEqual({ status: 'fulfilled', value: patternBytes(length, offset) });
  });
  return source.asked;
}

describe('merging ranges', () => {
  it('makes the one request of the notebook for tiles (7,0) and (7,1), 8 bytes apart', async () => {
    const started = await server({
      content: sparseContent(218_693_282, [{ offset: 162_782_880, bytes: Uint8Array.of(9) }]),
    });
    const { source } = sourceOf(started);
    const tiles = [
      { offset: 161_151_032, length: 1_631_840 },
      { offset: 162_782_880, length: 1_496_917 },
    ];
    const [first, second] = await readRanges(source, tiles);
    expect(rangesSeen(started)).toEqual(['bytes=161151032-164279796']);
    expect(first?.status === 'fulfilled' ? first.value.length : first).toBe(1_631_840);
    expect(second?.status === 'fulfilled' ? [second.value.length, second.value[0]] : second).toEqual([1_496_917, 9]);
  });

  it('leaves tiles (7,0) and (8,0) two requests', async () => {
    const started = await server({ content: sparseContent(218_693_282, []) });
    const tiles = [
      { offset: 161_151_032, length: 1_631_840 },
      { offset: 176_416_464, length: 1_636_060 },
    ];
    await readRanges(sourceOf(started).source, tiles);
    expect(rangesSeen(started).sort()).toEqual(['bytes=161151032-162782871', 'bytes=176416464-178052523']);
  });

  it('joins ranges with a gap of exactly 64,000 bytes, as fsspec does, and not of one more', async () => {
    expect(
      await requestsFor([
        { offset: 0, length: 10 },
        { offset: 64_010, length: 10 },
      ]),
    ).toEqual(['0-64019']);
    expect(
      await requestsFor([
        { offset: 0, length: 10 },
        { offset: 64_011, length: 10 },
      ]),
    ).toEqual(['0-9', '64011-64020']);
  });

  it('keeps the order of the list whatever the order of the bytes', async () => {
    expect(
      await requestsFor([
        { offset: 500, length: 5 },
        { offset: 0, length: 7 },
        { offset: 90, length: 1 },
      ]),
    ).toEqual(['0-504']);
  });

  it('reads overlapping, contained and duplicate ranges once', async () => {
    const twice = { offset: 100, length: 50 };
    expect(await requestsFor([twice, { offset: 120, length: 100 }, twice, { offset: 110, length: 5 }])).toEqual([
      '100-219',
    ]);
  });

  it('keeps a merged request within the cap', async () => {
    const three = [0, 60, 120].map((offset) => ({ offset, length: 50 }));
    expect(await requestsFor(three, { cap: 110 })).toEqual(['0-109', '120-169']);
    expect(await requestsFor(three, { cap: 109 })).toEqual(['0-49', '60-109', '120-169']);
  });

  it('reads a range above the cap as one request, with what lies inside it', async () => {
    const big = { offset: 10, length: 1000 };
    expect(
      await requestsFor(
        [{ offset: 0, length: 5 }, big, big, { offset: 500, length: 10 }, { offset: 1010, length: 5 }],
        { cap: 100 },
      ),
    ).toEqual(['0-4', '10-1009', '1010-1014']);
  });

  it('gives every range a buffer of its own', async () => {
    const results = await readRanges(new Recorder(1000), [
      { offset: 0, length: 10 },
      { offset: 0, length: 10 },
      { offset: 5, length: 10 },
    ]);
    const buffers = results.map((result) => (result.status === 'fulfilled' ? result.value.buffer : undefined));
    expect(new Set(buffers).size).toBe(3);
    expect(buffers.map((buffer) => buffer?.byteLength)).toEqual([10, 10, 10]);
  });

  it('fails the ranges of a failed request and no others', async () => {
    const source = new Recorder(2 ** 40, (offset) => offset === 1_000_000);
    const list = [0, 1_000_000, 1_000_100, 2_000_000].map((offset) => ({ offset, length: 10 }));
    const results = await readRanges(source, list);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(results[2]).toMatchObject({ reason: { code: 'fetch-failed', message: 'no bytes at 1000000' } });
  });

  it('fails, of a merged request that the source cut short, only the ranges behind the end', async () => {
    const results = await readRanges(new Recorder(105), [
      { offset: 0, length: 100 },
      { offset: 100, length: 10 },
    ]);
    expect(results[0]).toEqual({ status: 'fulfilled', value: patternBytes(100) });
    expect(results[1]).toMatchObject({ status: 'rejected', reason: { code: 'short-read' } });
    expect(results[1]).toHaveProperty('reason.message', expect.stringContaining('ends at byte 105, but bytes 100-109'));
  });

  it('makes no request for empty ranges, impossible ones, and those beyond a known end', async () => {
    const source = new MemorySource('memory', patternBytes(100));
    const results = await readRanges(source, [
      { offset: 7, length: 0 },
      { offset: -1, length: 5 },
      { offset: 95, length: 10 },
      { offset: 95, length: 5 },
    ]);
    expect(results).toMatchObject([
      { status: 'fulfilled', value: new Uint8Array(0) },
      { status: 'rejected', reason: { code: 'invalid-argument' } },
      { status: 'rejected', reason: { code: 'short-read' } },
      { status: 'fulfilled', value: patternBytes(5, 95) },
    ]);
  });

  it('runs at most as many requests at once as allowed, and reports progress', async () => {
    const source = new Recorder(2 ** 40);
    const list = Array.from({ length: 20 }, (_, index) => ({ offset: index * 1_000_000, length: 10 }));
    const progress: number[] = [];
    await readRanges(source, list, { onProgress: (done, total) => progress.push(done / total) });
    expect(source.mostRunning).toBe(6);
    expect(source.asked).toHaveLength(20);
    expect(progress).toEqual(Array.from({ length: 20 }, (_, index) => (index + 1) / 20));
    await readRanges(source, list, { concurrency: 2 });
    expect(source.mostRunning).toBe(6);
    const narrow = new Recorder(2 ** 40);
    await readRanges(narrow, list, { concurrency: 2 });
    expect(narrow.mostRunning).toBe(2);
  });

  it('begins no further request once cancelled', async () => {
    const source = new Recorder(2 ** 40);
    const controller = new AbortController();
    const list = Array.from({ length: 20 }, (_, index) => ({ offset: index * 1_000_000, length: 10 }));
    const onProgress = (): void => {
      controller.abort();
    };
    const results = await readRanges(source, list, { signal: controller.signal, concurrency: 1, onProgress });
    expect(source.asked).toHaveLength(1);
    expect(results[0]?.status).toBe('fulfilled');
    expect(
      results
        .slice(1)
        .every((result) => result.status === 'rejected' && (result.reason as KerchunkError).code === 'cancelled'),
    ).toBe(true);
  });

  it('asks only for what a cache does not hold', async () => {
    const source = new Recorder(2 ** 40);
    const front = cached(source, new RangeCache());
    await front.read(100, 50);
    const results = await readRanges(front, [
      { offset: 50, length: 50 },
      { offset: 110, length: 20 },
      { offset: 150, length: 50 },
    ]);
    expect(source.asked).toEqual(['100-149', '50-199']);
    await readRanges(front, [
      { offset: 150, length: 10 },
      { offset: 110, length: 20 },
      { offset: 60, length: 10 },
    ]);
    expect(source.asked).toHaveLength(2);
    expect(results[1]).toEqual({ status: 'fulfilled', value: patternBytes(20, 110) });
  });
});

describe('reading exactly', () => {
  it('gives all bytes or says where the source ends', async () => {
    const source = new MemorySource('https://example.com/a.tif?signature=x', patternBytes(100));
    expect(await readExactly(source, 90, 10)).toEqual(patternBytes(10, 90));
    const error = await failureOf(readExactly(source, 90, 11));
    expect(error.code).toBe('short-read');
    expect(error.message).toContain('https://example.com/a.tif?… ends at byte 100, but bytes 90-100 are needed');
  });

  it('reads a whole source up to a limit', async () => {
    const source = new MemorySource('memory', patternBytes(100));
    expect(await readWhole(source, 100)).toEqual(patternBytes(100));
    const error = await failureOf(readWhole(source, 99));
    expect(error.code).toBe('limit-exceeded');
    expect(error.message).toContain('has 100 bytes; at most 99');
    expect((await failureOf(readWhole(new Recorder(100), 99))).message).toContain('more than 99 bytes');
    expect(await readWhole(new Recorder(100), 100)).toEqual(patternBytes(100));
  });
});
