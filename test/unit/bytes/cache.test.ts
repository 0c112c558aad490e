import { describe, expect, it } from 'vitest';
import { cached, RangeCache } from '../../../src/bytes/cache';
import type { ByteSource, Validator } from '../../../src/bytes/source';
import { cancelled } from '../../../src/bytes/cancel';
import { KerchunkError } from '../../../src/errors';
import { patternBytes } from '../../support/content';
import { failureOf } from './fail';

/** A source that counts reads, ends at byte 1000, and lets a test decide when a read is over. */
class Counting implements ByteSource {
  readonly url = 'https://example.com/a.tif';
  reads = 0;
  aborted = 0;
  gate: Promise<void> = Promise.resolve();
  #known = false;

  constructor(private readonly version?: Validator) {}

  size(): number | undefined {
    return this.#known ? 1000 : undefined;
  }

  validator(): Validator | undefined {
    return this.#known ? this.version : undefined;
  }

  async read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    this.reads++;
    const abort = new Promise<never>((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        this.aborted++;
        reject(cancelled());
      });
    });
    await Promise.race([this.gate, abort]);
    this.#known = true;
    return patternBytes(Math.max(0, Math.min(length, 1000 - offset)), offset);
  }
}

describe('a bounded cache of ranges', () => {
  it('gives any part of an entry, as a copy', () => {
    const cache = new RangeCache();
    cache.put('a', 100, patternBytes(50, 100));
    const part = cache.get('a', 120, 10);
    expect(part).toEqual(patternBytes(10, 120));
    part?.fill(0);
    expect(cache.get('a', 100, 50)).toEqual(patternBytes(50, 100));
  });

  it('gives nothing beyond an entry, before it, across two, or of another key', () => {
    const cache = new RangeCache();
    cache.put('a', 100, patternBytes(50, 100));
    cache.put('a', 150, patternBytes(50, 150));
    expect(cache.get('a', 99, 2)).toBeUndefined();
    expect(cache.get('a', 199, 2)).toBeUndefined();
    expect(cache.get('a', 149, 2)).toBeUndefined();
    expect(cache.get('b', 100, 2)).toBeUndefined();
  });

  it('keeps no entry inside another', () => {
    const cache = new RangeCache();
    cache.put('a', 10, patternBytes(10, 10));
    cache.put('a', 30, patternBytes(10, 30));
    cache.put('a', 35, patternBytes(20, 35));
    const three = cache.used;
    cache.put('a', 12, patternBytes(3, 12));
    expect(cache.used).toBe(three);
    cache.put('a', 5, patternBytes(100, 5));
    const one = new RangeCache();
    one.put('a', 5, patternBytes(100, 5));
    expect(cache.used).toBe(one.used);
    expect(cache.get('a', 35, 20)).toEqual(patternBytes(20, 35));
  });

  it('replaces an entry with a longer one at the same offset, and keeps the longer', () => {
    const cache = new RangeCache();
    cache.put('a', 10, patternBytes(5, 10));
    cache.put('a', 10, patternBytes(9, 10));
    cache.put('a', 10, patternBytes(7, 10));
    expect(cache.get('a', 10, 9)).toEqual(patternBytes(9, 10));
  });

  it('stays within its capacity and drops what was not used for longest', () => {
    const cache = new RangeCache(5000);
    for (let index = 0; index < 3; index++) cache.put('a', index * 1000, patternBytes(1000, index * 1000));
    cache.get('a', 0, 1);
    cache.put('b', 0, patternBytes(1000));
    expect(cache.used).toBeLessThanOrEqual(5000);
    expect(cache.get('a', 1000, 1000)).toBeUndefined();
    expect(cache.get('a', 0, 1000)).toEqual(patternBytes(1000));
    expect(cache.get('a', 2000, 1000)).toEqual(patternBytes(1000, 2000));
    expect(cache.get('b', 0, 1000)).toEqual(patternBytes(1000));
  });

  it('does not keep what is larger than all of it, nor drop anything for it', () => {
    const cache = new RangeCache(2000);
    cache.put('a', 0, patternBytes(500));
    cache.put('a', 1000, patternBytes(2000, 1000));
    expect(cache.get('a', 1000, 1)).toBeUndefined();
    expect(cache.get('a', 0, 500)).toEqual(patternBytes(500));
  });

  it('bounds the number of tiny entries too', () => {
    const cache = new RangeCache(100_000);
    for (let index = 0; index < 10_000; index++) cache.put('a', index * 2, Uint8Array.of(1));
    expect(cache.used).toBeLessThanOrEqual(100_000);
    expect(cache.get('a', 19_998, 1)).toEqual(Uint8Array.of(1));
    expect(cache.get('a', 0, 1)).toBeUndefined();
  });

  it('agrees with a plain search over 2,000 random operations', () => {
    let seed = 1;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const cache = new RangeCache(2 ** 30);
    const kept: { start: number; end: number }[] = [];
    for (let step = 0; step < 2000; step++) {
      const [offset, length] = [random(5000), 1 + random(60)];
      const holds = kept.some(({ start, end }) => start <= offset && offset + length <= end);
      expect(cache.get('a', offset, length)).toEqual(holds ? patternBytes(length, offset) : undefined);
      if (step % 2 === 0) {
        cache.put('a', offset, patternBytes(length, offset));
        kept.push({ start: offset, end: offset + length });
      }
    }
  });
});

describe('a source behind a cache', () => {
  it('reads a range once, and parts of it not at all', async () => {
    const source = new Counting({ etag: '"1"' });
    const front = cached(source, new RangeCache());
    expect(await front.read(100, 50)).toEqual(patternBytes(50, 100));
    expect(await front.read(110, 20)).toEqual(patternBytes(20, 110));
    expect(front.held?.(120, 5)).toEqual(patternBytes(5, 120));
    expect(front.held?.(120, 500)).toBeUndefined();
    expect(source.reads).toBe(1);
    expect(front.url).toBe('https://example.com/a.tif');
    expect(front.size()).toBe(1000);
    expect(front.validator()).toEqual({ etag: '"1"' });
  });

  it('serves a range across the end from what it read there', async () => {
    const source = new Counting({ etag: '"1"' });
    const front = cached(source, new RangeCache());
    expect(await front.read(990, 100)).toEqual(patternBytes(10, 990));
    expect(await front.read(995, 1000)).toEqual(patternBytes(5, 995));
    expect(await front.read(1000, 10)).toHaveLength(0);
    expect(source.reads).toBe(1);
  });

  it('does not let one caller change the bytes of another', async () => {
    const front = cached(new Counting({ etag: '"1"' }), new RangeCache());
    const [first, second] = await Promise.all([front.read(0, 10), front.read(0, 10)]);
    first.fill(255);
    expect(second).toEqual(patternBytes(10));
    expect(await front.read(0, 10)).toEqual(patternBytes(10));
  });

  it('reads once for callers who ask at the same time', async () => {
    const source = new Counting({ etag: '"1"' });
    const front = cached(source, new RangeCache());
    const all = await Promise.all(Array.from({ length: 5 }, () => front.read(10, 5)));
    expect(all).toEqual(Array.from({ length: 5 }, () => patternBytes(5, 10)));
    expect(source.reads).toBe(1);
  });

  it('goes on for the others when one caller cancels, and stops when all have', async () => {
    const source = new Counting({ etag: '"1"' });
    let open: () => void = () => undefined;
    source.gate = new Promise((resolve) => {
      open = resolve;
    });
    const front = cached(source, new RangeCache());
    const [one, two, three] = [new AbortController(), new AbortController(), new AbortController()];
    const [first, second] = [front.read(0, 10, one.signal), front.read(0, 10, two.signal)];
    one.abort();
    expect((await failureOf(first)).code).toBe('cancelled');
    expect(source.aborted).toBe(0);
    open();
    expect(await second).toEqual(patternBytes(10));

    source.gate = new Promise(() => undefined);
    const third = front.read(500, 10, three.signal);
    three.abort();
    expect((await failureOf(third)).code).toBe('cancelled');
    expect(source.aborted).toBe(1);
    source.gate = Promise.resolve();
    expect(await front.read(500, 10)).toEqual(patternBytes(10, 500));
  });

  it('passes a failure on to everyone who waits, keeps nothing of it, and tries again', async () => {
    const source = new Counting({ etag: '"1"' });
    source.gate = Promise.reject(new KerchunkError('fetch-failed', 'no'));
    const front = cached(source, new RangeCache());
    const errors = await Promise.all([failureOf(front.read(0, 10)), failureOf(front.read(0, 10))]);
    expect(errors.map((error) => error.message)).toEqual(['no', 'no']);
    source.gate = Promise.resolve();
    expect(await front.read(0, 10)).toEqual(patternBytes(10));
    expect(source.reads).toBe(2);
  });

  it('finds entries of an earlier source of the same version, and of no other', async () => {
    const cache = new RangeCache();
    await cached(new Counting({ etag: '"1"' }), cache).read(100, 50);
    const same = new Counting({ etag: '"1"' });
    const front = cached(same, cache);
    await front.read(0, 1);
    expect(await front.read(100, 50)).toEqual(patternBytes(50, 100));
    expect(same.reads).toBe(1);
    const other = new Counting({ etag: '"2"' });
    const changed = cached(other, cache);
    await changed.read(0, 1);
    await changed.read(100, 50);
    expect(other.reads).toBe(2);
  });

  it('shares nothing between sources without a validator, and still keeps what each has read', async () => {
    const cache = new RangeCache();
    const [first, second] = [new Counting(), new Counting()];
    await cached(first, cache).read(100, 50);
    const front = cached(second, cache);
    await front.read(100, 50);
    await front.read(100, 50);
    expect([first.reads, second.reads]).toEqual([1, 1]);
  });

  it('refuses to begin under a signal that has fired', async () => {
    const source = new Counting();
    const front = cached(source, new RangeCache());
    expect((await failureOf(front.read(0, 1, AbortSignal.abort()))).code).toBe('cancelled');
    expect(source.reads).toBe(0);
  });
});
