import type { DataType } from '../zarr/types';
import type { TypedArray } from '../zarr/values';
import { percentilesOf } from './percentiles';
import type { ScaleName } from './scale';

/** The values that are shown darkest and brightest. */
export interface Range {
  low: number;
  high: number;
}

/** How the range of a picture's colours is found from its values. */
export type Stretch =
  /** 0 to 255 for uint8, 0 to 1 for booleans, else the percentiles 2 and 98. */
  | { kind: 'automatic' }
  /** From 0 to 100. */
  | { kind: 'percentiles'; low: number; high: number }
  | { kind: 'extremes' }
  /** The mean, and so many standard deviations to both sides. */
  | { kind: 'deviations'; count: number };

export const usualPercentiles = { low: 2, high: 98 } as const;

/** The range that `automatic` gives whatever the values are; undefined where it depends on them. */
export function rangeOfType({ kind, itemSize }: DataType): Range | undefined {
  if (kind === 'b') return { low: 0, high: 1 };
  return kind === 'u' && itemSize === 1 ? { low: 0, high: 255 } : undefined;
}

/**
 * The range that a picture's colours span, of `elementNumbers` without those that equal `nodata` and without NaN and infinities: exact, of all
 * of them; for a logarithm of the positive ones alone. Undefined where no value is left.
 */
export function stretchOf(
  numbers: TypedArray,
  nodata: number | bigint | undefined,
  type: DataType,
  stretch: Stretch = { kind: 'automatic' },
  scale: ScaleName = 'linear',
): Range | undefined {
  const positive = scale === 'log';
  switch (stretch.kind) {
    case 'automatic':
      return positive
        ? percentileRange(numbers, nodata, usualPercentiles, positive)
        : (rangeOfType(type) ?? percentileRange(numbers, nodata, usualPercentiles, positive));
    case 'percentiles':
      return percentileRange(numbers, nodata, stretch, positive);
    case 'extremes':
      return percentileRange(numbers, nodata, { low: 0, high: 100 }, positive);
    case 'deviations':
      return deviationRange(numbers, nodata, stretch.count, positive);
  }
}

function percentileRange(
  numbers: TypedArray,
  nodata: number | bigint | undefined,
  { low, high }: Range,
  positive: boolean,
): Range | undefined {
  const [from, to] = percentilesOf(numbers, nodata, [low, high], positive) ?? [];
  return from === undefined || to === undefined ? undefined : { low: from, high: to };
}

/** A logarithm begins at the smallest positive value where the deviations would reach below. */
function deviationRange(
  numbers: TypedArray,
  nodata: number | bigint | undefined,
  count: number,
  positive: boolean,
): Range | undefined {
  const moments = momentsOf(numbers, nodata, positive);
  if (moments === undefined) return undefined;
  const { least, mean, deviation } = moments;
  const low = mean - count * deviation;
  return { low: positive ? Math.max(least, low) : low, high: mean + count * deviation };
}

/** By updating mean and squares with each value (B. P. Welford, 1962). */
function momentsOf(
  numbers: TypedArray,
  nodata: number | bigint | undefined,
  positive: boolean,
): { least: number; mean: number; deviation: number } | undefined {
  let [count, mean, squares, least] = [0, 0, 0, Infinity];
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] ?? NaN;
    const value = Number(number);
    if (number === nodata || !Number.isFinite(value) || (positive && value <= 0)) continue;
    count++;
    const before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
    if (value < least) least = value;
  }
  return count === 0 ? undefined : { least, mean, deviation: Math.sqrt(squares / count) };
}
