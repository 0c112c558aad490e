import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeTiff } from '../../../src/tiff/describe';
import { failureOf } from '../bytes/fail';
import { CountingSource } from './counting-source';
import { expectFacts, readFacts } from './facts';

const corpus = process.env.KERCHUNK_CORPUS ?? path.resolve(import.meta.dirname, '../../../../shared/corpus');
const folder = path.join(corpus, 'tiff');
const present = existsSync(folder);
if (!present) console.log(`public TIFFs are left out: there is no ${folder}`);
const facts = readFacts('corpus-facts.json');

/** Files of which no sound description exists, and what is wrong with them. */
const REFUSED = new Map([
  // Only the header of a larger file: its tables stand beyond the end.
  ['gdal__gcore__data__bigtiff_header_extract.tif', 'short-read'],
  // Cut off: its geo tags and the next IFD stand beyond the end.
  ['gdal__gcore__data__excessive-memory-TIFFFillStrip2.tif', 'short-read'],
  // A tile 2^31 pixels wide.
  ['gdal__gcore__data__block_width_above_32bit.tif', 'malformed-tiff'],
  // 23 strips, and a table with the offset of one.
  ['Pillow__Tests__images__libtiff_segfault.tif', 'malformed-tiff'],
]);

/** Ten COGs by different writers, with 1 to 6 IFDs. */
const COGS = [
  'cogeotiff__packages__core__data__be_cog.tiff',
  'cogeotiff__packages__core__data__rgba8_cog.tiff',
  'cogeotiff__packages__core__data__rgba8_cog_big.tiff',
  'cogeotiff__packages__core__data__sparse.tiff',
  'gdal__gcore__data__cog_strile_arrays_zeroified_when_possible.tif',
  'openlayers__test__rendering__data__raster__elevation-i16.tif',
  'rio-cogeo__fixtures__image_geos.tif',
  'rio-tiler__fixtures__cog_nonearth.tif',
  'rio-tiler__fixtures__cog_scale.tif',
  'rio-tiler__fixtures__mosaic_value_2.tif',
];

/** A table of two lengths for three uncompressed strips: tifffile keeps it, we give the three that follow from the size. */
const MENDED = 'gdal__gcore__data__stripbytecounts_count_not_same_as_stripoffsets_count.tif';

/** The requests as a table in Markdown, for whom the run is a report. */
function writeTable(rows: readonly Record<string, string | number | undefined>[]): void {
  const results = path.resolve(import.meta.dirname, '../../../test-results');
  const line = (cells: readonly unknown[]): string => `| ${cells.join(' | ')} |`;
  const columns = Object.keys(rows[0] ?? {});
  const table = [line(columns), line(columns.map(() => '---')), ...rows.map((row) => line(Object.values(row)))];
  mkdirSync(results, { recursive: true });
  writeFileSync(path.join(results, 'requests.md'), `${table.join('\n')}\n`);
}

describe.runIf(present)('public TIFFs', () => {
  const names = present ? readdirSync(folder).sort() : [];

  it('has facts of every file', () => {
    expect(names.filter((name) => !facts.has(name))).toEqual([]);
  });

  it.each(names.filter((name) => !REFUSED.has(name) && name !== MENDED))('%s', async (name) => {
    const expected = facts.get(name);
    if (expected === undefined) throw new Error(`no facts of ${name}`);
    const source = CountingSource.of(readFileSync(path.join(folder, name)));
    const description = await describeTiff(source);
    expectFacts(description, expected);
    expect(source.reads.length).toBeLessThanOrEqual(1 + description.images.length);
    expect(source.reads[0]).toEqual({ offset: 0, length: Math.min(65_536, description.size ?? 0) });
  });

  it('costs one request for the headers of a COG', async () => {
    const rows = [];
    for (const name of COGS) {
      const source = CountingSource.of(readFileSync(path.join(folder, name)));
      const { images, levels, size } = await describeTiff(source);
      const file = name.replace(/^.*__/u, '');
      rows.push({
        file,
        size,
        IFDs: images.length,
        levels: levels.length,
        requests: source.reads.length,
        bytes: source.bytesRead,
      });
    }
    console.table(rows);
    writeTable(rows);
    expect(rows.map(({ requests }) => requests)).toEqual(COGS.map(() => 1));
  });

  it.each([...REFUSED])('%s is refused: %s', async (name, code) => {
    const failure = await failureOf(describeTiff(CountingSource.of(readFileSync(path.join(folder, name)))));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(/IFD [01] \(at byte [\d,]+\)/);
  });

  it('mends lengths that are too few where the layout makes them certain, and says so', async () => {
    const { images, warnings } = await describeTiff(CountingSource.of(readFileSync(path.join(folder, MENDED))));
    expect(facts.get(MENDED)?.images[0]?.lengths?.[0]).toBe(2);
    expect([...(images[0]?.lengths ?? [])]).toEqual([1, 1, 1]);
    expect(warnings?.join()).toContain('does not state the lengths of all its strips');
  });
});
