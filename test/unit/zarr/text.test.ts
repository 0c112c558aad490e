import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/json';
import { parseDataType } from '../../../src/zarr/data-type';
import { fillValueText, valueText } from '../../../src/zarr/text';
import type { FillValue } from '../../../src/zarr/types';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('valueText', () => {
  it.each<[string, JsonValue, FillValue, string]>([
    ['nothing', '<f4', null, 'null'],
    ['a float', '<f8', 0.1, '0.1'],
    ['NaN', '<f8', NaN, 'NaN'],
    ['a boolean', '|b1', true, 'true'],
    ['an integer beyond 2^53', '<i8', 2n ** 62n, '4611686018427387904'],
    ['a complex number', '<c16', { real: 1.5, imaginary: -2 }, '1.5-2j'],
    ['a complex number with NaN', '<c16', { real: NaN, imaginary: 0 }, 'NaN+0j'],
    ['bytes of text', '|S4', bytes(97, 98, 0, 0), 'ab'],
    ['raw bytes', '|V3', bytes(0, 10, 255), '0x000aff'],
    ['text', '<U3', 'abc', 'abc'],
  ])('%s', (_, dtype, value, text) => {
    expect(valueText(value, parseDataType(dtype))).toBe(text);
  });

  // Expected values: str(numpy.datetime64(value, unit)), zeros at the end of a fraction left out.
  it.each<[string, bigint, string]>([
    ['D', 18_262n, '2020-01-01'],
    ['W', 1n, '1970-01-08'],
    ['M', 601n, '2020-02'],
    ['M', -1n, '1969-12'],
    ['Y', 50n, '2020'],
    ['h', 438_300n, '2020-01-01T12:00:00'],
    ['s', -1n, '1969-12-31T23:59:59'],
    ['ms', 1_577_836_800_500n, '2020-01-01T00:00:00.5'],
    ['ns', -1n, '1969-12-31T23:59:59.999999999'],
    ['10us', 100_001n, '1970-01-01T00:00:01.00001'],
    ['ns', -(2n ** 63n), 'NaT'],
    ['s', 2n ** 62n, '4611686018427387904 s from 1970'],
  ])('a date counted in %s: %s', (unit, value, text) => {
    expect(valueText(value, parseDataType(`<M8[${unit}]`))).toBe(text);
  });

  it('a duration has its unit, and "not a time" none', () => {
    expect(valueText(90n, parseDataType('<m8[s]'))).toBe('90 s');
    expect(valueText(3n, parseDataType('<m8[25s]'))).toBe('3 x 25s');
    expect(valueText(-(2n ** 63n), parseDataType('<m8[s]'))).toBe('NaT');
  });
});

describe('fillValueText', () => {
  it('has text in quotes', () => {
    expect(fillValueText('', parseDataType('<U3'))).toBe('""');
    expect(fillValueText(bytes(0, 0), parseDataType('|S2'))).toBe('""');
    expect(fillValueText(0, parseDataType('<u2'))).toBe('0');
    expect(fillValueText(null, parseDataType('|S2'))).toBe('null');
  });
});
