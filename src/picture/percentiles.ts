import { runAtOnce, type Steps } from '../steps';
import type { TypedArray } from '../zarr/values';
import { countSteps } from './counts';
import { loadDoubles, type NumberPieces, PIECE, piecesOf } from './pieces';
import { LOW, partsOf, splitIntegers, wideIntegers } from './wide-integers';

/** Numbers, those that equal `nodata` left out. */
export interface SomeNumbers {
  numbers: NumberPieces;
  nodata: number | bigint | undefined;
}

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
  return runAtOnce(percentileSteps([{ numbers: piecesOf(numbers), nodata }], percents, positive));
}

/** As `percentilesOf`, of several parts together: a time that depends on how many there are, whatever they are. */
export function* percentileSteps(
  parts: readonly SomeNumbers[],
  percents: readonly number[],
  positive = false,
): Steps<number[] | undefined> {
  const above = positive ? 0 : -Infinity;
  const isSmall = parts.every(({ numbers }) => numbers.isSmall);
  const sorted = isSmall ? yield* counted(parts, above) : yield* ordered(parts, above);
  if (sorted.count === 0) return undefined;
  const places = percents.map((percent) => (sorted.count - 1) * (Math.min(100, Math.max(0, percent)) / 100));
  const found = yield* sorted.at(places.flatMap((place) => [Math.floor(place), Math.ceil(place)]));
  return places.map((place, index) => {
    const [below = NaN, next = NaN] = found.slice(2 * index, 2 * index + 2);
    const share = place - Math.floor(place);
    return share === 0 ? below : below + (next - below) * share;
  });
}

/** Numbers as if they were sorted: which ones stand at places from 0. */
interface Sorted {
  count: number;
  at: (places: readonly number[]) => Steps<number[]>;
}

/** How often each of at most 65,536 numbers occurs. */
function* counted(parts: readonly SomeNumbers[], above: number): Steps<Sorted> {
  let count = 0;
  let first = 0;
  const sums = new Float64Array(2 ** 15 + 2 ** 16);
  for (const { numbers, nodata } of parts) {
    const { counts, least, valid } = yield* countSteps(numbers, nodata, above);
    counts.forEach((many, index) => {
      sums[index] = (sums[index] ?? 0) + many;
    });
    count += valid;
    first = least;
  }
  return {
    count,
    *at(places) {
      yield;
      return places.map((place) => binAt(sums, place).bin + first);
    },
  };
}

/**
 * Numbers by the 64 bits of a double, which are in the order of the numbers once those of negative ones are turned
 * around: counted by the first 16 of them, then those of one count by the next, four times at most.
 */
function* ordered(parts: readonly SomeNumbers[], above: number): Steps<Sorted> {
  const counts = new Uint32Array(BINS);
  for (const part of parts)
    yield* each(part, above, (length) => {
      tally(length, 0, counts);
    });
  return {
    count: counts.reduce((sum, many) => sum + many, 0),
    *at(places) {
      const found = places.map((place) => binAt(counts, place));
      const kept = new Map(found.map(({ bin }) => [bin, new Kept(counts[bin] ?? 0)]));
      for (const part of parts)
        yield* each(part, above, (length) => {
          for (const [bin, own] of kept) own.take(length, 0, bin);
        });
      const values: number[] = [];
      for (const [index, { bin, before }] of found.entries()) {
        const own = kept.get(bin)?.values ?? new Float64Array();
        values.push(yield* placed(own, (places[index] ?? 0) - before, 1));
      }
      return values;
    },
  };
}

/** The number at a place among numbers whose doubles begin with the same `level` times 16 bits. */
function* placed(values: Float64Array, place: number, level: number): Steps<number> {
  // 0 is written in two ways.
  if (level === 4 || values.length === 1) return (values[0] ?? NaN) + 0;
  const part = { numbers: piecesOf(values), nodata: undefined };
  const counts = new Uint32Array(BINS);
  yield* each(part, -Infinity, (length) => {
    tally(length, level, counts);
  });
  const { bin, before } = binAt(counts, place);
  const kept = new Kept(counts[bin] ?? 0);
  yield* each(part, -Infinity, (length) => {
    kept.take(length, level, bin);
  });
  return yield* placed(kept.values, place - before, level + 1);
}

const BINS = 2 ** 16;
/** Doubles, and four times 16 bits of each, the last first. */
const doubles = new Float64Array(PIECE);
const bits = new Uint16Array(doubles.buffer);
const wide = wideIntegers(PIECE);

/** Has the numbers that count used piece by piece: the first so many of `doubles`. */
function* each({ numbers, nodata }: SomeNumbers, above: number, use: (length: number) => void): Steps<void> {
  for (const piece of numbers.pieces()) {
    use(numbers.isBig ? loadBig(piece, nodata, above) : load(piece, nodata, above));
    yield;
  }
}

function load(piece: TypedArray, nodata: number | bigint | undefined, above: number): number {
  loadDoubles(piece, doubles);
  const skip = Number(nodata);
  let length = 0;
  for (let index = 0; index < piece.length; index++) {
    const value = doubles[index] ?? NaN;
    if (value > above && value < Infinity && value !== skip) doubles[length++] = value;
  }
  return length;
}

function loadBig(piece: TypedArray, nodata: number | bigint | undefined, above: number): number {
  const { high: nodataHigh, low: nodataLow } = partsOf(nodata);
  splitIntegers(piece, wide);
  let length = 0;
  for (let index = 0; index < piece.length; index++) {
    const [high, low] = [wide.high[index] ?? 0, wide.low[index] ?? 0];
    // Both parts are exact, so that their sum is the nearest double.
    const value = high * LOW + low;
    if (value > above && !(low === nodataLow && high === nodataHigh)) doubles[length++] = value;
  }
  return length;
}

/** 16 bits of one of the `doubles`, the first at level 0, so that larger numbers have larger ones. */
function binOf(index: number, level: number): number {
  const first = bits[4 * index + 3] ?? 0;
  const own = bits[4 * index + 3 - level] ?? 0;
  if (first >= 0x8000) return own ^ 0xffff;
  return level === 0 ? own | 0x8000 : own;
}

function tally(length: number, level: number, counts: Uint32Array): void {
  for (let index = 0; index < length; index++) {
    const bin = binOf(index, level);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
}

/** Those of the `doubles` that are counted in one bin. */
class Kept {
  readonly values: Float64Array;
  #length = 0;

  constructor(count: number) {
    this.values = new Float64Array(count);
  }

  take(length: number, level: number, bin: number): void {
    for (let index = 0; index < length; index++) {
      if (binOf(index, level) === bin) this.values[this.#length++] = doubles[index] ?? NaN;
    }
  }
}

/** In which count a place lies, and how many are counted before it. */
function binAt(counts: Uint32Array | Float64Array, place: number): { bin: number; before: number } {
  let before = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const next = before + (counts[bin] ?? 0);
    if (place < next) return { bin, before };
    before = next;
  }
  return { bin: counts.length - 1, before };
}
