import { NOT_A_TIME } from '../zarr/fill-value';
import { elementCount } from '../zarr/shape';
import type { FillValue, NdArray } from '../zarr/types';
import type { TypedArray } from '../zarr/values';
import { isNumeric } from '../zarr/values';
import { elementNumbers, nodataNumber } from './numbers';

/** What the elements of an array are like. Complex numbers count by magnitude, datetimes as integers since 1970. */
export interface Statistics {
  /** Elements in all. */
  count: number;
  /** Elements that are neither nodata nor NaN (nor "not a time"). */
  valid: number;
  nodata: number;
  nan: number;
  /** Of the valid elements; exact for 64-bit integers; `null` where there are none, or no numbers. */
  minimum: number | bigint | null;
  maximum: number | bigint | null;
  mean: number | null;
}

/** Statistics of the elements; those equal to `nodata` are counted apart. Text and bytes are counted and nothing more. */
export function statistics(array: NdArray, nodata: FillValue = null): Statistics {
  const { dataType, shape } = array;
  const count = elementCount(shape);
  if (!isNumeric(dataType)) {
    return { count, valid: count, nodata: 0, nan: 0, minimum: null, maximum: null, mean: null };
  }
  const numbers = elementNumbers(array, nodata);
  const skip = nodataNumber(dataType, nodata);
  if (numbers instanceof BigInt64Array || numbers instanceof BigUint64Array) {
    return ofBigIntegers(numbers, skip, 'mM'.includes(dataType.kind));
  }
  return ofNumbers(numbers, skip);
}

function ofNumbers(
  numbers: Exclude<TypedArray, BigInt64Array | BigUint64Array>,
  skip: number | bigint | undefined,
): Statistics {
  let valid = 0;
  let nan = 0;
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const value of numbers) {
    if (value === skip) continue;
    if (Number.isNaN(value)) {
      nan++;
      continue;
    }
    valid++;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  const nodata = numbers.length - valid - nan;
  if (valid === 0) return { count: numbers.length, valid, nodata, nan, minimum: null, maximum: null, mean: null };
  const isExtreme = Math.max(-minimum, maximum) > Number.MAX_VALUE / valid;
  const mean = isExtreme ? sumOf(numbers, skip, valid) : sumOf(numbers, skip, 1) / valid;
  return { count: numbers.length, valid, nodata, nan, minimum, maximum, mean };
}

/**
 * Sum of the valid numbers, each divided by `divisor`, with what every addition loses kept apart and added at the end (Neumaier's
 * summation): a float32 raster whose nodata is not declared holds 1e38 beside its values.
 */
function sumOf(
  numbers: Exclude<TypedArray, BigInt64Array | BigUint64Array>,
  skip: number | bigint | undefined,
  divisor: number,
): number {
  let sum = 0;
  let lost = 0;
  for (const number of numbers) {
    if (number === skip || Number.isNaN(number)) continue;
    const value = number / divisor;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(sum) ? sum + lost : sum;
}

function ofBigIntegers(
  numbers: BigInt64Array | BigUint64Array,
  skip: number | bigint | undefined,
  times: boolean,
): Statistics {
  let valid = 0;
  let nan = 0;
  let minimum: bigint | null = null;
  let maximum: bigint | null = null;
  let sum = 0n;
  for (const value of numbers) {
    if (times && value === NOT_A_TIME) {
      nan++;
      continue;
    }
    if (value === skip) continue;
    valid++;
    sum += value;
    if (minimum === null || value < minimum) minimum = value;
    if (maximum === null || value > maximum) maximum = value;
  }
  const mean = valid === 0 ? null : Number(sum / BigInt(valid)) + Number(sum % BigInt(valid)) / valid;
  return { count: numbers.length, valid, nodata: numbers.length - valid - nan, nan, minimum, maximum, mean };
}
