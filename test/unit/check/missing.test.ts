import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../src/check/check-source';
import { parseReferences } from '../../../src/references/parse';
import { addressOf, inShort, openerOf, type Refs, setOf } from './harness';
import { byteArray } from '../../support/zarray';

const NAME = 'made.tif';

/** One column of bytes in uncompressed strips of `rows` rows, with the byte counts `lengths`, the first from byte 8 on; without pixels. */
function madeTiff(height: number, rows: number, lengths: readonly number[]): Uint8Array {
  const count = lengths.length;
  const tables = 8 + 2 + 9 * 12 + 4;
  const bytes = new Uint8Array(tables + (count > 1 ? 8 * count : 0));
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0, 8]);
  view.setUint16(8, 9, true);
  const places = count > 1 ? [tables, tables + 4 * count] : [8, lengths[0] ?? 0];
  const entries: [tag: number, type: number, count: number, value: number][] = [
    [256, 4, 1, 1],
    [257, 4, 1, height],
    [258, 3, 1, 8],
    [259, 3, 1, 1],
    [262, 3, 1, 1],
    [273, 4, count, places[0] ?? 0],
    [277, 3, 1, 1],
    [278, 4, 1, rows],
    [279, 4, count, places[1] ?? 0],
  ];
  entries.forEach(([tag, type, number, value], i) => {
    const at = 10 + 12 * i;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, number, true);
    view.setUint32(at + 8, value, true);
  });
  if (count === 1) return bytes;
  let offset = 8;
  lengths.forEach((length, i) => {
    view.setUint32(tables + 4 * i, length === 0 ? 0 : offset, true);
    view.setUint32(tables + 4 * (count + i), length, true);
    offset += length;
  });
  return bytes;
}

function refsOf(height: number, chunk: number, chunks: Refs): Refs {
  const metadata = byteArray([height, 1], [chunk, 1]);
  return { '.zgroup': '{"zarr_format":2}', 'a/.zarray': JSON.stringify(metadata), ...chunks };
}

async function missing(tiff: Uint8Array, refs: Refs, stop?: AbortController) {
  const { set, text } = setOf(refs);
  const result = await checkSource(set, text, {
    opener: openerOf({ [NAME]: tiff }),
    ...(stop === undefined ? {} : { signal: stop.signal }),
    onProgress: (message) => {
      if (message.includes('comparing the references')) stop?.abort();
    },
  });
  const short = inShort(result.groups).filter(({ code }) => code === 'source/missing');
  return { ...result, short };
}

describe('chunks without a reference', () => {
  it.each([4_000_000, 2 ** 31 - 1])('are counted at once in a strip that claims %i rows', async (height) => {
    const start = performance.now();
    const refs = refsOf(height, 1, { 'a/0.0': [addressOf(NAME), 8, 1], 'a/2.0': [addressOf(NAME), 10, 1] });
    const found = await missing(madeTiff(height, height, [height]), refs);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(found.short).toMatchObject([{ count: height - 2, key: 'a/1.0' }]);
    expect(found.short[0]?.message).toContain('the TIFF has bytes 9-9 for it (strip 0 of IFD 0');
    expect(found.groups.find(({ code }) => code === 'source/missing')?.samples.map(({ key }) => key)).toEqual(
      [1, ...Array.from({ length: 19 }, (_unused, i) => i + 3)].map((row) => `a/${row}.0`),
    );
    expect(found.compared).toBe(height);
  });

  // Strips of rows 0 to 3, 4 to 7 (without bytes), 8 and 9.
  it.each([
    // Rows 4-5 and 6-7 are sparse.
    { chunk: 2, keys: ['a/1.0', 'a/4.0'], compared: 5 },
    // Rows 3-5 and 6-8 lie in a strip with bytes and one without.
    { chunk: 3, keys: ['a/1.0', 'a/2.0', 'a/3.0'], compared: 4 },
    { chunk: 1, keys: [1, 2, 3, 8, 9].map((row) => `a/${row}.0`), compared: 10 },
    { chunk: 8, keys: ['a/1.0'], compared: 2 },
    { chunk: 10, keys: [], compared: 1 },
  ])('are those of strips with bytes, in chunks of $chunk rows', async ({ chunk, keys, compared }) => {
    const refs = refsOf(10, chunk, { 'a/0.0': [addressOf(NAME), 8, chunk] });
    const found = await missing(madeTiff(10, 4, [4, 0, 2]), refs);
    expect(found.groups.find(({ code }) => code === 'source/missing')?.samples.map(({ key }) => key) ?? []).toEqual(
      keys,
    );
    expect(found.compared).toBe(compared);
  });

  it('are not told where an item of gen that is not evaluated may make them', () => {
    const refs = refsOf(10, 2, { 'a/0.0': [addressOf(NAME), 8, 2] });
    const text = new TextEncoder().encode(
      JSON.stringify({
        version: 1,
        refs,
        gen: [{ key: 'a/{{ (i | int) + 1 }}.0', url: addressOf(NAME), dimensions: { i: [0, 1] } }],
      }),
    );
    const { set } = setOf(refs);
    expect(set.mayHaveMore('a')).toBe(false);
    expect(parseReferences(text).mayHaveMore('a')).toBe(true);
    expect(parseReferences(text).mayHaveMore('b')).toBe(false);
  });

  it('stop being counted when the check is cancelled', async () => {
    const tiff = madeTiff(100_000, 1, new Array<number>(100_000).fill(1));
    const refs = refsOf(100_000, 1, { 'a/0.0': [addressOf(NAME), 8, 1] });
    await expect(missing(tiff, refs, new AbortController())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
