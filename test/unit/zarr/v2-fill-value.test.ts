import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/json';
import { parseDataType } from '../../../src/zarr/data-type';
import { readFillValueV2 } from '../../../src/zarr/v2-fill-value';

const read = (json: JsonValue, dtype: JsonValue) => readFillValueV2(json, parseDataType(dtype));

describe('readFillValueV2', () => {
  // What zarr-python 2.18.3 and 3.1.6 give as the fill value of such an array, where both read it; only 2.18.3 where a comment says so.
  it.each<[json: JsonValue, dtype: JsonValue, value: unknown]>([
    ['7', '<u2', 7],
    [' +7 ', '<u2', 7],
    ['-7', '<i8', -7n],
    [true, '<u2', 1],
    [false, '<f4', 0],
    [true, '<M8[ns]', 1n],
    ['nan', '<f4', NaN],
    ['-nan', '<f8', NaN],
    ['inf', '<f4', Infinity],
    ['+Infinity', '<f4', Infinity],
    ['-INF', '<f4', -Infinity],
    ['1e5', '<f4', 100000],
    [' 1.5', '<f4', 1.5],
    ['-9999', '<f4', -9999],
    [1e39, '<f4', Infinity],
    [-1e39, '<f4', -Infinity],
    ['1e39', '<f4', Infinity],
    [65520, '<f2', Infinity],
    [[true, 0], '<c8', { real: 1, imaginary: 0 }],
    // 2.18.3.
    [['nan', 0], '<c8', { real: NaN, imaginary: 0 }],
    [1, '|b1', true],
    // 2.18.3.
    ['nat', '<M8[ns]', -(2n ** 63n)],
    ['YWJjZA==', '|S3', Uint8Array.of(0x61, 0x62, 0x63)],
    ['YWI=', '|V3', Uint8Array.of(0x61, 0x62, 0)],
    ['abcd', '<U2', 'ab'],
  ])('%o for %o is %o, and not written as it should be', (json, dtype, value) => {
    const reading = read(json, dtype);
    expect(reading.value).toEqual(value);
    expect(reading.faults).toMatchObject([{ fatal: false }]);
  });

  it.each<[json: JsonValue, dtype: JsonValue]>([
    [-1, '<u2'],
    ['-1', '<u2'],
    [10n ** 400n, '<f8'],
    ['1,5', '<f4'],
    [1.5, '<u2'],
    [2n ** 63n, '<M8[s]'],
  ])('%o for %o is no value', (json, dtype) => {
    expect(read(json, dtype)).toMatchObject({ value: undefined, faults: [{ fatal: true }] });
  });

  it('tells numbers apart by how they are written', () => {
    const written = (text: string) => readFillValueV2(Number(text), parseDataType('<u2'), undefined, () => text).faults;
    expect(written('7')).toEqual([]);
    expect(written('7.0')).toMatchObject([{ kind: 'fill-value-float', path: [] }]);
    expect(written('7E0')).toMatchObject([{ kind: 'fill-value-float' }]);
  });
});
