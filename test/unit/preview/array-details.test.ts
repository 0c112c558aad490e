import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/json';
import { describeArray } from '../../../src/preview/array-details';
import { documentOf, url, zarrayOf } from './harness';

const document = documentOf(
  {
    'g/.zgroup': { zarr_format: 2 },
    'g/red/.zarray': zarrayOf([100, 50], [64, 64], '<u2', {
      fill_value: 0,
      filters: [{ id: 'imagecodecs_delta', axis: -1, dist: 1, shape: [64, 64], dtype: '<u2' }],
      compressor: { id: 'zlib', level: 6 },
    }),
    'g/red/.zattrs': { _ARRAY_DIMENSIONS: ['y', 'x'], scale_factor: 0.5, long_name: 'red', valid: [1, 2] },
    'g/red/0.0': [url, 0, 100],
    'g/red/1.0': 'base64:AAAA',
    'odd/.zarray': zarrayOf([1], [1], '|u1', { compressor: { id: 'grib', var: 't' } }),
  },
  {},
  [],
  'file:///data/red%20band.json',
);

describe('describeArray', () => {
  const details = describeArray(document, 'g/red');

  it('gives the array in words', () => {
    expect(details).toMatchObject({
      shape: [100, 50],
      chunkShape: [64, 64],
      grid: [2, 1],
      dimensions: ['y', 'x'],
      dtype: '<u2',
      dtypeInWords: 'unsigned 16-bit integers, little-endian',
      order: 'C',
      fillValue: '0',
      coverage: { total: 2, ranges: 1, inline: 1, absent: 0, broken: 0 },
      storedBytes: 103,
      decodedBytes: 10_000,
      chunkBytes: 8192,
    });
  });

  it('names the codecs in the order in which a reader undoes them', () => {
    expect(details.codecs).toEqual([
      { id: 'zlib', words: 'zlib: inflates', known: true },
      {
        id: 'imagecodecs_delta',
        words: 'imagecodecs_delta: sums the differences along axis -1, each row anew',
        known: true,
      },
    ]);
    expect(describeArray(document, 'odd').codecs).toEqual([
      { id: 'grib', words: 'grib: not decoded here', known: false },
    ]);
  });

  it('gives attributes as JSON, cut where they are long', () => {
    expect(details.attributes).toContainEqual({ name: 'valid', value: '[1, 2]' });
    expect(details.attributes).toContainEqual({ name: 'long_name', value: '"red"' });
    // The 9,999th unit is the first half of a character of two.
    const attributes = { long: 'x'.repeat(20_000), pairs: `-${'\u{1f30d}'.repeat(6000)}`, fits: 'y'.repeat(9998) };
    const [long, pairs, fits] = describeArray(
      documentOf({ 'a/.zarray': zarrayOf([1], [1], '|u1'), 'a/.zattrs': attributes }),
      'a',
    ).attributes.map(({ value }) => value);
    expect(long).toBe(`"${'x'.repeat(9998)}…`);
    expect(pairs).toBe(`"-${'\u{1f30d}'.repeat(4998)}…`);
    expect(fits).toHaveLength(10_000);
  });

  it('gives a thousand attributes, and how many more there are', () => {
    expect(details.moreAttributes).toBe(0);
    const many = Object.fromEntries(Array.from({ length: 1234 }, (_, i) => [`a${i}`, i]));
    const described = describeArray(documentOf({ 'a/.zarray': zarrayOf([1], [1], '|u1'), 'a/.zattrs': many }), 'a');
    expect(described.attributes).toHaveLength(1000);
    expect(described.attributes[999]).toEqual({ name: 'a999', value: '999' });
    expect(described.moreAttributes).toBe(234);
  });

  it('gives code that opens the group of the array in the file at hand', () => {
    const { xarray: xarrayCode } = details.code;
    expect(xarrayCode).toContain('register_codecs(verbose=False)');
    expect(xarrayCode).toContain('"reference://g"');
    expect(xarrayCode).toContain('"fo": "/data/red band.json",');
    expect(xarrayCode).toContain('"remote_options": {"asynchronous": asynchronous},');
    expect(xarrayCode.split('\n').slice(-3)).toEqual([')', 'array = ds["red"]', '']);
    expect(describeArray(document, 'odd').code.xarray).not.toContain('imagecodecs');
  });

  it('says where the metadata stands', () => {
    const text = new TextDecoder().decode(document.text);
    const start = text.indexOf('"g/red/.zarray"') + 1;
    const end = text.indexOf(',"g/red/.zattrs"') + 1;
    expect(details.range).toEqual({ line: 1, column: start, endLine: 1, endColumn: end });
  });

  it.each<[JsonValue, string]>([
    ['|b1', 'booleans'],
    ['>i4', 'signed 32-bit integers, big-endian'],
    ['<f2', '16-bit floats, little-endian'],
    ['<c8', 'complex numbers of two 32-bit floats, little-endian'],
    ['<M8[ns]', 'dates and times in ns from 1970, little-endian'],
    ['<m8[D]', 'durations in D, little-endian'],
    ['|S5', 'byte strings of 5 bytes'],
    ['<U1', 'text of 1 character, little-endian'],
    ['|V3', 'raw elements of 3 bytes'],
    [
      [
        ['a', '<f4'],
        ['b', '|u1'],
      ],
      'records of a (<f4) and b (|u1)',
    ],
    ['|O', 'Python objects'],
  ])('says what %j is', (dtype, words) => {
    const { dtypeInWords } = describeArray(documentOf({ 'a/.zarray': zarrayOf([1], [1], dtype) }), 'a');
    expect(dtypeInWords).toBe(words);
  });

  it('passes on why metadata cannot be read', () => {
    const broken = documentOf({ 'a/.zarray': { zarr_format: 2 } });
    expect(() => describeArray(broken, 'a')).toThrow(expect.objectContaining({ code: 'malformed-metadata' }));
    expect(() => describeArray(broken, 'b')).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  });
});

describe('describeArray of zarr v3', () => {
  const v3 = documentOf(
    {
      'zarr.json': { zarr_format: 3, node_type: 'group' },
      'g/zarr.json': { zarr_format: 3, node_type: 'group' },
      'g/red/zarr.json': {
        zarr_format: 3,
        node_type: 'array',
        shape: [100, 50],
        data_type: 'uint16',
        chunk_grid: { name: 'regular', configuration: { chunk_shape: [64, 64] } },
        chunk_key_encoding: { name: 'default' },
        fill_value: 0,
        codecs: [
          { name: 'transpose', configuration: { order: [1, 0] } },
          { name: 'bytes', configuration: { endian: 'big' } },
          { name: 'lzw' },
        ],
        dimension_names: ['y', 'x'],
        attributes: { long_name: 'red' },
      },
      'g/red/c/0/0': [url, 0, 100],
    },
    {},
    [],
    'file:///data/red.json',
  );
  const details = describeArray(v3, 'g/red');

  it('gives names of zarr v3, and no byte order for a type that has none', () => {
    expect(details).toMatchObject({
      dimensions: ['y', 'x'],
      dtype: 'uint16',
      dtypeInWords: 'unsigned 16-bit integers',
      coverage: { total: 2, ranges: 1, inline: 0, absent: 1, broken: 0 },
      attributes: [{ name: 'long_name', value: '"red"' }],
    });
    expect(details.range?.line).toBe(1);
  });

  it('says what undoing each codec does', () => {
    expect(details.codecs.map(({ words }) => words)).toEqual([
      'lzw: not decoded here',
      'bytes: takes bytes as big-endian elements',
      'transpose: puts the axes back from the order 1, 0',
    ]);
  });

  it('opens it as xarray can: by its own engine, as that of kerchunk looks for zarr v2 alone', () => {
    expect(details.code.xarray).toContain('"reference://g",\n    engine="zarr",\n    consolidated=False,');
    expect(details.code.xarray).toContain('"fo": "/data/red.json"');
    expect(details.code.xarray).not.toContain('"kerchunk"');
  });
});
