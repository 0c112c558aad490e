import { describe, expect, it } from 'vitest';
import { declared, spatialAttributes, spatialTransformOf } from '../../../src/zarr/geo-conventions';

describe('the convention spatial:', () => {
  it('has the transform in the order of rasterio, and the box of the corners', () => {
    // A Sentinel-2 tile of 1200 rows of 10 m: 5000000 - 1200 * 10 = 4988000.
    const located = spatialAttributes(
      [500000, 10, 0, 5000000, 0, -10],
      { name: 'Y', length: 1200 },
      { name: 'X', length: 1200 },
    );
    expect(located).toEqual({
      'spatial:dimensions': ['Y', 'X'],
      'spatial:shape': [1200, 1200],
      'spatial:transform': [10, 0, 500000, 0, -10, 5000000],
      'spatial:bbox': [500000, 4988000, 512000, 5000000],
    });
    expect(spatialTransformOf(located)).toEqual([500000, 10, 0, 5000000, 0, -10]);
  });

  it('has the box of all corners where the raster is rotated', () => {
    // Columns run along (3, 4) and rows along (4, -3): corners (0, 0), (6, 8), (4, -3) and (10, 5).
    const box = spatialAttributes([0, 3, 4, 0, 4, -3], { name: 'y', length: 1 }, { name: 'x', length: 2 });
    expect(box['spatial:bbox']).toEqual([0, -3, 10, 8]);
  });

  it('has centres of pixels with the registration node', () => {
    const node = { 'spatial:registration': 'node', 'spatial:transform': [0.5, 0, -180, 0, -0.5, 90] };
    expect(spatialTransformOf(node)).toEqual([-180.25, 0.5, 0, 90.25, 0, -0.5]);
  });

  it.each([
    [{}],
    [{ 'spatial:transform': [1, 0, 0, 0, 1] }],
    [{ 'spatial:transform': [1, 0, 0, 0, 1, '0'] }],
    [{ 'spatial:transform': [1, 0, 0, 0, 1, 0], 'spatial:transform_type': 'rpc' }],
  ])('places nothing by %j', (attributes) => {
    expect(spatialTransformOf(attributes)).toBeUndefined();
  });
});

describe('zarr_conventions', () => {
  it('keeps what others say, and says each convention once', () => {
    const other = { uuid: '00000000-0000-0000-0000-000000000000' };
    const once = declared({ zarr_conventions: [other] }, ['proj', 'spatial']);
    expect(once.map((item) => (item as { uuid: string }).uuid)).toEqual([
      other.uuid,
      'f17cb550-5864-4468-aeb7-f3180cfb622f',
      '689b58e2-cf7b-45e0-9fff-9cfc0883d6b4',
    ]);
    expect(declared({ zarr_conventions: once }, ['spatial', 'proj'])).toEqual(once);
  });
});
