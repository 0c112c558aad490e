import { describe, expect, it } from 'vitest';
import type { ReaderId } from '../../../src/references/reader-facts';
import { parseReferences } from '../../../src/references/parse';
import { readerReport } from '../../../src/validate/readers/report';
import type { ReaderReport } from '../../../src/validate/readers/types';

const ZARRAY = {
  zarr_format: 2,
  shape: [4],
  chunks: [2],
  dtype: '<u2' as string | string[][],
  compressor: null as object | null,
  fill_value: 0 as number | null,
  order: 'C',
  filters: null as object[] | null,
};
const URL = 'https://example.org/a.bin';

/** References of arrays by name, their metadata as strings, two chunks of 4 bytes each. */
function refs(arrays: Record<string, Partial<typeof ZARRAY>>): Record<string, unknown> {
  const entries: Record<string, unknown> = { '.zgroup': '{"zarr_format": 2}' };
  for (const [name, fields] of Object.entries(arrays)) {
    entries[`${name}/.zarray`] = JSON.stringify({ ...ZARRAY, ...fields });
    entries[`${name}/.zattrs`] = '{"_ARRAY_DIMENSIONS": ["x"]}';
    entries[`${name}/0`] = [URL, 0, 4];
    entries[`${name}/1`] = [URL, 4, 4];
  }
  return entries;
}

function reports(document: unknown): Record<ReaderId, ReaderReport> {
  const text = new TextEncoder().encode(JSON.stringify(document, undefined, 1));
  const found = readerReport(parseReferences(text), text);
  return Object.fromEntries(found.map((report) => [report.reader, report])) as Record<ReaderId, ReaderReport>;
}

/** Readers that do not read the array. */
function stopped(document: unknown, path = 'a'): ReaderId[] {
  return Object.values(reports(document))
    .filter(({ arrays }) => arrays.some((array) => array.path === path && !array.reads))
    .map(({ reader }) => reader);
}

// What is expected of readers here is what they did when test/peers/broken.py ran them: docs/readers.md.
describe('the report on readers', () => {
  it('says that all read version 1 with metadata as strings', () => {
    const found = reports({ version: 1, refs: refs({ a: {} }) });
    expect(Object.values(found).map(({ opens, obstacles }) => [opens, obstacles])).toEqual(Array(6).fill([true, []]));
  });

  it('says of version 0 that VirtualiZarr wants refs', () => {
    expect(stopped(refs({ a: {} }))).toEqual(['virtualizarr']);
  });

  it('says of metadata as objects that zarrita and VirtualiZarr take none', () => {
    const nested = { ...refs({ a: {} }), '.zgroup': { zarr_format: 2 }, 'a/.zarray': ZARRAY };
    expect(stopped({ version: 1, refs: nested })).toEqual(['virtualizarr', 'zarrita']);
  });

  it('says that GDAL refuses templates, at the key, and VirtualiZarr does not substitute them', () => {
    const templated = { ...refs({ a: {} }), 'a/0': ['{{u}}', 0, 4] };
    const document = { version: 1, templates: { u: URL }, refs: templated };
    expect(stopped(document)).toEqual(['virtualizarr', 'gdal']);
    const [obstacle] = reports(document).gdal.obstacles;
    expect(obstacle).toMatchObject({ key: 'templates', line: 3, column: 2, reason: 'it refuses templates' });
  });

  it('says of templates that are called, or have spaces, what fsspec needs', () => {
    for (const url of ["{{f(c='a')}}", '{{ u }}']) {
      const templated = { ...refs({ a: {} }), 'a/0': [url, 0, 4] };
      const document = { version: 1, templates: { u: URL, f: 'https://example.org/{{c}}.bin' }, refs: templated };
      expect(stopped(document)).toEqual(['zarr3', 'zarr2', 'xarray', 'virtualizarr', 'gdal']);
      expect(reports(document).zarr3.obstacles[0]?.reason).toContain('simple_templates=False');
    }
  });

  it('says that gen is left out by today’s fsspec, and read by that of 2024', () => {
    const gen = [{ key: 'a/{{i}}', url: URL, offset: '{{4 * i}}', length: '4', dimensions: { i: { stop: 2 } } }];
    expect(stopped({ version: 1, gen, refs: refs({ a: {} }) })).toEqual(['zarr3', 'xarray', 'virtualizarr', 'gdal']);
  });

  it('says which codec a reader lacks, at its id', () => {
    const document = { version: 1, refs: refs({ a: { compressor: { id: 'bz2', level: 1 } } }) };
    expect(stopped(document)).toEqual(['virtualizarr', 'gdal', 'zarrita']);
    const [obstacle] = reports(document).zarrita.obstacles;
    expect(obstacle).toMatchObject({ path: 'a', key: 'a/.zarray', reason: 'it has no codec bz2', line: 5 });
  });

  // zarr 2.18.3 reads ['x', 'y'] and [(5, 'x'), (6, 'y')]; zarr 3.1.6 finds no data type for either.
  it.each<[dtype: string | string[][], stored: string]>([
    ['|O', 'S16'],
    [
      [
        ['n', '<i4'],
        ['s', '|O'],
      ],
      "[('n', '<i4'), ('s', 'S16')]",
    ],
  ])('says that zarr-python 2 alone reads texts of HDF5 as kerchunk writes them, of dtype %j', (dtype, stored) => {
    const filters = [{ id: 'fill_hdf_strings', dtype: stored, id_map: { id0: 'x', id1: 'y' } }];
    const stops = stopped({ version: 1, refs: refs({ a: { dtype, filters, fill_value: null } }) });
    expect(stops).toEqual(expect.arrayContaining(['zarr3', 'xarray']));
    expect(stops).not.toContain('zarr2');
  });

  it('says that nobody reads records with objects without such a codec', () => {
    const document = { version: 1, refs: refs({ a: { dtype: [['s', '|O']], fill_value: null } }) };
    expect(stopped(document)).toEqual(['zarr3', 'zarr2', 'xarray', 'virtualizarr', 'gdal', 'zarrita']);
  });

  it('tells arrays apart: one that a reader lacks the codec of, and one that it reads', () => {
    const document = { version: 1, refs: refs({ a: { filters: [{ id: 'quantize', digits: 1 }] }, b: {} }) };
    expect(reports(document).zarrita.arrays).toEqual([
      { path: 'a', reads: false },
      { path: 'b', reads: true },
    ]);
  });

  it('says of one array that xarray cannot open, that it opens none of the group', () => {
    const found = reports({ version: 1, refs: { ...refs({ a: {}, b: {} }), 'a/.zattrs': '{}' } }).xarray;
    expect(found.opens).toBe(false);
    expect(found.arrays.map(({ reads }) => reads)).toEqual([false, false]);
    expect(found.obstacles.map(({ key }) => key)).toEqual(['a/.zattrs']);
  });

  it.each<[string, unknown, ReaderId[]]>([
    ['a whole file', [URL], ['zarrita']],
    ['inline data', 'base64:AQIDBA==', ['virtualizarr']],
    ['a length of 4 GiB', [URL, 0, 2 ** 32], ['zarr3', 'zarr2', 'xarray', 'virtualizarr', 'gdal']],
    ['too few bytes', [URL, 0, 3], ['zarr3', 'zarr2', 'xarray', 'virtualizarr', 'gdal', 'zarrita']],
    ['a protocol of its own', ['s3://bucket/a.bin', 0, 4], ['zarr3', 'zarr2', 'xarray']],
  ])('tells who stops at %s', (_name, entry, expected) => {
    expect(stopped({ version: 1, refs: { ...refs({ a: {} }), 'a/0': entry } })).toEqual(expected);
  });

  it('says that zarr v3 is for zarr-python 3, GDAL and zarrita', () => {
    const array = { zarr_format: 3, node_type: 'array', shape: [4], data_type: 'uint16' };
    const document = {
      version: 1,
      refs: { 'zarr.json': '{"zarr_format": 3, "node_type": "group"}', 'a/zarr.json': JSON.stringify(array) },
    };
    expect(stopped(document)).toEqual(['zarr2', 'xarray', 'virtualizarr']);
  });

  it('tells at most 100 obstacles of a reader', () => {
    const arrays = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`a${i}`, { order: 'K' }]));
    expect(reports({ version: 1, refs: refs(arrays) }).gdal.obstacles).toHaveLength(100);
  });
});
