import type { DataType } from '../zarr/types';
import type { TypedArray } from '../zarr/values';

/** The values that are shown darkest and brightest. */
export interface Range {
  low: number;
  high: number;
}

const MOST_SAMPLES = 2 ** 17;

/**
 * The range that a picture's colours span: 0 to 255 for uint8 and 0 to 1 for booleans; else the percentiles `low` and `high`
 * (0 to 100) of the values, NaN and infinities left out. Above 131,072 values a part of them, evenly spread, stands for all.
 * Undefined where no value is finite.
 */
export function stretchRange(values: Float64Array, type: DataType, low = 2, high = 98): Range | undefined {
  return stretchOf(values, undefined, type, low, high);
}

/** As `stretchRange`, of `elementNumbers` without those that equal `nodata`. */
export function stretchOf(
  numbers: TypedArray,
  nodata: number | bigint | undefined,
  type: DataType,
  low = 2,
  high = 98,
): Range | undefined {
  if (type.kind === 'b') return { low: 0, high: 1 };
  if (type.kind === 'u' && type.itemSize === 1) return { low: 0, high: 255 };
  const sorted = sample(numbers, nodata).sort();
  if (sorted.length === 0) return undefined;
  return { low: percentile(sorted, low), high: percentile(sorted, high) };
}

function sample(numbers: TypedArray, nodata: number | bigint | undefined): Float64Array {
  const step = numbers.length <= MOST_SAMPLES ? 1 : oddOutStep(numbers.length);
  const kept = new Float64Array(Math.ceil(numbers.length / step));
  let count = 0;
  for (let i = 0; i < numbers.length; i += step) {
    const number = numbers[i] ?? NaN;
    const value = Number(number);
    if (number !== nodata && Number.isFinite(value)) kept[count++] = value;
  }
  return kept.subarray(0, count);
}

/** A step that is no multiple of 2, 3 or 5, as widths of images are, so that samples do not fall into a few columns. */
function oddOutStep(length: number): number {
  let step = Math.ceil(length / MOST_SAMPLES);
  while (step % 2 === 0 || step % 3 === 0 || step % 5 === 0) step++;
  return step;
}

/** As numpy.percentile: linear between the two nearest of the sorted values. */
function percentile(sorted: Float64Array, percent: number): number {
  const place = (sorted.length - 1) * (percent / 100);
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
}
