import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/json';
import type { ReaderId } from '../../../src/references/reader-facts';
import { parseReferences } from '../../../src/references/parse';
import { withZarr3, zarrJson } from '../../../src/validate/rules/zarr3-examples';
import { validateReferences, validateText } from '../../../src/validate/validate';
import { readerReport } from '../../../src/validate/readers/report';
import type { Finding } from '../../../src/validate/types';
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

const scaled = (dtype: string): object[] => [{ id: 'fixedscaleoffset', offset: 0, scale: 2, dtype, astype: '<u2' }];
const packed = (dtype: string): object[] => [{ id: 'imagecodecs_packints', dtype, bitspersample: 24, runlen: 2 }];

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

/** Version 1 with the array `a` of zarr v3, members of its metadata replaced. */
function zarr3(replaced: Record<string, JsonValue | undefined> = {}): unknown {
  const group = '{"zarr_format": 3, "node_type": "group"}';
  return { version: 1, refs: { 'zarr.json': group, 'a/zarr.json': zarrJson(replaced) } };
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
  it.each<[Finding['code'], ReaderId[]]>([
    ['reach/absent', ['zarr3', 'zarr2', 'xarray', 'virtualizarr', 'gdal', 'zarrita']],
    ['decode/decode-failed', ['zarr3', 'zarr2', 'xarray', 'virtualizarr', 'gdal', 'zarrita']],
    // GDAL and zarrita cut the part out of the whole file.
    ['reach/no-ranges', ['zarr3', 'zarr2', 'xarray', 'virtualizarr']],
    ['reach/refused', []],
  ])('says of the array alone what was found in its file: %s', (code, readers) => {
    const text = new TextEncoder().encode(JSON.stringify({ version: 1, refs: refs({ a: {}, b: {} }) }));
    const place = { span: { offset: 0, length: 0 }, line: 1, column: 1 };
    const finding: Finding = { code, severity: 'error', message: '', key: 'a/1', ...place };
    const found = readerReport(parseReferences(text), text, [finding]);
    const unread = (path: string) =>
      found.flatMap(({ reader, arrays }) => (arrays.some((one) => one.path === path && !one.reads) ? [reader] : []));
    expect([unread('a'), unread('b')]).toEqual([readers, []]);
    expect(found.every(({ opens }) => opens)).toBe(true);
  });

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

  // zarr 2.18.3 sums up to 0 with fsspec 2026.9.0, and to the right number with 2024.12.0, or with simple_templates=False.
  it('says which versions of fsspec leave out what gen makes, with zarr-python 2 as with 3', () => {
    const gen = [{ key: 'a/{{i}}', url: URL, offset: '{{4 * i}}', length: '4', dimensions: { i: { stop: 2 } } }];
    const document = { version: 1, gen, refs: refs({ a: {} }) };
    expect(stopped(document)).toEqual(['zarr3', 'zarr2', 'xarray', 'virtualizarr', 'gdal']);
    for (const reader of ['zarr3', 'zarr2', 'xarray'] as const) {
      expect(reports(document)[reader].obstacles[0]?.reason).toMatch(
        /2026\.6\.0 and later.*simple_templates=False.*before/u,
      );
    }
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

  // zarr 3.1.6 reads the array, xarray 2026.9.0 the group.
  it('says that zarr-python 3 takes "zarr_format": 3.0, which is an error to the specification', async () => {
    const text = new TextEncoder().encode(withZarr3().replaceAll('"zarr_format":3', '"zarr_format":3.0'));
    const findings = await validateText(text);
    expect(findings.map(({ code }) => code)).toEqual(['zarr3/zarr-format', 'zarr3/zarr-format']);
    const zarr3 = readerReport(parseReferences(text), text, findings).find(({ reader }) => reader === 'zarr3');
    expect(zarr3).toMatchObject({ opens: true, arrays: [{ path: 'a', reads: true }] });
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
    expect(stopped(zarr3())).toEqual(['zarr2', 'xarray', 'virtualizarr']);
  });

  const plain = { name: 'bytes', configuration: { endian: 'little' } };
  const codec = (name: string, configuration: JsonObject = {}): JsonObject => ({ name, configuration });
  // docs/readers.md, v3-*: what zarr-python 3.1.6, GDAL 3.12.4 and zarrita 0.7.5 did with these.
  it.each<[string, Record<string, JsonValue | undefined>, ReaderId[]]>([
    ['gzip', { codecs: [plain, codec('gzip', { level: 1 })] }, []],
    ['crc32c', { codecs: [plain, codec('crc32c')] }, ['gdal']],
    ['numcodecs.zlib', { codecs: [plain, codec('numcodecs.zlib', { level: 1 })] }, ['gdal']],
    ['numcodecs.lzma', { codecs: [plain, codec('numcodecs.lzma', { preset: 1 })] }, ['gdal', 'zarrita']],
    ['imagecodecs_delta', { codecs: [codec('imagecodecs_delta', { axis: -1 }), plain] }, ['zarr3', 'gdal', 'zarrita']],
    ['ChunkyCodec', { codecs: [codec('ChunkyCodec', { endian: 'little' })] }, ['zarr3', 'gdal', 'zarrita']],
    ['float16', { data_type: 'float16', fill_value: 0 }, ['zarrita']],
    ['complex64', { data_type: 'complex64', fill_value: [0, 0] }, ['zarrita']],
    ['string', { data_type: 'string', fill_value: '', codecs: [codec('vlen-utf8')] }, ['gdal']],
    ['storage_transformers', { storage_transformers: [codec('x')] }, ['zarr3', 'gdal']],
    ['no shape', { shape: undefined }, ['zarr3', 'gdal', 'zarrita']],
    ['no codecs', { codecs: undefined }, ['zarr3', 'zarrita']],
    ['bytes twice', { codecs: [plain, plain] }, ['zarr3', 'gdal']],
    ['another grid', { chunk_grid: codec('irregular', { chunk_shape: [2, 2] }) }, ['zarr3', 'gdal']],
    ['a chunk of 0', { chunk_grid: codec('regular', { chunk_shape: [0, 2] }) }, ['zarr3', 'gdal', 'zarrita']],
  ])('tells who cannot read zarr v3 with %s', async (_name, replaced, expected) => {
    const text = new TextEncoder().encode(JSON.stringify(zarr3(replaced)));
    const set = parseReferences(text);
    const found = readerReport(set, text, await validateReferences(set, text));
    const told = found.filter(({ arrays }) => arrays.some(({ reads }) => !reads)).map(({ reader }) => reader);
    expect(told.filter((reader) => ['zarr3', 'gdal', 'zarrita'].includes(reader))).toEqual(expected);
  });

  it('names the package that brings a codec of imagecodecs to zarr-python 3, by its configuration and place', () => {
    const reasonOf = (...codecs: JsonObject[]): string | undefined =>
      reports(zarr3({ codecs })).zarr3.obstacles[0]?.reason;
    const told = (name: string, brought: string): string =>
      `it has the codec only where the package ${name} is installed, which brings ${brought}`;
    const predictor = { axis: -1, dist: 1 };
    const full = { ...predictor, shape: [2, 2], dtype: '<f4' };
    expect(reasonOf(codec('imagecodecs_delta', predictor), plain)).toBe(told('virtual-tiff', 'imagecodecs_delta'));
    const floatpred = 'imagecodecs_floatpred';
    expect(reasonOf(codec(floatpred, full), plain)).toBe(told('virtual-tiff', floatpred));
    expect(reasonOf(codec(floatpred, predictor), plain)).toBe(told('imagecodecs-zarr', floatpred));
    expect(reasonOf(plain, codec('imagecodecs_png'))).toBe(told('virtual-tiff', 'imagecodecs_png'));
    expect(reasonOf(codec('imagecodecs_png'))).toBe(told('imagecodecs-zarr', 'imagecodecs_png'));
    expect(reasonOf(plain, codec('imagecodecs_lz4'))).toBe(told('imagecodecs-zarr', 'imagecodecs_lz4'));
  });

  it('tells of codecs inside shards', () => {
    const inner = { chunk_shape: [1, 1], codecs: [codec('imagecodecs_delta'), plain], index_codecs: [plain] };
    const found = reports(zarr3({ codecs: [codec('sharding_indexed', inner)] }));
    expect(found.zarr3.obstacles.map(({ reason }) => reason)).toEqual([expect.stringContaining('virtual-tiff')]);
    expect(found.zarrita.obstacles.map(({ reason }) => reason)).toContain('it has no codec imagecodecs_delta');
  });

  it('tells at most 100 obstacles of a reader', () => {
    const arrays = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`a${i}`, { order: 'K' }]));
    expect(reports({ version: 1, refs: refs(arrays) }).gdal.obstacles).toHaveLength(100);
  });

  // The documents chain-* of test/peers/broken.py.
  it.each([
    [
      'a byte order',
      '>f4',
      scaled('<f4'),
      { zarr3: 'wrong', zarr2: 'wrong', xarray: 'wrong', virtualizarr: 'reads', gdal: 'wrong', zarrita: 'wrong' },
    ],
    [
      'integers for floats',
      '<f4',
      scaled('<i4'),
      { zarr3: 'wrong', zarr2: 'wrong', xarray: 'wrong', virtualizarr: 'reads', gdal: 'cannot', zarrita: 'reads' },
    ],
    [
      'elements of another size',
      '<f8',
      scaled('<f4'),
      { zarr3: 'cannot', zarr2: 'cannot', xarray: 'cannot', virtualizarr: 'reads', gdal: 'cannot', zarrita: 'reads' },
    ],
    [
      'a byte order behind',
      '<f4',
      [...scaled('<f4'), { id: 'delta', dtype: '>u2', astype: '>u2' }],
      { zarr3: 'wrong', zarr2: 'wrong', xarray: 'wrong', virtualizarr: 'wrong', gdal: 'wrong', zarrita: 'wrong' },
    ],
    [
      'another size behind',
      '<f4',
      [...scaled('<f4'), { id: 'delta', dtype: '<u4', astype: '<u4' }],
      { zarr3: 'cannot', zarr2: 'cannot', xarray: 'cannot', virtualizarr: 'cannot', gdal: 'cannot', zarrita: 'cannot' },
    ],
    [
      'packed bits',
      '<u2',
      [{ id: 'packbits' }],
      { zarr3: 'cannot', zarr2: 'cannot', xarray: 'cannot', virtualizarr: 'cannot', gdal: 'cannot', zarrita: 'cannot' },
    ],
    [
      'objects',
      '<u2',
      [{ id: 'vlen-utf8' }],
      { zarr3: 'cannot', zarr2: 'cannot', xarray: 'cannot', virtualizarr: 'cannot', gdal: 'cannot', zarrita: 'cannot' },
    ],
    [
      '24 bits, big-endian',
      '>u4',
      packed('>u4'),
      { zarr3: 'cannot', zarr2: 'reads', xarray: 'cannot', virtualizarr: 'cannot', gdal: 'cannot', zarrita: 'cannot' },
    ],
    [
      '24 bits, little-endian',
      '<u4',
      packed('<u4'),
      { zarr3: 'reads', zarr2: 'cannot', xarray: 'reads', virtualizarr: 'cannot', gdal: 'cannot', zarrita: 'cannot' },
    ],
  ])('says what each makes of a chain that takes %s', (_what, dtype, filters, wanted) => {
    const found = reports({ version: 1, refs: refs({ a: { dtype, filters } }) });
    const told = Object.entries(found).map(([reader, { arrays }]) => {
      const [array] = arrays;
      return [reader, array?.wrong === true ? 'wrong' : array?.reads === true ? 'reads' : 'cannot'];
    });
    expect(Object.fromEntries(told)).toEqual(wanted);
  });
});
