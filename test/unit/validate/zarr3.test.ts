import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/json';
import {
  BYTES,
  extension,
  withCodecs,
  withZarr3,
  zarr3References,
  zarrJson,
} from '../../../src/validate/rules/zarr3-examples';
import { validateText } from '../../../src/validate/validate';

const encoder = new TextEncoder();

/** Findings as severity, code, the text they stand at, and message. */
async function findingsOf(text: string) {
  const bytes = encoder.encode(text);
  const found = await validateText(bytes);
  return found.map(({ severity, code, span, message }) => {
    const at = new TextDecoder().decode(bytes.subarray(span.offset, span.offset + span.length));
    return { what: `${severity} ${code}`, at, message };
  });
}

/** The one finding of a text. */
async function findingOf(text: string) {
  const found = await findingsOf(text);
  expect(found.map(({ what }) => what)).toHaveLength(1);
  return found[0] ?? { what: '', at: '', message: '' };
}

type Members = Record<string, JsonValue | undefined>;

function present(members: Members): Record<string, JsonValue> {
  const given = Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(given);
}
const grid = (configuration: Members) => ({
  chunk_grid: extension('regular', present(configuration)),
});
const text = { data_type: 'string', codecs: [{ name: 'vlen-utf8' }] };
const time = (configuration: Record<string, JsonValue>) => ({
  data_type: extension('numpy.datetime64', configuration),
});

describe('members of an array', () => {
  it.each<[Members, string, string, string]>([
    [{ zarr_format: 2 }, 'error zarr3/zarr-format', '2', 'must be the integer 3'],
    [
      { zarr_format: undefined, node_type: undefined },
      'error zarr3/field-missing',
      '',
      '"zarr_format" and "node_type" are missing',
    ],
    [{ node_type: 'dataset' }, 'error zarr3/node-type', '"dataset"', '"array" or "group"'],
    [{ codecs: undefined }, 'error zarr3/field-missing', '', '"codecs" is missing'],
    [{ chunks: [2, 2] }, 'error zarr3/unknown-field', '[2,2]', 'zarr v2\'s; in v3 "chunk_grid" stands for it'],
    [{ extra: { must_understand: true } }, 'error zarr3/unknown-field', '{"must_understand":true}', 'no "extra"'],
    [{ attributes: null }, 'error zarr3/attributes', 'null', 'must be an object'],
    [{ shape: 16 }, 'error zarr3/shape', '16', 'a list of integers'],
    [{ shape: [4, '4'] }, 'error zarr3/shape', '"4"', '"4" for dimension 1'],
    [{ storage_transformers: {} }, 'error zarr3/storage-transformers', '{}', 'must be a list'],
    [{ dimension_names: 'yx' }, 'error zarr3/dimension-names', '"yx"', 'a list of strings'],
    [{ dimension_names: ['y', 1] }, 'error zarr3/dimension-names', '1', '1 for dimension 1'],
    [{ dimension_names: [] }, 'error zarr3/dimension-names', '[]', '"dimension_names" 0'],
    // xarray 2026.9.0 opens both, with a dimension that is named None or ''.
    [{ dimension_names: [null, 'x'] }, 'warning zarr3/dimension-names', 'null', 'Dimension 0 is named null'],
    [{ dimension_names: ['y', ''] }, 'warning zarr3/dimension-names', '""', 'Dimension 1 is named ""'],
    [{ dimension_names: ['x', 'x'] }, 'warning zarr3/dimension-names', '"x"', 'Two dimensions are named "x"'],
    [
      { dimension_names: undefined, attributes: { _ARRAY_DIMENSIONS: ['y', 'x'] } },
      'warning zarr3/dimension-names-missing',
      '"a/zarr.json"',
      '"_ARRAY_DIMENSIONS" is for zarr v2',
    ],
  ])('%j', async (members, what, at, message) => {
    const found = await findingOf(withZarr3(members));
    expect(found).toMatchObject({ what, message: expect.stringContaining(message) as string });
    if (at !== '') expect(found.at).toBe(at);
  });

  it('are written in whole where they are integers', async () => {
    const good = withZarr3();
    for (const written of ['3.0', '3e0']) {
      const array = await findingOf(
        good.replace('"zarr_format":3,"node_type":"array"', `"zarr_format":${written},"node_type":"array"`),
      );
      expect(array).toMatchObject({ what: 'error zarr3/zarr-format', at: written });
      const group = await findingOf(
        good.replace('"zarr_format":3,"node_type":"group"', `"zarr_format":${written},"node_type":"group"`),
      );
      expect(group).toMatchObject({ what: 'error zarr3/zarr-format', at: written });
    }
    const shape = await findingOf(good.replace('[4,4]', '[4,4.0]'));
    expect(shape).toMatchObject({ what: 'error zarr3/shape', at: '4.0' });
    const chunks = await findingOf(good.replace('[2,2]', '[2e0,2]'));
    expect(chunks).toMatchObject({ what: 'error zarr3/chunk-grid', at: '2e0' });
    const fill = await findingOf(good.replace('"fill_value":0', '"fill_value":0.0'));
    expect(fill).toMatchObject({ what: 'error zarr3/fill-value-type', at: '0.0' });
    expect(fill.message).toContain('write 0.');
  });

  it('are found at their place in a document that stands as a string', async () => {
    const document = JSON.stringify(zarrJson({ fill_value: 70000 }));
    const found = await findingOf(zarr3References({ 'a/zarr.json': document }));
    expect(found).toMatchObject({ what: 'error zarr3/fill-value-range', at: '70000' });
    const shape = JSON.stringify(zarrJson().replace('[4,4]', '[4.0,4]'));
    expect(await findingOf(zarr3References({ 'a/zarr.json': shape }))).toMatchObject({ at: '4.0' });
  });

  it('that no one knows are told ten at a time', async () => {
    const members = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`x${i}`, i]));
    const found = await findingsOf(withZarr3(members));
    expect(found).toHaveLength(11);
    expect(found.map(({ message }) => message)).toContain('There are 15 more of this kind in a/zarr.json.');
  });
});

describe('extension points', () => {
  it.each<[Members, string, string, string]>([
    [{ data_type: 7 }, 'error zarr3/extension-point', '7', 'an object with a "name"'],
    [{ data_type: { name: 7 } }, 'error zarr3/extension-point', '7', 'must be a string'],
    [{ chunk_grid: null }, 'error zarr3/extension-point', 'null', 'an object with a "name"'],
    [
      { codecs: [{ id: 'zlib', level: 1 }] },
      'error zarr3/extension-point',
      '{"id":"zlib","level":1}',
      '"id" is zarr v2\'s',
    ],
    [
      { codecs: [{ name: 'bytes', configuration: 'little' }] },
      'error zarr3/extension-point',
      '"little"',
      'must be an object',
    ],
    [{ codecs: [{ name: 'bytes', configuration: null }] }, 'error zarr3/extension-point', 'null', 'or left out'],
    [{ codecs: [{ ...BYTES, order: 'C' }] }, 'warning zarr3/extension-point', '"C"', 'a member "order"'],
    [{ codecs: [BYTES, 'crc32c'] }, 'error zarr3/string-codec', '"crc32c"', 'Write {"name": "crc32c"}'],
    [{ codecs: [{ ...BYTES, must_understand: false }] }, 'info zarr3/must-understand', 'false', 'version 3.1'],
    [{ codecs: [{ ...BYTES, must_understand: 'no' }] }, 'error zarr3/must-understand', '"no"', 'true or false'],
    [{ data_type: { name: 'uint16' } }, 'error zarr3/data-type', '{"name":"uint16"}', 'the name alone, "uint16"'],
    [{ data_type: 'double' }, 'error zarr3/data-type', '"double"', 'Write "float64"'],
    [{ data_type: '>f8' }, 'error zarr3/data-type', '">f8"', 'write "float64", and the byte order "big"'],
    [{ data_type: 'r12' }, 'error zarr3/data-type', '"r12"', 'a multiple of 8'],
    [
      { data_type: 'r16', fill_value: [0, 0] },
      'error zarr3/extension-unsupported',
      '"r16"',
      'does not have the data type "r16"',
    ],
    [
      { ...text, fill_value: '', data_type: { name: 'string' } },
      'error zarr3/data-type',
      '{"name":"string"}',
      'the name alone',
    ],
    [
      time({ unit: 's' }),
      'error zarr3/data-type',
      '{"name":"numpy.datetime64","configuration":{"unit":"s"}}',
      '"scale_factor"',
    ],
    [time({ unit: 's', scale_factor: 1, zone: 'UTC' }), 'error zarr3/data-type', '"UTC"', 'a member "zone"'],
    [
      { chunk_grid: { name: 'rectilinear' } },
      'error zarr3/extension-unsupported',
      '{"name":"rectilinear"}',
      'rectilinear',
    ],
    [{ chunk_grid: { name: 'hexagonal' } }, 'error zarr3/chunk-grid', '{"name":"hexagonal"}', 'only "regular"'],
    [grid({}), 'error zarr3/chunk-grid', '{"name":"regular","configuration":{}}', 'no "chunk_shape"'],
    [grid({ chunk_shape: [2, 0] }), 'error zarr3/chunk-grid', '0', '0 for dimension 1; it must be an integer from 1'],
    [grid({ chunk_shape: [2, 2], size: 4 }), 'error zarr3/chunk-grid', '4', 'a member "size"'],
    [{ chunk_key_encoding: { name: 'v3' } }, 'error zarr3/chunk-key-encoding', '{"name":"v3"}', '"default"'],
    [
      { chunk_key_encoding: { name: 'default', separator: '/' } },
      'warning zarr3/chunk-key-encoding',
      '"/"',
      'beside the name',
    ],
    [
      { chunk_key_encoding: extension('default', { sep: '/' }) },
      'error zarr3/chunk-key-encoding',
      '"/"',
      'a member "sep", on which zarr-python fails',
    ],
  ])('%j', async (members, what, at, message) => {
    expect(await findingOf(withZarr3(members))).toEqual({
      what,
      at,
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('codecs', () => {
  const gzip = extension('gzip', { level: 1 });
  const blosc = (change: Members) => {
    const members = { cname: 'lz4', clevel: 5, shuffle: 'shuffle', typesize: 2, blocksize: 0, ...change };
    return extension('blosc', present(members));
  };
  const transpose = (order: JsonValue) => extension('transpose', { order });
  const big = extension('bytes', { endian: 'big' });
  const delta = (dtype: string) => extension('numcodecs.astype', { encode_dtype: dtype, decode_dtype: '<u2' });

  it.each<[JsonValue[], string, string, string]>([
    [[], 'error zarr3/codecs-order', '[]', 'No codec makes bytes of the array'],
    [[BYTES, BYTES], 'error zarr3/codecs-order', JSON.stringify(BYTES), 'a second codec'],
    [[gzip, BYTES], 'error zarr3/codecs-order', JSON.stringify(gzip), 'put it behind "bytes"'],
    [
      [BYTES, transpose([1, 0])],
      'error zarr3/codecs-order',
      JSON.stringify(transpose([1, 0])),
      'put it before "bytes"',
    ],
    [[BYTES, { name: 'zlib' }], 'error zarr3/codec-unknown', '"zlib"', 'Write "numcodecs.zlib".'],
    [[{ name: 'endian' }], 'error zarr3/codec-unknown', '"endian"', 'Write "bytes".'],
    [[{ name: 'packbits' }], 'error zarr3/extension-unsupported', '"packbits"', 'does not have the codec "packbits"'],
    [[{ name: 'bytes' }], 'error zarr3/endian', '{"name":"bytes"}', 'no "endian"'],
    [[extension('bytes', { endian: '<' })], 'error zarr3/endian', '"<"', '"little" or "big"'],
    [[extension('bytes', { endian: 'big', x: 1 })], 'error zarr3/codec-config', '1', 'a member "x"'],
    [[transpose([0, 0]), BYTES], 'error zarr3/transpose', '[0,0]', 'each of [0, 1] once'],
    [[transpose([0]), BYTES], 'error zarr3/transpose', '[0]', 'for 2 dimensions'],
    [[transpose('C'), BYTES], 'error zarr3/transpose', '"C"', 'leave the codec out'],
    [[BYTES, { name: 'gzip' }], 'error zarr3/codec-config', '{"name":"gzip"}', 'no "level"'],
    [[BYTES, extension('gzip', { level: 10 })], 'error zarr3/codec-config', '10', 'from 0 to 9'],
    [[BYTES, extension('zstd', { level: 23 })], 'error zarr3/codec-config', '23', 'from -131072 to 22'],
    [[BYTES, extension('zstd', { level: 1, checksum: 1 })], 'error zarr3/codec-config', '1', 'true or false'],
    [[BYTES, blosc({ cname: 'lz5' })], 'error zarr3/codec-config', '"lz5"', 'one of "lz4"'],
    [[BYTES, blosc({ shuffle: 2 })], 'error zarr3/codec-config', '2', '2 is zarr v2\'s for "bitshuffle"'],
    [
      [BYTES, blosc({ typesize: undefined })],
      'error zarr3/codec-config',
      JSON.stringify(blosc({ typesize: undefined })),
      'no "typesize"',
    ],
    [[BYTES, extension('crc32c', { level: 1 })], 'warning zarr3/codec-config', '1', 'no configuration'],
    [[BYTES, { name: 'numcodecs.zlib' }], 'error zarr3/codec-config', '{"name":"numcodecs.zlib"}', 'no configuration'],
    [
      [extension('numcodecs.delta', {}), BYTES],
      'error zarr3/codec-config',
      JSON.stringify(extension('numcodecs.delta', {})),
      'no "dtype"',
    ],
    [[extension('numcodecs.packbits', {}), BYTES], 'error zarr3/codec-type', '"numcodecs.packbits"', 'packs booleans'],
    [[{ name: 'vlen-utf8' }], 'error zarr3/codec-type', '"vlen-utf8"', 'the data type "string" alone'],
    [
      [{ name: 'virtual_tiff.ChunkyCodec' }],
      'error zarr3/endian',
      '{"name":"virtual_tiff.ChunkyCodec"}',
      'no "endian"',
    ],
    [[delta('<i4'), big], 'error zarr3/filter-memory', '"<i4"', 'Write ">i4"'],
    [[delta('int32'), big], 'error zarr3/filter-memory', '"int32"', 'Write'],
    [[delta('>i4'), BYTES], 'error zarr3/filter-memory', '">i4"', 'Write "<i4"'],
  ])('%j', async (codecs, what, at, message) => {
    const found = await findingsOf(withCodecs(...codecs));
    const mine = found.filter(({ what: each }) => each.includes('zarr3/') && !each.endsWith('zarr3/name'));
    expect(mine).toEqual([{ what, at, message: expect.stringContaining(message) as string }]);
  });

  it.each<[JsonValue[]]>([
    [[transpose([1, 0]), BYTES, gzip, { name: 'crc32c' }]],
    [[BYTES, blosc({ shuffle: 'noshuffle', typesize: undefined })]],
    [[extension('imagecodecs_delta', { axis: -1, dist: 1 }), BYTES, { name: 'imagecodecs_lzw' }]],
    [[{ name: 'imagecodecs_jpeg' }]],
    [[BYTES, extension('numcodecs.shuffle', {}), extension('numcodecs.zlib', { level: 1 })]],
    [[delta('|i1'), big]],
  ])('nothing is said of %j', async (codecs) => {
    expect(await findingsOf(withCodecs(...codecs))).toEqual([]);
  });

  it('of big-endian records are read in the order of the machine', async () => {
    const fields = { name: 'structured', configuration: { fields: [['a', 'int16']] } };
    const records = (endian: string) =>
      withZarr3({ data_type: fields, fill_value: 'AAA=', codecs: [extension('bytes', { endian })] });
    expect(await findingOf(records('big'))).toMatchObject({ what: 'error zarr3/endian', at: '"big"' });
    expect(await findingsOf(records('little'))).toEqual([]);
  });

  describe('of shards', () => {
    const shard = (change: Members) => {
      const members = { chunk_shape: [1, 1], codecs: [BYTES], index_codecs: [BYTES, { name: 'crc32c' }], ...change };
      return withCodecs(extension('sharding_indexed', present(members)));
    };

    it('are no finding where they are sound', async () => {
      expect(await findingsOf(shard({}))).toEqual([]);
    });

    it.each<[Members, string, string, string]>([
      [{ chunk_shape: undefined }, 'error zarr3/sharding', '', 'no "chunk_shape"'],
      [{ chunk_shape: [1] }, 'error zarr3/sharding', '[1]', '1 dimensions'],
      [{ chunk_shape: [1, 3] }, 'error zarr3/sharding', '3', 'do not divide'],
      [{ index_location: 'middle' }, 'error zarr3/sharding', '"middle"', '"start" or "end"'],
      [{ index_codecs: [BYTES, gzip] }, 'error zarr3/sharding', JSON.stringify(gzip), 'as many bytes'],
      [
        { codecs: [gzip] },
        'error zarr3/codecs-order',
        '[{"name":"gzip","configuration":{"level":1}}]',
        'No codec makes bytes',
      ],
      [{ index_codecs: [{ name: 'bytes' }] }, 'error zarr3/endian', '{"name":"bytes"}', 'no "endian"'],
    ])('%j', async (change, what, at, message) => {
      const found = await findingsOf(shard(change));
      const mine = found.filter((finding) => !finding.what.startsWith('info'));
      expect(mine).toMatchObject([{ what, message: expect.stringContaining(message) as string }]);
      if (at !== '') expect(mine[0]?.at).toBe(at);
    });
  });
});

describe('fill values', () => {
  const raw = { data_type: extension('raw_bytes', { length_bytes: 2 }) };
  it.each<[Members, string, string, string]>([
    [{ data_type: 'bool', fill_value: 0 }, 'error zarr3/fill-value-type', '0', 'true or false'],
    [{ fill_value: 'NaN' }, 'error zarr3/fill-value-type', '"NaN"', 'an integer'],
    [{ fill_value: -1 }, 'error zarr3/fill-value-range', '-1', '"uint16" holds 0 to 65535'],
    [{ data_type: 'int8', fill_value: 128 }, 'error zarr3/fill-value-range', '128', '-128 to 127'],
    [{ data_type: 'float32', fill_value: 'Inf' }, 'error zarr3/fill-value-type', '"Inf"', 'write "Infinity"'],
    [{ data_type: 'float32', fill_value: '-9999' }, 'error zarr3/fill-value-type', '"-9999"', 'without quotes'],
    [{ data_type: 'float32', fill_value: '0x7e00' }, 'error zarr3/fill-value-type', '"0x7e00"', '8 hex digits'],
    [{ data_type: 'float32', fill_value: 1e39 }, 'warning zarr3/fill-value-range', '1e+39', 'infinity'],
    [{ data_type: 'float16', fill_value: 65520 }, 'warning zarr3/fill-value-range', '65520', 'infinity'],
    [
      { data_type: 'complex64', fill_value: 0 },
      'error zarr3/fill-value-type',
      '0',
      'a list of the real and the imaginary part',
    ],
    [{ data_type: 'complex64', fill_value: [0, 'nan'] }, 'error zarr3/fill-value-type', '"nan"', 'write "NaN"'],
    [{ ...text, fill_value: 0 }, 'error zarr3/fill-value-type', '0', 'a string'],
    [{ ...raw, fill_value: [0, 0] }, 'error zarr3/fill-value-type', '[0,0]', 'base64 of 2 bytes'],
    [
      { ...time({ unit: 's', scale_factor: 1 }), fill_value: '1970-01-01' },
      'error zarr3/fill-value-type',
      '"1970-01-01"',
      'or "NaT"',
    ],
    [
      { data_type: extension('fixed_length_utf32', { length_bytes: 4 }), fill_value: 'ab' },
      'warning zarr3/fill-value-range',
      '"ab"',
      '1 characters',
    ],
  ])('%j', async (members, what, at, message) => {
    expect(await findingOf(withZarr3(members))).toEqual({
      what,
      at,
      message: expect.stringContaining(message) as string,
    });
  });

  it.each<[Members]>([
    [{ data_type: 'float16', fill_value: 65519 }],
    [{ data_type: 'float64', fill_value: 1e308 }],
    [{ data_type: 'float64', fill_value: '-Infinity' }],
    [{ data_type: 'complex128', fill_value: ['NaN', '0x7ff8000000000000'] }],
    [{ ...time({ unit: 'ns', scale_factor: 1 }), fill_value: 'NaT' }],
    [{ ...raw, fill_value: 'AAA=' }],
    [{ ...text, fill_value: 'missing' }],
  ])('nothing is said of %j', async (members) => {
    expect(await findingsOf(withZarr3(members))).toEqual([]);
  });

  it('of 64 bits are compared exactly', async () => {
    const of = (type: string, fill: string) =>
      findingsOf(withZarr3({ data_type: type }).replace('"fill_value":0', `"fill_value":${fill}`));
    expect(await of('uint64', '18446744073709551615')).toEqual([]);
    expect(await of('int64', '9223372036854775808')).toMatchObject([{ what: 'error zarr3/fill-value-range' }]);
  });

  it.each<[string, JsonValue, string | undefined]>([
    ['float32', 'AAAAAICHw8A=', undefined],
    ['float32', '-9999', 'a little-endian double: "AAAAAICHw8A="'],
    ['float32', 'AACAfw==', 'a little-endian double'],
    ['complex64', ['AAAAAICHw8A=', 'AAAAAICHw8A='], undefined],
    ['complex64', -1, 'a list of two'],
    ['uint16', 7, undefined],
    ['uint16', '7', 'a number: 7'],
  ])('in the attributes of %s: %j', async (type, value, message) => {
    const fill = type === 'complex64' ? [0, 0] : 0;
    const found = await findingsOf(withZarr3({ data_type: type, fill_value: fill, attributes: { _FillValue: value } }));
    const expected = {
      what: 'error zarr3/attribute-fill-value',
      message: expect.stringContaining(message ?? '') as string,
    };
    expect(found).toMatchObject(message === undefined ? [] : [expected]);
  });
});

describe('keys and hierarchy', () => {
  const chunk = '["https://example.org/a.tif", 8, 8]';
  const a = zarrJson();
  const groupJson = '{"zarr_format": 3, "node_type": "group"}';

  it('chunk keys of another form are counted, once for an array', async () => {
    const keys = ['a/0/0', 'a/0/1', 'a/1/0', 'a/c/9/9', 'a/c/8/8', 'a/readme.txt'];
    const entries = keys.map((key, index): [string, string] => [key, `["https://example.org/a.tif", ${8 * index}, 8]`]);
    const found = await findingsOf(zarr3References({ 'a/zarr.json': a, ...Object.fromEntries(entries) }));
    expect(found.map(({ what, at }) => [what, at])).toEqual([
      ['error zarr3/chunk-key-form', '"a/0/0"'],
      ['warning zarr3/chunk-key-grid', '"a/c/9/9"'],
      ['warning zarr3/chunk-key-form', '"a/readme.txt"'],
    ]);
    expect(found[0]?.message).toContain('a key looks like "c/0/0"');
    expect(found[0]?.message).toContain('The array has 3 keys like it.');
    expect(found[1]?.message).toContain('The array has 2 keys like it.');
  });

  it('a scalar has the key c, or 0', async () => {
    const scalar = {
      shape: [],
      data_type: 'uint64',
      chunk_grid: extension('regular', { chunk_shape: [] }),
      dimension_names: [],
    };
    expect(await findingsOf(withZarr3(scalar, 'a/c'))).toEqual([]);
    expect(await findingOf(withZarr3(scalar, 'a/0'))).toMatchObject({ what: 'error zarr3/chunk-key-form' });
    expect(await findingsOf(withZarr3({ ...scalar, chunk_key_encoding: { name: 'v2' } }, 'a/0'))).toEqual([]);
  });

  it('groups without metadata are told once', async () => {
    const found = await findingsOf(`{"g/a/zarr.json": ${a}, "g/b/zarr.json": ${a}}`);
    expect(found.map(({ what }) => what)).toEqual(['error zarr3/group-missing', 'error zarr3/group-missing']);
    expect(found.map(({ message }) => message.split(':')[0])).toEqual(
      expect.arrayContaining(['The root group has no metadata', 'The group "g" has no metadata']),
    );
    expect(await findingsOf(`{"zarr.json": ${a}, "c/0/0": ${chunk}}`)).toEqual([]);
  });

  it.each([
    ['...', 'dots alone'],
    ['__zarr', 'reserved'],
    ['zarr.json', 'metadata documents'],
  ])('the name %s', async (name, message) => {
    const found = await findingOf(zarr3References({ [`${name}/zarr.json`]: a }));
    expect(found).toMatchObject({ what: 'error zarr3/node-name', message: expect.stringContaining(message) as string });
  });

  it('a name of two dots is found by the rule of such keys, and by no other', async () => {
    const found = await findingOf(zarr3References({ '../zarr.json': a }));
    expect(found.what).not.toContain('zarr3/');
  });

  it('members of a group', async () => {
    expect(await findingOf(zarr3References({}, { title: { must_understand: false } }))).toMatchObject({
      what: 'error zarr3/unknown-field',
      message: expect.stringContaining('zarr-python 3.1 fails on it all the same') as string,
    });
    expect(await findingOf(zarr3References({}, { attributes: [] }))).toMatchObject({
      what: 'error zarr3/attributes',
      at: '[]',
    });
  });

  const inline = (metadata: JsonValue) => ({
    consolidated_metadata: { kind: 'inline', must_understand: false, metadata },
  });
  const copy = (change: Members = {}) => JSON.parse(zarrJson(change)) as JsonValue;

  it.each<[JsonValue, string, string]>([
    [{ a: copy({ fill_value: 1 }) }, '1', 'differ from "a/zarr.json" in "fill_value"'],
    [{ a: copy(), b: copy() }, JSON.stringify(copy()), 'there is no key "b/zarr.json"'],
    [{}, '{}', 'lack "a"'],
    [
      { a: copy({ dimension_names: undefined }) },
      JSON.stringify(copy({ dimension_names: undefined })),
      'differ from "a/zarr.json"',
    ],
  ])('stale consolidated metadata: %j', async (metadata, at, message) => {
    const found = await findingOf(zarr3References({ 'a/zarr.json': a }, inline(metadata)));
    expect(found).toEqual({
      what: 'error zarr3/consolidated-stale',
      at,
      message: expect.stringContaining(message) as string,
    });
  });

  it('consolidated metadata of groups below need not be repeated', async () => {
    const group = {
      zarr_format: 3,
      node_type: 'group',
      consolidated_metadata: { kind: 'inline', must_understand: false, metadata: {} },
    };
    expect(await findingsOf(zarr3References({ 'g/zarr.json': groupJson }, inline({ g: group })))).toEqual([]);
    expect(await findingsOf(zarr3References({}, { consolidated_metadata: null }))).toEqual([]);
    expect(await findingOf(zarr3References({}, { consolidated_metadata: { kind: 'beside' } }))).toMatchObject({
      what: 'error zarr3/consolidated',
      at: '"beside"',
    });
  });

  it('of ten thousand stray keys and unknown members are looked at in little time', async () => {
    const strays = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`a/${i}/0`, chunk]));
    const members = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`m${i}`, 0]));
    const names = Array.from({ length: 10_000 }, () => 'x');
    const document = zarrJson({ ...members, shape: names.map(() => 1), dimension_names: names });
    const found = await findingsOf(zarr3References({ 'a/zarr.json': a, ...strays, 'b/zarr.json': document }));
    expect(found.filter(({ what }) => what.includes('zarr3/')).length).toBeLessThan(20);
  });
});

describe('a name that every JavaScript object has', () => {
  it.each<[Members, string, string]>([
    [
      { data_type: 'constructor' },
      'zarr3/data-type',
      '"data_type" is "constructor", which is no data type of zarr v3.',
    ],
    [
      { data_type: extension('constructor', { a: 1 }) },
      'zarr3/data-type',
      '"data_type" is "constructor", which is no data type of zarr v3.',
    ],
    [
      { data_type: extension('__proto__', { a: 1 }) },
      'zarr3/data-type',
      '"data_type" is "__proto__", which is no data type of zarr v3.',
    ],
    [
      { toString: 1 },
      'zarr3/unknown-field',
      'An array has no "toString", and readers must fail on it. Put it into "attributes", or, if readers may pass it over, make it an ' +
        'object with "must_understand": false.',
    ],
  ])('is no more than another: %j', async (members, code, message) => {
    const { what, message: told } = await findingOf(withZarr3(members));
    expect(what).toBe(`error ${code}`);
    expect(told).toBe(message);
  });

  it('is no spelling of a fill value', async () => {
    const { message } = await findingOf(withZarr3({ data_type: 'float32', fill_value: 'constructor' }));
    expect(message).not.toContain('write');
  });
});
