import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/json';
import { formatDataType, parseDataType } from '../../../src/zarr/data-type';

const message = (json: JsonValue): string => {
  try {
    parseDataType(json);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

describe('parseDataType', () => {
  it.each([
    ['<f4', { kind: 'f', itemSize: 4, byteOrder: 'little' }],
    ['>u2', { kind: 'u', itemSize: 2, byteOrder: 'big' }],
    ['|u1', { kind: 'u', itemSize: 1, byteOrder: 'none' }],
    ['>u1', { kind: 'u', itemSize: 1, byteOrder: 'none' }],
    ['|b1', { kind: 'b', itemSize: 1, byteOrder: 'none' }],
    ['<i8', { kind: 'i', itemSize: 8, byteOrder: 'little' }],
    ['<f2', { kind: 'f', itemSize: 2, byteOrder: 'little' }],
    ['>c16', { kind: 'c', itemSize: 16, byteOrder: 'big' }],
    ['<M8[ns]', { kind: 'M', itemSize: 8, byteOrder: 'little', unit: 'ns' }],
    ['<m8[10us]', { kind: 'm', itemSize: 8, byteOrder: 'little', unit: '10us' }],
    ['|S5', { kind: 'S', itemSize: 5, byteOrder: 'none' }],
    ['|S0', { kind: 'S', itemSize: 0, byteOrder: 'none' }],
    ['<U3', { kind: 'U', itemSize: 12, byteOrder: 'little' }],
    ['|V7', { kind: 'V', itemSize: 7, byteOrder: 'none' }],
    ['|O', { kind: 'O', itemSize: 0, byteOrder: 'none' }],
  ])('reads %s', (text, expected) => {
    expect(parseDataType(text)).toEqual(expected);
  });

  it('adds up the item size of a structured type, as numpy does without alignment', () => {
    const json = [
      ['a', '<f4'],
      ['b', '<i2', [2, 3]],
      ['c', [['d', '|S3']]],
    ];
    const type = parseDataType(json);
    expect(type.itemSize).toBe(19);
    expect(type.fields?.map((field) => field.name)).toEqual(['a', 'b', 'c']);
    expect(type.fields?.[1]?.shape).toEqual([2, 3]);
    expect(formatDataType(type)).toEqual(json);
  });

  it('gives a field without a name the one that numpy gives it', () => {
    // np.dtype([('x', 'u1'), ('', 'V3'), ('', 'f4')]).names is ('x', 'f1', 'f2').
    const type = parseDataType([
      ['x', '|u1'],
      ['', '|V3'],
      ['', '<f4'],
    ]);
    expect(type.fields?.map((field) => field.name)).toEqual(['x', 'f1', 'f2']);
  });

  it('takes the Greek letter for micro', () => {
    expect(parseDataType('<M8[μs]')).toEqual(parseDataType('<M8[us]'));
  });

  it.each(['<f4', '>u2', '|u1', '|b1', '<M8[ns]', '<m8[10us]', '|S5', '<U3', '|V7', '|O'])('writes %s back', (text) => {
    expect(formatDataType(parseDataType(text))).toBe(text);
  });

  it.each<[JsonValue, RegExp]>([
    ['f4', /"f4" has no byte order; write "<f4" or ">f4"/],
    ['u1', /"u1" has no byte order; write "\|u1"/],
    ['|u2', /"\|u2" says that byte order does not matter, but an unsigned integer of 2 bytes/],
    ['=f4', /native byte order/],
    ['float32', /a name of numpy's, without a byte order; write "<f4" or ">f4"/],
    ['float', /not a numpy type string/],
    ['<f16', /size of 16 bytes; a float has 2, 4, 8/],
    ['<i3', /size of 3 bytes/],
    ['<M8', /no unit; write for example "<M8\[ns\]"/],
    ['<M8[generic]', /unit "generic"/],
    ['<M8[0s]', /unit "0s"/],
    ['<f4[s]', /only datetimes/],
    ['|S', /no size/],
    ['|U4', /byte order does not matter/],
    ['<U99999999999999999999', /larger than numpy takes/],
    ['', /not a numpy type string/],
    [4, /not 4/],
    [null, /not null/],
    [[], /no fields/],
    [[['a']], /Field 1 of a structured dtype is not \[name, dtype\]/],
    [[[1, '<f4']], /name of field 1 is 1; it must be a string/],
    [
      [
        ['a', '<f4'],
        ['a', '<f4'],
      ],
      /two fields named "a"/,
    ],
    [[['a', '<f4', [-1]]], /-1/],
  ])('says what is wrong with %j', (json, expected) => {
    expect(message(json)).toMatch(expected);
  });
});
