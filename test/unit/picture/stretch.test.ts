import { describe, expect, it } from 'vitest';
import { piecesOf } from '../../../src/picture/pieces';
import { percentilesOf, percentileSteps } from '../../../src/picture/percentiles';
import { stretchOf } from '../../../src/picture/stretch';
import { runAtOnce } from '../../../src/steps';
import { parseDataType } from '../../../src/zarr/data-type';

const f8 = parseDataType('<f8');

describe('percentiles', () => {
  it('are interpolated as numpy does', () => {
    const values = Float64Array.from({ length: 11 }, (_, i) => 10 - i);
    const [low, high] = percentilesOf(values, undefined, [2, 98]) ?? [];
    expect(low).toBeCloseTo(0.2, 12);
    expect(high).toBeCloseTo(9.8, 12);
    expect(percentilesOf(values, undefined, [0, 50, 100])).toEqual([0, 5, 10]);
  });

  it('leave out nodata and what is not finite', () => {
    expect(percentilesOf(Float32Array.of(NaN, -9, 1, Infinity, 3, -Infinity), -9, [0, 100])).toEqual([1, 3]);
    expect(percentilesOf(BigInt64Array.of(2n ** 53n, 5n, 7n), 2n ** 53n, [0, 100])).toEqual([5, 7]);
    expect(percentilesOf(Float64Array.of(NaN, Infinity), undefined, [50])).toBeUndefined();
    expect(percentilesOf(Uint8Array.of(0, 0), 0, [50])).toBeUndefined();
  });

  it.each([
    ['bytes', Int8Array.of(-128, 127, 0), [-128, 0, 127]],
    ['short integers', Int16Array.of(-32768, 32767, 5), [-32768, 5, 32767]],
    ['unsigned short integers', Uint16Array.of(65535, 0, 40000), [0, 40000, 65535]],
    ['integers', Int32Array.of(-(2 ** 31), 2 ** 31 - 1, 4), [-(2 ** 31), 4, 2 ** 31 - 1]],
  ])('reach over all %s', (_, values, expected) => {
    expect(percentilesOf(values, undefined, [0, 50, 100])).toEqual(expected);
  });

  // 7919 is prime to 1,000,003: all numbers below stand there once, in disorder, and percentile p of 0 to n is p / 100 * n.
  it('are exact of many', () => {
    const values = Float64Array.from({ length: 1_000_003 }, (_, i) => (i * 7919) % 1_000_003);
    expect(percentilesOf(values, undefined, [2, 50, 98])).toEqual([20_000.04, 500_001, 980_001.96]);
  });

  it('are those of negative numbers, small ones and both zeros', () => {
    const values = Float64Array.of(0, -0, 5e-324, -5e-324, -1.5, 1.5, -1e308, 1e308, -1.5000000000000002);
    expect(percentilesOf(values, undefined, [0, 12.5, 25, 37.5, 50, 62.5, 75, 87.5, 100])).toEqual([
      -1e308, -1.5000000000000002, -1.5, -5e-324, 0, 0, 5e-324, 1.5, 1e308,
    ]);
    // Apart in the last of 64 bits alone.
    const near = Float64Array.from({ length: 101 }, (_, i) => 1 + ((i * 37) % 101) * 2 ** -52);
    expect(percentilesOf(near, undefined, [0, 2, 100])).toEqual([1, 1 + 2 ** -51, 1 + 100 * 2 ** -52]);
  });

  it('are of several parts together, each without its own nodata', () => {
    const parts = [
      { numbers: piecesOf(Float32Array.of(9, 3, NaN)), nodata: 9 },
      { numbers: piecesOf(BigInt64Array.of(1n, 9n, 5n)), nodata: 1n },
    ];
    expect(runAtOnce(percentileSteps(parts, [0, 50, 100]))).toEqual([3, 5, 9]);
    const small = [
      { numbers: piecesOf(Uint8Array.of(200, 3)), nodata: 3 },
      { numbers: piecesOf(Int16Array.of(-7, 3)), nodata: undefined },
    ];
    expect(runAtOnce(percentileSteps(small, [0, 50, 100]))).toEqual([-7, 3, 200]);
  });

  it('of what has a logarithm are of the positive alone', () => {
    expect(percentilesOf(Int16Array.of(-5, 0, 1, 3), undefined, [0, 100], true)).toEqual([1, 3]);
  });
});

describe('the stretch', () => {
  it('of uint8 and booleans is plain, unless something else is chosen', () => {
    const bytes = parseDataType('|u1');
    expect(stretchOf(Uint8Array.of(7, 9), undefined, bytes)).toEqual({ low: 0, high: 255 });
    expect(stretchOf(Uint8Array.of(1), undefined, parseDataType('|b1'))).toEqual({ low: 0, high: 1 });
    expect(stretchOf(Uint8Array.of(7, 9), undefined, bytes, { kind: 'extremes' })).toEqual({ low: 7, high: 9 });
  });

  // numpy.mean([2, 4, 4, 4, 5, 5, 7, 9]) is 5, numpy.std 2.
  it('by standard deviations is around the mean', () => {
    const values = Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9, NaN, -1);
    expect(stretchOf(values, -1, f8, { kind: 'deviations', count: 1.5 })).toEqual({ low: 2, high: 8 });
    expect(stretchOf(values, -1, f8, { kind: 'deviations', count: 4 }, 'log')).toEqual({ low: 2, high: 13 });
  });

  it('of nothing is none', () => {
    for (const kind of ['automatic', 'extremes'] as const) {
      expect(stretchOf(Float64Array.of(NaN), undefined, f8, { kind })).toBeUndefined();
    }
    expect(stretchOf(Float64Array.of(-1, 0), undefined, f8, { kind: 'extremes' }, 'log')).toBeUndefined();
  });
});
