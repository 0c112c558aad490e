import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeTiff } from '../../../src/tiff/describe';
import type { TiffDescription } from '../../../src/tiff/types';
import { CountingSource } from './counting-source';
import { expectFacts, fixtures, readFacts } from './facts';

const facts = readFacts('expected.json');

function describeFixture(name: string): Promise<TiffDescription> {
  return describeTiff(CountingSource.of(readFileSync(path.join(fixtures, name))));
}

/** What a role of GDAL's items says of each band. */
function perBand(description: TiffDescription, role: string): (string | undefined)[] {
  const bands = description.levels[0]?.samplesPerPixel ?? 0;
  return Array.from(
    { length: bands },
    (_, sample) => description.gdalItems.find((item) => item.sample === sample && item.role === role)?.value,
  );
}

function uniform<T>(values: readonly T[]): T[] {
  return new Set(values).size === 1 ? values.slice(0, 1) : [...values];
}

describe('descriptions of small files', () => {
  it.each([...facts.keys()])('%s is as tifffile and rasterio read it', async (name) => {
    const expected = facts.get(name);
    const description = await describeFixture(name);
    if (expected === undefined) throw new Error(`no facts of ${name}`);
    expectFacts(description, expected);
    const { gdal } = expected;
    if (gdal === null) throw new Error('GDAL opens every fixture');
    // rasterio gives no nodata of 64-bit integers.
    if (name !== 'nodata-largest.tif') expect(numberOf(description.nodata)).toEqual(numberOf(gdal.nodata));
    expect(uniform(perBand(description, 'scale').map((value) => Number(value ?? 1)))).toEqual(gdal.scales);
    expect(uniform(perBand(description, 'offset').map((value) => Number(value ?? 0)))).toEqual(gdal.offsets);
    expect(perBand(description, 'unittype').map((value) => value ?? null)).toEqual(gdal.units);
    expect(perBand(description, 'description').map((value) => value ?? null)).toEqual(gdal.descriptions);
    const ofFile = description.gdalItems.filter((item) => item.sample === undefined && item.domain === undefined);
    expect(Object.fromEntries(ofFile.map((item) => [item.name, item.value]))).toEqual(gdal.tags);
    const ofBand = description.gdalItems.filter((item) => item.sample === 0 && item.role === undefined);
    expect(Object.fromEntries(ofBand.map((item) => [item.name, item.value]))).toEqual(gdal.bandTags);
    expect(description.warnings ?? []).toEqual([]);
  });

  it('leaves no file of the folder out', () => {
    expect(facts.size).toBe(52);
  });

  it('keeps GDAL_NODATA as it is written, but for spaces around it', async () => {
    expect((await describeFixture('nodata-spaces.tif')).nodata).toBe('-9999');
    expect((await describeFixture('nodata-lowest.tif')).nodata).toBe('-3.4028234663852886e+38');
    expect((await describeFixture('nodata-largest.tif')).nodata).toBe('18446744073709551615');
  });

  it('tells overviews, masks and masks of overviews apart', async () => {
    const { images, levels } = await describeFixture('cog-overviews-mask.tif');
    expect(images.map(({ kind, subfileType, width }) => [kind, subfileType, width])).toEqual([
      ['full', 0, 300],
      ['mask', 4, 300],
      ['overview', 1, 150],
      ['overview', 1, 75],
      ['overview', 1, 37],
      ['mask', 5, 150],
      ['mask', 5, 75],
      ['mask', 5, 37],
    ]);
    expect(levels.map(({ width, height }) => [width, height])).toEqual([
      [300, 200],
      [150, 100],
      [75, 50],
      [37, 25],
    ]);
  });

  it('sorts overviews by size, whatever their order in the file', async () => {
    const { images, levels } = await describeFixture('overviews-added.tif');
    expect(images.map(({ width }) => width)).toEqual([300, 75, 150]);
    expect(levels.map(({ width }) => width)).toEqual([300, 150, 75]);
  });

  it('takes images that say nothing, or that they are pages, for pages', async () => {
    for (const name of ['pages.tif', 'pages-unmarked.tif']) {
      const { images, levels } = await describeFixture(name);
      expect(images.map(({ kind }) => kind)).toEqual(['full', 'page', 'page']);
      expect(levels).toHaveLength(1);
    }
  });

  it('keeps JPEG tables whole, from SOI to EOI', async () => {
    const tables = (await describeFixture('jpeg-ycbcr.tif')).images[0]?.jpegTables ?? new Uint8Array();
    expect([...tables.subarray(0, 2), ...tables.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
  });

  it('gives sparse chunks offset and length 0', async () => {
    const image = (await describeFixture('sparse.tif')).images[0];
    expect(image?.offsets).toEqual(new Float64Array(12));
    expect(image?.lengths).toEqual(new Float64Array(12));
  });

  it('resolves geo keys: numbers, texts without their bar, and doubles', async () => {
    const { geoKeys, geoKeyRevision } = (await describeFixture('rotated.tif')).georeferencing;
    expect(geoKeys.get(1024)).toBe(1);
    expect(geoKeys.get(3072)).toBe(32610);
    expect(geoKeys.get(1026)).toBe('WGS 84 / UTM zone 10N');
    expect(geoKeys.get(2049)).toBe('WGS 84');
    expect(geoKeyRevision).toBe(0);
    const geographic = (await describeFixture('point.tif')).georeferencing;
    expect(geographic.geoKeys.get(2057)).toBe(6378137);
    expect(geographic.geoKeys.get(2059)).toBe(298.257223563);
    expect((await describeFixture('geo-scale-matrix.tif')).georeferencing.geoKeyRevision).toBe(1);
  });
});

/** A number as GDAL and Python write it; their words for infinity and NaN are not JavaScript's. */
function numberOf(text: string | null | undefined): number | null {
  if (text === null || text === undefined) return null;
  return Number(text.replace('inf', 'Infinity').replace('nan', 'NaN'));
}
