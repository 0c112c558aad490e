import { runAtOnce, type Steps } from '../steps';
import { NOT_A_TIME } from '../zarr/fill-value';
import { elementCount } from '../zarr/shape';
import type { FillValue, NdArray } from '../zarr/types';
import type { TypedArray } from '../zarr/values';
import { isNumeric } from '../zarr/values';
import { countSteps } from './counts';
import { elementNumbers, nodataNumber } from './numbers';
import { piecesOf } from './pieces';

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
  /** Of the valid elements as the whole population (numpy's `std`). */
  standardDeviation: number | null;
}

const nothing = { minimum: null, maximum: null, mean: null, standardDeviation: null } as const;

/** Statistics of the elements; those equal to `nodata` are counted apart. Text and bytes are counted and nothing more. */
export function statistics(array: NdArray, nodata: FillValue = null): Statistics {
  return runAtOnce(statisticsSteps(array, nodata));
}

/** As `statistics`. */
export function* statisticsSteps(array: NdArray, nodata: FillValue): Steps<Statistics> {
  const { dataType, shape } = array;
  const count = elementCount(shape);
  if (!isNumeric(dataType)) {
    return { count, valid: count, nodata: 0, nan: 0, ...nothing };
  }
  const numbers = elementNumbers(array, nodata);
  const skip = nodataNumber(dataType, nodata);
  if (numbers instanceof BigInt64Array || numbers instanceof BigUint64Array) {
    return yield* ofBigIntegers(numbers, skip, 'mM'.includes(dataType.kind));
  }
  return numbers.BYTES_PER_ELEMENT <= 2 ? yield* ofCounts(numbers, skip) : yield* ofNumbers(numbers, skip);
}

type Numbers = Exclude<TypedArray, BigInt64Array | BigUint64Array>;

/** Of integers of at most 16 bits, by how often each occurs. */
function* ofCounts(numbers: Numbers, skip: number | bigint | undefined): Steps<Statistics> {
  const { counts, least, valid } = yield* countSteps(numbers, skip, -Infinity);
  const count = numbers.length;
  if (valid === 0) return { count, valid, nodata: count, nan: 0, ...nothing };
  const first = counts.findIndex((many) => many > 0);
  const last = counts.findLastIndex((many) => many > 0);
  let sum = 0;
  for (let i = first; i <= last; i++) sum += (counts[i] ?? 0) * (i + least);
  const mean = sum / valid;
  let squares = 0;
  for (let i = first; i <= last; i++) squares += (counts[i] ?? 0) * (i + least - mean) ** 2;
  const [minimum, maximum] = [first + least, last + least];
  return {
    count,
    valid,
    nodata: count - valid,
    nan: 0,
    minimum,
    maximum,
    mean,
    standardDeviation: Math.sqrt(squares / valid),
  };
}

function* ofNumbers(numbers: Numbers, skip: number | bigint | undefined): Steps<Statistics> {
  let valid = 0;
  let nan = 0;
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const piece of piecesOf(numbers)) {
    for (const value of piece) {
      if (value === skip) continue;
      if (Number.isNaN(value)) {
        nan++;
        continue;
      }
      valid++;
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
    }
    yield;
  }
  const nodata = numbers.length - valid - nan;
  if (valid === 0) return { count: numbers.length, valid, nodata, nan, ...nothing };
  const isExtreme = Math.max(-minimum, maximum) > Number.MAX_VALUE / valid;
  const mean = isExtreme ? yield* sumOf(numbers, skip, valid) : (yield* sumOf(numbers, skip, 1)) / valid;
  const farthest = Math.max(maximum / 2 - mean / 2, mean / 2 - minimum / 2);
  const standardDeviation =
    farthest === 0 ? 0 : 2 * farthest * Math.sqrt((yield* squaresOf(numbers, skip, mean, farthest)) / valid);
  return { count: numbers.length, valid, nodata, nan, minimum, maximum, mean, standardDeviation };
}

/** Sum of squares of the valid numbers' half distances from the mean, in parts of the farthest, so that none overflows or vanishes. */
function* squaresOf(
  numbers: Numbers,
  skip: number | bigint | undefined,
  mean: number,
  farthest: number,
): Steps<number> {
  let sum = 0;
  for (const piece of piecesOf(numbers)) {
    for (const value of piece) {
      if (value !== skip && !Number.isNaN(value)) sum += ((value / 2 - mean / 2) / farthest) ** 2;
    }
    yield;
  }
  return sum;
}

/**
 * Sum of the valid numbers, each divided by `divisor`, with what every addition loses kept apart and added at the end (Neumaier's
 * summation): a float32 raster whose nodata is not declared holds 1e38 beside its values.
 */
function* sumOf(numbers: Numbers, skip: number | bigint | undefined, divisor: number): Steps<number> {
  let sum = 0;
  let lost = 0;
  for (const piece of piecesOf(numbers)) {
    for (const number of piece) {
      if (number === skip || Number.isNaN(number)) continue;
      const value = number / divisor;
      const next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
    }
    yield;
  }
  return Number.isFinite(sum) ? sum + lost : sum;
}

function* ofBigIntegers(
  numbers: BigInt64Array | BigUint64Array,
  skip: number | bigint | undefined,
  times: boolean,
): Steps<Statistics> {
  let valid = 0;
  let nan = 0;
  let minimum: bigint | null = null;
  let maximum: bigint | null = null;
  let sum = 0n;
  for (const piece of piecesOf(numbers)) {
    for (const value of piece) {
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
    yield;
  }
  const nodata = numbers.length - valid - nan;
  if (valid === 0) return { count: numbers.length, valid, nodata, nan, ...nothing };
  const whole = sum / BigInt(valid);
  const part = Number(sum % BigInt(valid)) / valid;
  let squares = 0;
  for (const piece of piecesOf(numbers)) {
    for (const value of piece) {
      if (value === skip || (times && value === NOT_A_TIME)) continue;
      squares += (Number(value - whole) - part) ** 2;
    }
    yield;
  }
  const standardDeviation = Math.sqrt(squares / valid);
  return { count: numbers.length, valid, nodata, nan, minimum, maximum, mean: Number(whole) + part, standardDeviation };
}
