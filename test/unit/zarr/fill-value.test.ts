import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/json';
import { parseDataType } from '../../../src/zarr/data-type';
import { parseFillValue } from '../../../src/zarr/fill-value';

const fill = (json: JsonValue, dtype: JsonValue) => parseFillValue(json, parseDataType(dtype));

describe('parseFillValue', () => {
  it.each<[JsonValue, JsonValue, unknown]>([
    [null, '<f4', null],
    ['NaN', '<f4', NaN],
    [NaN, '<f8', NaN],
    ['-Infinity', '<f8', -Infinity],
    [0, '<f4', 0],
    [-3.4028234663852886e38, '<f4', -3.4028234663852886e38],
    [0.1, '<f8', 0.1],
    // numpy.float32(0.1) and numpy.float16(0.1) as doubles.
    [0.1, '<f4', 0.10000000149011612],
    [0.1, '<f2', 0.0999755859375],
    // numpy.float32(1e37): the stored value of netCDF's 9.96921e36 kin must equal what text rounds to.
    [1e37, '<f4', 9.999999933815813e36],
    [2n ** 62n, '<f8', 2 ** 62],
    [255, '|u1', 255],
    [-128, '|i1', -128],
    [2n ** 62n, '<i8', 2n ** 62n],
    [18446744073709551615n, '<u8', 18446744073709551615n],
    [0, '<i8', 0n],
    [true, '|b1', true],
    [0, '|b1', false],
    ['NaT', '<M8[ns]', -9223372036854775808n],
    [-9223372036854775808n, '<m8[s]', -9223372036854775808n],
    [['NaN', 1], '<c8', { real: NaN, imaginary: 1 }],
    [0, '<c16', { real: 0, imaginary: 0 }],
    ['YWI=', '|S4', Uint8Array.of(0x61, 0x62, 0, 0)],
    ['', '|S3', new Uint8Array(3)],
    [0, '|S3', new Uint8Array(3)],
    ['AQID', '|V3', Uint8Array.of(1, 2, 3)],
    [
      'AAAAAAEC',
      [
        ['a', '<f4'],
        ['b', '<i2'],
      ],
      Uint8Array.of(0, 0, 0, 0, 1, 2),
    ],
    ['0', '<U1', '0'],
    [0, '<U1', ''],
    ['\u{1f600}', '<U1', '\u{1f600}'],
    ['', '|O', ''],
    [0, '|O', 0],
  ])('%o for %o is %o', (json, dtype, expected) => {
    expect(fill(json, dtype)).toEqual(expected);
  });

  it.each<[JsonValue, JsonValue]>([
    [-9999, '<u2'],
    [-999999999, '|u1'],
    [256, '|u1'],
    [-129, '|i1'],
    [32768, '<i2'],
    [0.5, '<i4'],
    ['NaN', '<i4'],
    [NaN, '<i4'],
    [18446744073709551616n, '<u8'],
    [9223372036854775808n, '<i8'],
    ['nan', '<f4'],
    ['+Infinity', '<f4'],
    ['0', '<f4'],
    [1e39, '<f4'],
    [70000, '<f2'],
    [true, '<f4'],
    [2, '|b1'],
    ['YWI', '|S4'],
    ['YWJjZGU=', '|S4'],
    ['AQI=', '|V3'],
    ['ab', '<U1'],
    [1, '<U1'],
    [[1], '<c8'],
    [[1, 2, 3], '<c8'],
    ['nat', '<M8[s]'],
    [{}, '|O'],
  ])('%o does not fit %o', (json, dtype) => {
    expect(() => fill(json, dtype)).toThrow(
      expect.objectContaining({
        code: 'malformed-metadata',
        message: expect.stringContaining('does not fit dtype') as string,
      }),
    );
  });

  it('names the value and the dtype', () => {
    expect(() => fill(-9999, '<u2')).toThrow('Fill value -9999 does not fit dtype "<u2"');
    expect(() => fill(NaN, '<i4')).toThrow('Fill value NaN does not fit dtype "<i4"');
    expect(() => fill(2n ** 64n, '<u8')).toThrow('18446744073709551616');
  });
});
