import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json';
import { parseZarrayV2 } from '../../../src/zarr/v2';

const document: JsonObject = {
  zarr_format: 2,
  shape: [10980, 10980],
  chunks: [1024, 1024],
  dtype: '<u2',
  compressor: { id: 'numcodecs.zlib', level: 6 },
  fill_value: 0,
  order: 'C',
  filters: [{ id: 'imagecodecs.delta', axis: -1 }, { id: 'shuffle' }],
};

const without = (name: string): JsonObject =>
  Object.fromEntries(Object.entries(document).filter(([key]) => key !== name));
const read = (change: JsonObject) => parseZarrayV2('a/b', { ...document, ...change }, undefined);

describe('parseZarrayV2', () => {
  it('reads every member, codecs in encode order', () => {
    const array = parseZarrayV2('a/b', document, { _ARRAY_DIMENSIONS: ['y', 'x'], units: 'm' });
    expect(array).toEqual({
      path: 'a/b',
      zarrFormat: 2,
      shape: [10980, 10980],
      chunkShape: [1024, 1024],
      dataType: { kind: 'u', itemSize: 2, byteOrder: 'little' },
      order: 'C',
      fillValue: 0,
      codecs: [
        { id: 'imagecodecs_delta', place: 'filter', config: { axis: -1 } },
        { id: 'shuffle', place: 'filter', config: {} },
        { id: 'zlib', place: 'compressor', config: { level: 6 } },
      ],
      keyEncoding: { separator: '.', prefix: '' },
      dimensionNames: ['y', 'x'],
      attributes: { _ARRAY_DIMENSIONS: ['y', 'x'], units: 'm' },
    });
  });

  it('reads a missing compressor, filters and separator as null, null and a dot', () => {
    const array = parseZarrayV2('', { ...without('compressor'), filters: null }, undefined);
    expect(array.codecs).toEqual([]);
    expect(parseZarrayV2('', without('filters'), undefined).codecs).toHaveLength(1);
    expect(array.keyEncoding.separator).toBe('.');
    expect(array.attributes).toEqual({});
    expect(read({ dimension_separator: '/' }).keyEncoding.separator).toBe('/');
  });

  it('keeps zlib among the filters where it stands, as HDF5 references have it', () => {
    const codecs = read({ filters: [{ id: 'shuffle' }, { id: 'zlib' }], compressor: null }).codecs;
    expect(codecs.map(({ id, place }) => [id, place])).toEqual([
      ['shuffle', 'filter'],
      ['zlib', 'filter'],
    ]);
  });

  it('takes names of dimensions only where there is one for each axis', () => {
    const names = (value: JsonObject) => parseZarrayV2('', document, value).dimensionNames;
    expect(names({ _ARRAY_DIMENSIONS: ['y', null] })).toEqual(['y', null]);
    expect(names({ _ARRAY_DIMENSIONS: ['y'] })).toBeUndefined();
    expect(names({ _ARRAY_DIMENSIONS: ['y', 3] })).toBeUndefined();
    expect(names({ _ARRAY_DIMENSIONS: 'yx' })).toBeUndefined();
  });

  it('reads arrays without axes and axes of length 0', () => {
    expect(read({ shape: [], chunks: [] }).shape).toEqual([]);
    expect(read({ shape: [0, 3], chunks: [0, 3] }).chunkShape).toEqual([1, 3]);
    expect(read({ shape: [-0, 3] }).shape).toEqual([0, 3]);
  });

  it.each<[JsonObject, string]>([
    [{ zarr_format: 3 }, 'a/b/.zarray: "zarr_format" is 3; .zarray is of zarr v2'],
    [{ zarr_format: '2' }, '"zarr_format" is "2"; it must be the integer 2'],
    [{ shape: 5 }, '"shape" is 5; it must be a list'],
    [{ shape: [5, -1] }, '"shape" has -1 for axis 1'],
    [{ shape: [5, 2n ** 60n] }, '"shape" has 1152921504606846976 for axis 1'],
    [{ shape: [5, 1.5] }, '"shape" has 1.5 for axis 1'],
    [{ chunks: [1024] }, '"shape" has 2 dimensions and "chunks" 1'],
    [{ chunks: [1024, 0] }, '"chunks" has 0 for axis 1'],
    [{ dtype: 'u2' }, 'a/b/.zarray: Dtype "u2" has no byte order'],
    [{ fill_value: -1 }, 'a/b/.zarray: "fill_value" is -1; "<u2" holds whole numbers from 0 to 65535'],
    [{ order: 'A' }, '"order" is "A"; it must be "C" or "F"'],
    [{ dimension_separator: '-' }, '"dimension_separator" is "-"'],
    [{ compressor: [] }, '"compressor" is []; it must be null or an object'],
    [{ compressor: 'zlib' }, '"compressor" is "zlib"; it must be null or an object with an "id"'],
    [{ compressor: { level: 1 } }, '"compressor" has no "id"'],
    [{ filters: {} }, '"filters" is {}; it must be null or a list'],
    [{ filters: [{}] }, 'Filter 1 has no "id"'],
    [{ shape: [2 ** 53 - 1, 2 ** 53 - 1], chunks: [1, 1] }, 'makes more than 2^53 - 1 chunks'],
    [{ shape: [1, 1], chunks: [2 ** 50, 2 ** 20] }, 'has more than 2^53 - 1 bytes'],
  ])('refuses %o', (change, expected) => {
    expect(() => read(change)).toThrow(
      expect.objectContaining({ code: 'malformed-metadata', message: expect.stringContaining(expected) as string }),
    );
  });

  it.each(['zarr_format', 'shape', 'chunks', 'dtype', 'fill_value', 'order'])('says that %s is missing', (name) => {
    expect(() => parseZarrayV2('', without(name), undefined)).toThrow(`.zarray: "${name}" is missing; it must be `);
  });
});
