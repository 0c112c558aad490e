import { describe, expect, it } from 'vitest';
import { elementBytes, fillChunk, filledArray } from '../../../src/codecs/fill';
import type { JsonValue } from '../../../src/json';
import { parseDataType } from '../../../src/zarr/data-type';
import { parseFillValue } from '../../../src/zarr/fill-value';
import { arrayOf } from './fixtures';

function element(dtype: JsonValue, fill: JsonValue): number[] {
  const type = parseDataType(dtype);
  return [...elementBytes(parseFillValue(fill, type), type)];
}

describe('fill values in memory, little-endian whatever the stored order', () => {
  const filled: [JsonValue, JsonValue, number[]][] = [
    ['|u1', 255, [255]],
    ['|b1', true, [1]],
    ['>i2', -2, [0xfe, 0xff]],
    ['<u4', 0x01020304, [4, 3, 2, 1]],
    ['>i8', -1, [255, 255, 255, 255, 255, 255, 255, 255]],
    ['<u8', 2n ** 62n, [0, 0, 0, 0, 0, 0, 0, 0x40]],
    ['>f2', 1, [0, 0x3c]],
    ['>f4', 'NaN', [0, 0, 0xc0, 0x7f]],
    ['<f8', '-Infinity', [0, 0, 0, 0, 0, 0, 0xf0, 0xff]],
    ['<c8', [1, -2], [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]],
    ['<M8[ns]', 'NaT', [0, 0, 0, 0, 0, 0, 0, 0x80]],
    ['|S4', 'QUI=', [65, 66, 0, 0]],
    ['>U2', 'é', [0xe9, 0, 0, 0, 0, 0, 0, 0]],
    ['|V2', 'AQI=', [1, 2]],
    ['<f4', null, [0, 0, 0, 0]],
    [
      [
        ['a', '>u2'],
        ['b', '<u2'],
      ],
      'AAECAA==',
      [1, 0, 2, 0],
    ],
  ];
  it('of every kind', () => {
    for (const [dtype, fill, bytes] of filled)
      expect(element(dtype, fill), typeof dtype === 'string' ? dtype : 'structured').toEqual(bytes);
  });

  it('a chunk has it everywhere', () => {
    const chunk = fillChunk(arrayOf([3, 5], '>u2', null, null, { fill_value: 513 }));
    expect(chunk.shape).toEqual([3, 5]);
    expect([...new Uint16Array(chunk.data.buffer)]).toEqual(new Array(15).fill(513));
    expect(filledArray([], parseDataType('<f8'), 1).data).toHaveLength(8);
    expect(filledArray([0, 4], parseDataType('<f8'), 1).data).toHaveLength(0);
  });

  it('is refused beyond 2 GiB', () => {
    expect(() => filledArray([2 ** 20, 2 ** 20], parseDataType('|u1'), 0)).toThrow('2,147,483,648');
  });
});
