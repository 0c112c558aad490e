import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../src/check/check-source';
import { KerchunkError } from '../../../src/errors';
import {
  addressOf,
  fixture,
  folder,
  inShort,
  openerOf,
  type Refs,
  referencesOf,
  setOf,
  withMetadata,
  without,
} from './harness';

/** One band of 40 x 56 in tiles of 16 x 16; offsets and lengths as tifffile lists them: 272+130, 402+142, 544+141, 685+180, … */
const TILED = 'deflate-p2-u16-tiled.tif';

async function check(refs: Refs, files: Record<string, Uint8Array | KerchunkError> = {}) {
  const { set, text } = setOf(refs);
  const opener = openerOf(files);
  const result = await checkSource(set, text, { opener });
  return { ...result, short: inShort(result.groups), reads: opener.reads };
}

describe("references against the file's own tables", () => {
  it('agree where the generator wrote them', async () => {
    expect(await check(await referencesOf(TILED))).toMatchObject({ short: [], arrays: 1, compared: 12, decoded: 4 });
  });

  it('tell a range that begins elsewhere, with both ranges and where it stands', async () => {
    const refs = await referencesOf(TILED);
    refs['band_data/0.2'] = [addressOf(TILED), 552, 141];
    const { short } = await check(refs);
    expect(short).toMatchObject([{ code: 'source/moved', count: 1, key: 'band_data/0.2' }]);
    expect(short[0]?.message).toBe(
      'Chunk band_data/0.2 refers to bytes 552-692, inside tile (row 0, column 2) of IFD 0 (full resolution, 40 x 56), from its byte 8 on; ' +
        'the TIFF has tile (row 0, column 2) at bytes 544-684.',
    );
  });

  it('tell a range beyond all tiles', async () => {
    const refs = await referencesOf(TILED);
    refs['band_data/0.2'] = [addressOf(TILED), 9_000_000, 141];
    expect((await check(refs)).short).toMatchObject([
      { code: 'source/moved', message: expect.stringContaining('where no tile of the TIFF stands') as string },
    ]);
  });

  it('tell two tiles that are swapped as two of one kind', async () => {
    const refs = await referencesOf(TILED);
    [refs['band_data/0.1'], refs['band_data/1.3']] = [refs['band_data/1.3'], refs['band_data/0.1']];
    const { short, groups } = await check(refs);
    expect(short).toMatchObject([{ code: 'source/tile', count: 2, key: 'band_data/0.1' }]);
    expect(short[0]?.message).toContain('which are tile (row 1, column 3); it should be tile (row 0, column 1)');
    expect(groups[0]?.samples.map(({ key }) => key)).toEqual(['band_data/0.1', 'band_data/1.3']);
  });

  it('tell a wrong length with both', async () => {
    const refs = await referencesOf(TILED);
    refs['band_data/0.3'] = [addressOf(TILED), 685, 179];
    expect((await check(refs)).short).toEqual([
      {
        code: 'source/length',
        count: 1,
        key: 'band_data/0.3',
        message: 'Chunk band_data/0.3 has the length 179, and the TIFF 180, at offset 685 (tile (row 0, column 3)).',
      },
    ]);
  });

  it('tell a tile of another level', async () => {
    const name = 'deflate-p2-u16-tiled-overviews-mask.tif';
    const refs = await referencesOf(name);
    refs['band_data/0.1'] = [addressOf(name), 3240, 404];
    const { short } = await check(refs);
    expect(short).toMatchObject([{ code: 'source/level', count: 1, key: 'band_data/0.1' }]);
    expect(short[0]?.message).toContain('which are tile (row 0, column 0) of IFD 2 (overview, 20 x 28)');
  });

  it('match each level to its own image', async () => {
    const refs = await referencesOf('deflate-p2-u16-tiled-overviews-mask.tif', { overviews: true });
    expect(await check(refs)).toMatchObject({ short: [], arrays: 3, compared: 14 });
  });

  it.each([false, true])('follow the SubIFDs of the page that was written, with overviews: %s', async (overviews) => {
    const refs = await referencesOf('deflate-u8-tiled-pages-subifds.tif', { overviews }, 1);
    const found = await check(refs);
    expect(found).toMatchObject({ short: [], arrays: overviews ? 2 : 1 });
  });

  it('tell that the page that was written is no more', async () => {
    const refs = await referencesOf('deflate-u8-tiled-pages-subifds.tif', {}, 1);
    const attributes = JSON.parse(String(refs['.zattrs'])) as { kerchunk_source: object[] };
    const [source] = attributes.kerchunk_source;
    refs['.zattrs'] = JSON.stringify({ kerchunk_source: [{ ...source, ifd: 7 }] });
    const { short } = await check(refs);
    expect(short).toMatchObject([{ code: 'source/changed', key: '.zattrs' }]);
    expect(short[0]?.message).toContain('(IFD 7 then, none of that number now)');
  });

  it('tell a key that is missing, at the place of the metadata', async () => {
    const refs = await referencesOf(TILED);
    delete refs['band_data/2.3'];
    delete refs['band_data/0.0'];
    const { short, compared } = await check(refs);
    expect(short).toMatchObject([{ code: 'source/missing', count: 2, key: 'band_data/0.0' }]);
    expect(short[0]?.message).toContain('the TIFF has bytes 272-401 for it');
    expect(compared).toBe(12);
  });

  it('tell that all keys of an array are missing, from the file that the references were written for', async () => {
    const refs = without(await referencesOf(TILED), /^band_data\/\d/u);
    expect((await check(refs)).short).toMatchObject([{ code: 'source/missing', count: 12, key: 'band_data/0.0' }]);
  });

  it('tell a key for a sparse tile', async () => {
    const name = 'deflate-p2-u16-tiled-sparse-nodata0.tif';
    const refs = await referencesOf(name);
    expect((await check(refs)).short).toEqual([]);
    refs['band_data/1.1'] = [addressOf(name), 468, 130];
    const { short } = await check(refs);
    expect(short).toMatchObject([{ code: 'source/surplus', count: 1, key: 'band_data/1.1' }]);
    expect(short[0]?.message).toContain('tile (row 1, column 1) is sparse');
  });

  it('tell a fill value that sparse tiles do not have', async () => {
    const name = 'none-i16-tiled-sparse-nodata-9999.tif';
    const refs = await referencesOf(name);
    expect((await check(refs)).short).toEqual([]);
    const { short } = await check(withMetadata(refs, 'band_data', { fill_value: 0 }));
    expect(short).toMatchObject([{ code: 'source/fill-value', key: 'band_data/.zarray' }]);
    expect(short[0]?.message).toContain('pixels are -9999 (its nodata), and fill_value is 0');
  });

  it('name the band of separate planes', async () => {
    const name = 'deflate-p2-u16-3band-planar-tiled.tif';
    const refs = await referencesOf(name);
    refs['band_data/1.0.0'] = refs['band_data/0.0.0'];
    const { short } = await check(refs);
    expect(short).toMatchObject([{ code: 'source/tile', count: 1, key: 'band_data/1.0.0' }]);
    expect(short[0]?.message).toContain(
      'which are tile (row 0, column 0) of band 1; it should be tile (row 0, column 0) of band 2',
    );
  });

  it('take uncompressed strips as they are, joined and divided', async () => {
    // Strips of 12 rows of 56 values of 2 bytes from byte 208 on, the last of 4 rows; 40 rows in all.
    const name = 'none-u16-strips-short-last.tif';
    const refs = await referencesOf(name);
    expect((await check(refs)).short).toEqual([]);
    const divided = without(withMetadata(refs, 'band_data', { chunks: [8, 56] }), /^band_data\/\d/u);
    for (let row = 0; row < 5; row++) divided[`band_data/${row}.0`] = [addressOf(name), 208 + row * 8 * 112, 8 * 112];
    expect(await check(divided)).toMatchObject({ short: [], compared: 5 });
    divided['band_data/3.0'] = [addressOf(name), 208 + 3 * 8 * 112 + 2, 8 * 112];
    expect((await check(divided)).short).toMatchObject([{ code: 'source/moved', count: 1, key: 'band_data/3.0' }]);
  });

  it('say that chunks of another shape cannot be the tiles, and that a shape is that of no image', async () => {
    const refs = await referencesOf(TILED);
    const chunks = await check(withMetadata(refs, 'band_data', { chunks: [8, 16] }));
    expect(chunks.short).toMatchObject([{ code: 'source/chunk-shape', count: 1, key: 'band_data/.zarray' }]);
    expect(chunks.short[0]?.message).toContain('its chunks are 8 x 16, and the image has tiles of 16 x 16');
    const shape = await check(withMetadata(refs, 'band_data', { shape: [41, 56] }));
    expect(shape.short).toMatchObject([{ code: 'source/shape', count: 1 }]);
    expect(shape.short[0]?.message).toContain('41 x 56, is that of no image');
  });

  it('match each file of a stack', async () => {
    const first = withMetadata(await referencesOf(TILED), 'band_data', { shape: [2, 40, 56], chunks: [1, 16, 16] });
    const second = await referencesOf('deflate-p2-u16-tiled-be.tif');
    const refs = without(first, /^band_data\/\d/u);
    for (const [key, reference] of Object.entries(first)) {
      const [, place] = /^band_data\/(\d.*)$/u.exec(key) ?? [];
      if (place === undefined) continue;
      refs[`band_data/0.${place}`] = reference;
      refs[`band_data/1.${place}`] = second[key];
    }
    delete refs['band_data/1.1.2'];
    const filters = [{ id: 'imagecodecs_delta', axis: -1, dist: 1, shape: [1, 16, 16], dtype: '<u2' }];
    const { short, compared } = await check(withMetadata(refs, 'band_data', { filters }));
    expect(compared).toBe(24);
    // The second file is big-endian, which one array cannot say: two of the four samples are of it, the largest and the last.
    expect(short.map(({ code, key }) => [code, key])).toEqual([
      ['source/missing', 'band_data/1.1.2'],
      ['source/values', 'band_data/1.0.3'],
    ]);
  });

  it('say once of a file that it cannot be fetched, or is no TIFF', async () => {
    const refs = await referencesOf(TILED);
    const error = new KerchunkError('fetch-failed', `${folder}${TILED} gave 404.`);
    const { short, reads } = await check(refs, { [TILED]: error });
    expect(short).toMatchObject([{ code: 'source/not-fetched', count: 1, key: 'band_data/0.0' }]);
    expect(short[0]?.message).toContain('gave 404.');
    expect(reads).toHaveLength(1);
    const text = new TextEncoder().encode('\x89HDF\r\n\x1a\n and so on, which is no TIFF');
    expect((await check(refs, { [TILED]: text })).short).toMatchObject([{ code: 'source/not-a-tiff', count: 1 }]);
    const cut = await check(refs, { [TILED]: fixture(TILED).slice(0, 60) });
    expect(cut.short).toMatchObject([{ code: 'source/malformed-tiff', count: 1, key: 'band_data/0.0' }]);
    // Without its last 50 bytes the last tile, of 117 bytes from 1772 on, is cut off.
    const last = await check(refs, { [TILED]: fixture(TILED).slice(0, 1772 + 117 - 50) });
    expect(last.short).toMatchObject([
      { code: 'source/changed', key: '.zattrs' },
      { code: 'source/beyond-end', count: 1, key: 'band_data/2.3' },
    ]);
    expect(last.short[1]?.message).toBe(
      'Chunk band_data/2.3 refers to bytes 1772-1888 (tile (row 2, column 3) of IFD 0 (full resolution, 40 x 56)), and the file ends at byte 1,839: ' +
        '67 of its 117 bytes are there. The file is cut off; get a whole copy.',
    );
    expect(last).toMatchObject({ compared: 12, decoded: 4 });
    // The last four tiles, the first of 96 bytes from 1488 on, are gone but for a byte.
    const more = await check(refs, { [TILED]: fixture(TILED).slice(0, 1489) });
    expect(more.short).toMatchObject([{}, { code: 'source/beyond-end', count: 4, key: 'band_data/2.0' }]);
    expect(more.short[1]?.message).toContain('1 of its 96 bytes is there');
  });

  it('tell a file that has changed since, by what is known of both', async () => {
    const refs = await referencesOf(TILED);
    const source = { url: addressOf(TILED), size: 1, etag: '"abc"', last_modified: 'Mon, 01 Jan 2024 00:00:00 GMT' };
    refs['.zattrs'] = JSON.stringify({ kerchunk_source: [source] });
    const { short, groups } = await check(refs);
    expect(short).toMatchObject([{ code: 'source/changed', count: 1, key: '.zattrs' }]);
    expect(groups[0]?.severity).toBe('warning');
    expect(short[0]?.message).toContain(`(size 1 then, ${fixture(TILED).length.toLocaleString('en-US')} now)`);
  });
});
