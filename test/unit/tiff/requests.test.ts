import { describe, expect, it } from 'vitest';
import { describeTiff } from '../../../src/tiff/describe';
import { failureOf } from '../bytes/fail';
import { buildTiff, type IfdSpec, ifdLength, imageTags, strip, tiles } from './build-tiff';

const HEAD = { offset: 0, length: 65_536 };
const MIB = 2 ** 20;

function numbers(count: number, step: number, start = 1000): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => start + index * step);
}

describe('requests for headers', () => {
  it('reads the first 64 KiB once where all stands there, and no more of a smaller file than there is', async () => {
    const ifds = [{ at: 8, tags: imageTags(64, 32, ...tiles(numbers(8, 100), numbers(8, 1))) }];
    const large = buildTiff(ifds, { end: 100 * MIB });
    await describeTiff(large);
    expect(large.reads).toEqual([HEAD]);
    const small = buildTiff(ifds, { end: 5000 });
    await describeTiff(small);
    expect(small.reads).toEqual([{ offset: 0, length: 5000 }]);
  });

  it.each([
    { big: false, littleEndian: true },
    { big: true, littleEndian: true },
    { big: false, littleEndian: false },
    { big: true, littleEndian: false },
  ])('reads the tables of a large COG in one exact request for all IFDs: %j', async (container) => {
    // Three levels in the head, their tables side by side behind it, as GDAL's COG driver lays them out.
    const type = container.big ? ('long8' as const) : ('long' as const);
    const width = container.big ? 8 : 4;
    let place = 70_000;
    const counts = [200 * 200, 100 * 100, 50 * 50];
    const ifds = counts.map((count, level): IfdSpec => {
      const side = Math.sqrt(count) * 16;
      const offsetsAt = place;
      const lengthsAt = offsetsAt + count * width;
      place = lengthsAt + count * 4;
      const tables = tiles(numbers(count, 7, 10 * MIB), numbers(count, 1), { offsetsAt, lengthsAt, type });
      const reduced = { tag: 254, type: 'long' as const, values: [level === 0 ? 0 : 1] };
      return { at: 16 + level * 1000, tags: imageTags(side, side, reduced, ...tables) };
    });
    const source = buildTiff(ifds, { ...container, end: 900 * MIB });
    const { levels, bigTiff } = await describeTiff(source);
    expect(source.reads).toEqual([HEAD, { offset: 70_000, length: place - 70_000 }]);
    expect(bigTiff).toBe(container.big);
    expect(levels.map(({ offsets }) => offsets.length)).toEqual(counts);
    for (const level of levels) {
      expect(level.offsets).toEqual(numbers(level.offsets.length, 7, 10 * MIB));
      expect(level.lengths).toEqual(numbers(level.lengths.length, 1));
    }
  });

  it('does not read again what the head already holds of a table', async () => {
    const count = 10_000;
    const offsetsAt = 60_000;
    const lengthsAt = offsetsAt + count * 4;
    const tables = tiles(numbers(count, 3), numbers(count, 1), { offsetsAt, lengthsAt });
    const source = buildTiff([{ at: 8, tags: imageTags(1600, 1600, ...tables) }], { end: 9 * MIB });
    const { images } = await describeTiff(source);
    expect(source.reads).toEqual([HEAD, { offset: 65_536, length: lengthsAt + count * 4 - 65_536 }]);
    expect(images[0]?.offsets).toEqual(numbers(count, 3));
    expect(images[0]?.lengths).toEqual(numbers(count, 1));
  });

  it('reads no more of a table than the image has chunks', async () => {
    const tables = tiles(numbers(20_000, 3), numbers(20_000, 1), { offsetsAt: 100_000, lengthsAt: 180_000 });
    const source = buildTiff([{ at: 8, tags: imageTags(160, 160, ...tables) }], { end: 9 * MIB });
    const { images, warnings } = await describeTiff(source);
    expect(images[0]?.offsets).toEqual(numbers(100, 3));
    expect(source.reads).toEqual([HEAD, { offset: 100_000, length: 400 }, { offset: 180_000, length: 400 }]);
    expect(warnings?.[0]).toContain('its table (tag 324) 20,000 entries');
  });

  it('reads an IFD at the end of a file, with tables behind it of more than a megabyte, in one request', async () => {
    const count = 400 * 400;
    const at = 700 * MIB;
    const source = buildTiff([{ at, tags: imageTags(6400, 6400, ...tiles(numbers(count, 5), numbers(count, 1))) }]);
    const { images, size } = await describeTiff(source);
    const end = at + ifdLength(9) + count * 8;
    expect(size).toBe(end);
    expect(source.reads).toEqual([HEAD, { offset: at - 4096, length: end - at + 4096 }]);
    expect(images[0]?.offsets).toEqual(numbers(count, 5));
  });

  it('reads tables right before an IFD at the end of a file with it', async () => {
    const at = 50 * MIB;
    const tables = tiles(numbers(400, 5), numbers(400, 1), { offsetsAt: at - 3200, lengthsAt: at - 1600 });
    const source = buildTiff([{ at, tags: imageTags(320, 320, ...tables) }]);
    const { images } = await describeTiff(source);
    expect(source.reads).toEqual([HEAD, { offset: at - 4096, length: 4096 + ifdLength(9) }]);
    expect(images[0]?.lengths).toEqual(numbers(400, 1));
  });

  it('needs two for an IFD at the end whose tables stand in a third place, the second exact', async () => {
    const at = 50 * MIB;
    const tables = tiles(numbers(400, 5), numbers(400, 1), { offsetsAt: 20 * MIB, lengthsAt: 20 * MIB + 1600 });
    const source = buildTiff([{ at, tags: imageTags(320, 320, ...tables) }]);
    await describeTiff(source);
    expect(source.reads).toEqual([
      HEAD,
      { offset: at - 4096, length: 4096 + ifdLength(9) },
      { offset: 20 * MIB, length: 3200 },
    ]);
  });

  it('reads one IFD that was rewritten at the end, and the others from the head', async () => {
    const at = 30 * MIB;
    const small = imageTags(16, 16, { tag: 254, type: 'long', values: [1] }, ...tiles([1000], [1]));
    const source = buildTiff([
      { at, tags: imageTags(32, 32, ...tiles(numbers(4, 5), numbers(4, 1))) },
      { at: 1000, tags: small },
    ]);
    const { levels } = await describeTiff(source);
    expect(levels.map(({ width }) => width)).toEqual([32, 16]);
    expect(source.reads).toHaveLength(2);
  });

  it('fetches a value that was rewritten at the end of the file alone', async () => {
    const xml = '<GDALMetadata><Item name="A">b</Item></GDALMetadata>';
    const metadata = { tag: 42112, type: 'ascii' as const, values: xml, at: 40 * MIB };
    const source = buildTiff([{ at: 8, tags: imageTags(32, 32, ...tiles(numbers(4, 5), numbers(4, 1)), metadata) }]);
    const { gdalItems } = await describeTiff(source);
    expect(gdalItems).toEqual([{ name: 'A', value: 'b' }]);
    expect(source.reads).toEqual([HEAD, { offset: 40 * MIB, length: xml.length + 1 }]);
  });

  it('reads what is missing of an IFD that the head cuts', async () => {
    const at = 65_536 - 30;
    const source = buildTiff([{ at, tags: imageTags(32, 32, ...tiles(numbers(4, 5), numbers(4, 1))) }], {
      end: 40 * MIB,
    });
    const { images } = await describeTiff(source);
    expect(images[0]?.width).toBe(32);
    expect(source.reads).toHaveLength(2);
    expect(source.reads[1]?.offset).toBe(65_536);
  });

  it('takes a page to need what the page before it needed', async () => {
    const pages = Array.from({ length: 20 }, (_, page): IfdSpec => {
      return { at: 8 + page * MIB, tags: imageTags(320, 320, ...tiles(numbers(400, 5), numbers(400, 1))) };
    });
    const source = buildTiff(pages, { end: 25 * MIB });
    const { images } = await describeTiff(source);
    expect(images).toHaveLength(20);
    expect(source.reads).toHaveLength(20);
    const needed = ifdLength(9) + 3200;
    for (const read of source.reads.slice(1)) expect(read.length).toBeLessThanOrEqual(needed + 2048);
  });

  it('reads IFDs that stand side by side far from the head with one request', async () => {
    const ifds = Array.from({ length: 8 }, (_, level): IfdSpec => {
      const reduced = { tag: 254, type: 'long' as const, values: [level === 0 ? 0 : 1] };
      const side = 256 >> level;
      const count = Math.ceil(side / 16) ** 2;
      return {
        at: 10 * MIB + level * 5000,
        tags: imageTags(side, side, reduced, ...tiles(numbers(count, 5), numbers(count, 1))),
      };
    });
    const source = buildTiff(ifds, { end: 10 * MIB + 45_000 });
    const { levels } = await describeTiff(source);
    expect(levels).toHaveLength(8);
    expect(source.reads).toHaveLength(2);
  });

  it('reads old, tiny files and files whose size no answer tells', async () => {
    const ifds = [{ at: 8, tags: imageTags(4, 4, ...strip(200, 9)) }];
    const silent = buildTiff(ifds, { end: 209, tellsSize: false });
    const description = await describeTiff(silent);
    expect(description.size).toBe(209);
    expect(silent.reads).toHaveLength(1);
    const far = buildTiff([{ at: 90 * MIB, tags: imageTags(4, 4, ...strip(200, 9)) }], { tellsSize: false });
    expect((await describeTiff(far)).images).toHaveLength(1);
    expect(far.reads).toHaveLength(2);
  });

  it('never asks beyond the end of a file', async () => {
    const source = buildTiff([{ at: 5 * MIB, tags: imageTags(4, 4, ...strip(200, 9)) }], { end: 4 * MIB });
    const failure = await failureOf(describeTiff(source));
    expect(failure.code).toBe('short-read');
    expect(failure.message).toContain('IFD 0 (at byte 5,242,880)');
    expect(source.reads).toEqual([HEAD]);
  });
});

describe('large files', () => {
  it('reads four million tiles beyond 4 GiB within two seconds', async () => {
    const count = 2000 * 2000;
    const start = 2 ** 40;
    const offsetsAt = 100_000;
    const lengthsAt = offsetsAt + count * 8;
    const tables = tiles(numbers(count, 4096, start), numbers(count, 0, 4000), { offsetsAt, lengthsAt, type: 'long8' });
    const source = buildTiff([{ at: 16, tags: imageTags(32_000, 32_000, ...tables) }], { big: true, end: 2 ** 45 });
    const started = performance.now();
    const { images } = await describeTiff(source);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(source.reads).toEqual([HEAD, { offset: offsetsAt, length: count * 12 }]);
    expect(images[0]?.offsets[count - 1]).toBe(start + (count - 1) * 4096);
  });

  it('keeps offsets exact up to 2^53 - 1 and refuses larger ones', async () => {
    const largest = Number.MAX_SAFE_INTEGER;
    const of = (offset: number): IfdSpec[] => [
      { at: 16, tags: imageTags(32, 16, ...tiles([16, offset], [1, 0], { type: 'long8' })) },
    ];
    const { images } = await describeTiff(buildTiff(of(largest), { big: true }));
    expect(images[0]?.offsets[1]).toBe(9_007_199_254_740_991);
    const failure = await failureOf(describeTiff(buildTiff(of(2 ** 53), { big: true })));
    expect(failure.code).toBe('malformed-tiff');
    expect(failure.message).toContain('Number 1 of a chunk table (tag 324) of IFD 0 (at byte 16) is above 2^53');
  });

  it('walks tens of thousands of IFDs, tells how far it is, and stops when cancelled', async () => {
    const count = 20_000;
    const tags = imageTags(4, 4, ...strip(8, 1));
    const pages = Array.from({ length: count }, (_, page): IfdSpec => ({ at: 16 + page * 100, tags }));
    const seen: number[] = [];
    const { images } = await describeTiff(buildTiff(pages), { onProgress: (ifds) => seen.push(ifds) });
    expect(images).toHaveLength(count);
    expect(seen).toHaveLength(count);
    expect(seen.at(-1)).toBe(count);
    const controller = new AbortController();
    const stopped = describeTiff(buildTiff(pages), {
      signal: controller.signal,
      onProgress: (ifds) => {
        if (ifds === 1000) controller.abort();
      },
    });
    expect((await failureOf(stopped)).code).toBe('cancelled');
  });
});
