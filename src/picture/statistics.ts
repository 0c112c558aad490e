import { runAtOnce, type Steps } from '../steps';
import { NOT_A_TIME } from '../zarr/fill-value';
import { elementCount } from '../zarr/shape';
import type { FillValue, NdArray } from '../zarr/types';
import { isNumeric } from '../zarr/values';
import { countSteps } from './counts';
import { nodataNumber } from './numbers';
import { elementPieces, loadDoubles, type NumberPieces, PIECE } from './pieces';
import { Sums } from './sums';
import { Extreme, joined, LOW, partsOf, splitIntegers, wideIntegers } from './wide-integers';

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
  const numbers = elementPieces(array, nodata);
  const skip = nodataNumber(dataType, nodata);
  if (numbers.isBig) return yield* ofBigIntegers(numbers, skip, 'mM'.includes(dataType.kind));
  return numbers.isSmall ? yield* ofCounts(numbers, skip) : yield* ofNumbers(numbers, Number(skip));
}

/** Of integers of at most 16 bits, by how often each occurs. */
function* ofCounts(numbers: NumberPieces, skip: number | bigint | undefined): Steps<Statistics> {
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

/** A piece, for as long as it is worked on. */
const doubles = new Float64Array(PIECE);
const wide = wideIntegers(PIECE);

/** What is known of numbers after one pass over them. */
class Measures {
  valid = 0;
  nan = 0;
  minimum = Infinity;
  maximum = -Infinity;
  readonly sums = new Sums();

  /** Adds the first so many of `doubles`; `skip` is NaN where none is left out. */
  add(length: number, skip: number): void {
    let { valid, nan, minimum, maximum } = this;
    for (let index = 0; index < length; index++) {
      const value = doubles[index] ?? NaN;
      if (value === skip) continue;
      if (Number.isNaN(value)) {
        nan++;
        continue;
      }
      valid++;
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
    }
    [this.valid, this.nan, this.minimum, this.maximum] = [valid, nan, minimum, maximum];
    this.sums.add(doubles.subarray(0, length), skip);
  }
}

function* ofNumbers(numbers: NumberPieces, skip: number): Steps<Statistics> {
  const measures = new Measures();
  for (const piece of numbers.pieces()) {
    loadDoubles(piece, doubles);
    measures.add(piece.length, skip);
    yield;
  }
  const { valid, nan, minimum, maximum, sums } = measures;
  const count = numbers.length;
  const nodata = count - valid - nan;
  if (valid === 0) return { count, valid, nodata, nan, ...nothing };
  // A float32 raster whose nodata is not declared holds 1e38 beside its values; doubles of that kind have no sum.
  const isExtreme = Math.max(-minimum, maximum) > Number.MAX_VALUE / valid;
  const mean = isExtreme ? yield* dividedSum(numbers, skip, valid) : sums.sum / valid;
  const farthest = Math.max(maximum / 2 - mean / 2, mean / 2 - minimum / 2);
  const standardDeviation =
    farthest === 0 ? 0 : 2 * farthest * Math.sqrt((yield* squaresOf(numbers, skip, mean, farthest)) / valid);
  return { count, valid, nodata, nan, minimum, maximum, mean, standardDeviation };
}

/** Sum of squares of the valid numbers' half distances from the mean, in parts of the farthest, so that none overflows or vanishes. */
function* squaresOf(numbers: NumberPieces, skip: number, mean: number, farthest: number): Steps<number> {
  let sum = 0;
  for (const piece of numbers.pieces()) {
    loadDoubles(piece, doubles);
    sum += squaresOfPiece(piece.length, skip, mean / 2, farthest);
    yield;
  }
  return sum;
}

function squaresOfPiece(length: number, skip: number, halfMean: number, farthest: number): number {
  let sum = 0;
  for (let index = 0; index < length; index++) {
    const value = doubles[index] ?? NaN;
    if (value === skip || Number.isNaN(value)) continue;
    const part = (value / 2 - halfMean) / farthest;
    sum += part * part;
  }
  return sum;
}

/** Sum of the valid numbers, each divided by `divisor`. */
function* dividedSum(numbers: NumberPieces, skip: number, divisor: number): Steps<number> {
  const sums = new Sums();
  for (const piece of numbers.pieces()) {
    loadDoubles(piece, doubles);
    const own = doubles.subarray(0, piece.length);
    sums.add(own.map((value) => (value === skip ? NaN : value / divisor)));
    yield;
  }
  return sums.sum;
}

function* ofBigIntegers(numbers: NumberPieces, skip: number | bigint | undefined, times: boolean): Steps<Statistics> {
  const nodataParts = partsOf(skip);
  const notATime = partsOf(times ? NOT_A_TIME : undefined);
  const [minimum, maximum] = [new Extreme(), new Extreme()];
  let [valid, nan, sum] = [0, 0, 0n];
  for (const piece of numbers.pieces()) {
    splitIntegers(piece, wide);
    let [highs, lows] = [0, 0];
    for (let index = 0; index < piece.length; index++) {
      const [high, low] = [wide.high[index] ?? 0, wide.low[index] ?? 0];
      if (low === notATime.low && high === notATime.high) {
        nan++;
        continue;
      }
      if (low === nodataParts.low && high === nodataParts.high) continue;
      valid++;
      highs += high;
      lows += low;
      if (minimum.isAbove(high, low)) minimum.set(high, low);
      if (maximum.isBelow(high, low)) maximum.set(high, low);
    }
    sum += joined(highs, lows);
    yield;
  }
  const count = numbers.length;
  const nodata = count - valid - nan;
  if (valid === 0) return { count, valid, nodata, nan, ...nothing };
  const whole = sum / BigInt(valid);
  const part = Number(sum % BigInt(valid)) / valid;
  const middle = partsOf(whole);
  let squares = 0;
  for (const piece of numbers.pieces()) {
    splitIntegers(piece, wide);
    for (let index = 0; index < piece.length; index++) {
      const [high, low] = [wide.high[index] ?? 0, wide.low[index] ?? 0];
      if (low === nodataParts.low && high === nodataParts.high) continue;
      if (low === notATime.low && high === notATime.high) continue;
      // Both parts are exact, so that their sum is the nearest double.
      const distance = (high - middle.high) * LOW + (low - middle.low) - part;
      squares += distance * distance;
    }
    yield;
  }
  return {
    count,
    valid,
    nodata,
    nan,
    minimum: minimum.value,
    maximum: maximum.value,
    mean: Number(whole) + part,
    standardDeviation: Math.sqrt(squares / valid),
  };
}
