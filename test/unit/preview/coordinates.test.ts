import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/json';
import type { ChunkPreview } from '../../../src/preview/types';
import { parseDataType } from '../../../src/zarr/data-type';
import { documentOf, inline, preview, url, zarrayOf } from './harness';

/** Chunks of 2 x 2 over 3 x 5 elements; the chunk looked at begins at row 2, column 2 and has one row and two columns inside. */
const chunk = [1, 1];
const image = (dimensions: (string | null)[], more: object = {}) => ({
  'g/a/.zarray': zarrayOf([3, 5], [2, 2], '|u1'),
  'g/a/.zattrs': { _ARRAY_DIMENSIONS: dimensions, ...more },
  'g/a/1.1': 'abcd',
});

function coordinates({ coordinates: found }: ChunkPreview): unknown[] {
  return found.map(({ axis, name, unit, texts }) => [axis, name, unit, texts]);
}

describe('coordinates of a chunk', () => {
  it('are the values of 1-D arrays with the names of its dimensions in its group, in chunks of their own', async () => {
    const document = documentOf({
      ...image(['lat', 'lon']),
      'g/lat/.zarray': zarrayOf([3], [2], '<f8'),
      'g/lat/.zattrs': { units: 'degrees_north' },
      'g/lat/1': inline(Float64Array.of(48.5, 0)),
      'g/lon/.zarray': zarrayOf([5], [3], '<i2'),
      'g/lon/.zattrs': { scale_factor: 0.5, add_offset: 10 },
      'g/lon/0': inline(Int16Array.of(1, 2, 3)),
      'g/lon/1': inline(Int16Array.of(4, 5, 0)),
    });
    expect(coordinates(await preview(document, 'g/a', chunk))).toEqual([
      [0, 'lat', 'degrees_north', ['48.5']],
      [1, 'lon', null, ['11.5', '12']],
    ]);
  });

  it('are left out where an array of that name is none of this axis or stands elsewhere', async () => {
    const document = documentOf({
      ...image(['y', 'x']),
      'g/y/.zarray': zarrayOf([4], [4], '<f8'),
      'g/y/0': inline(Float64Array.of(1, 2, 3, 4)),
      'x/.zarray': zarrayOf([5], [5], '<f8'),
      'x/0': inline(Float64Array.of(1, 2, 3, 4, 5)),
    });
    const found = await preview(document, 'g/a', chunk);
    expect(coordinates(found)).toEqual([]);
    expect(found.coordinateProblem).toBeNull();
  });

  it.each([
    ['cannot be fetched', zarrayOf([5], [5], '<f8'), 'bytes'],
    ['have malformed metadata', { zarr_format: 2 }, '"shape" is missing'],
  ])('that %s are left out with the reason, and no GeoTransform stands in for them', async (_, zarray, reason) => {
    const document = documentOf({
      ...image(['y', 'x'], { grid_mapping: 'crs' }),
      'g/x/.zarray': zarray,
      'g/x/0': [url, 0, 40],
      'g/crs/.zattrs': { GeoTransform: '0 1 0 0 0 1' },
    });
    const found = await preview(document, 'g/a', chunk);
    expect(coordinates(found)).toEqual([]);
    expect(found.coordinateProblem).toMatch(/^The coordinates along x are not shown: .+\.$/);
    expect(found.coordinateProblem).toContain(reason);
    expect(found.outcome.kind).toBe('values');
  });

  it('are not told for more than 131,072 indices, and say so', async () => {
    const side = 2 ** 17 + 1;
    const document = documentOf({
      'a/.zarray': zarrayOf([side], [side], '|u1'),
      'a/.zattrs': { _ARRAY_DIMENSIONS: ['x'] },
      'x/.zarray': zarrayOf([side], [side], '|u1'),
    });
    const found = await preview(document, 'a', [0]);
    expect(coordinates(found)).toEqual([]);
    expect(found.coordinateProblem).toBe(
      'The coordinates along x are not shown: the chunk has 131,073 of them, and at most 131,072 are shown.',
    );
  });

  /** The coordinates along the one axis of a chunk with as many values. */
  async function along(
    dtype: JsonValue,
    values: ArrayBufferView,
    attributes: object = {},
    fill_value: JsonValue = null,
  ) {
    const { length } = Array.from({ length: values.byteLength / parseDataType(dtype).itemSize });
    const document = documentOf({
      'a/.zarray': zarrayOf([length], [length], '|u1'),
      'a/.zattrs': { _ARRAY_DIMENSIONS: ['x'] },
      'x/.zarray': zarrayOf([length], [length], dtype, { fill_value }),
      'x/.zattrs': attributes,
      'x/0': inline(values),
    });
    return (await preview(document, 'a', [0])).coordinates[0]?.texts;
  }

  it('are null in an absent chunk, whatever fills it', async () => {
    const document = documentOf({
      'a/.zarray': zarrayOf([4], [4], '|u1'),
      'a/.zattrs': { _ARRAY_DIMENSIONS: ['x'] },
      'x/.zarray': zarrayOf([4], [2], '<f8'),
      'x/1': inline(Float64Array.of(0, 7)),
    });
    expect(coordinates(await preview(document, 'a', [0]))).toEqual([[0, 'x', null, [null, null, '0', '7']]]);
  });

  it('are null where they are the fill value, before any scaling', async () => {
    expect(await along('<i2', Int16Array.of(-99, 5), { scale_factor: 0.1 }, -99)).toEqual([null, '0.5']);
    expect(await along('<f4', Float32Array.of(NaN, 1), {}, 'NaN')).toEqual([null, '1']);
    expect(await along('<f4', Float32Array.of(1e37, 1), { _FillValue: 1e37 })).toEqual([null, '1']);
  });

  // str() of the values in numpy, zeros at the end of a time's fraction left out.
  it('have the digits of their own type', async () => {
    expect(await along('<i8', BigInt64Array.of(1577836800123n, 2n ** 62n))).toEqual([
      '1577836800123',
      '4611686018427387904',
    ]);
    expect(await along('<f4', Float32Array.of(6.1, 0.1))).toEqual(['6.1', '0.1']);
    expect(await along('<f8', Float64Array.of(0.1 + 0.2))).toEqual(['0.30000000000000004']);
    expect(await along('<M8[ns]', BigInt64Array.of(1577836800123456789n, -(2n ** 63n)))).toEqual([
      '2020-01-01T00:00:00.123456789',
      'NaT',
    ]);
    expect(await along('|S3', Buffer.from('redb\0\0'))).toEqual(['red', 'b']);
  });

  it('are scaled without the errors of double precision', async () => {
    expect(await along('<i2', Int16Array.of(3000), { scale_factor: 0.0001, add_offset: -0.1 })).toEqual(['0.2']);
    expect(await along('<i8', BigInt64Array.of(2n ** 60n), { add_offset: 1 })).toEqual(['1152921504606846977']);
    // numpy.float32(6.1) * numpy.float32(10)
    expect(await along('<f4', Float32Array.of(6.1), { scale_factor: 10 })).toEqual(['61']);
  });

  it('are centres of pixels by the GeoTransform of the grid mapping where there are no such arrays', async () => {
    const mapping = {
      'g/crs/.zarray': zarrayOf([], [], '<i8'),
      'g/crs/.zattrs': { GeoTransform: '600000.0 10.0 0.0 5100000.0 0.0 -10.0' },
    };
    const document = documentOf({ ...image(['y', 'x'], { grid_mapping: 'crs' }), ...mapping });
    // Row 2: 5100000 - 2.5 * 10; columns 2 and 3: 600000 + 2.5 * 10 and + 3.5 * 10.
    expect(coordinates(await preview(document, 'g/a', chunk))).toEqual([
      [0, 'y', null, ['5099975']],
      [1, 'x', null, ['600025', '600035']],
    ]);
  });

  it('are found by the name spatial_ref too, and are none where the raster is rotated', async () => {
    const at = (GeoTransform: string) =>
      documentOf({
        ...image([null, null]),
        'g/spatial_ref/.zarray': zarrayOf([], [], '<i8'),
        'g/spatial_ref/.zattrs': { GeoTransform },
      });
    expect(coordinates(await preview(at('0 1 0 0 0 1'), 'g/a', chunk))).toEqual([
      [0, 'y', null, ['2.5']],
      [1, 'x', null, ['2.5', '3.5']],
    ]);
    expect(coordinates(await preview(at('0 1 0.5 0 0.5 1'), 'g/a', chunk))).toEqual([]);
    expect(coordinates(await preview(at('0 1 0 0 0'), 'g/a', chunk))).toEqual([]);
  });

  const transform = { 'spatial:transform': [10, 0, 600000, 0, -10, 5100000] };
  it.each<[string, object, object, object]>([
    ['of the array itself', transform, {}, {}],
    ['of its group', {}, transform, {}],
    [
      'of its level in the layout of the group above',
      {},
      {},
      { multiscales: { layout: [{ asset: 'g', ...transform }] } },
    ],
  ])('are centres of pixels by spatial:transform %s', async (_, own, group, root) => {
    const document = documentOf({ '.zattrs': root, 'g/.zattrs': group, ...image(['y', 'x'], own) });
    expect(coordinates(await preview(document, 'g/a', chunk))).toEqual([
      [0, 'y', null, ['5099975']],
      [1, 'x', null, ['600025', '600035']],
    ]);
  });

  it('of pixels with their samples in the last axis lie along the axes before it', async () => {
    const document = documentOf({
      'a/.zarray': zarrayOf([4, 4, 3], [4, 4, 3], '|u1'),
      'a/.zattrs': { _ARRAY_DIMENSIONS: ['y', 'x', 'band'] },
      'a/0.0.0': [url, 0, 48],
      'band/.zarray': zarrayOf([3], [3], '|u1'),
      'band/0': inline(Uint8Array.of(1, 2, 3)),
      'spatial_ref/.zattrs': { GeoTransform: '0 1 0 0 0 -1' },
    });
    expect(coordinates(await preview(document, 'a', [0, 0, 0]))).toEqual([
      [0, 'y', null, ['-0.5', '-1.5', '-2.5', '-3.5']],
      [1, 'x', null, ['0.5', '1.5', '2.5', '3.5']],
      [2, 'band', null, ['1', '2', '3']],
    ]);
  });

  it('a coordinate array has none of its own', async () => {
    const document = documentOf({
      'x/.zarray': zarrayOf([2], [2], '<f8'),
      'x/.zattrs': { _ARRAY_DIMENSIONS: ['x'] },
      'x/0': inline(Float64Array.of(1, 2)),
    });
    expect(coordinates(await preview(document, 'x', [0]))).toEqual([]);
  });
});
