import { describe, expect, it } from 'vitest';
import { preview, documentOf, inline, zarrayOf } from './harness';

async function crsOf(attributes: object, mapping: object | undefined, name = 'spatial_ref'): Promise<string | null> {
  const refs = {
    'a/.zarray': zarrayOf([1, 1], [1, 1], '|u1'),
    'a/.zattrs': attributes,
    'a/0.0': inline(Uint8Array.of(1)),
    ...(mapping === undefined ? {} : { [`${name}/.zattrs`]: mapping }),
  };
  return (await preview(documentOf(refs), 'a', [0, 0])).crs;
}

const utm =
  'PROJCRS["WGS 84 / UTM zone 32N",BASEGEOGCRS["WGS 84",ID["EPSG",4326]],CONVERSION["UTM zone 32N"],CS[Cartesian,2],ID["EPSG",32632]]';

describe('the name of a CRS', () => {
  it('is that of WKT with the code of the whole', async () => {
    expect(await crsOf({}, { crs_wkt: utm })).toBe('WGS 84 / UTM zone 32N (EPSG:32632)');
    const old = 'GEOGCS["NAD27",DATUM["North_American_Datum_1927",AUTHORITY["EPSG","6267"]],AUTHORITY["EPSG","4267"]]';
    expect(await crsOf({ grid_mapping: 'crs' }, { spatial_ref: old }, 'crs')).toBe('NAD27 (EPSG:4267)');
  });

  it('has no code where that of a part is the last', async () => {
    expect(
      await crsOf({}, { crs_wkt: 'PROJCS["own",GEOGCS["WGS 84",AUTHORITY["EPSG","4326"]],UNIT["metre",1]]' }),
    ).toBe('own');
  });

  it('is what the grid mapping says in other ways', async () => {
    expect(await crsOf({ grid_mapping: 'm: x y' }, { epsg_code: 'EPSG:3035' }, 'm')).toBe('EPSG:3035');
    expect(await crsOf({}, { projected_crs_name: 'Mine', epsg_code: 3035 })).toBe('Mine (EPSG:3035)');
    expect(await crsOf({ crs: 'EPSG:4326' }, undefined)).toBe('EPSG:4326');
  });

  it('is what the convention proj: says where there is no grid mapping', async () => {
    expect(await crsOf({ 'proj:code': 'EPSG:32632' }, undefined)).toBe('EPSG:32632');
    expect(await crsOf({ 'proj:wkt2': utm }, undefined)).toBe('WGS 84 / UTM zone 32N (EPSG:32632)');
    expect(await crsOf({ 'proj:projjson': { name: 'Mine' } }, undefined)).toBe('Mine');
    expect(await crsOf({ 'proj:code': 'EPSG:4326' }, { crs_wkt: utm })).toBe('WGS 84 / UTM zone 32N (EPSG:32632)');
  });

  it('is none where nothing says so', async () => {
    expect(await crsOf({}, undefined)).toBeNull();
    expect(await crsOf({ grid_mapping: 7 }, { crs_wkt: 5 })).toBeNull();
  });
});
