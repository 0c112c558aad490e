import { describe, expect, it } from 'vitest';
import { differenceAt, differencesOf, differenceSteps, notComparable } from '../../../src/picture/difference';
import { limitOf, limitSteps, markColours, middleColour, paintDifferences } from '../../../src/picture/difference-look';
import { differenceStatistics, differenceStatisticsSteps } from '../../../src/picture/difference-statistics';
import { type Compared, pairStates } from '../../../src/picture/pair-states';
import { piecesOf } from '../../../src/picture/pieces';
import { parseDataType } from '../../../src/zarr/data-type';
import type { FillValue } from '../../../src/zarr/types';
import { percentileSteps } from '../../../src/picture/percentiles';
import { statisticsSteps } from '../../../src/picture/statistics';
import { nd } from './arrays';

type Values = ArrayBufferView & { length: number };

function of(dtype: string, values: Values, nodata: FillValue = null): Compared {
  const parts = dtype.startsWith('<c') ? 2 : 1;
  return { array: nd(dtype, [values.length / parts], values), nodata };
}

function statisticsOf(first: Compared, second: Compared, open?: Uint8Array) {
  return differenceStatistics(first, second, differencesOf(first, second, open));
}

describe('differences of two windows', () => {
  it.each([
    ['<f4', new Float32Array(2 ** 20).fill(1), new Float32Array(2 ** 20)],
    ['<u2', new Uint16Array(2 ** 20).fill(1), new Uint16Array(2 ** 20)],
    ['<i8', new BigInt64Array(2 ** 20).fill(1n), new BigInt64Array(2 ** 20)],
  ])('of a million of %s stop every 65,536 elements at least, for what else is to be done', (dtype, values, others) => {
    const [first, second] = [of(dtype, values), of(dtype, others)];
    const differences = differencesOf(first, second);
    const parts = [{ numbers: piecesOf(values), nodata: undefined }];
    for (const steps of [
      differenceSteps(first, second),
      differenceStatisticsSteps(first, second, differences),
      limitSteps(differences),
      percentileSteps(parts, [2, 98]),
      statisticsSteps(first.array, null),
    ]) {
      expect(Array.from(steps).length).toBeGreaterThanOrEqual(16);
    }
  });

  it('of 64-bit integers have all digits where doubles have not, over several pieces', () => {
    const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];
    const first = new BigInt64Array(2 ** 17).fill(3n);
    const second = new BigInt64Array(2 ** 17).fill(3n);
    [first[5], second[5]] = [least, most];
    [first[2 ** 16 + 7], second[2 ** 16 + 7]] = [most, least + 1n];
    [first[9], second[9]] = [-1n, 0n];
    const found = statisticsOf(of('<i8', first), of('<i8', second));
    expect([found.minimum, found.maximum]).toEqual([-(2n ** 64n) + 1n, 2n ** 64n - 2n]);
    expect(found.largest).toEqual({ difference: -(2n ** 64n) + 1n, index: 5 });
    // The two largest and -1 leave -2.
    expect(found.mean).toBe(-2 / 2 ** 17);
    const unsigned = of('<u8', BigUint64Array.of(0n, 2n ** 64n - 1n));
    const signed = of('<i2', Int16Array.of(-1, -1));
    expect(statisticsOf(unsigned, signed)).toMatchObject({ minimum: 1n, maximum: 2n ** 64n });
  });

  it('are counted and measured', () => {
    // -1, 0, 3, 0: mean 2 / 4, squares 1 + 9.
    const found = statisticsOf(of('<i2', Int16Array.of(1, 2, 3, 4)), of('<i2', Int16Array.of(2, 2, 0, 4)));
    expect(found).toEqual({
      count: 4,
      notRead: 0,
      nodataInBoth: 0,
      nodataInFirst: 0,
      nodataInSecond: 0,
      compared: 4,
      unequal: 2,
      noDifference: 0,
      nanInBoth: 0,
      minimum: -1,
      maximum: 3,
      mean: 0.5,
      rootMeanSquare: Math.sqrt(2.5),
      largest: { difference: 3, index: 2 },
    });
  });

  it('of unsigned integers do not wrap around', () => {
    const found = statisticsOf(of('|u1', Uint8Array.of(0, 255)), of('|u1', Uint8Array.of(255, 0)));
    expect([found.minimum, found.maximum, found.mean]).toEqual([-255, 255, 0]);
    // The first of two that are as large.
    expect(found.largest).toEqual({ difference: -255, index: 0 });
  });

  it('of 64-bit integers are exact, also beyond what they themselves hold', () => {
    const most = 2n ** 64n - 1n;
    const found = statisticsOf(
      of('<u8', BigUint64Array.of(0n, most, 2n ** 53n + 1n)),
      of('<u8', BigUint64Array.of(most, 0n, 2n ** 53n)),
    );
    expect([found.minimum, found.maximum]).toEqual([-most, most]);
    expect(found.unequal).toBe(3);
    expect(found.mean).toBe(1 / 3);
    const signed = statisticsOf(of('<i8', BigInt64Array.of(-(2n ** 63n))), of('<u8', BigUint64Array.of(most)));
    expect(signed.largest).toEqual({ difference: -(2n ** 63n) - most, index: 0 });
  });

  it('of a 64-bit integer and another number lose nothing before they are subtracted', () => {
    const large = 2n ** 60n;
    const first = of('<i8', BigInt64Array.of(large + 1n, large + 1n, 5n, 1n));
    const second = of('<f8', Float64Array.of(2 ** 60, 0.5, 4.75, Infinity));
    expect(differenceAt(first, second, 0)).toBe(1n);
    expect(differenceAt(first, second, 2)).toBe(0.25);
    expect(differenceAt(second, first, 2)).toBe(-0.25);
    const found = statisticsOf(first, second);
    expect([found.unequal, found.noDifference]).toEqual([4, 1]);
    const short = statisticsOf(of('<i8', BigInt64Array.of(large + 1n)), of('<i4', Int32Array.of(1)));
    expect(short.maximum).toBe(large);
  });

  it('take NaN for equal to NaN and infinity to itself, and have no number where one alone is NaN or infinite', () => {
    const first = of('<f4', Float32Array.of(NaN, NaN, 1, Infinity, Infinity, 2));
    const second = of('<f8', Float64Array.of(NaN, 1, NaN, Infinity, -Infinity, 1.5));
    const { states } = differencesOf(first, second);
    const { equal, noDifference, differs } = pairStates;
    expect([...states]).toEqual([equal, noDifference, noDifference, equal, noDifference, differs]);
    const found = statisticsOf(first, second);
    expect([found.compared, found.unequal, found.noDifference, found.nanInBoth]).toEqual([6, 4, 3, 1]);
    // Infinity less itself, 0, and 0.5.
    expect([found.minimum, found.maximum, found.mean]).toEqual([0, 0.5, 0.25]);
  });

  it('leave out nodata, each by its own rule, and what was not read', () => {
    const first = of('<i2', Int16Array.of(0, 0, 5, 7, 9), 0);
    const second = of('<i2', Int16Array.of(-1, 3, -1, 7, 1), -1);
    const open = Uint8Array.of(0, 0, 0, 0, 1);
    const { nodataInBoth, nodataInFirst, nodataInSecond, equal, notRead } = pairStates;
    const found = differencesOf(first, second, open);
    expect([...found.states]).toEqual([nodataInBoth, nodataInFirst, nodataInSecond, equal, notRead]);
    expect([...found.values]).toEqual([NaN, NaN, NaN, 0, NaN]);
    expect(differenceStatistics(first, second, found)).toMatchObject({
      count: 5,
      notRead: 1,
      nodataInBoth: 1,
      nodataInFirst: 1,
      nodataInSecond: 1,
      compared: 1,
      unequal: 0,
      minimum: 0,
      largest: null,
    });
  });

  it('take NaN for nodata where it is', () => {
    const found = statisticsOf(of('<f4', Float32Array.of(NaN, NaN, 1), NaN), of('<f4', Float32Array.of(NaN, 1, 1)));
    // Whatever stands in the second.
    expect([found.nodataInFirst, found.compared, found.unequal]).toEqual([2, 1, 0]);
    const times = statisticsOf(
      of('<M8[D]', BigInt64Array.of(-(2n ** 63n), 3n)),
      of('<M8[D]', BigInt64Array.of(-(2n ** 63n), 1n)),
    );
    expect([times.nanInBoth, times.unequal, times.maximum]).toEqual([1, 1, 2n]);
  });

  it('of complex numbers are the magnitude of the difference', () => {
    const first = of('<c8', Float32Array.of(3, 4, 1, 1, 0, NaN));
    const second = of('<c8', Float32Array.of(0, 0, 1, 1, NaN, 0));
    const found = statisticsOf(first, second);
    expect([found.unequal, found.maximum, found.nanInBoth]).toEqual([1, 5, 1]);
    const nodata = { real: 3, imaginary: 4 };
    expect(statisticsOf({ ...first, nodata }, second).nodataInFirst).toBe(1);
  });

  it('of the largest doubles do not overflow in their mean and root of squares', () => {
    const large = 1e308;
    const found = statisticsOf(
      of('<f8', Float64Array.of(large, large, -large)),
      of('<f8', Float64Array.of(0, 0, large)),
    );
    expect(found.noDifference).toBe(1);
    expect([found.mean, found.rootMeanSquare]).toEqual([large, large]);
  });

  it('of nothing are none', () => {
    const found = statisticsOf(of('|u1', Uint8Array.of(0), 0), of('|u1', Uint8Array.of(1)));
    expect([found.compared, found.minimum, found.mean, found.rootMeanSquare]).toEqual([0, null, null, null]);
  });
});

describe('types that are compared', () => {
  it.each([
    ['<u2', '<f8', undefined],
    ['|b1', '|u1', undefined],
    ['<c8', '<c16', undefined],
    ['<U3', '<u2', /^Text and records have no differences/u],
    ['<c8', '<f4', /complex numbers and the other real numbers/u],
    ['<M8[s]', '<i8', /dates and the other real numbers/u],
    ['<M8[s]', '<M8[D]', /dates in s and the other in D/u],
    ['<M8[s]', '<M8[s]', undefined],
  ])('%s and %s', (first, second, reason) => {
    const found = notComparable(parseDataType(first), parseDataType(second));
    if (reason === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(reason);
  });
});

describe('the picture of differences', () => {
  const pixelsOf = (rgba: Uint8ClampedArray): number[][] =>
    Array.from({ length: rgba.length / 4 }, (_, at) => [...rgba.subarray(4 * at, 4 * at + 4)]);

  it('is near white where nothing differs, blue below and red above, and marks what has no difference', () => {
    const first = of('<f4', Float32Array.of(1, 0, 2, NaN, -9, -9, 1), -9);
    const second = of('<f4', Float32Array.of(1, 4, 0, 1, -8, 1, -8), -8);
    const found = differencesOf(first, second);
    const pixels = pixelsOf(paintDifferences(found, { limit: 4, scale: 'linear' }, 7));
    const [same = [], below = [], above = [], no, both, one, other] = pixels;
    expect(same).toEqual([...middleColour(), 255]);
    expect(Math.max(...same.slice(0, 3)) - Math.min(...same.slice(0, 3))).toBeLessThan(6);
    expect(Math.min(...same)).toBeGreaterThan(235);
    expect((below[2] ?? 0) - (below[0] ?? 0)).toBeGreaterThan(60);
    expect((above[0] ?? 0) - (above[2] ?? 0)).toBeGreaterThan(60);
    expect(no).toEqual([...markColours.noDifference, 255]);
    expect(both?.[3]).toBe(0);
    expect(one).toEqual([...markColours.nodataInFirst, 255]);
    expect(other).toEqual([...markColours.nodataInSecond, 255]);
  });

  it('spans the magnitude that 98 of 100 differing pairs do not exceed', () => {
    // Differences 1 to 101 of both signs, and as many pairs that are equal: the 98th percentile of the magnitudes is 99.
    const first = of(
      '<i2',
      Int16Array.from({ length: 202 }, (_, at) => (at < 101 ? (at + 1) * (at % 2 === 0 ? 1 : -1) : 0)),
    );
    const found = differencesOf(first, of('<i2', new Int16Array(202)));
    expect(limitOf(found)).toBe(99);
    expect(limitOf(differencesOf(first, first))).toBeNull();
  });
});
