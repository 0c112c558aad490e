import type { TypedArray } from '../zarr/values';
import { countsOf } from './counts';

/**
 * Exact percentiles (0 to 100) of the finite numbers that do not equal `nodata`, linear between the two nearest as numpy.percentile;
 * of those above 0 alone where `positive`. Undefined where there are none.
 */
export function percentilesOf(
  numbers: TypedArray,
  nodata: number | bigint | undefined,
  percents: readonly number[],
  positive = false,
): number[] | undefined {
  const above = positive ? 0 : -Infinity;
  const sorted = numbers.BYTES_PER_ELEMENT <= 2 ? counted(numbers, nodata, above) : selected(numbers, nodata, above);
  if (sorted.count === 0) return undefined;
  return percents.map((percent) => {
    const place = (sorted.count - 1) * (Math.min(100, Math.max(0, percent)) / 100);
    const below = sorted.at(Math.floor(place));
    const part = place - Math.floor(place);
    return part === 0 ? below : below + (sorted.at(Math.ceil(place)) - below) * part;
  });
}

/** Numbers as if they were sorted: which one stands at a place from 0. */
interface Sorted {
  count: number;
  at: (place: number) => number;
}

/** How often each of at most 65,536 numbers occurs. */
function counted(numbers: TypedArray, nodata: number | bigint | undefined, above: number): Sorted {
  const { counts, least, valid: count } = countsOf(numbers, nodata, above);
  const at = (place: number): number => {
    let index = -1;
    for (let passed = 0; passed <= place && index < counts.length;) passed += counts[++index] ?? 0;
    return index + least;
  };
  return { count, at };
}

function selected(numbers: TypedArray, nodata: number | bigint | undefined, above: number): Sorted {
  const kept = new Float64Array(numbers.length);
  let count = 0;
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] ?? NaN;
    const value = Number(number);
    if (number !== nodata && Number.isFinite(value) && value > above) kept[count++] = value;
  }
  const values = kept.subarray(0, count);
  return { count, at: (place) => select(values, place) };
}

/** Moves the numbers that are not larger before `place` and the others behind it (C. A. R. Hoare, "Find", 1961), and gives the one there. */
function select(values: Float64Array, place: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = middleOf(values[left] ?? 0, values[(left + right) >> 1] ?? 0, values[right] ?? 0);
    let [i, j] = [left, right];
    while (i <= j) {
      while ((values[i] ?? NaN) < pivot) i++;
      while ((values[j] ?? NaN) > pivot) j--;
      if (i > j) break;
      const swapped = values[i] ?? 0;
      values[i++] = values[j] ?? 0;
      values[j--] = swapped;
    }
    if (place <= j) right = j;
    else if (place >= i) left = i;
    else break;
  }
  return values[place] ?? NaN;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
