import { describe, expect, it } from 'vitest';
import { histogram } from '../../../src/picture/histogram';

const counted = (counts: number[] | undefined): [number, number][] =>
  (counts ?? []).flatMap((count, bin): [number, number][] => (count === 0 ? [] : [[bin, count]]));

describe('histogram', () => {
  it('has 64 bins from the smallest to the largest number, the last one closed', () => {
    const found = histogram(
      Uint8Array.from({ length: 65 }, (_, i) => i),
      undefined,
    );
    expect(found).toMatchObject({ low: 0, high: 64 });
    expect(found?.counts).toEqual([...new Array<number>(63).fill(1), 2]);
  });

  it('leaves out nodata, NaN and infinities', () => {
    const found = histogram(Float32Array.of(NaN, Infinity, -Infinity, -9999, 1, 3), -9999);
    expect(found).toMatchObject({ low: 1, high: 3 });
    expect(counted(found?.counts)).toEqual([
      [0, 1],
      [63, 1],
    ]);
  });

  // numpy 2.4: numpy.nonzero(numpy.histogram(numpy.arange(1, 11) / 10, 64)[0]).
  it('puts numbers on the same side of an edge as numpy', () => {
    const tenths = Float64Array.from({ length: 10 }, (_, i) => (i + 1) / 10);
    expect(counted(histogram(tenths, undefined)?.counts).map(([bin]) => bin)).toEqual([
      0, 7, 14, 21, 28, 35, 42, 49, 56, 63,
    ]);
  });

  it('has one number in the middle of bins around it', () => {
    const found = histogram(Int16Array.of(5, 5, 5), undefined);
    expect(found).toMatchObject({ low: 4.5, high: 5.5 });
    expect(counted(found?.counts)).toEqual([[32, 3]]);
    const huge = histogram(Float64Array.of(1e300), undefined);
    expect(counted(huge?.counts)).toEqual([[32, 1]]);
  });

  it('counts 64-bit integers', () => {
    const found = histogram(BigInt64Array.of(-(2n ** 62n), 0n, 2n ** 62n), 0n);
    expect(found).toMatchObject({ low: -(2 ** 62), high: 2 ** 62 });
    expect(counted(found?.counts)).toEqual([
      [0, 1],
      [63, 1],
    ]);
  });

  it('is none of nothing, and none of numbers farther apart than a double can say', () => {
    expect(histogram(Float32Array.of(NaN), undefined)).toBeUndefined();
    expect(histogram(new Uint8Array(0), undefined)).toBeUndefined();
    expect(histogram(Float64Array.of(-1.7e308, 1.7e308), undefined)).toBeUndefined();
  });
});
