import { describe, expect, it } from 'vitest';
import type { ChunkPreview } from '../../../src/preview/types';
import { documentOf, inline, preview, url, zarrayOf } from './harness';

/** Chunks of 2 x 2 over 3 x 5 elements; the chunk looked at begins at row 2, column 2 and has one row and two columns inside. */
const chunk = [1, 1];
const image = (dimensions: (string | null)[], more: object = {}) => ({
  'g/a/.zarray': zarrayOf([3, 5], [2, 2], '|u1'),
  'g/a/.zattrs': { _ARRAY_DIMENSIONS: dimensions, ...more },
  'g/a/1.1': 'abcd',
});

function coordinates({ coordinates: found }: ChunkPreview): unknown[] {
  return found.map(({ axis, name, unit, values }) => [axis, name, unit, [...new Float64Array(values)]]);
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
      [0, 'lat', 'degrees_north', [48.5]],
      [1, 'lon', null, [11.5, 12]],
    ]);
  });

  it('are left out where an array of that name is none of this axis, stands elsewhere, or cannot be read', async () => {
    const document = documentOf({
      ...image(['y', 'x']),
      'g/y/.zarray': zarrayOf([4], [4], '<f8'),
      'g/y/0': inline(Float64Array.of(1, 2, 3, 4)),
      'x/.zarray': zarrayOf([5], [5], '<f8'),
      'x/0': inline(Float64Array.of(1, 2, 3, 4, 5)),
      'g/x/.zarray': zarrayOf([5], [5], '<f8'),
      'g/x/0': [url, 0, 40],
    });
    const found = await preview(document, 'g/a', chunk);
    expect(coordinates(found)).toEqual([]);
    expect(found.outcome.kind).toBe('values');
  });

  it('are centres of pixels by the GeoTransform of the grid mapping where there are no such arrays', async () => {
    const mapping = {
      'g/crs/.zarray': zarrayOf([], [], '<i8'),
      'g/crs/.zattrs': { GeoTransform: '600000.0 10.0 0.0 5100000.0 0.0 -10.0' },
    };
    const document = documentOf({ ...image(['y', 'x'], { grid_mapping: 'crs' }), ...mapping });
    // Row 2: 5100000 - 2.5 * 10; columns 2 and 3: 600000 + 2.5 * 10 and + 3.5 * 10.
    expect(coordinates(await preview(document, 'g/a', chunk))).toEqual([
      [0, 'y', null, [5099975]],
      [1, 'x', null, [600025, 600035]],
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
      [0, 'y', null, [2.5]],
      [1, 'x', null, [2.5, 3.5]],
    ]);
    expect(coordinates(await preview(at('0 1 0.5 0 0.5 1'), 'g/a', chunk))).toEqual([]);
    expect(coordinates(await preview(at('0 1 0 0 0'), 'g/a', chunk))).toEqual([]);
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
      [0, 'y', null, [-0.5, -1.5, -2.5, -3.5]],
      [1, 'x', null, [0.5, 1.5, 2.5, 3.5]],
      [2, 'band', null, [1, 2, 3]],
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
