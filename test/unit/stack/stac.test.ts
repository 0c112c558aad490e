import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json';
import { readStac } from '../../../src/stack/stac';

const TIFF = 'image/tiff; application=geotiff; profile=cloud-optimized';
const item = (assets: JsonObject, properties: JsonObject = {}): JsonObject => ({
  type: 'Feature',
  id: 'one',
  properties: { datetime: '2022-01-01T00:00:00Z', ...properties },
  assets,
});
const only = (value: JsonObject, base = 'https://host/items/one.json') => readStac(value, base).items[0];

describe('a STAC item', () => {
  it('of version 1.0 states bands in two lists', () => {
    const found = only(
      item(
        {
          B04: {
            href: './B04.tif',
            type: TIFF,
            'eo:bands': [{ name: 'B04', common_name: 'red' }],
            'raster:bands': [{ scale: 0.0001, offset: -0.1, nodata: 0 }],
            'proj:transform': [10, 0, 600000, 0, -10, 5100000, 0, 0, 1],
            'proj:shape': [100, 200],
          },
        },
        { 'proj:epsg': 32632 },
      ),
    );
    expect(found?.assets[0]).toEqual({
      key: 'B04',
      url: 'https://host/items/B04.tif',
      names: ['red', 'B04', 'B04'],
      facts: {
        place: 'item one, asset B04',
        epsg: 32632,
        transform: [600000, 10, 0, 5100000, 0, -10],
        shape: [100, 200],
        bands: [{ scale: 0.0001, offset: -0.1, nodata: '0', name: 'B04', commonName: 'red' }],
      },
    });
  });

  it('of version 1.1 states them in one, or at the asset', () => {
    const found = only(
      item(
        {
          red: {
            href: 's3://bucket/red.tif',
            type: TIFF,
            nodata: 'nan',
            'raster:scale': 2,
            bands: [{ name: 'b1', 'eo:common_name': 'red', unit: 'K' }],
          },
        },
        { 'proj:code': 'EPSG:4326' },
      ),
    );
    expect(found?.assets[0]?.url).toBe('s3://bucket/red.tif');
    expect(found?.assets[0]?.facts.epsg).toBe(4326);
    expect(found?.assets[0]?.facts.bands).toEqual([
      { scale: 2, nodata: 'nan', unit: 'K', name: 'b1', commonName: 'red' },
    ]);
  });

  it('takes the TIFFs of data by itself', () => {
    const found = only(
      item({
        data: { href: 'a.tif', type: TIFF, roles: ['data'] },
        shown: { href: 'b.tif', type: TIFF, roles: ['visual'] },
        jp2: { href: 'c.jp2', type: 'image/jp2', roles: ['data'] },
        untyped: { href: 'd.TIF?sig=1' },
      }),
    );
    expect(found?.assets.map(({ key }) => key)).toEqual(['data', 'untyped']);
    expect(found?.left).toEqual(['shown', 'jp2']);
  });

  it('without a datetime has its start', () => {
    expect(only(item({ a: { href: 'a.tif' } }, { datetime: null, start_datetime: '2022-01-01T00:00:00Z' }))?.time).toBe(
      '2022-01-01T00:00:00Z',
    );
  });

  it.each([
    [{ type: 'Collection' }, 'points to items'],
    [{ type: 'Something' }, 'no STAC Item'],
    [{ type: 'FeatureCollection', features: [] }, 'holds no items'],
    [item({ a: { href: 'a.jp2', type: 'image/jp2' } }), 'there are a'],
  ])('refuses what has nothing to take: %j', (value, reason) => {
    expect(() => readStac(value, '/x.json')).toThrow(reason);
  });

  it('says that a search has more pages', () => {
    const collection = {
      type: 'FeatureCollection',
      features: [item({ a: { href: 'a.tif' } })],
      links: [{ rel: 'next', href: 'https://host/next' }],
    };
    expect(readStac(collection, '/x.json').warnings[0]).toContain('one page of a search, with 1 item');
  });
});

describe('what a STAC item states wrongly', () => {
  const told = (asset: JsonObject, properties: JsonObject = {}) => {
    const { items, warnings } = readStac(
      item({ red: { href: 'red.tif', type: TIFF, ...asset } }, properties),
      'https://host/one.json',
    );
    return { facts: items[0]?.assets[0]?.facts, warnings };
  };
  const bands = (...list: JsonObject[]) => ({ 'raster:bands': list });

  it.each([
    ['a scale of 0', bands({ scale: 0, offset: 1 }), 'its scale is 0', [{ offset: 1 }]],
    ['a scale that is text', bands({ scale: '1e-4' }), 'its scale is "1e-4", which is no number', [{}]],
    ['an offset that is a list', bands({ offset: [1] }), 'its offset is [1], which is no number', [{}]],
    ['a nodata that is text', bands({ nodata: 'none' }), 'its nodata is "none", which is no number', [{}]],
    ['several nodata', bands({ nodata: 0 }, { nodata: 1 }), 'its bands have several nodata values, 0 and 1', [{}, {}]],
    [
      'a transform of no size',
      { 'proj:transform': [0, 0, 5, 0, 0, 5] },
      'its proj:transform is [0, 0, 5, 0, 0, 5]',
      [],
    ],
    ['a transform that is text', { 'proj:transform': 'north' }, 'its proj:transform is "north"', []],
  ])('is named with item and asset, and not taken: %s', (_, asset, fault, left) => {
    const { facts, warnings } = told(asset);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`The STAC item one, asset red: ${fault}`);
    expect(warnings[0]).toContain('The TIFF is taken without it; correct the item.');
    expect(facts).toEqual({ place: 'item one, asset red', bands: left });
  });

  it('is not null, which states nothing', () => {
    expect(told(bands({ scale: null, offset: null, nodata: null })).warnings).toEqual([]);
  });
});
