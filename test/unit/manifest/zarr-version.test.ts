import { describe, expect, it } from 'vitest';
import { diffManifests } from '../../../src/combine/diff';
import type { JsonObject } from '../../../src/json';
import { manifestArrayV3 } from '../../../src/manifest/manifest-array';
import { toZarrVersion } from '../../../src/manifest/zarr-version';
import { declared } from '../../../src/zarr/geo-conventions';
import { manifestOf, refsOf, variable } from '../combine/sets';

const band = (zarray: JsonObject, zattrs: JsonObject = {}) =>
  manifestOf({ ...variable('a', [4, 4], [2, 2], ['y', 'x'], { zarray, zattrs }), 'a/0.1': ['file:///a', 0, 8] });
const v3 = (zarray: JsonObject, zattrs?: JsonObject) =>
  refsOf(toZarrVersion(band(zarray, zattrs), 3))['a/zarr.json'] as JsonObject;

describe('toZarrVersion', () => {
  it('writes zarr.json with dimension names, the default key encoding and a fill value that xarray takes', () => {
    const refs = refsOf(toZarrVersion(band({ dtype: '>u2', fill_value: 9, order: 'F' }, { units: 'm' }), 3));
    expect(Object.keys(refs)).toEqual(['zarr.json', 'a/zarr.json', 'a/c/0/1']);
    expect(refs['a/zarr.json']).toEqual({
      zarr_format: 3,
      node_type: 'array',
      shape: [4, 4],
      data_type: 'uint16',
      chunk_grid: { name: 'regular', configuration: { chunk_shape: [2, 2] } },
      chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
      fill_value: 9,
      codecs: [
        { name: 'transpose', configuration: { order: [1, 0] } },
        { name: 'bytes', configuration: { endian: 'big' } },
      ],
      attributes: { units: 'm', _FillValue: 9 },
      dimension_names: ['y', 'x'],
    });
  });

  it.each<[string, JsonObject, JsonObject[]]>([
    // zarr-python 3 wants a configuration of every codec of numcodecs.
    ['zlib without a level', { compressor: { id: 'zlib' } }, [{ name: 'numcodecs.zlib', configuration: {} }]],
    ['zlib', { compressor: { id: 'zlib', level: 9 } }, [{ name: 'numcodecs.zlib', configuration: { level: 9 } }]],
    ['gzip', { compressor: { id: 'gzip' } }, [{ name: 'gzip', configuration: { level: 1 } }]],
    [
      'blosc with its shuffle as a word',
      { compressor: { id: 'blosc', cname: 'zstd', clevel: 5, shuffle: 2, blocksize: 0 } },
      [
        {
          name: 'blosc',
          configuration: { cname: 'zstd', clevel: 5, shuffle: 'bitshuffle', typesize: 1, blocksize: 0 },
        },
      ],
    ],
    [
      'filters of HDF5',
      {
        filters: [
          { id: 'shuffle', elementsize: 4 },
          { id: 'zlib', level: 5 },
        ],
      },
      [
        { name: 'numcodecs.shuffle', configuration: { elementsize: 4 } },
        { name: 'numcodecs.zlib', configuration: { level: 5 } },
      ],
    ],
  ])('names %s', (_what, zarray, codecs) => {
    expect(v3(zarray).codecs).toEqual([{ name: 'bytes' }, ...codecs]);
  });

  it('puts predictors before the bytes, and images in their place', () => {
    const filters = [{ id: 'imagecodecs_delta', axis: -1, dist: 1, shape: [2, 2], dtype: '<u2' }];
    expect(v3({ dtype: '<u2', filters, compressor: { id: 'imagecodecs_zstd' } }).codecs).toEqual([
      { name: 'imagecodecs_delta', configuration: { axis: -1, dist: 1 } },
      { name: 'bytes', configuration: { endian: 'little' } },
      { name: 'imagecodecs_zstd' },
    ]);
    expect(v3({ compressor: { id: 'imagecodecs_webp' } }).codecs).toEqual([{ name: 'imagecodecs_webp' }]);
  });

  it('writes the _FillValue of floats as base64 of their bytes, as xarray reads it', () => {
    // struct.pack('<d', -9999.0) in base64.
    expect(v3({ dtype: '<f4', fill_value: -9999 }).attributes).toEqual({ _FillValue: 'AAAAAICHw8A=' });
    expect(v3({ dtype: '<f4', fill_value: null })).toMatchObject({ fill_value: 0, attributes: {} });
  });

  it('comes back as what it was', async () => {
    const before = band(
      { dtype: '>i4', fill_value: 7, order: 'F', compressor: { id: 'zlib', level: 1 } },
      { _FillValue: 7 },
    );
    const after = toZarrVersion(toZarrVersion(before, 3), 2);
    expect(await diffManifests(before, after)).toMatchObject({ changed: [], lost: [], added: [], same: 1 });
    expect(refsOf(after)['a/0.1']).toEqual(['file:///a', 0, 8]);
  });

  const whole = (zarray: JsonObject, zattrs: JsonObject = {}) =>
    manifestOf({ ...variable('a', [2], [2], ['x'], { zarray, zattrs }), 'a/0': ['file:///a', 0, 8] });

  it.each<[JsonObject, JsonObject]>([
    [{ fill_value: 0 }, { _FillValue: 0 }],
    [{ fill_value: null }, { units: 'm' }],
    [{ fill_value: null }, { _FillValue: 9 }],
    [{ dtype: '<f4', fill_value: 1e20 }, { _FillValue: 1e20 }],
    [{ dtype: '<f4', fill_value: -9999.4 }, {}],
    [{ dtype: '<f4', fill_value: 'NaN' }, {}],
    [{ dtype: '<i2', fill_value: -1 }, {}],
  ])('gives back %j with %j where all chunks are there', async (zarray, zattrs) => {
    const before = whole(zarray, zattrs);
    const third = toZarrVersion(before, 3);
    const after = toZarrVersion(third, 2);
    expect(after.arrays[0]?.document.fill_value).toEqual(before.arrays[0]?.document.fill_value);
    for (const [one, other] of [
      [before, third],
      [third, after],
      [before, after],
    ] as const) {
      expect(await diffManifests(one, other)).toMatchObject({ changed: [], same: 1 });
    }
  });

  it('has no difference from zarr v2 in codecs that are written otherwise', async () => {
    for (const more of [
      { filters: [{ id: 'imagecodecs_delta', axis: -1, dist: 1, shape: [2], dtype: '|u1' }] },
      { compressor: { id: 'blosc', cname: 'lz4', clevel: 5, shuffle: 1, blocksize: 0 } },
      { compressor: { id: 'gzip' } },
    ]) {
      const before = whole(more);
      expect(await diffManifests(before, toZarrVersion(before, 3))).toMatchObject({ changed: [], same: 1 });
    }
  });

  it('differs from zarr v2 in what absent chunks are and in what is masked', async () => {
    const absent = band({ fill_value: null });
    const [change] = (await diffManifests(absent, toZarrVersion(absent, 3))).changed;
    expect(change?.metadata).toEqual([{ property: 'fill value', values: ['null', '0'] }]);
    const third = toZarrVersion(whole({ fill_value: 0 }, { _FillValue: 9 }), 3);
    expect((await diffManifests(whole({ fill_value: 0 }), third)).changed[0]?.attributes).toEqual([
      { property: 'attribute _FillValue', values: ['0', '9'] },
    ]);
  });

  it('says for zarr v3 by the conventions proj: and spatial: what the grid mapping says, and takes it back for zarr v2', async () => {
    const wkt = 'PROJCS["WGS 84 / UTM zone 32N",GEOGCS["WGS 84",AUTHORITY["EPSG","4326"]],AUTHORITY["EPSG","32632"]]';
    const located = (group: string, size: number, step: number) => ({
      [`${group}/.zgroup`]: { zarr_format: 2 },
      ...variable(`${group}/a`, [1, size, size], [1, size, size], ['time', 'y', 'x'], {
        zarray: { fill_value: 0 },
        zattrs: { grid_mapping: 'crs', _FillValue: 0 },
      }),
      ...variable(`${group}/crs`, [], [], [], {
        zarray: { fill_value: 0 },
        zattrs: { crs_wkt: wkt, GeoTransform: `600000 ${step} 0 5100000 0 -${step}` },
      }),
    });
    const levels = [{ asset: '0' }, { asset: '1', derived_from: '0' }];
    const multiscales = { layout: levels };
    const root = { '.zattrs': { title: 'levels', zarr_conventions: declared({}, ['multiscales']), multiscales } };
    const before = manifestOf({ ...root, ...located('0', 4, 10), ...located('1', 2, 20) });
    const third = toZarrVersion(before, 3);
    const uuids = ({ zarr_conventions: stated }: JsonObject) =>
      (stated as { uuid: string }[]).map(({ uuid }) => uuid.slice(0, 8));
    const refs = refsOf(third) as Record<string, { attributes: JsonObject }>;
    const { zarr_conventions: ofArray = null, ...array } = refs['1/a/zarr.json']?.attributes ?? {};
    expect(uuids({ zarr_conventions: ofArray })).toEqual(['f17cb550', '689b58e2']);
    expect(array).toEqual({
      grid_mapping: 'crs',
      _FillValue: 0,
      'proj:code': 'EPSG:32632',
      'spatial:dimensions': ['y', 'x'],
      'spatial:shape': [2, 2],
      'spatial:transform': [20, 0, 600000, 0, -20, 5100000],
      'spatial:bbox': [600000, 5099960, 600040, 5100000],
    });
    const { zarr_conventions: ofRoot = null, ...group } = refs['zarr.json']?.attributes ?? {};
    expect(uuids({ zarr_conventions: ofRoot })).toEqual(['d35379db', 'f17cb550', '689b58e2']);
    // Beside a layout the convention wants the transform of each level, and none of the group.
    expect(group).toEqual({
      title: 'levels',
      'proj:code': 'EPSG:32632',
      'spatial:dimensions': ['y', 'x'],
      'spatial:bbox': [600000, 5099960, 600040, 5100000],
      multiscales: {
        layout: [
          { asset: '0', 'spatial:shape': [4, 4], 'spatial:transform': [10, 0, 600000, 0, -10, 5100000] },
          {
            asset: '1',
            derived_from: '0',
            'spatial:shape': [2, 2],
            'spatial:transform': [20, 0, 600000, 0, -20, 5100000],
          },
        ],
      },
    });
    const after = toZarrVersion(third, 2);
    expect(refsOf(after)['1/a/.zattrs']).toEqual(refsOf(before)['1/a/.zattrs']);
    for (const other of [third, after]) {
      expect(await diffManifests(before, other)).toMatchObject({ changed: [], groups: { changed: [] }, same: 4 });
    }
  });

  it('keeps for zarr v2 what CF does not say, or says otherwise', async () => {
    const mapping = variable('spatial_ref', [], [], [], { zattrs: { GeoTransform: '0 2 0 0 0 2' } });
    const v3With = (stated: JsonObject) => {
      const third = toZarrVersion(manifestOf({ ...variable('a', [4, 4], [4, 4], ['y', 'x']), ...mapping }), 3);
      const [a, ...others] = third.arrays;
      if (a === undefined) throw new Error('There is an array.');
      const changed = { ...(a.document.attributes as JsonObject), ...stated };
      return { ...third, arrays: [manifestArrayV3('a', { ...a.document, attributes: changed }, a.entries), ...others] };
    };
    for (const stated of [{ 'proj:code': 'EPSG:32632' }, { 'spatial:transform': [3, 0, 0, 0, 3, 0] }]) {
      const second = toZarrVersion(v3With(stated), 2);
      expect(refsOf(second)['a/.zattrs']).toMatchObject(stated);
      const plain = manifestOf({ ...variable('a', [4, 4], [4, 4], ['y', 'x']), ...mapping });
      const differences = (await diffManifests(v3With(stated), plain)).changed.flatMap(({ attributes }) => attributes);
      expect(differences.map(({ property }) => property)).toContain(`attribute ${Object.keys(stated).join()}`);
    }
  });

  it('leaves the conventions of others as they are', () => {
    const stated = { 'spatial:transform': [1, 0, 0, 0, 1, 0] };
    const mapping = variable('spatial_ref', [], [], [], { zattrs: { GeoTransform: '0 2 0 0 0 2' } });
    const of = (zattrs: JsonObject) =>
      manifestOf({ ...variable('a', [4, 4], [2, 2], ['y', 'x'], { zattrs }), ...mapping });
    const attributes = (zattrs: JsonObject) =>
      (refsOf(toZarrVersion(of(zattrs), 3))['a/zarr.json'] as { attributes: JsonObject }).attributes;
    expect(attributes(stated)).toEqual(stated);
    // Without a CRS nothing is said of proj:.
    expect(Object.keys(attributes({}))).not.toContain('proj:code');
  });

  it.each<[JsonObject, string]>([
    [{ dtype: '|S5' }, '"a" cannot be zarr v3: its data type "|S5"'],
    [{ compressor: { id: 'grib' } }, '"a" cannot be zarr v3: its codec "grib" has no name in zarr v3'],
    [{ filters: [{ id: 'zlib' }, { id: 'delta', dtype: '|u1' }] }, 'its codec "delta" comes after a codec of bytes'],
  ])('refuses %j', (zarray, message) => {
    expect(() => v3(zarray)).toThrow(message);
  });
});
