import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../src/check/check-source';
import type { SampleSize } from '../../../src/check/sample';
import { addressOf, fixture, inShort, openerOf, type Refs, referencesOf, setOf, withMetadata } from './harness';

async function check(refs: Refs, samples?: SampleSize, files: Record<string, Uint8Array> = {}) {
  const { set, text } = setOf(refs);
  const result = await checkSource(set, text, {
    opener: openerOf(files),
    ...(samples === undefined ? {} : { samples }),
  });
  return { ...result, short: inShort(result.groups) };
}

/*
 * The fixtures begin, as tifffile reads them, with the pixels 0 1 2 3 1078 1074 1075 1076 …; with predictor 2 they are stored as
 * 0 1 1 1 1075 -4 1 1 ….
 */
describe("chunks decoded by the references' codecs and by the TIFF's own tags", () => {
  it('differ where a predictor is not undone', async () => {
    const refs = withMetadata(await referencesOf('deflate-p2-u16-tiled.tif'), 'band_data', { filters: null });
    const { short, decoded } = await check(refs);
    expect(decoded).toBe(4);
    expect(short).toMatchObject([{ code: 'source/values', count: 4, key: 'band_data/0.0' }]);
    expect(short[0]?.message).toContain(
      'at row 0, column 2 of the chunk (row 0, column 2 of the image) the references give 1, and the TIFF has 2. ' +
        'The TIFF has predictor 2, which no filter of the array undoes.',
    );
  });

  it('differ where the array has the other byte order', async () => {
    const refs = withMetadata(await referencesOf('none-u16-tiled-be.tif'), 'band_data', { dtype: '<u2' });
    const { short } = await check(refs);
    expect(short).toMatchObject([{ code: 'source/values', count: 4, key: 'band_data/0.0' }]);
    expect(short[0]?.message).toContain('at row 0, column 1 of the chunk');
    expect(short[0]?.message).toContain('the references give 256, and the TIFF has 1.');
    expect(short[0]?.message).toContain('The array is stored little-endian (<u2), and the TIFF is big-endian.');
  });

  it('differ where the filter of a big-endian file sums in the other byte order', async () => {
    // 0x0000 0x0001 0x0001 0x0001 0x0433 0xfffc summed with their bytes turned: 0x3604 + 0xfcff is 0x3303, read back as 0x0333.
    const filters = [{ id: 'imagecodecs_delta', axis: -1, dist: 1, shape: [16, 16], dtype: '<u2' }];
    const refs = withMetadata(await referencesOf('deflate-p2-u16-tiled-be.tif'), 'band_data', { filters });
    const { short } = await check(refs);
    expect(short).toMatchObject([{ code: 'source/values', key: 'band_data/0.0' }]);
    expect(short[0]?.message).toContain('at row 0, column 5 of the chunk');
    expect(short[0]?.message).toContain('the references give 819, and the TIFF has 1074');
  });

  it('differ where the differences run along the wrong axis, and name the band', async () => {
    // The first pixel is 0 4296 8592 12888.
    const name = 'deflate-p2-u16-4band-tiled.tif';
    const filters = [{ id: 'imagecodecs_delta', axis: -1, dist: 1, shape: [16, 16, 4], dtype: '<u2' }];
    const { short } = await check(withMetadata(await referencesOf(name), 'band_data', { filters }));
    expect(short).toMatchObject([{ code: 'source/values', count: 4, key: 'band_data/0.0.0' }]);
    expect(short[0]?.message).toContain('at row 0, column 0, band 3 of the chunk');
    expect(short[0]?.message).toContain('the references give 12888, and the TIFF has 8592');
  });

  it('differ in one plane of several', async () => {
    // The second plane begins with 4296 4297 4298 4299 …, the first with 0 1 2 3 …; its own codec chain is right.
    const name = 'deflate-p2-u16-3band-planar-tiled.tif';
    const refs = await referencesOf(name);
    const first = fixture(name).slice(432, 432 + 130);
    refs['band_data/1.0.0'] = `base64:${Buffer.from(first).toString('base64')}`;
    const { short } = await check(refs);
    expect(short).toMatchObject([{ code: 'source/values', count: 1, key: 'band_data/1.0.0' }]);
    expect(short[0]?.message).toContain('in 256 of 256 values, in rows 0 to 15 of 16: at row 0, column 0, band 2');
    expect(short[0]?.message).toContain('the references give 0, and the TIFF has 4296');
  });

  it('are told where LERC keeps a band in its mask, which the codec of references does not give', async () => {
    const name = 'refused-lerc-u8-4band-tiled-alpha-mask.tif';
    const shown = await referencesOf(name, { preview: true });
    expect((await check(shown, 'all')).short).toEqual([]);
    const refs = withMetadata(shown, 'band_data', { compressor: { id: 'imagecodecs_lerc' } });
    expect((await check(refs, 1)).short).toMatchObject([{ code: 'source/decode-failed', count: 1 }]);
  });

  it('are told where LERC keeps NaN in its mask, for which the codec of references gives 0', async () => {
    // NaN in rows 5 to 29 and columns 7 to 39 of tiles with 16 x 16 pixels: rows 5 to 15 and columns 7 to 15 of the first.
    const shown = await referencesOf('refused-lerc-f32-tiled-nan-mask.tif', { preview: true });
    expect((await check(shown, 'all')).short).toEqual([]);
    const { short } = await check(withMetadata(shown, 'band_data', { compressor: { id: 'imagecodecs_lerc' } }), 'all');
    expect(short).toMatchObject([{ code: 'source/values', key: 'band_data/0.0' }]);
    expect(short[0]?.message).toContain('in 99 of 256 values, in rows 5 to 15 of 16: at row 5, column 7');
    expect(short[0]?.message).toContain('the references give 0, and the TIFF has NaN');
  });

  it('are told where one does not decode, or has a codec that is not here', async () => {
    const refs = await referencesOf('deflate-p2-u16-tiled.tif');
    const lzw = await check(withMetadata(refs, 'band_data', { compressor: { id: 'imagecodecs_lzw' } }));
    expect(lzw.short).toMatchObject([{ code: 'source/decode-failed', count: 4, key: 'band_data/0.0' }]);
    const unknown = await check(withMetadata(refs, 'band_data', { compressor: { id: 'imagecodecs_brunsli' } }));
    expect(unknown.short).toMatchObject([{ code: 'source/not-decoded', count: 4, key: 'band_data/0.0' }]);
    expect(unknown.groups[0]?.severity).toBe('info');
    const damaged = fixture('deflate-p2-u16-tiled.tif');
    damaged.fill(255, 272, 280);
    const broken = await check(refs, undefined, { 'deflate-p2-u16-tiled.tif': damaged });
    expect(broken.short).toMatchObject([{ code: 'source/damaged', count: 1, key: 'band_data/0.0' }]);
  });

  it('are told where the types are no match', async () => {
    const refs = withMetadata(await referencesOf('none-u16-tiled.tif'), 'band_data', { dtype: '|S2' });
    expect((await check(refs)).short).toMatchObject([{ code: 'source/dtype', count: 4, key: 'band_data/0.0' }]);
  });

  it('compares as many as asked for', async () => {
    const refs = await referencesOf('deflate-p2-u16-tiled.tif');
    expect((await check(refs, 'all')).decoded).toBe(12);
    expect((await check(refs, 7)).decoded).toBe(7);
    expect((await check(refs, 1)).decoded).toBe(1);
  });

  it('takes a last strip that was encoded again, and finds one that was encoded wrongly', async () => {
    expect(await check(withLastStrip(storedRows()))).toMatchObject({ short: [], compared: 4, decoded: 4 });
    const wrong = storedRows();
    wrong[2 * 56 + 7] = 1;
    const { short } = await check(withLastStrip(wrong));
    expect(short).toMatchObject([{ code: 'source/values', count: 1, key: 'band_data/3.0' }]);
    // Row 2 is 30075 30076 31146 31147 31148 31149 32224 32220 …: with a difference of 1 for -4 the value at 7 is 32225.
    expect(short[0]?.message).toContain(
      'in 49 of 224 values, all in row 2: at row 2, column 7 of the chunk (row 38, column 7 of the image) the references give 32225, and the TIFF has 32220',
    );
  });
});

/** 40 rows of 56 in strips of 12 with predictor 2; offsets and lengths as tifffile lists them. */
const STRIPS = 'deflate-p2-u16-short-strip.tif';

/** References to it with its last strip, of 4 rows, filled up to 12 and encoded again from `differences`. */
function withLastStrip(differences: Uint16Array): Refs {
  const padded = new Uint16Array(12 * 56);
  padded.set(differences);
  const url = addressOf(STRIPS);
  return {
    '.zgroup': '{"zarr_format":2}',
    'band_data/.zarray': JSON.stringify({
      zarr_format: 2,
      shape: [40, 56],
      chunks: [12, 56],
      dtype: '<u2',
      order: 'C',
      fill_value: null,
      compressor: { id: 'zlib' },
      filters: [{ id: 'imagecodecs_delta', axis: -1, dist: 1, shape: [12, 56], dtype: '<u2' }],
    }),
    'band_data/0.0': [url, 224, 110],
    'band_data/1.0': [url, 334, 130],
    'band_data/2.0': [url, 464, 115],
    'band_data/3.0': `base64:${deflateSync(new Uint8Array(padded.buffer)).toString('base64')}`,
  };
}

/** What the TIFF stores of its last 4 rows: differences along each row. */
function storedRows(): Uint16Array {
  return new Uint16Array(Uint8Array.from(inflateSync(fixture(STRIPS).subarray(579, 579 + 56))).buffer);
}
