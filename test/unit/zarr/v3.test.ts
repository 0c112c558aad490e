import { describe, expect, it } from 'vitest';
import { KerchunkError } from '../../../src/errors';
import type { JsonObject, JsonValue } from '../../../src/json';
import { parseDataTypeV3 } from '../../../src/zarr/v3-data-type';
import { floatOfBits, parseFillValueV3 } from '../../../src/zarr/v3-fill-value';
import { parseZarrJson } from '../../../src/zarr/v3';

/** The example of the core specification, section "Array metadata". */
const example: JsonObject = {
  zarr_format: 3,
  node_type: 'array',
  shape: [10000, 1000],
  dimension_names: ['rows', 'columns'],
  data_type: 'float64',
  chunk_grid: { name: 'regular', configuration: { chunk_shape: [1000, 100] } },
  chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
  codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
  fill_value: 'NaN',
  attributes: { foo: 42, bar: 'apples', baz: [1, 2, 3, 4] },
};

const read = (change: Record<string, JsonValue | undefined> = {}) => {
  const members = Object.entries({ ...example, ...change }).filter(([, value]) => value !== undefined);
  return parseZarrJson('a/b', Object.fromEntries(members) as JsonObject);
};
const malformed = (message: string) =>
  expect.objectContaining({
    code: 'malformed-metadata',
    message: expect.stringContaining(message) as string,
  }) as unknown;

describe('parseZarrJson', () => {
  it('reads the example of the specification', () => {
    expect(read()).toEqual({
      path: 'a/b',
      zarrFormat: 3,
      shape: [10000, 1000],
      chunkShape: [1000, 100],
      dataType: { kind: 'f', itemSize: 8, byteOrder: 'little', v3Name: 'float64' },
      order: 'C',
      fillValue: NaN,
      codecs: [{ id: 'bytes', place: 'codec', config: { endian: 'little' } }],
      keyEncoding: { separator: '/', prefix: 'c' },
      dimensionNames: ['rows', 'columns'],
      attributes: { foo: 42, bar: 'apples', baz: [1, 2, 3, 4] },
    });
  });

  it('reads names alone, where a configuration is not needed', () => {
    const array = read({ chunk_key_encoding: 'v2', codecs: ['bytes', 'crc32c'], attributes: undefined });
    expect(array.keyEncoding).toEqual({ separator: '.', prefix: '' });
    expect(array.codecs.map(({ id, config }) => [id, config])).toEqual([
      ['bytes', {}],
      ['crc32c', {}],
    ]);
    expect(array.attributes).toEqual({});
  });

  it.each([
    [{ name: 'default' }, '/', 'c'],
    [{ name: 'default', configuration: { separator: '.' } }, '.', 'c'],
    [{ name: 'v2', configuration: { separator: '/' } }, '/', ''],
    [{ name: 'default', separator: '.' }, '.', 'c'],
  ])('reads the chunk key encoding %j', (encoding, separator, prefix) => {
    expect(read({ chunk_key_encoding: encoding }).keyEncoding).toEqual({ separator, prefix });
  });

  it('names codecs as numcodecs and imagecodecs do, and fills in what zarr-python takes from the data type', () => {
    const codec = (name: string, configuration: JsonObject) => ({ name, configuration });
    const steps = read({
      data_type: 'float32',
      fill_value: 0,
      codecs: [
        codec('numcodecs.fixedscaleoffset', { offset: 0, scale: 10, astype: 'int16' }),
        codec('numcodecs.delta', { dtype: '>i2' }),
        codec('imagecodecs_delta', { axis: -1, dist: 1 }),
        codec('virtual_tiff.HorizontalDeltaCodec', {}),
        codec('bytes', { endian: 'big' }),
        codec('numcodecs.shuffle', {}),
        codec('blosc', { cname: 'lz4', shuffle: 'bitshuffle' }),
        codec('packbits', {}),
      ],
    }).codecs;
    expect(steps.map(({ id, config }) => [id, config])).toEqual([
      ['fixedscaleoffset', { offset: 0, scale: 10, astype: '<i2', dtype: '<f4' }],
      ['delta', { dtype: '<i2' }],
      ['imagecodecs_delta', { axis: -1, dist: 1 }],
      ['HorizontalDeltaCodec', {}],
      ['bytes', { endian: 'big' }],
      ['shuffle', { elementsize: 4 }],
      ['blosc', { cname: 'lz4', shuffle: 2 }],
      ['zarr.packbits', {}],
    ]);
  });

  it.each([
    ['shape', undefined, '"shape" is missing'],
    ['shape', [1, -1], '"shape" has -1 for axis 1'],
    ['zarr_format', 2, 'zarr_format is 2; it must be the integer 3'],
    ['node_type', 'Array', 'node_type is "Array"'],
    ['data_type', '<f8', 'The data_type "<f8" is not read here'],
    ['data_type', 7, 'not 7'],
    ['chunk_grid', { name: 'rectilinear' }, 'the chunk grid "rectilinear" is not read here, only "regular" is'],
    ['chunk_grid', { name: 'regular' }, 'no "chunk_shape"'],
    ['chunk_grid', { name: 'regular', configuration: { chunk_shape: [2] } }, '"shape" has 2 axes and "chunk_shape" 1'],
    ['chunk_grid', { name: 'regular', configuration: { chunk_shape: [0, 2] } }, '"chunk_shape" has 0 for axis 0'],
    ['chunk_key_encoding', { name: 'w3' }, 'the chunk key encoding "w3" is not known'],
    ['chunk_key_encoding', { name: 'v2', configuration: { separator: '-' } }, 'the separator of chunk keys is "-"'],
    ['fill_value', 'nan', 'Fill value "nan" does not fit data_type "float64"'],
    ['codecs', { name: 'bytes' }, '"codecs" is an object; it must be a list'],
    ['codecs', [{ id: 'bytes' }], 'codec 1 is an object; it must be an object with a "name"'],
    ['storage_transformers', [{ name: 'x' }], 'storage transformers, which are not read here'],
  ])('refuses %s of %j', (name, value, message) => {
    expect(() => read({ [name]: value })).toThrow(malformed(message));
    expect(() => read({ [name]: value })).toThrow('a/b/zarr.json: ');
  });

  it('refuses more chunks than can be numbered', () => {
    const side = Number.MAX_SAFE_INTEGER;
    const grid = { name: 'regular', configuration: { chunk_shape: [1, 1] } };
    expect(() => read({ shape: [side, 2], chunk_grid: grid })).toThrow(malformed('more than 2^53 - 1 chunks'));
  });
});

describe('parseDataTypeV3', () => {
  const extension = (name: string, configuration: JsonObject): JsonObject => ({ name, configuration });

  it.each<[JsonValue, JsonObject]>([
    ['bool', { kind: 'b', itemSize: 1, byteOrder: 'none' }],
    ['int8', { kind: 'i', itemSize: 1, byteOrder: 'none' }],
    ['uint64', { kind: 'u', itemSize: 8, byteOrder: 'little' }],
    ['float16', { kind: 'f', itemSize: 2, byteOrder: 'little' }],
    ['complex128', { kind: 'c', itemSize: 16, byteOrder: 'little' }],
    ['r24', { kind: 'V', itemSize: 3, byteOrder: 'none' }],
    ['string', { kind: 'O', itemSize: 0, byteOrder: 'none' }],
    [extension('bytes', {}), { kind: 'O', itemSize: 0, byteOrder: 'none' }],
    [extension('fixed_length_utf32', { length_bytes: 12 }), { kind: 'U', itemSize: 12, byteOrder: 'little' }],
    [extension('null_terminated_bytes', { length_bytes: 5 }), { kind: 'S', itemSize: 5, byteOrder: 'none' }],
    [extension('raw_bytes', { length_bytes: 5 }), { kind: 'V', itemSize: 5, byteOrder: 'none' }],
    [
      extension('numpy.datetime64', { unit: 'ns', scale_factor: 1 }),
      { kind: 'M', itemSize: 8, byteOrder: 'little', unit: 'ns' },
    ],
    [
      extension('numpy.timedelta64', { unit: 'μs', scale_factor: 10 }),
      { kind: 'm', itemSize: 8, byteOrder: 'little', unit: '10us' },
    ],
  ])('reads %j', (json, expected) => {
    const name = typeof json === 'string' ? json : (json as JsonObject).name;
    expect(parseDataTypeV3(json)).toEqual({ ...expected, v3Name: name });
  });

  it('reads records, as zarr-python writes them and as the registry has them', () => {
    const point = extension('struct', { fields: [{ name: 'x', data_type: 'float32' }] });
    const type = parseDataTypeV3(
      extension('structured', {
        fields: [
          ['a', 'int16'],
          ['p', point],
        ],
      }),
    );
    expect(type).toMatchObject({ kind: 'V', itemSize: 6 });
    expect(type.fields?.map(({ name, type: field }) => [name, field.kind, field.itemSize])).toEqual([
      ['a', 'i', 2],
      ['p', 'V', 4],
    ]);
  });

  it.each<[JsonValue, string]>([
    ['r12', 'not read here'],
    ['r0', 'not read here'],
    ['float', 'not read here'],
    ['bfloat16', 'not read here'],
    [{}, 'an object with a name'],
    [extension('fixed_length_utf32', { length_bytes: 7 }), 'a multiple of 4'],
    [extension('raw_bytes', {}), '"length_bytes" of data_type "raw_bytes" is missing'],
    [
      extension('numpy.datetime64', { unit: 'sec', scale_factor: 1 }),
      '"unit" of data_type "numpy.datetime64" is "sec"',
    ],
    [extension('numpy.datetime64', { unit: 's' }), '"scale_factor" of data_type "numpy.datetime64" is missing'],
    [extension('structured', { fields: [] }), 'no list of "fields"'],
    [
      extension('structured', {
        fields: [
          ['a', 'int8'],
          ['a', 'int8'],
        ],
      }),
      'two fields of one name',
    ],
    [extension('structured', { fields: [['a', 'string']] }), 'has no fixed size'],
    [extension('structured', { fields: [['', 'int8']] }), 'Field 1 of data_type'],
  ])('refuses %j', (json, message) => {
    expect(() => parseDataTypeV3(json)).toThrow(KerchunkError);
    expect(() => parseDataTypeV3(json)).toThrow(malformed(message));
  });
});

describe('parseFillValueV3', () => {
  const of = (type: JsonValue, fill: JsonValue) => parseFillValueV3(fill, parseDataTypeV3(type));

  it.each<[JsonValue, JsonValue, unknown]>([
    ['bool', true, true],
    ['uint8', 255, 255],
    ['float32', 0.1, Math.fround(0.1)],
    ['float32', 1e39, Infinity],
    ['float32', 'NaN', NaN],
    ['float64', '-Infinity', -Infinity],
    // The specification's own example, and IEEE 754 by hand: sign 0, exponent 127, fraction 0 is 1; 0x3c00 is 1 too.
    ['float32', '0x7fc00000', NaN],
    ['float32', '0x3f800000', 1],
    ['float16', '0x3C00', 1],
    ['float64', '0xc000000000000000', -2],
    ['complex64', [1, '0x3f800000'], { real: 1, imaginary: 1 }],
    ['complex128', ['-Infinity', 'NaN'], { real: -Infinity, imaginary: NaN }],
    ['r16', [0, 255], Uint8Array.of(0, 255)],
    ['string', 'abc', 'abc'],
    ['bytes', 'YWI=', Uint8Array.of(97, 98)],
    [{ name: 'raw_bytes', configuration: { length_bytes: 2 } }, 'YWI=', Uint8Array.of(97, 98)],
    ['float64', null, null],
  ])('%j: %j', (type, fill, expected) => {
    expect(of(type, fill)).toEqual(expected);
  });

  it('keeps integers of 64 bits exact, dates among them', () => {
    expect(of('int64', -9007199254740993n)).toBe(-9007199254740993n);
    const date = { name: 'numpy.datetime64', configuration: { unit: 's', scale_factor: 1 } };
    expect(of(date, 'NaT')).toBe(-(2n ** 63n));
  });

  it('packs a record field after field', () => {
    const fields = [
      { name: 'a', data_type: 'int16' },
      { name: 'b', data_type: 'uint8' },
    ];
    const type = { name: 'struct', configuration: { fields } };
    expect(of(type, { b: 7, a: -2 })).toEqual(Uint8Array.of(0xfe, 0xff, 7));
    expect(of({ ...type, name: 'structured' }, 'AQAC')).toEqual(Uint8Array.of(1, 0, 2));
    expect(() => of(type, { a: 1 })).toThrow('nothing for the field "b"');
  });

  it.each<[JsonValue, JsonValue]>([
    ['uint8', 256],
    ['int8', 'NaN'],
    ['float32', '0x7fc0000'],
    ['float32', '0x7fc0000000000000'],
    ['float32', '0x7fc0000g'],
    ['float32', '-9999'],
    ['complex64', [1, 2, 3]],
    ['r16', [0]],
    ['r16', [0, 256]],
    ['bytes', 'a'],
  ])('refuses for %j %j', (type, fill) => {
    expect(() => of(type, fill)).toThrow(KerchunkError);
  });

  it('takes the bits of a float only at their full length', () => {
    expect(floatOfBits('0x3c00', 2)).toBe(1);
    expect(floatOfBits('0x3c00', 4)).toBeUndefined();
    expect(floatOfBits(15360, 2)).toBeUndefined();
  });
});
