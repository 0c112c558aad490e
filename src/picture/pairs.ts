import { NOT_A_TIME } from '../zarr/fill-value';
import { elementCount } from '../zarr/shape';
import type { NdArray } from '../zarr/types';
import { toTypedArray, type TypedArray } from '../zarr/values';
import { nodataNumber } from './numbers';
import { type Compared, type Differences, pairStates } from './pair-states';
import { loadDoubles, PIECE } from './pieces';
import { LOW, partsOf, splitIntegers, wideIntegers } from './wide-integers';

/** The elements of one window, and which of them are nodata. */
interface Operand {
  array: NdArray;
  nodata: number | bigint | { real: number; imaginary: number } | undefined;
  isNaNNodata: boolean;
  isTime: boolean;
}

const notATime = partsOf(NOT_A_TIME);

/** A piece of each window, for as long as a piece is worked on. */
const [ones, others] = [new Float64Array(PIECE), new Float64Array(PIECE)];
const [wideOnes, wideOthers] = [wideIntegers(PIECE), wideIntegers(PIECE)];

/** Two windows, pair by pair. */
export class Pairs {
  readonly count: number;
  /** Whether differences are of integers of 64 bits on at least one side, which doubles do not hold. */
  readonly isExact: boolean;
  /** Pairs that are filled between two stops of long work. */
  readonly piece: number;
  readonly #first: Operand;
  readonly #second: Operand;
  readonly #isComplex: boolean;
  readonly #isReal: boolean;
  #whole: readonly [TypedArray, TypedArray] | undefined;

  constructor(first: Compared, second: Compared) {
    this.count = elementCount(first.array.shape);
    this.#isComplex = first.array.dataType.kind === 'c';
    this.#first = operandOf(first);
    this.#second = operandOf(second);
    const types = [first.array.dataType, second.array.dataType];
    const isBig = types.some(({ kind, itemSize }) => 'iumM'.includes(kind) && itemSize === 8);
    this.isExact = isBig && types.every(({ kind }) => !'fc'.includes(kind));
    this.#isReal = !isBig && !this.#isComplex;
    this.piece = this.#isReal || this.isExact ? PIECE : PIECE / 8;
  }

  /** Says what the pairs from `from` on are, below `to`: at most `piece` of them. */
  fill(differences: Differences, from: number, to: number, open: Uint8Array | undefined): void {
    if (this.#isReal) this.#fillReal(differences, from, to, open);
    else if (this.isExact) this.#fillExact(differences, from, to, open);
    else this.#fillOther(differences, from, to, open);
  }

  /** Calls `use` with the parts of the exact difference of each pair that has one, from `from` on, below `to`: at most a piece of them. */
  eachExact(
    { states, values }: Differences,
    from: number,
    to: number,
    use: (high: number, low: number, index: number) => void,
  ): void {
    splitIntegers(this.#piece(this.#first, from, to), wideOnes);
    splitIntegers(this.#piece(this.#second, from, to), wideOthers);
    for (let i = 0, index = from; index < to; i++, index++) {
      const state = states[index];
      if (state !== pairStates.equal && state !== pairStates.differs) continue;
      // Not a time in both.
      if (Number.isNaN(values[index])) continue;
      const low = (wideOnes.low[i] ?? 0) - (wideOthers.low[i] ?? 0);
      const high = (wideOnes.high[i] ?? 0) - (wideOthers.high[i] ?? 0);
      use(low < 0 ? high - 1 : high, low < 0 ? low + LOW : low, index);
    }
  }

  differenceAt(index: number): number | bigint {
    const [first, second] = [this.#first, this.#second];
    const [one, other] = (this.#whole ??= [toTypedArray(first.array), toTypedArray(second.array)]);
    if (this.#isNaN(first, one, index) || this.#isNaN(second, other, index)) return NaN;
    if (!this.#isComplex) return less(one[index] ?? NaN, other[index] ?? NaN);
    const real = Number(less(one[2 * index] ?? NaN, other[2 * index] ?? NaN));
    const imaginary = Number(less(one[2 * index + 1] ?? NaN, other[2 * index + 1] ?? NaN));
    return Math.hypot(real, imaginary);
  }

  #piece({ array }: Operand, from: number, to: number): TypedArray {
    const { itemSize } = array.dataType;
    return toTypedArray({ ...array, data: array.data.subarray(from * itemSize, to * itemSize) });
  }

  #fillReal({ states, values }: Differences, from: number, to: number, open: Uint8Array | undefined): void {
    loadDoubles(this.#piece(this.#first, from, to), ones);
    loadDoubles(this.#piece(this.#second, from, to), others);
    const [nodata, isNaN] = realNodata(this.#first);
    const [otherNodata, isOtherNaN] = realNodata(this.#second);
    for (let i = 0, index = from; index < to; i++, index++) {
      const [one, other] = [ones[i] ?? 0, others[i] ?? 0];
      const isMissing = one === nodata || (isNaN && Number.isNaN(one));
      const isOtherMissing = other === otherNodata || (isOtherNaN && Number.isNaN(other));
      const difference = one - other;
      if (open?.[index] === 1) {
        states[index] = pairStates.notRead;
        values[index] = NaN;
      } else if (isMissing || isOtherMissing) {
        states[index] = missingState(isMissing, isOtherMissing);
        values[index] = NaN;
      } else if (one === other) {
        // Infinity less itself is no number.
        states[index] = pairStates.equal;
        values[index] = 0;
      } else if (Number.isFinite(difference)) {
        states[index] = pairStates.differs;
        values[index] = difference;
      } else {
        states[index] = Number.isNaN(one) && Number.isNaN(other) ? pairStates.equal : pairStates.noDifference;
        values[index] = NaN;
      }
    }
  }

  #fillExact({ states, values }: Differences, from: number, to: number, open: Uint8Array | undefined): void {
    splitIntegers(this.#piece(this.#first, from, to), wideOnes);
    splitIntegers(this.#piece(this.#second, from, to), wideOthers);
    const [nodata, otherNodata] = [wideNodata(this.#first), wideNodata(this.#second)];
    const [isTime, isOtherTime] = [this.#first.isTime, this.#second.isTime];
    for (let i = 0, index = from; index < to; i++, index++) {
      const [high, low] = [wideOnes.high[i] ?? 0, wideOnes.low[i] ?? 0];
      const [otherHigh, otherLow] = [wideOthers.high[i] ?? 0, wideOthers.low[i] ?? 0];
      const isMissing = low === nodata.low && high === nodata.high;
      const isOtherMissing = otherLow === otherNodata.low && otherHigh === otherNodata.high;
      const isNaN = isTime && low === notATime.low && high === notATime.high;
      const isOtherNaN = isOtherTime && otherLow === notATime.low && otherHigh === notATime.high;
      values[index] = NaN;
      if (open?.[index] === 1) states[index] = pairStates.notRead;
      else if (isMissing || isOtherMissing) states[index] = missingState(isMissing, isOtherMissing);
      else if (isNaN || isOtherNaN) states[index] = isNaN && isOtherNaN ? pairStates.equal : pairStates.noDifference;
      else {
        // Both parts are exact, so that their sum is the nearest double.
        const difference = (high - otherHigh) * LOW + (low - otherLow);
        values[index] = difference;
        states[index] = difference === 0 ? pairStates.equal : pairStates.differs;
      }
    }
  }

  /** Of complex numbers, and of 64-bit integers beside floats. */
  #fillOther({ states, values }: Differences, from: number, to: number, open: Uint8Array | undefined): void {
    for (let index = from; index < to; index++) {
      const state = open?.[index] === 1 ? pairStates.notRead : this.#missingAt(index);
      const difference = state === undefined ? Number(this.differenceAt(index)) : NaN;
      values[index] = Number.isFinite(difference) ? difference : NaN;
      if (state !== undefined) states[index] = state;
      else if (Number.isFinite(difference)) states[index] = difference === 0 ? pairStates.equal : pairStates.differs;
      else states[index] = this.#isNaNInBoth(index) ? pairStates.equal : pairStates.noDifference;
    }
  }

  /** Of which of both nodata says that there is no value; undefined where of neither. */
  #missingAt(index: number): number | undefined {
    const [one, other] = (this.#whole ??= [toTypedArray(this.#first.array), toTypedArray(this.#second.array)]);
    const isMissing = this.#isNodata(this.#first, one, index);
    const isOtherMissing = this.#isNodata(this.#second, other, index);
    return isMissing || isOtherMissing ? missingState(isMissing, isOtherMissing) : undefined;
  }

  #isNaNInBoth(index: number): boolean {
    const [one, other] = (this.#whole ??= [toTypedArray(this.#first.array), toTypedArray(this.#second.array)]);
    return this.#isNaN(this.#first, one, index) && this.#isNaN(this.#second, other, index);
  }

  #isNodata(operand: Operand, numbers: TypedArray, index: number): boolean {
    const { nodata, isNaNNodata } = operand;
    if (isNaNNodata) return this.#isNaN(operand, numbers, index);
    if (nodata === undefined) return false;
    if (typeof nodata !== 'object') return !this.#isComplex && numbers[index] === nodata;
    return numbers[2 * index] === nodata.real && numbers[2 * index + 1] === nodata.imaginary;
  }

  #isNaN({ isTime }: Operand, numbers: TypedArray, index: number): boolean {
    if (this.#isComplex) return Number.isNaN(numbers[2 * index]) || Number.isNaN(numbers[2 * index + 1]);
    return isTime ? numbers[index] === NOT_A_TIME : Number.isNaN(numbers[index]);
  }
}

function missingState(isMissing: boolean, isOtherMissing: boolean): number {
  if (!isMissing) return pairStates.nodataInSecond;
  return isOtherMissing ? pairStates.nodataInBoth : pairStates.nodataInFirst;
}

/** What equals nodata, NaN where nothing does, and whether NaN is nodata. */
function realNodata({ nodata, isNaNNodata }: Operand): [number, boolean] {
  return [typeof nodata === 'number' && !isNaNNodata ? nodata : NaN, isNaNNodata];
}

function wideNodata({ nodata }: Operand): { high: number; low: number } {
  return partsOf(typeof nodata === 'object' ? undefined : nodata);
}

function operandOf({ array, nodata }: Compared): Operand {
  const { dataType } = array;
  const isTime = dataType.kind === 'M' || dataType.kind === 'm';
  const isComplex = typeof nodata === 'object' && nodata !== null && !(nodata instanceof Uint8Array);
  const isNaNNodata =
    (isTime && nodata === NOT_A_TIME) || Number.isNaN(isComplex ? nodata.real + nodata.imaginary : nodata);
  return { array, nodata: isComplex ? nodata : nodataNumber(dataType, nodata), isNaNNodata, isTime };
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
