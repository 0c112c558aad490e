import { isStop, runAtOnce, type Steps } from '../steps';
import { NOT_A_TIME } from '../zarr/fill-value';
import { elementCount } from '../zarr/shape';
import type { DataType, FillValue, NdArray } from '../zarr/types';
import { isNumeric, toTypedArray, type TypedArray } from '../zarr/values';
import { nodataNumber } from './numbers';
import { piecesOf } from './pieces';

/** One of two windows that are compared, element by element in C order. */
export interface Compared {
  array: NdArray;
  /** What equals it says nothing of a value; NaN makes every NaN nodata. */
  nodata: FillValue;
}

/** What a pair of elements is; exactly one of these. */
export const pairStates = {
  /** The same number, infinity or NaN. */
  equal: 0,
  /** Two numbers with a finite difference. */
  differs: 1,
  nodataInBoth: 2,
  nodataInFirst: 3,
  nodataInSecond: 4,
  /** NaN or infinity in one alone, or a difference beyond what a double holds. */
  noDifference: 5,
  /** A chunk of one of them could not be read. */
  notRead: 6,
} as const;

/** The pairs of two windows. */
export interface Differences {
  /** `pairStates`, one for each pair. */
  states: Uint8Array;
  /** First less second, as the nearest double; 0 where they are equal; NaN where there is no number, and where both are NaN. */
  values: Float64Array<ArrayBuffer>;
}

/** What all pairs of two windows are like. */
export interface DifferenceStatistics {
  /** Pairs in all: those not read, those with nodata, and those compared. */
  count: number;
  notRead: number;
  nodataInBoth: number;
  nodataInFirst: number;
  nodataInSecond: number;
  compared: number;
  /** Of those compared: not the same; NaN equals NaN. */
  unequal: number;
  /** Of the unequal ones, those without a finite difference. */
  noDifference: number;
  /** Of the equal ones, those that are NaN in both. */
  nanInBoth: number;
  /** Of all pairs with a finite difference, equal ones too: exact for integers of any size; null where there are none. */
  minimum: number | bigint | null;
  maximum: number | bigint | null;
  mean: number | null;
  rootMeanSquare: number | null;
  /** The first of the largest differences to either side, and which pair it is; null where no pair differs. */
  largest: { difference: number | bigint; index: number } | null;
}

/** Why elements of two types cannot be compared, in one sentence; undefined where they can. */
export function notComparable(first: DataType, second: DataType): string | undefined {
  if (!isNumeric(first) || !isNumeric(second))
    return 'Text and records have no differences: only numbers are compared.';
  const [one, other] = [kindOf(first), kindOf(second)];
  if (one !== other) return `One holds ${one} and the other ${other}, which have no difference.`;
  if (first.unit === second.unit || (first.kind !== 'M' && first.kind !== 'm')) return undefined;
  const units = [first, second].map(({ unit }) => unit ?? 'no unit');
  return `One holds ${one} in ${units[0] ?? ''} and the other in ${units[1] ?? ''}: only those of one unit are compared.`;
}

function kindOf({ kind }: DataType): string {
  if (kind === 'c') return 'complex numbers';
  if (kind === 'M') return 'dates';
  return kind === 'm' ? 'durations' : 'real numbers';
}

/**
 * What each pair of two windows of one shape is. Complex numbers differ by the magnitude of their difference, dates by the count of their unit.
 * @param open 1 for pairs of which a chunk could not be read.
 */
export function differencesOf(first: Compared, second: Compared, open?: Uint8Array): Differences {
  return runAtOnce(differenceSteps(first, second, open));
}

/** As `differencesOf`. */
export function* differenceSteps(first: Compared, second: Compared, open?: Uint8Array): Steps<Differences> {
  const pairs = new Pairs(first, second);
  const { count } = pairs;
  const states = new Uint8Array(count);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    if (isStop(i)) yield;
    const state = open?.[i] === 1 ? pairStates.notRead : pairs.missingAt(i);
    if (state !== undefined) {
      states[i] = state;
      values[i] = NaN;
      continue;
    }
    const difference = Number(pairs.differenceAt(i));
    values[i] = Number.isFinite(difference) ? difference : NaN;
    if (Number.isFinite(difference)) states[i] = difference === 0 ? pairStates.equal : pairStates.differs;
    else states[i] = pairs.isNaNInBoth(i) ? pairStates.equal : pairStates.noDifference;
  }
  return { states, values };
}

/** The difference of one pair, exact for integers; NaN where one is NaN, whatever is nodata. */
export function differenceAt(first: Compared, second: Compared, index: number): number | bigint {
  return new Pairs(first, second).differenceAt(index);
}

/** Statistics of the pairs of two windows, whose `differences` are those of `differencesOf`. */
export function differenceStatistics(
  first: Compared,
  second: Compared,
  differences: Differences,
): DifferenceStatistics {
  return runAtOnce(differenceStatisticsSteps(first, second, differences));
}

/** As `differenceStatistics`. */
export function* differenceStatisticsSteps(
  first: Compared,
  second: Compared,
  { states, values }: Differences,
): Steps<DifferenceStatistics> {
  const pairs = new Pairs(first, second);
  const counts = new Array<number>(7).fill(0);
  let nanInBoth = 0;
  for (let i = 0; i < states.length; i++) {
    if (isStop(i)) yield;
    const state = states[i] ?? 0;
    counts[state] = (counts[state] ?? 0) + 1;
    if (state === pairStates.equal && Number.isNaN(values[i])) nanInBoth++;
  }
  const of = (state: keyof typeof pairStates): number => counts[pairStates[state]] ?? 0;
  const compared = of('equal') + of('differs') + of('noDifference');
  return {
    count: states.length,
    notRead: of('notRead'),
    nodataInBoth: of('nodataInBoth'),
    nodataInFirst: of('nodataInFirst'),
    nodataInSecond: of('nodataInSecond'),
    compared,
    unequal: of('differs') + of('noDifference'),
    noDifference: of('noDifference'),
    nanInBoth,
    ...(pairs.isExact ? yield* ofIntegers(pairs, states) : yield* ofDoubles(values)),
  };
}

type Measured = Pick<DifferenceStatistics, 'minimum' | 'maximum' | 'mean' | 'rootMeanSquare' | 'largest'>;

const nothing: Measured = { minimum: null, maximum: null, mean: null, rootMeanSquare: null, largest: null };

function* ofDoubles(values: Float64Array): Steps<Measured> {
  let count = 0;
  let [minimum, maximum] = [Infinity, -Infinity];
  let largest = -1;
  for (let index = 0; index < values.length; index++) {
    if (isStop(index)) yield;
    const value = values[index] ?? NaN;
    if (Number.isNaN(value)) continue;
    count++;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
    if (Math.abs(value) > Math.abs(values[largest] ?? 0)) largest = index;
  }
  if (count === 0) return nothing;
  // Divided by a power of two, which loses nothing, so that no sum or square of large numbers overflows.
  const scale = 2 ** Math.min(1023, Math.floor(Math.log2(Math.max(-minimum, maximum) || 1)));
  const sums = new Sums();
  for (const piece of piecesOf(values)) {
    for (const value of piece) if (!Number.isNaN(value)) sums.add(value / scale);
    yield;
  }
  return {
    minimum,
    maximum,
    mean: (sums.sum / count) * scale,
    rootMeanSquare: Math.sqrt(sums.squares / count) * scale,
    largest: largest < 0 ? null : { difference: values[largest] ?? NaN, index: largest },
  };
}

/** Exact: the difference of unsigned integers is negative where it is, and that of 64-bit integers has all its digits. */
function* ofIntegers(pairs: Pairs, states: Uint8Array): Steps<Measured> {
  let [count, sum, minimum, maximum, most] = [0n, 0n, 0n, 0n, 0n];
  let largest = -1;
  const sums = new Sums();
  for (let index = 0; index < states.length; index++) {
    if (isStop(index)) yield;
    const state = states[index];
    if (state !== pairStates.equal && state !== pairStates.differs) continue;
    const exact = pairs.differenceAt(index);
    // Not a time in both.
    if (Number.isNaN(exact)) continue;
    const difference = BigInt(exact);
    if (count === 0n || difference < minimum) minimum = difference;
    if (count === 0n || difference > maximum) maximum = difference;
    const magnitude = difference < 0n ? -difference : difference;
    if (magnitude > most) [most, largest] = [magnitude, index];
    count++;
    sum += difference;
    sums.add(Number(difference));
  }
  if (count === 0n) return nothing;
  return {
    minimum,
    maximum,
    mean: Number(sum / count) + Number(sum % count) / Number(count),
    rootMeanSquare: Math.sqrt(sums.squares / Number(count)),
    largest: largest < 0 ? null : { difference: pairs.differenceAt(largest), index: largest },
  };
}

/** A sum with what every addition loses kept apart (Neumaier's summation), and the sum of the squares. */
class Sums {
  #sum = 0;
  #lost = 0;
  squares = 0;

  get sum(): number {
    return this.#sum + this.#lost;
  }

  add(value: number): void {
    const next = this.#sum + value;
    this.#lost += Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - next + value : value - next + this.#sum;
    this.#sum = next;
    this.squares += value * value;
  }
}

/** The elements of one window, and which of them are nodata. */
interface Operand {
  numbers: TypedArray;
  nodata: number | bigint | { real: number; imaginary: number } | undefined;
  isNaNNodata: boolean;
  isTime: boolean;
}

/** Two windows, pair by pair. */
class Pairs {
  readonly count: number;
  /** Whether differences are of integers of 64 bits on at least one side, which doubles do not hold. */
  readonly isExact: boolean;
  readonly #first: Operand;
  readonly #second: Operand;
  readonly #isComplex: boolean;

  constructor(first: Compared, second: Compared) {
    this.count = elementCount(first.array.shape);
    this.#isComplex = first.array.dataType.kind === 'c';
    this.#first = operandOf(first);
    this.#second = operandOf(second);
    const numbers = [this.#first.numbers, this.#second.numbers];
    this.isExact = numbers.some(isBig) && numbers.every((array) => !isFloat(array));
  }

  /** Of which of both nodata says that there is no value; undefined where of neither. */
  missingAt(index: number): number | undefined {
    const [first, second] = [this.#isNodata(this.#first, index), this.#isNodata(this.#second, index)];
    if (first) return second ? pairStates.nodataInBoth : pairStates.nodataInFirst;
    return second ? pairStates.nodataInSecond : undefined;
  }

  isNaNInBoth(index: number): boolean {
    return this.#isNaN(this.#first, index) && this.#isNaN(this.#second, index);
  }

  differenceAt(index: number): number | bigint {
    const [first, second] = [this.#first, this.#second];
    if (this.#isNaN(first, index) || this.#isNaN(second, index)) return NaN;
    if (!this.#isComplex) return less(first.numbers[index] ?? NaN, second.numbers[index] ?? NaN);
    const at = (operand: Operand, part: number): number | bigint => operand.numbers[part] ?? NaN;
    const real = Number(less(at(first, 2 * index), at(second, 2 * index)));
    const imaginary = Number(less(at(first, 2 * index + 1), at(second, 2 * index + 1)));
    return Math.hypot(real, imaginary);
  }

  #isNodata(operand: Operand, index: number): boolean {
    const { numbers, nodata, isNaNNodata } = operand;
    if (isNaNNodata) return this.#isNaN(operand, index);
    if (nodata === undefined) return false;
    if (typeof nodata !== 'object') return !this.#isComplex && numbers[index] === nodata;
    return numbers[2 * index] === nodata.real && numbers[2 * index + 1] === nodata.imaginary;
  }

  #isNaN({ numbers, isTime }: Operand, index: number): boolean {
    if (this.#isComplex) return Number.isNaN(numbers[2 * index]) || Number.isNaN(numbers[2 * index + 1]);
    return isTime ? numbers[index] === NOT_A_TIME : Number.isNaN(numbers[index]);
  }
}

function operandOf({ array, nodata }: Compared): Operand {
  const { dataType } = array;
  const numbers = toTypedArray(array);
  const isTime = dataType.kind === 'M' || dataType.kind === 'm';
  const isComplex = typeof nodata === 'object' && nodata !== null && !(nodata instanceof Uint8Array);
  const isNaNNodata =
    (isTime && nodata === NOT_A_TIME) || Number.isNaN(isComplex ? nodata.real + nodata.imaginary : nodata);
  return { numbers, nodata: isComplex ? nodata : nodataNumber(dataType, nodata), isNaNNodata, isTime };
}

function isBig(numbers: TypedArray): boolean {
  return numbers instanceof BigInt64Array || numbers instanceof BigUint64Array;
}

function isFloat(numbers: TypedArray): boolean {
  return numbers instanceof Float32Array || numbers instanceof Float64Array;
}

/** One number less another; 0 for infinity less itself. An integer of 64 bits and a number beside it lose nothing before they are subtracted. */
function less(a: number | bigint, b: number | bigint): number | bigint {
  if (typeof a === 'bigint') return typeof b === 'bigint' ? a - b : bigLess(a, b);
  if (typeof b === 'bigint') {
    const turned = bigLess(b, a);
    return -turned;
  }
  return a === b ? 0 : a - b;
}

function bigLess(a: bigint, b: number): number | bigint {
  if (!Number.isFinite(b)) return -b;
  const whole = Math.trunc(b);
  const difference = a - BigInt(whole);
  return whole === b ? difference : Number(difference) - (b - whole);
}
