import { describe, expect, it } from 'vitest';
import { checkDecode } from '../../../src/check/check-decode';
import { KerchunkError } from '../../../src/errors';
import type { SampleSize } from '../../../src/check/sample';
import { addressOf, inShort, openerOf, type Refs, referencesOf, setOf, withMetadata } from './harness';

async function decode(refs: Refs, samples: SampleSize = 'all', files: Record<string, KerchunkError> = {}) {
  const { set, text } = setOf(refs);
  const opener = openerOf(files);
  const result = await checkDecode(set, text, { opener, samples });
  return { ...result, short: inShort(result.groups), reads: opener.reads };
}

/** Chunks of 4 bytes that stand in the reference file itself, of an array of one axis. */
function bytes(chunks: readonly (readonly number[])[], attributes: object, metadata: object = {}): Refs {
  return {
    '.zgroup': '{"zarr_format":2}',
    'a/.zarray': JSON.stringify({
      zarr_format: 2,
      shape: [4 * chunks.length],
      chunks: [4],
      dtype: '|u1',
      order: 'C',
      fill_value: 0,
      compressor: null,
      filters: null,
      ...metadata,
    }),
    'a/.zattrs': JSON.stringify(attributes),
    ...Object.fromEntries(
      chunks.map((chunk, index) => [`a/${index}`, `base64:${Buffer.from(chunk).toString('base64')}`]),
    ),
  };
}

describe('decoding the chunks of every array', () => {
  it.each([
    { samples: 'all', total: 12 },
    { samples: 3, total: 3 },
  ] as const)('tells how many of how many chunks are decoded: $samples', async ({ samples, total }) => {
    const { set, text } = setOf(await referencesOf('deflate-p2-u16-tiled.tif', { coordinates: false }));
    const told: string[] = [];
    await checkDecode(set, text, { opener: openerOf(), samples, onProgress: (message) => told.push(message) });
    const counts = Array.from({ length: total }, (_unused, i) => `band_data: ${i + 1} of ${total} chunks decoded`);
    expect(told).toEqual(counts);
  });

  it('finds nothing where all decode, with one request for neighbours', async () => {
    const { short, decoded, reads } = await decode(await referencesOf('deflate-p2-u16-tiled.tif'));
    expect(short).toEqual([]);
    expect(decoded).toBe(12);
    expect(reads).toEqual(['deflate-p2-u16-tiled.tif 272+1617']);
  });

  it('decodes as many as asked for, spread over the grid', async () => {
    expect((await decode(await referencesOf('deflate-p2-u16-tiled.tif'), 5)).decoded).toBe(5);
  });

  it('decodes what stands in the reference file too', async () => {
    // 12 tiles, and x, y and spatial_ref of one chunk each.
    const { short, arrays, decoded } = await decode(await referencesOf('geo-rotated.tif'));
    expect({ short, arrays, decoded }).toEqual({ short: [], arrays: 2, decoded: 13 });
  });

  it('groups failures by their kind, with the first key', async () => {
    const name = 'deflate-p2-u16-tiled.tif';
    const refs = await referencesOf(name);
    refs['band_data/0.0'] = [addressOf(name), 1, 100];
    refs['band_data/0.1'] = [addressOf(name), 2, 100];
    refs['band_data/2.3'] = [addressOf(name), 100_000, 100];
    expect((await decode(refs)).short).toMatchObject([
      { code: 'decode/decode-failed', count: 2, key: 'band_data/0.0' },
      { code: 'decode/short-read', count: 1, key: 'band_data/2.3' },
    ]);
    const unknown = await decode(withMetadata(refs, 'band_data', { compressor: { id: 'imagecodecs_brunsli' } }));
    expect(unknown.groups.map(({ code, severity }) => [code, severity])).toContainEqual([
      'decode/unsupported-codec',
      'info',
    ]);
  });

  it('groups what cannot be fetched by its file', async () => {
    const name = 'deflate-p2-u16-tiled.tif';
    const error = new KerchunkError('fetch-failed', 'No such host.');
    const { short } = await decode(await referencesOf(name), 'all', { [name]: error });
    expect(short).toMatchObject([{ code: 'decode/fetch-failed', count: 12, key: 'band_data/0.0' }]);
  });

  it('finds values outside statistics, nodata and filling beyond the edge aside', async () => {
    const refs = bytes(
      [
        [0, 10, 20, 30],
        [31, 9, 25, 25],
      ],
      { STATISTICS_MINIMUM: 10, STATISTICS_MAXIMUM: 30 },
      { shape: [7] },
    );
    const { short, groups } = await decode(refs);
    expect(short).toEqual([
      {
        code: 'decode/outside-statistics',
        count: 1,
        key: 'a/1',
        message:
          'Chunk a/1 has 2 of 3 values outside the statistics in the attributes, 10 to 30: the first, at index 0 of the chunk, is 31.',
      },
    ]);
    expect(groups[0]?.severity).toBe('warning');
  });

  it('compares nothing with statistics of a part of the pixels, and says so', async () => {
    const attributes = { STATISTICS_MINIMUM: 10, STATISTICS_MAXIMUM: 30, STATISTICS_APPROXIMATE: 'YES' };
    expect((await decode(bytes([[1, 2, 3, 4]], attributes))).short).toMatchObject([
      { code: 'decode/approximate-statistics', count: 1, key: 'a/.zattrs' },
    ]);
  });

  it('takes the statistics of each band for its own', async () => {
    const refs = bytes(
      [[5, 50, 6, 61]],
      { _ARRAY_DIMENSIONS: ['x', 'band'], STATISTICS_MINIMUM: [5, 50], STATISTICS_MAXIMUM: [6, 60] },
      { shape: [2, 2], chunks: [2, 2] },
    );
    refs['a/0.0'] = refs['a/0'];
    delete refs['a/0'];
    const { short } = await decode(refs);
    expect(short).toMatchObject([{ code: 'decode/outside-statistics', count: 1 }]);
    expect(short[0]?.message).toContain('50 to 60: the first, at index 1, 1 of the chunk, is 61');
  });

  it.each([
    [{ valid_range: [2, 9] }, 'a/0', '2 to 9'],
    [{ valid_min: 2 }, 'a/0', '2 to Infinity'],
    [{ valid_max: 9 }, 'a/1', '-Infinity to 9'],
  ])('finds values outside %o', async (attributes, key, range) => {
    const { short } = await decode(
      bytes([[1, 3, 3, 3], 'valid_max' in attributes ? [9, 10, 3, 3] : [9, 9, 3, 3]], attributes),
    );
    expect(short).toMatchObject([{ code: 'decode/outside-valid-range', count: 1, key }]);
    expect(short[0]?.message).toContain(range);
  });

  it('notes chunks of nothing but fill', async () => {
    const { short, groups } = await decode(
      bytes(
        [
          [0, 0, 0, 0],
          [0, 1, 0, 0],
          [0, 0, 0, 0],
        ],
        {},
      ),
    );
    expect(short).toMatchObject([{ code: 'decode/all-fill', count: 2, key: 'a/0' }]);
    expect(groups[0]?.severity).toBe('info');
  });
});
