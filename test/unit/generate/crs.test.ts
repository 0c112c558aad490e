import { beforeAll, describe, expect, it } from 'vitest';
import { provideAssets } from '../../../src/assets';
import { coordinateSystemOf } from '../../../src/generate/crs';
import { codeOf, linearUnitOf, nodeOf } from '../../../src/wkt';
import { readTestAsset } from '../assets';

provideAssets(readTestAsset);
// The table is built anew, which takes seconds.
beforeAll(
  () => coordinateSystemOf({ groundControlPoints: 0, rasterType: 'area', geoKeys: new Map([[3072, 32633]]) }),
  120_000,
);

type Keys = Record<number, number | string | readonly number[]>;

function systemOf(keys: Keys, geoKeyRevision = 0): ReturnType<typeof coordinateSystemOf> {
  const geoKeys = new Map(Object.entries(keys).map(([key, value]) => [Number(key), value] as const));
  return coordinateSystemOf({ groundControlPoints: 0, rasterType: 'area', geoKeys, geoKeyRevision });
}

// test/peers/test_crs.py compares these and many others with GDAL.
describe('the CRS of GeoKeys', () => {
  it('is named by the key of the model type', async () => {
    const both = { 2048: 4326, 3072: 32633 };
    expect(await systemOf({ 1024: 1, ...both })).toMatchObject({ kind: 'projected', unit: 'metre' });
    expect(await systemOf({ 1024: 2, ...both })).toMatchObject({ kind: 'geographic' });
    expect((await systemOf({ 1024: 2, ...both })).wkt).toMatch(/^GEOGCS\["WGS 84"/u);
    expect(await systemOf({ 1024: 1, 2048: 4326 })).toEqual({
      kind: 'unknown',
      missing: expect.stringMatching(/says that its CRS is projected .* \(GeoKey 2048\), so no crs_wkt/u) as string,
    });
  });

  it('is not the geographic one below a projection of the file', async () => {
    const { kind, wkt, missing } = await systemOf({ 1024: 1, 2048: 4326, 3074: 16033 });
    expect([kind, wkt]).toEqual(['unknown', undefined]);
    expect(missing).toMatch(/own parameters and has no EPSG code/u);
  });

  it.each<[string, Keys, RegExp]>([
    ['a linear unit', { 3072: 26946, 3076: 9003 }, /EPSG 26946 and states the linear unit EPSG 9003 .* has "metre"/u],
    ['a size of a unit', { 3072: 32633, 3076: 32767, 3077: 0.3 }, /a unit of 0\.3 metres/u],
    ['a base CRS', { 3072: 32633, 2048: 4258 }, /EPSG 4258 beside it, .* projected from EPSG 4326/u],
    ['a datum', { 3072: 32633, 2050: 6258 }, /another datum or ellipsoid/u],
    ['a method', { 3072: 32633, 3075: 7 }, /a projection method of its own/u],
  ])('is not that of the code where the file states %s against it', async (_, keys, words) => {
    const { wkt, kind, missing } = await systemOf({ 1024: 1, ...keys });
    expect([kind, wkt]).toEqual(['unknown', undefined]);
    expect(missing).toMatch(words);
    expect(missing).toContain('gdal_edit.py -a_srs');
  });

  it('has heights from GeoTIFF 1.1 on', async () => {
    const added = { 1024: 1, 3072: 32633, 4096: 5703 };
    expect((await systemOf(added, 0)).wkt).toMatch(/^PROJCS\["WGS 84 \/ UTM zone 33N"/u);
    expect((await systemOf(added, 1)).wkt).toMatch(/^COMPD_CS\["WGS 84 \/ UTM zone 33N \+ NAVD88 height"/u);
    const compound = { 1024: 1, 3072: 7415 };
    expect((await systemOf(compound, 0)).wkt).toMatch(/^PROJCS\["Amersfoort \/ RD New"/u);
    expect((await systemOf(compound, 1)).wkt).toMatch(/^COMPD_CS\["Amersfoort \/ RD New \+ NAP height"/u);
    expect(await systemOf(compound, 1)).toMatchObject({ kind: 'projected', unit: 'metre' });
  });

  it('measures nothing that a geocentric one has', async () => {
    const { kind, wkt } = await systemOf({ 1024: 3, 2048: 4978 });
    expect(kind).toBe('unknown');
    expect(wkt).toMatch(/^GEOCCS\[/u);
  });

  it('is not spoken of where the keys do not', async () => {
    expect(await systemOf({ 1025: 2 })).toEqual({ kind: 'unknown' });
    expect(await systemOf({})).toEqual({ kind: 'unknown' });
    expect((await systemOf({ 1024: 1, 1025: 1 })).missing).toMatch(/names no CRS in them/u);
  });
});

describe('nodes of WKT', () => {
  const wkt =
    'PROJCS["a ] [""b"" DATUM[",GEOGCS["g",DATUM["d",1,AUTHORITY["EPSG","7"]],AUTHORITY["EPSG","8"]],UNIT["foot",0.3048]]';

  it('ends where its bracket closes, whatever stands in quotes', () => {
    expect(nodeOf(wkt, 'DATUM')).toBe('DATUM["d",1,AUTHORITY["EPSG","7"]]');
    expect(nodeOf(wkt, 'PRIMEM')).toBeUndefined();
    expect(nodeOf('PROJCS["cut', 'PROJCS')).toBeUndefined();
    expect([codeOf(wkt, 'DATUM'), codeOf(wkt, 'GEOGCS'), codeOf(wkt, 'PROJCS')]).toEqual([7, 8, undefined]);
  });

  it('tells the unit of the axes in WKT1 and WKT2', () => {
    expect(linearUnitOf(wkt)).toEqual({ name: 'foot', metres: 0.3048 });
    const wkt2 =
      'PROJCRS["p",CS[Cartesian,3],AXIS["x",east,LENGTHUNIT["link",0.2]],AXIS["h",up,LENGTHUNIT["metre",1]]]';
    expect(linearUnitOf(wkt2)).toEqual({ name: 'link', metres: 0.2 });
    expect(linearUnitOf('GEOGCS["g",UNIT["degree",0.017]]')).toBeUndefined();
  });
});
