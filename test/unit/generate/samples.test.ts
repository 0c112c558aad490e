import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import { generateReferences } from '../../../src/generate/generate';
import type { JsonObject } from '../../../src/json';
import { describeTiff } from '../../../src/tiff/describe';
import { failureOf } from '../bytes/fail';
import { arrayOf } from '../codecs/fixtures';
import { buildTiff, type Container, imageTags, type TagSpec, tiles } from '../tiff/build-tiff';

const short = (tag: number, ...values: number[]): TagSpec => ({ tag, type: 'short', values });
const bits = (...values: number[]): TagSpec => short(258, ...values);
const format = (value: number): TagSpec => short(339, value);
const DEFLATE = short(259, 8);
const PREDICTOR_2 = short(317, 2);
const BIG: Container = { littleEndian: false };

interface Chain {
  dtype: string;
  compressor: JsonObject | null;
  filters: JsonObject[] | null;
}

/** The metadata of an image of 16 by 16 pixels in one tile with these tags. */
async function chainOf(container: Container, preview: boolean, ...tags: TagSpec[]): Promise<Chain> {
  const table = tags.some(({ tag }) => tag === 324 || tag === 273) ? [] : tiles([1000], [100]);
  const all = imageTags(16, 16, ...table, ...tags);
  const tiff = await describeTiff(buildTiff([{ at: 8, tags: all }], { end: 5000, ...container }));
  const options = { preset: 'portable', targetUrl: 'file:///a.tif', overviews: false, coordinates: true } as const;
  const { text } = await generateReferences(tiff, { ...options, ...(preview ? { preview } : {}) });
  const { refs } = JSON.parse(text) as { refs: Record<string, string> };
  return JSON.parse(refs['band_data/.zarray'] ?? '') as Chain;
}

describe('samples that numpy has no type for', () => {
  it('are unpacked row by row, whatever the byte order of the file', async () => {
    const packints = { id: 'imagecodecs_packints' };
    for (const container of [{}, BIG]) {
      expect(await chainOf(container, false, DEFLATE, bits(12))).toMatchObject({
        dtype: '<u2',
        filters: [{ ...packints, dtype: '<u2', bitspersample: 12, runlen: 16 }],
      });
    }
    const three = [short(277, 3), bits(1, 1, 1)];
    expect((await chainOf({}, false, DEFLATE, ...three)).filters).toMatchObject([{ dtype: '|u1', runlen: 48 }]);
    expect(
      (await chainOf({}, false, DEFLATE, ...three, short(284, 2), ...tiles([1000, 1100, 1200], [9, 9, 9]))).filters,
    ).toMatchObject([{ dtype: '|u1', runlen: 16 }]);
  });

  it('of complex integers become complex floats; their differences are of both parts as one', async () => {
    expect(await chainOf(BIG, false, DEFLATE, bits(32), format(5))).toMatchObject({
      dtype: '<c8',
      filters: [{ id: 'astype', encode_dtype: '>i2', decode_dtype: '<f4' }],
    });
    expect(await chainOf(BIG, false, DEFLATE, bits(64), format(5), PREDICTOR_2)).toMatchObject({
      dtype: '<c16',
      filters: [
        { id: 'astype', encode_dtype: '<i4', decode_dtype: '<f8' },
        { id: 'astype', encode_dtype: '>u8', decode_dtype: '<u8' },
        { id: 'imagecodecs_delta', dtype: '>u8' },
      ],
    });
  });

  it('have their bits turned before they are decompressed (FillOrder 2)', async () => {
    expect(await chainOf({}, false, DEFLATE, bits(8), short(266, 2))).toMatchObject({
      compressor: { id: 'imagecodecs_bitorder' },
      filters: [{ id: 'zlib' }],
    });
  });

  it('share colours in the preview alone', async () => {
    const tags = [DEFLATE, short(277, 3), bits(8, 8, 8), short(262, 6), short(530, 4, 2)];
    expect((await chainOf({}, true, ...tags)).filters).toEqual([
      { id: 'kerchunk_tiff_ycbcr', horizontal: 4, vertical: 2, rows: 16, columns: 16 },
    ]);
    expect((await failureOf(chainOf({}, false, ...tags))).code).toBe('not-expressible');
  });

  it.each([1, 8])('share colours in a last strip of 6 rows, compression %i', async (compression) => {
    const strips = [short(278, 10), short(273, 1000, 1500), short(279, 240, 144)];
    const colours = [short(277, 3), bits(8, 8, 8), short(262, 6), short(530, 2, 2)];
    const { filters } = await chainOf({}, true, short(259, compression), ...colours, ...strips);
    expect(filters).toEqual([
      { id: 'kerchunk_tiff_ycbcr', horizontal: 2, vertical: 2, rows: 10, columns: 16, last: { index: 1, rows: 6 } },
    ]);
  });
});

describe('decoders of samples', () => {
  const packed = (config: JsonObject): ReturnType<typeof arrayOf> =>
    arrayOf([2, 3], '|u1', null, [
      { id: 'imagecodecs_packints', dtype: '|u1', bitspersample: 3, runlen: 3, ...config },
    ]);

  it('unpack 3 bits: rows 101 011 001 and 111 000 010, each filled up to two bytes', async () => {
    const stored = Uint8Array.of(0b10101100, 0b10000000, 0b11100001, 0b00000000);
    expect([...(await decodeChunk(stored, packed({}))).array.data]).toEqual([5, 3, 1, 7, 0, 2]);
  });

  it.each<[string, JsonObject, string]>([
    ['no bits', { bitspersample: 0 }, 'malformed-metadata'],
    ['more bits than any', { bitspersample: 1e15 }, 'malformed-metadata'],
    ['half a bit', { bitspersample: 1.5 }, 'malformed-metadata'],
    ['bits that do not fit the dtype', { bitspersample: 12 }, 'malformed-metadata'],
    ['a negative run', { runlen: -3 }, 'malformed-metadata'],
    ['runs of cameras', { bitorder: '<' }, 'unsupported-codec'],
    ['runs longer than the chunk', { runlen: 2 ** 53 - 1 }, 'decode-failed'],
  ])('refuse %s', async (_name, config, code) => {
    expect((await failureOf(decodeChunk(new Uint8Array(4), packed(config)))).code).toBe(code);
  });

  it('give units of 2 by 2 pixels their colours: 3 by 2 pixels, of which the last column is cut off', async () => {
    const codec = { id: 'kerchunk_tiff_ycbcr', horizontal: 2, vertical: 2, rows: 2, columns: 3 };
    const array = arrayOf([2, 3, 3], '|u1', null, [codec]);
    const stored = Uint8Array.of(1, 2, 3, 4, 50, 60, 5, 6, 7, 8, 70, 80);
    expect([...(await decodeChunk(stored, array)).array.data]).toEqual([
      ...[1, 50, 60, 2, 50, 60, 5, 70, 80],
      ...[3, 50, 60, 4, 50, 60, 7, 70, 80],
    ]);
    const huge = arrayOf([2, 3, 3], '|u1', null, [{ ...codec, rows: 1e9, columns: 1e9 }]);
    expect((await failureOf(decodeChunk(stored, huge))).code).toBe('malformed-metadata');
  });
});
