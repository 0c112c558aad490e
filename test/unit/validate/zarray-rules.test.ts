import { describe, expect, it } from 'vitest';
import { found, told } from './findings';

/** Members of a good `.zarray` of two numbers in one chunk, as JSON text; tests replace some. */
const members = {
  zarr_format: '2',
  shape: '[2]',
  chunks: '[2]',
  dtype: '"<u2"',
  compressor: '{"id":"zlib"}',
  fill_value: '0',
  order: '"C"',
  filters: 'null',
};

type Members = Partial<Record<keyof typeof members | 'dimension_separator', string | undefined>>;

/** The text of a `.zarray` with members replaced, and left out where they are undefined. */
function zarray(changes: Members & Record<string, string | undefined> = {}): string {
  const all = Object.entries({ ...members, ...changes }).filter(([, value]) => value !== undefined);
  return `{${all.map(([name, value]) => `${JSON.stringify(name)}: ${value ?? ''}`).join(', ')}}`;
}

/** A file with that array, all of whose chunks are there; its metadata stand nested, so that places in it are places in the text. */
function file(changes: Members & Record<string, string | undefined> = {}): string {
  return `{".zgroup": {"zarr_format": 2}, "a/.zarray": ${zarray(changes)}, "a/0": ["https://example.org/a", 8, 4]}`;
}

/** Members of an array without elements, for shapes that have no chunk "0". */
const empty = { fill_value: 'null' };

const error = (code: string, text: string) => [[`zarr2/${code}`, 'error', text]];
const warning = (code: string, text: string) => [[`zarr2/${code}`, 'warning', text]];

describe('fields of .zarray', () => {
  it('is silent on a good one', async () => {
    expect(await told(file())).toEqual([]);
    expect(
      await told(
        file({ dimension_separator: '"."', order: '"F"', compressor: 'null', _nczarr_array: '{}', attributes: '{}' }),
      ),
    ).toEqual([]);
  });

  it.each(Object.keys(members))('finds a missing "%s"', async (name) => {
    const text = file({ [name]: undefined });
    expect(await told(text)).toEqual(error('zarray-field-missing', zarray({ [name]: undefined })));
    expect((await found(text))[0]?.message).toMatch(`"${name}" is missing; it must be `);
  });

  // What zarr-python 2.18.3 and 3.1.6 do with each was tried; where both read it, it is the specification that says no.
  it.each<[name: string, value: string, code: string, text?: string]>([
    ['zarr_format', '"2"', 'zarr-format'],
    ['zarr_format', '2.0', 'zarr-format'],
    ['zarr_format', 'true', 'zarr-format'],
    ['zarr_format', 'null', 'zarr-format'],
    ['zarr_format', '3', 'zarr-format'],
    ['shape', '2', 'shape'],
    ['shape', '"2"', 'shape'],
    ['shape', '{}', 'shape'],
    ['shape', 'null', 'shape'],
    ['shape', '[-2]', 'shape', '-2'],
    ['shape', '[2.5]', 'shape', '2.5'],
    ['shape', '[2.0]', 'shape', '2.0'],
    ['shape', '[2e0]', 'shape', '2e0'],
    ['shape', '["2"]', 'shape', '"2"'],
    ['shape', '[true]', 'shape', 'true'],
    ['shape', '[9007199254740992]', 'shape', '9007199254740992'],
    ['chunks', '2', 'chunks'],
    ['chunks', 'null', 'chunks'],
    ['chunks', '[0]', 'chunks', '0'],
    ['chunks', '[-1]', 'chunks', '-1'],
    ['chunks', '[2.0]', 'chunks', '2.0'],
    ['chunks', '[2, 2]', 'shape-chunks-rank'],
    ['chunks', '[]', 'shape-chunks-rank'],
    ['chunks', '[9007199254740991]', 'chunks'],
    ['order', '"c"', 'order'],
    ['order', '"A"', 'order'],
    ['order', 'null', 'order'],
    ['order', '1', 'order'],
    ['dimension_separator', '"-"', 'dimension-separator'],
    ['dimension_separator', '""', 'dimension-separator'],
    ['dimension_separator', 'null', 'dimension-separator'],
    ['compressor', '"zlib"', 'compressor'],
    ['compressor', '[]', 'compressor'],
    ['compressor', '[{"id": "zlib"}]', 'compressor'],
    ['compressor', 'false', 'compressor'],
    ['compressor', '{}', 'compressor'],
    ['compressor', '{"level": 1}', 'compressor'],
    ['compressor', '{"id": ""}', 'compressor', '""'],
    ['compressor', '{"id": null}', 'compressor', 'null'],
    ['filters', '{"id": "shuffle"}', 'filters'],
    ['filters', '{}', 'filters'],
    ['filters', '"shuffle"', 'filters'],
    ['filters', 'false', 'filters'],
    ['filters', '[null]', 'filters', 'null'],
    ['filters', '["shuffle"]', 'filters', '"shuffle"'],
    ['filters', '[{"id": "shuffle"}, {}]', 'filters', '{}'],
    ['filters', '[{"id": 1}]', 'filters', '1'],
  ])('finds "%s": %s', async (name, value, code, text = value) => {
    expect(await told(file({ [name]: value }))).toEqual(error(code, text));
  });

  it('finds each of several faults at its place', async () => {
    const text = file({ shape: '[2, -1, 4.0]', chunks: '2', order: '"c"', zarr_format: '"2"' });
    expect(await told(text)).toEqual([
      ['zarr2/zarr-format', 'error', '"2"'],
      ['zarr2/shape', 'error', '-1'],
      ['zarr2/shape', 'error', '4.0'],
      ['zarr2/chunks', 'error', '2'],
      ['zarr2/order', 'error', '"c"'],
    ]);
  });

  it('says nothing else of a document of another version', async () => {
    const v3 = '{"zarr_format": 3, "node_type": "array"}';
    const text = `{".zgroup": {"zarr_format": 2}, "a/.zarray": ${v3}}`;
    expect(await told(text)).toEqual(error('zarr-format', '3'));
  });

  it('finds the same in a document that stands as text or base64', async () => {
    const array = zarray({ shape: '[2.0]' });
    const escaped = JSON.stringify(array);
    const base64 = JSON.stringify(`base64:${btoa(array)}`);
    const around = (document: string): string => `{".zgroup": {"zarr_format": 2}, "a/.zarray": ${document}}`;
    expect(await told(around(escaped))).toEqual(error('shape', '2.0'));
    expect(await told(around(base64))).toEqual(error('shape', base64));
  });

  it('tells twenty faults of one document, and how many there are more', async () => {
    const names = Array.from({ length: 15 }, (_unused, i) => [`extra${i}`, '1'] as const);
    const filters = `[${Array.from({ length: 1000 }, () => '{}').join(', ')}]`;
    const findings = await found(file({ ...Object.fromEntries(names), filters }));
    expect(findings).toHaveLength(21);
    expect(
      findings.filter(({ message }) => message.includes('more faults of this document are not listed')),
    ).toHaveLength(1);
  });

  it('warns of an empty list of filters, and of fields that zarr v2 does not have', async () => {
    expect(await told(file({ filters: '[]' }))).toEqual(warning('filters-empty', '[]'));
    const text = file({ _ARRAY_DIMENSIONS: '["x"]' });
    expect(await told(text)).toEqual(warning('unknown-field', '["x"]'));
    expect((await found(text))[0]?.message).toContain('It belongs in .zattrs.');
  });

  it('takes a chunk of length 0 along an axis of length 0 for a fault of its own', async () => {
    const around = (shape: string, chunks: string): string =>
      `{".zgroup": {"zarr_format": 2}, "a/.zarray": ${zarray({ shape, chunks, ...empty })}}`;
    expect(await told(around('[0, 3]', '[0, 3]'))).toEqual(error('chunks-zero', '0'));
    expect(await told(around('[0, 3]', '[1, 3]'))).toEqual([]);
    expect(await told(around('[3, 0]', '[0, 0]'))).toEqual([
      ['zarr2/chunks', 'error', '0'],
      ['zarr2/chunks-zero', 'error', '0'],
    ]);
  });

  it('only warns of more chunks than can be counted, which zarr-python reads', async () => {
    const text = file({ shape: '[9007199254740991, 1048576]', chunks: '[1, 1]' });
    expect(await told(text)).toEqual(warning('chunks', '[1, 1]'));
  });
});

describe('dtype', () => {
  it.each([
    '"|b1"',
    '"|i1"',
    '">i2"',
    '"<u8"',
    '"<f2"',
    '">f8"',
    '"<c8"',
    '">c16"',
    '"<M8[ns]"',
    '"<M8[10us]"',
    '">m8[s]"',
    '"<M8[Y]"',
    // The list of numpy's documentation has this name of microseconds too; both zarr-python read it.
    '"<M8[μs]"',
    '"|S12"',
    '"<U3"',
    '"|V7"',
    '[["r", "|u1"], ["g", "|u1"], ["b", "|u1"]]',
    // numpy writes the padding of aligned records so.
    '[["x", "|u1"], ["", "|V3"], ["y", "<f4"]]',
  ])('is silent on %s', async (dtype) => {
    expect(await told(file({ dtype, fill_value: 'null' }))).toEqual([]);
  });

  it.each<[dtype: string, code: string, text?: string]>([
    ['null', 'dtype'],
    ['4', 'dtype'],
    ['{}', 'dtype'],
    ['""', 'dtype'],
    ['"<i3"', 'dtype'],
    ['"<u16"', 'dtype'],
    ['"<f16"', 'dtype'],
    ['"<c32"', 'dtype'],
    ['"|b2"', 'dtype'],
    ['"<M4[s]"', 'dtype'],
    ['"<F4"', 'dtype'],
    ['" <f4"', 'dtype'],
    ['"|S"', 'dtype'],
    ['"|S0"', 'dtype'],
    ['"<U0"', 'dtype'],
    ['"|V0"', 'dtype'],
    ['"datetime64[ns]"', 'dtype'],
    ['"f4"', 'dtype-byte-order'],
    ['"=f4"', 'dtype-byte-order'],
    ['"|u2"', 'dtype-byte-order'],
    ['"|M8[s]"', 'dtype-byte-order'],
    ['"|U2"', 'dtype-byte-order'],
    ['"u1"', 'dtype-byte-order'],
    ['"=u1"', 'dtype-byte-order'],
    ['"S3"', 'dtype-byte-order'],
    ['"float32"', 'dtype-byte-order'],
    ['"uint16"', 'dtype-byte-order'],
    ['"bool"', 'dtype-byte-order'],
    ['"<u1"', 'dtype-spelling'],
    ['">u1"', 'dtype-spelling'],
    ['"<b1"', 'dtype-spelling'],
    ['"<S3"', 'dtype-spelling'],
    ['"<V3"', 'dtype-spelling'],
    ['"<f04"', 'dtype-spelling'],
    ['"<M8"', 'dtype-unit'],
    ['"<m8"', 'dtype-unit'],
    ['"<M8[generic]"', 'dtype-unit'],
    ['"<M8[foo]"', 'dtype-unit'],
    ['"<M8[0s]"', 'dtype-unit'],
    ['"<M8[s/2]"', 'dtype-unit'],
    ['"<M8[]"', 'dtype-unit'],
    ['"<M8[ ns]"', 'dtype-unit'],
    ['"<M8[99999999999s]"', 'dtype-unit'],
    ['"<f4[s]"', 'dtype-unit'],
    ['[]', 'dtype-fields'],
    ['["<f4"]', 'dtype-fields'],
    ['["x", "<f4"]', 'dtype-fields'],
    ['[["x", "<f4"], "<f4"]', 'dtype-fields', '"<f4"'],
    ['[["x"]]', 'dtype-fields', '["x"]'],
    ['[["x", "<f4", [2], 3]]', 'dtype-fields', '["x", "<f4", [2], 3]'],
    ['[[1, "<f4"]]', 'dtype-fields', '1'],
    ['[["x", "<f4"], ["x", "|u1"]]', 'dtype-fields', '"x"'],
    ['[["", "|V1"], ["f0", "|u1"]]', 'dtype-fields', '"f0"'],
    ['[["x", "<f4", 2]]', 'dtype-fields', '2'],
    ['[["x", "<f4", [2, -1]]]', 'dtype-fields', '-1'],
    ['[["x", "f4"], ["y", "|u1"]]', 'dtype-byte-order', '"f4"'],
    ['[["x", "<f4"], ["y", "<u1"]]', 'dtype-spelling', '"<u1"'],
    ['[["x", "<f3"]]', 'dtype', '"<f3"'],
    ['[["x", "<f4", [2, 2]], ["y", "<f4", [2]]]', 'dtype-nested', '[2, 2]'],
    ['[["foo", "<f4"], ["bar", [["baz", "<f4"], ["qux", "<i4"]]]]', 'dtype-nested', '[["baz", "<f4"], ["qux", "<i4"]]'],
  ])('finds %s', async (dtype, code, text = dtype) => {
    expect(await told(file({ dtype, fill_value: 'null' }))).toEqual(error(code, text));
  });

  it('says how to write it', async () => {
    const message = async (dtype: string): Promise<string | undefined> =>
      (await found(file({ dtype, fill_value: 'null' })))[0]?.message;
    expect(await message('"uint16"')).toContain('write "<u2" or ">u2"');
    expect(await message('"|f8"')).toContain('write "<f8" or ">f8"');
    expect(await message('"=i1"')).toContain('write "|i1"');
    expect(await message('">u1"')).toContain('write "|u1"');
    expect(await message('"<S3"')).toContain('write "|S3"');
    expect(await message('"<M8"')).toContain('"<M8[ns]"');
  });

  it('warns of a field without a name, which readers give one', async () => {
    expect(await told(file({ dtype: '[["", "<f4"], ["y", "|u1"]]', fill_value: 'null' }))).toEqual(
      warning('dtype-fields', '""'),
    );
  });

  it('says nothing of the fill value of a type that is not clear', async () => {
    expect(await told(file({ dtype: '"u2"', fill_value: '70000' }))).toEqual(error('dtype-byte-order', '"u2"'));
  });
});

describe('objects', () => {
  const objects = { dtype: '"|O"', fill_value: '""', compressor: 'null' };

  it.each(['[{"id": "vlen-utf8"}]', '[{"id": "vlen-bytes"}]', '[{"id": "vlen-utf8"}, {"id": "zlib"}]'])(
    'is silent on filters %s',
    async (filters) => {
      expect(await told(file({ ...objects, filters }))).toEqual([]);
    },
  );

  it.each<[filters: string, code: string, text?: string]>([
    ['null', 'object-codec'],
    ['[{"id": "zlib"}]', 'object-codec', '"zlib"'],
    ['[{"id": "zlib"}, {"id": "vlen-utf8"}]', 'object-codec', '"vlen-utf8"'],
    ['[{"id": "json2"}]', 'object-codec-old', '"json2"'],
    ['[{"id": "vlen-array", "dtype": "<i4"}]', 'object-codec-old', '"vlen-array"'],
    ['[{"id": "categorize", "labels": ["a"], "dtype": "|O"}]', 'object-codec-old', '"categorize"'],
    ['[{"id": "categorize", "labels": ["a"], "dtype": "<U1"}]', 'object-codec', '"categorize"'],
    // What kerchunk's SingleHdf5ToZarr writes for texts with vlen_encode="null" and "encode": zarr 2.18.3 reads None and 'x', zarr 3.1.6 fails.
    ['[{"id": "fill_hdf_strings", "dtype": "S16", "id_map": null}]', 'object-codec-old', '"fill_hdf_strings"'],
    [
      '[{"id": "fill_hdf_strings", "dtype": "S16", "id_map": {"0": "x"}}, {"id": "zlib"}]',
      'object-codec-old',
      '"fill_hdf_strings"',
    ],
    ['[{"id": "zlib"}, {"id": "fill_hdf_strings", "dtype": "S16"}]', 'object-codec', '"fill_hdf_strings"'],
    ['[{"id": "pickle"}]', 'pickle', '"pickle"'],
    ['"vlen-utf8"', 'filters'],
  ])('finds filters %s', async (filters, code, text = filters) => {
    const findings = await told(file({ ...objects, filters }));
    expect(findings.filter(([, severity]) => severity !== 'info')).toEqual(error(code, text));
  });

  it('finds the codec of objects as compressor, and on other types', async () => {
    expect(await told(file({ ...objects, compressor: '{"id": "vlen-utf8"}' }))).toEqual(
      error('object-codec', '"vlen-utf8"'),
    );
    expect(await told(file({ dtype: '"<U2"', fill_value: '""', filters: '[{"id": "vlen-utf8"}]' }))).toEqual(
      error('object-codec', '"vlen-utf8"'),
    );
    expect(await told(file({ filters: '[{"id": "pickle"}]' }))).toEqual(error('pickle', '"pickle"'));
    expect(await told(file({ dtype: '[["x", "|O"], ["y", "|u1"]]', fill_value: 'null' }))).toEqual(
      error('object-codec', '[["x", "|O"], ["y", "|u1"]]'),
    );
    const records = { dtype: '[["n", "<i4"], ["s", "|O"]]', fill_value: 'null' };
    const filters = `[{"id": "fill_hdf_strings", "dtype": "[('n', '<i4'), ('s', 'S16')]", "id_map": null}]`;
    expect((await told(file({ ...records, filters }))).slice(0, 1)).toEqual(
      error('object-codec-old', '"fill_hdf_strings"'),
    );
    const noFilters = await told(file({ dtype: '"|O"', fill_value: '""', filters: undefined }));
    expect(noFilters.map(([code]) => code)).toEqual(['zarr2/zarray-field-missing']);
  });

  it.each(['"O"', '"|O4"'])('finds the dtype %s', async (dtype) => {
    const code = dtype === '"O"' ? 'dtype-byte-order' : 'dtype';
    expect(await told(file({ ...objects, dtype, filters: '[{"id": "vlen-utf8"}]' }))).toEqual(error(code, dtype));
  });

  it.each(['"<O"', '"|O8"'])('finds the spelling %s', async (dtype) => {
    expect(await told(file({ ...objects, dtype, filters: '[{"id": "vlen-utf8"}]' }))).toEqual(
      error('dtype-spelling', dtype),
    );
  });
});

describe('fill_value', () => {
  it.each<[dtype: string, fill: string]>([
    ['"<u2"', '65535'],
    ['"|i1"', '-128'],
    ['"<i8"', '9223372036854775807'],
    ['"<i8"', '-9223372036854775808'],
    ['"<u8"', '18446744073709551615'],
    ['"<f4"', '"NaN"'],
    ['"<f4"', '"-Infinity"'],
    ['"<f4"', '-3.4028234663852886e+38'],
    ['"<f4"', '0'],
    ['"<f4"', '1e-50'],
    ['"<f2"', '65519'],
    ['"<f8"', '1180591620717411303424'],
    ['"<f8"', '1.7976931348623157e+308'],
    ['"<c8"', '[0, "NaN"]'],
    ['"|b1"', 'true'],
    ['"<M8[s]"', '"NaT"'],
    ['"<M8[s]"', '-9223372036854775808'],
    ['"<m8[s]"', '0'],
    ['"|S3"', '"YWJj"'],
    ['"|S3"', '"YWI="'],
    ['"|S3"', '""'],
    ['"<U2"', '"ab"'],
    ['"<U2"', '""'],
    ['"<u2"', 'null'],
  ])('is silent on %s filled with %s', async (dtype, fill_value) => {
    expect(await told(file({ dtype, fill_value }))).toEqual([]);
  });

  it.each<[dtype: string, fill: string, code: string, text?: string]>([
    ['"<u2"', '-9999', 'range'],
    ['"|u1"', '-999999999', 'range'],
    ['"<u2"', '65536', 'range'],
    ['"|i1"', '128', 'range'],
    ['"<i8"', '9223372036854775808', 'range'],
    ['"<u8"', '18446744073709551616', 'range'],
    ['"<u2"', '1.5e30', 'range'],
    ['"<u2"', '"70000"', 'range'],
    ['"<M8[s]"', '9223372036854775808', 'range'],
    ['"<f4"', '1e39', 'range'],
    ['"<f4"', '"1e39"', 'range'],
    ['"<f2"', '65520', 'range'],
    ['"<f8"', '1e400', 'range'],
    ['"<c8"', '[1e39, 0]', 'range', '1e39'],
    ['"<f4"', '"nan"', 'spelling'],
    ['"<f4"', '"-nan"', 'spelling'],
    ['"<f4"', '"inf"', 'spelling'],
    ['"<f4"', '"+Infinity"', 'spelling'],
    ['"<f4"', '"-inf"', 'spelling'],
    ['"<c8"', '["nan", 0]', 'spelling', '"nan"'],
    ['"<M8[s]"', '"nat"', 'spelling'],
    ['"<u2"', '1.5', 'type'],
    ['"<u2"', '"NaN"', 'type'],
    ['"<u2"', '"7.0"', 'type'],
    ['"<u2"', '[0]', 'type'],
    ['"<u2"', '""', 'type'],
    ['"<f4"', '"abc"', 'type'],
    ['"<f4"', '"0x7fc00000"', 'type'],
    ['"<f4"', '[1]', 'type'],
    ['"<f4"', '{}', 'type'],
    ['"<c8"', '0', 'type'],
    ['"<c8"', '[0]', 'type'],
    ['"<c8"', '["1", 0]', 'type', '"1"'],
    ['"|b1"', '"false"', 'type'],
    ['"|b1"', '2', 'type'],
    ['"<M8[s]"', '"2020-01-01"', 'type'],
    ['"<M8[s]"', '1.5', 'type'],
    ['"|S3"', '"abc"', 'type'],
    ['"|S3"', '0', 'type'],
    ['"|S3"', '"Y-_j"', 'type'],
    ['"|V3"', '0', 'type'],
    ['"<U2"', '0', 'type'],
    ['[["x", "<f4"]]', '0', 'type'],
    ['"<M8[s]"', '1.0', 'float'],
    ['"|S3"', '"YWJjZA=="', 'size'],
    ['"|V3"', '"YWJj"', 'void'],
    ['[["x", "<f4"], ["y", "|u1"]]', '"AAAAAAA="', 'void'],
    ['"|V3"', '"YWI="', 'size'],
    ['"|V3"', '"YWJjZA=="', 'size'],
    ['[["x", "<f4"], ["y", "|u1"]]', '"AAAAAA=="', 'size'],
    ['[["x", "<f4"], ["y", "|u1"]]', '""', 'size'],
    ['"<U2"', '"abc"', 'size'],
  ])('finds %s filled with %s', async (dtype, fill_value, code, text = fill_value) => {
    expect(await told(file({ dtype, fill_value }))).toEqual(error(`fill-value-${code}`, text));
  });

  it.each<[dtype: string, fill: string, code: string, text?: string]>([
    ['"<u2"', '0.0', 'float'],
    ['"<u2"', '-0.0', 'float'],
    ['"<i4"', '1e3', 'float'],
    ['"<i8"', '-9.223372036854776e18', 'float'],
    ['"<u2"', '"7"', 'cast'],
    ['"<u2"', '"1_0"', 'cast'],
    ['"<f4"', '"1_0.5"', 'cast'],
    ['"<u2"', 'true', 'cast'],
    ['"<f4"', '"-9999"', 'cast'],
    ['"<f4"', 'false', 'cast'],
    ['"<c8"', '[true, 0]', 'cast', 'true'],
    ['"|b1"', '0', 'cast'],
    ['"|b1"', '1', 'cast'],
    ['"<M8[s]"', 'false', 'cast'],
  ])('warns of %s filled with %s', async (dtype, fill_value, code, text = fill_value) => {
    expect(await told(file({ dtype, fill_value }))).toEqual(warning(`fill-value-${code}`, text));
  });

  it('names the value, what the type holds, and what to write', async () => {
    const message = async (dtype: string, fill_value: string): Promise<string | undefined> =>
      (await found(file({ dtype, fill_value })))[0]?.message;
    expect(await message('"<u2"', '70000')).toBe('"fill_value" is 70000; "<u2" holds whole numbers from 0 to 65535.');
    expect(await message('"|i1"', '128')).toContain('from -128 to 127');
    expect(await message('"<u8"', '-1')).toContain('from 0 to 18446744073709551615');
    expect(await message('"<f4"', '1e39')).toContain('Infinity');
    expect(await message('"<f4"', '"+inf"')).toContain('write "Infinity"');
    expect(await message('"<i4"', '7.0')).toContain('write 7.');
    expect(await message('"<i8"', '-9.223372036854776e18')).toContain('write -9223372036854775808.');
    expect(await message('"|b1"', '0')).toContain('write false.');
    expect(await message('"<u2"', '"7"')).toContain('write 7.');
    expect(await message('"|V3"', '"YWI="')).toContain('base64 of 2 bytes');
  });

  it('tells a fill value of vlen-bytes that is no base64, on which zarr-python 3 fails', async () => {
    const around = (fill_value: string): string =>
      file({ dtype: '"|O"', fill_value, compressor: 'null', filters: '[{"id": "vlen-bytes"}]' });
    expect(await told(around('"YWI="'))).toEqual([]);
    expect(await told(around('"abc"'))).toEqual(error('fill-value-type', '"abc"'));
    expect(await told(around('0'))).toEqual(error('fill-value-type', '0'));
  });

  it('warns once of chunks that are missing where there is no fill value', async () => {
    const around = (fill_value: string): string =>
      `{".zgroup": {"zarr_format": 2}, "a/.zarray": ${zarray({ shape: '[5]', fill_value })}, "a/0": ["https://example.org/a", 8, 4]}`;
    expect(await told(around('null'))).toEqual(warning('null-fill-absent', 'null'));
    expect((await found(around('null')))[0]?.message).toContain('2 of 3 chunks are missing');
    expect(await told(around('0'))).toEqual([]);
    const noElements = `{".zgroup": {"zarr_format": 2}, "a/.zarray": ${zarray({ shape: '[0]', fill_value: 'null' })}}`;
    expect(await told(noElements)).toEqual([]);
  });
});
