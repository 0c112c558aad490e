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
    ['a float of four bytes', '<f4', Math.fround(6.1), '6.1'],
    ['a float of two bytes', '<f2', 0.0999755859375, '0.1'],
    ['a complex number of two floats of four bytes', '<c8', { real: Math.fround(0.1), imaginary: -1 }, '0.1-1j'],
  ])('%s', (_, dtype, value, text) => {
    expect(valueText(value, parseDataType(dtype))).toBe(text);
  });

  const record = [
    ['id', '<u2'],
    [
      'at',
      [
        ['x', '<f4'],
        ['name', '|S2'],
      ],
      [2],
    ],
    ['when', '<M8[D]'],
  ];

  it('a record has the names and values of its fields', () => {
    // numpy.array([(258, [(0.5, b"a"), (6.1, b"bc")], "2020-01-01")], dtype).tobytes()
    const stored = Buffer.from('02010000003f61003333c34062635647000000000000', 'hex');
    expect(valueText(stored, parseDataType(record))).toBe(
      'id 258, at [(x 0.5, name "a"), (x 6.1, name "bc")], when 2020-01-01',
    );
  });

  it('a record of many values ends in an ellipsis', () => {
    const type = parseDataType([
      ['many', '|u1', [1000]],
      ['last', '|u1'],
    ]);
    expect(valueText(new Uint8Array(1001), type)).toBe(`many [${'0, '.repeat(64)}…], …`);
    const fields = Array.from({ length: 100 }, (_, i) => [`f${i}`, '|u1']);
    expect(valueText(new Uint8Array(100), parseDataType(fields))).toMatch(/^f0 0, .*f63 0, …$/);
  });

  it('a record of very many empty records ends, too', () => {
    const type = parseDataType([['a', [['b', '|u1', [0]]], [2 ** 50]]]);
    expect(valueText(new Uint8Array(0), type)).toBe(`a [${'(b []), '.repeat(63)}(…), …]`);
  });

  it('a record of objects says so', () => {
    expect(
      valueText(
        bytes(1),
        parseDataType([
          ['o', '|O'],
          ['a', '|u1'],
        ]),
      ),
    ).toBe('o a Python object, a 1');
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
