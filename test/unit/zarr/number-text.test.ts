import { describe, expect, it } from 'vitest';
import { floatText, scaledText } from '../../../src/zarr/number-text';

describe('floatText', () => {
  // str(numpy.float16(…)), str(numpy.float32(…)), str(…)
  it.each([
    [0.0999755859375, 2, '0.1'],
    [65504, 2, '65500'],
    [Math.fround(16777216), 4, '16777216'],
    [Math.fround(3.4028234663852886e38), 4, '3.4028235e+38'],
    [Math.fround(1e-45), 4, '1e-45'],
    [0.1 + 0.2, 8, '0.30000000000000004'],
    [NaN, 4, 'NaN'],
    [-Infinity, 2, '-Infinity'],
  ])('%s in %i bytes', (value, itemSize, text) => {
    expect(floatText(value, itemSize)).toBe(text);
  });
});

describe('scaledText', () => {
  it.each<[number | bigint, number, number, string]>([
    [3000, 0.0001, -0.1, '0.2'],
    [27315, 0.01, -273.15, '0'],
    [27316, 0.01, -273.15, '0.01'],
    [5, 0.1, 0, '0.5'],
    [0, 0.1, 0, '0'],
    [7168.5, -10, 5_100_000, '5028315'],
    [0.5, 1 / 3600, -120, '-119.999861111111'],
    [1577836800123n, 1, 1, '1577836800124'],
    [2n ** 62n, 2, -1, '9223372036854775807'],
    [3n, 0.5, 0, '1.5'],
    [1, 1e300, 0, '1e+300'],
    [1e300, 1e300, 0, 'Infinity'],
    [NaN, 2, 0, 'NaN'],
  ])('%s * %s + %s is %s', (value, scale, offset, text) => {
    expect(scaledText(value, scale, offset)).toBe(text);
  });
});
