import { describe, expect, it } from 'vitest';
import { byteArray } from '../../support/zarray';
import { declared, type GeoConvention } from '../../../src/zarr/geo-conventions';
import { told } from './findings';

const all: GeoConvention[] = ['proj', 'spatial', 'multiscales'];
const conventions = declared({}, all);

/** A reference file with the array `g/a` of 2 x 3 elements and its grid mapping, whose pixels are 10 x 10 from (100, 200) on. */
function file(attributes: object, root: object = {}): string {
  return JSON.stringify({
    '.zgroup': { zarr_format: 2 },
    '.zattrs': root,
    'g/.zgroup': { zarr_format: 2 },
    'g/a/.zarray': byteArray([2, 3], [2, 3]),
    'g/a/.zattrs': { _ARRAY_DIMENSIONS: ['y', 'x'], ...attributes },
    'g/a/0.0': ['https://example.org/a.bin', 0, 6],
    'g/spatial_ref/.zarray': byteArray([], []),
    'g/spatial_ref/.zattrs': { _ARRAY_DIMENSIONS: [], GeoTransform: '100 10 0 200 0 -10' },
    'g/spatial_ref/0': 'a',
  });
}

const placed = {
  zarr_conventions: conventions,
  'proj:code': 'EPSG:32632',
  'spatial:dimensions': ['y', 'x'],
  'spatial:shape': [2, 3],
  'spatial:transform': [10, 0, 100, 0, -10, 200],
  'spatial:bbox': [100, 180, 130, 200],
};

describe('the conventions proj: and spatial: of an array', () => {
  it.each<[string, object]>([
    ['the same place as the GeoTransform', {}],
    ['centres of pixels', { 'spatial:registration': 'node', 'spatial:transform': [10, 0, 105, 0, -10, 195] }],
    ['another kind of transform', { 'spatial:transform_type': 'rpc', 'spatial:transform': ['a'] }],
    ['WKT 2', { 'proj:wkt2': 'PROJCRS["own",BASEGEOGCRS["own"]]' }],
    ['no place at all', { 'spatial:transform': undefined, 'spatial:shape': undefined, 'spatial:bbox': undefined }],
  ])('take %s', async (_, more) => {
    expect(await told(file({ ...placed, ...more }))).toEqual([]);
  });

  it.each<[string, object, string, string]>([
    ['names of other dimensions', { 'spatial:dimensions': ['lat', 'lon'] }, 'spatial', '["lat","lon"]'],
    ['one name', { 'spatial:dimensions': ['y'] }, 'spatial', '["y"]'],
    ['another shape', { 'spatial:shape': [3, 2] }, 'spatial', '[3,2]'],
    ['five numbers', { 'spatial:transform': [10, 0, 100, 0, -10] }, 'spatial', '[10,0,100,0,-10]'],
    ["GDAL's order", { 'spatial:transform': [100, 10, 0, 200, 0, -10] }, 'spatial', '[100,10,0,200,0,-10]'],
    ['half a pixel off', { 'spatial:registration': 'node' }, 'spatial', '[10,0,100,0,-10,200]'],
    ['a box of texts', { 'spatial:bbox': ['1', '2', '3', '4'] }, 'spatial', '["1","2","3","4"]'],
    ['another registration', { 'spatial:registration': 'centre' }, 'spatial', '"centre"'],
    ['a code without an authority', { 'proj:code': '32632' }, 'proj', '"32632"'],
    ['a code as a number', { 'proj:code': 32632 }, 'proj', '32632'],
    ['WKT 1', { 'proj:wkt2': 'PROJCS["own",GEOGCS["own"]]' }, 'proj', String.raw`"PROJCS[\"own\",GEOGCS[\"own\"]]"`],
    ['PROJJSON as text', { 'proj:projjson': '{}' }, 'proj', '"{}"'],
  ])('are warned of for %s', async (_, more, convention, place) => {
    const findings = await told(file({ ...placed, ...more }));
    expect(findings).toEqual([[`attributes/${convention}-convention`, 'warning', place]]);
  });

  it('are named by the node that uses them', async () => {
    const undeclared = 'attributes/convention-undeclared';
    expect(await told(file({ 'proj:code': 'EPSG:4326' }))).toEqual([[undeclared, 'warning', '"EPSG:4326"']]);
    const other = { ...placed, zarr_conventions: declared({}, ['proj']) };
    expect(await told(file(other))).toEqual([[undeclared, 'warning', '["y","x"]']]);
    const empty = { zarr_conventions: declared({}, ['proj']) };
    expect((await told(file(empty))).map(([code]) => code)).toEqual(['attributes/proj-convention']);
  });
});

describe('the conventions of a group', () => {
  const levels = (layout: unknown, more: object = {}) =>
    told(file({}, { zarr_conventions: conventions.slice(2), multiscales: { layout }, ...more }));

  it('take levels that are groups and arrays', async () => {
    expect(await levels([{ asset: 'g' }])).toEqual([]);
    expect(await levels([{ asset: 'g/a' }, { asset: 'g', derived_from: 'g/a', transform: { scale: [2, 2] } }])).toEqual(
      [],
    );
  });

  it('leave the multiscales of OME-NGFF alone', async () => {
    expect(await told(file({}, { multiscales: [{ datasets: [] }] }))).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['no list', 'g', '"g"'],
    ['no level', [], '[]'],
    ['what is not there', [{ asset: '0' }], '{"asset":"0"}'],
    ['another source', [{ asset: 'g', derived_from: 'h', transform: {} }], '"h"'],
    ['no transform', [{ asset: 'g', derived_from: 'g' }], '{"asset":"g","derived_from":"g"}'],
  ])('are warned of for %s', async (_, layout, place) => {
    expect(await levels(layout)).toEqual([['attributes/multiscales-convention', 'warning', place]]);
  });

  it('are those of proj: and spatial: too', async () => {
    const findings = await told(
      file({}, { zarr_conventions: conventions.slice(0, 2), 'proj:code': 'EPSG', 'spatial:bbox': 1 }),
    );
    expect(findings.map(([code, , text]) => [code, text])).toEqual([
      ['attributes/proj-convention', '"EPSG"'],
      ['attributes/spatial-convention', '1'],
    ]);
  });
});
