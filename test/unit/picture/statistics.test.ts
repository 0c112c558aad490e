import { describe, expect, it } from 'vitest';
import { statistics } from '../../../src/picture/statistics';
import { nd } from './arrays';

describe('statistics', () => {
  it('of bytes without nodata', () => {
    expect(statistics(nd('|u1', [2, 3], Uint8Array.of(5, 0, 7, 255, 1, 2)))).toEqual({
      count: 6,
      valid: 6,
      nodata: 0,
      nan: 0,
      minimum: 0,
      maximum: 255,
      mean: 45,
      // numpy.std([5, 0, 7, 255, 1, 2])
      standardDeviation: expect.closeTo(93.945019, 5) as number,
    });
  });

  it('counts nodata and NaN apart', () => {
    const values = Float32Array.of(1, NaN, 1e37, -3, 1e37, 8);
    expect(statistics(nd('<f4', [6], values), 1e37)).toEqual({
      count: 6,
      valid: 3,
      nodata: 2,
      nan: 1,
      minimum: -3,
      maximum: 8,
      mean: 2,
      // The mean of 1, 25 and 36 is 62 / 3.
      standardDeviation: expect.closeTo(Math.sqrt(62 / 3), 12) as number,
    });
    expect(statistics(nd('<f4', [6], values), NaN)).toMatchObject({ nodata: 0, nan: 1, valid: 5 });
  });

  it('keep the standard deviation of large, huge and small numbers', () => {
    const far = 2n ** 62n;
    expect(statistics(nd('<i8', [2], BigInt64Array.of(far - 3n, far + 3n)))).toMatchObject({ standardDeviation: 3 });
    expect(statistics(nd('<f8', [2], Float64Array.of(-1.7e308, 1.7e308)))).toMatchObject({
      standardDeviation: 1.7e308,
    });
    expect(statistics(nd('<f8', [2], Float64Array.of(1e-200, 3e-200))).standardDeviation).toBeCloseTo(1e-200, 210);
    expect(statistics(nd('<u2', [3], Uint16Array.of(65535, 65533, 0)), 0)).toMatchObject({ standardDeviation: 1 });
    expect(statistics(nd('<f4', [2], Float32Array.of(7, 7)))).toMatchObject({ standardDeviation: 0 });
  });

  it('keeps the mean beside the largest floats', () => {
    const largest = Math.fround(3.4e38);
    expect(statistics(nd('<f4', [4], Float32Array.of(largest, 1, -largest, 5)))).toMatchObject({ mean: 1.5 });
    expect(statistics(nd('<f8', [2], Float64Array.of(1.7e308, 1.7e308)))).toMatchObject({ mean: 1.7e308 });
    expect(statistics(nd('<f8', [2], Float64Array.of(Infinity, 1)))).toMatchObject({ mean: Infinity });
    expect(statistics(nd('<f8', [2], Float64Array.of(Infinity, -Infinity)))).toMatchObject({ mean: NaN });
  });

  it('compares float16 nodata at its own precision', () => {
    expect(statistics(nd('<f2', [2], Uint16Array.of(0x2e66, 0x3c00)), 0.1)).toMatchObject({ nodata: 1, minimum: 1 });
  });

  it('keeps 64-bit integers exact', () => {
    const values = BigInt64Array.of(2n ** 62n + 1n, 2n ** 62n + 3n, -9n);
    expect(statistics(nd('<i8', [3], values), -9n)).toMatchObject({
      minimum: 2n ** 62n + 1n,
      maximum: 2n ** 62n + 3n,
      mean: 2 ** 62,
      nodata: 1,
    });
    expect(statistics(nd('<u8', [1], BigUint64Array.of(2n ** 64n - 1n)))).toMatchObject({ maximum: 2n ** 64n - 1n });
  });

  it('of datetimes leaves out "not a time"', () => {
    const values = BigInt64Array.of(-(2n ** 63n), 10n, 20n);
    expect(statistics(nd('<M8[s]', [3], values))).toMatchObject({
      nan: 1,
      valid: 2,
      minimum: 10n,
      maximum: 20n,
      mean: 15,
    });
  });

  it('of complex numbers are of magnitudes, nodata compared part by part', () => {
    const values = Float64Array.of(3, 4, 4, 3, 6, 8, NaN, 0);
    expect(statistics(nd('<c16', [4], values), { real: 3, imaginary: 4 })).toEqual({
      count: 4,
      valid: 2,
      nodata: 1,
      nan: 1,
      minimum: 5,
      maximum: 10,
      mean: 7.5,
      standardDeviation: 2.5,
    });
  });

  it('of booleans, of nothing valid, of nothing at all, of text', () => {
    expect(statistics(nd('|b1', [4], Uint8Array.of(1, 0, 1, 1)))).toMatchObject({ minimum: 0, maximum: 1, mean: 0.75 });
    const none = { minimum: null, maximum: null, mean: null, standardDeviation: null };
    expect(statistics(nd('<u2', [2], Uint16Array.of(7, 7)), 7)).toEqual({
      count: 2,
      valid: 0,
      nodata: 2,
      nan: 0,
      ...none,
    });
    expect(statistics(nd('<f8', [0, 3], new Float64Array()))).toEqual({
      count: 0,
      valid: 0,
      nodata: 0,
      nan: 0,
      ...none,
    });
    expect(statistics(nd('|S2', [2], Uint8Array.of(65, 66, 67, 0)), '')).toEqual({
      count: 2,
      valid: 2,
      nodata: 0,
      nan: 0,
      ...none,
    });
  });
});
