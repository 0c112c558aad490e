import type { TypedArray } from '../zarr/values';
import { scaleOver, type ScaleName } from './scale';
import type { Range } from './stretch';

const BINS = 64;

/** How many values lie in each of 64 bins of equal width from `low` to `high`; the last bin includes `high`. */
export interface BinCounts {
  low: number;
  high: number;
  counts: number[];
}

/**
 * Counts the finite numbers that do not equal `nodata`, from the smallest to the largest of them; where all are one, that one is in the
 * middle of bins that reach half a unit to both sides. Bins and their edges are numpy.histogram's. Undefined where there is nothing to count, and where the numbers lie farther
 * apart than a double can say.
 */
export function histogram(numbers: TypedArray, nodata: number | bigint | undefined): BinCounts | undefined {
  const span = spanOf(numbers, nodata);
  if (span === undefined) return undefined;
  const { low, high } = span;
  const width = (high - low) / BINS;
  const edges = Float64Array.from({ length: BINS + 1 }, (_, i) => (i === BINS ? high : low + i * width));
  const counts = new Array<number>(BINS).fill(0);
  for (const number of numbers) {
    const value = Number(number);
    if (number === nodata || !Number.isFinite(value)) continue;
    const bin = binOf(value, low, high, edges);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { low, high, counts };
}

/**
 * Counts the numbers that lie within a range, in 64 bins that are as wide as each other on a scale, the last one closed; those that equal
 * `nodata` are left out. Undefined where the range has no such scale, or no width.
 */
export function histogramOver(
  numbers: TypedArray,
  nodata: number | bigint | undefined,
  { low, high }: Range,
  name: ScaleName,
): BinCounts | undefined {
  const scale = scaleOver({ low, high }, name);
  if (scale === undefined || !(high > low)) return undefined;
  const counts = new Array<number>(BINS).fill(0);
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] ?? NaN;
    const value = Number(number);
    if (number === nodata || !(value >= low && value <= high)) continue;
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(scale.placeOf(value) * BINS)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { low, high, counts };
}

function spanOf(numbers: TypedArray, nodata: number | bigint | undefined): { low: number; high: number } | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const number of numbers) {
    const value = Number(number);
    if (number === nodata || !Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high || !Number.isFinite(high - low)) return undefined;
  return low === high ? { low: low - 0.5, high: high + 0.5 } : { low, high };
}

/** The bin by division, moved to a neighbour where rounding has put it across an edge. */
function binOf(value: number, low: number, high: number, edges: Float64Array): number {
  if (high === low) return BINS / 2;
  const place = ((value - low) / (high - low)) * BINS;
  const bin = Math.min(BINS - 1, Math.max(0, Math.floor(place)));
  if (bin > 0 && value < (edges[bin] ?? -Infinity)) return bin - 1;
  return bin < BINS - 1 && value >= (edges[bin + 1] ?? Infinity) ? bin + 1 : bin;
}
