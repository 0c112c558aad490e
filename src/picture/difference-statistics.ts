import { runAtOnce, type Steps } from '../steps';
import { type Compared, type Differences, pairStates } from './pair-states';
import { Pairs } from './pairs';
import { PIECE } from './pieces';
import { Sums } from './sums';
import { Extreme, joined, LOW } from './wide-integers';

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
  differences: Differences,
): Steps<DifferenceStatistics> {
  const pairs = new Pairs(first, second);
  const { states, values } = differences;
  const counts = new Uint32Array(Object.keys(pairStates).length);
  const measures = new Measures();
  for (let from = 0; from < states.length; from += PIECE) {
    for (const state of states.subarray(from, from + PIECE)) counts[state] = (counts[state] ?? 0) + 1;
    measures.add(values, from, Math.min(values.length, from + PIECE));
    yield;
  }
  const of = (state: keyof typeof pairStates): number => counts[pairStates[state]] ?? 0;
  const numbers = of('equal') + of('differs');
  return {
    count: states.length,
    notRead: of('notRead'),
    nodataInBoth: of('nodataInBoth'),
    nodataInFirst: of('nodataInFirst'),
    nodataInSecond: of('nodataInSecond'),
    compared: numbers + of('noDifference'),
    unequal: of('differs') + of('noDifference'),
    noDifference: of('noDifference'),
    // What is equal without a difference of 0 is NaN in both.
    nanInBoth: numbers - measures.count,
    ...(pairs.isExact ? yield* ofIntegers(pairs, differences, measures) : yield* ofDoubles(values, measures)),
  };
}

type Measured = Pick<DifferenceStatistics, 'minimum' | 'maximum' | 'mean' | 'rootMeanSquare' | 'largest'>;

const nothing: Measured = { minimum: null, maximum: null, mean: null, rootMeanSquare: null, largest: null };

/** What is known of differences after one pass over them; NaN is left out. */
class Measures {
  count = 0;
  minimum = Infinity;
  maximum = -Infinity;
  largest = -1;
  #most = 0;
  readonly sums = new Sums();

  add(values: Float64Array, from: number, to: number): void {
    let { count, minimum, maximum, largest } = this;
    let most = this.#most;
    for (let index = from; index < to; index++) {
      const value = values[index] ?? NaN;
      if (Number.isNaN(value)) continue;
      count++;
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
      const magnitude = Math.abs(value);
      if (magnitude > most) [most, largest] = [magnitude, index];
    }
    [this.count, this.minimum, this.maximum, this.largest, this.#most] = [count, minimum, maximum, largest, most];
    this.sums.add(values.subarray(from, to));
  }
}

/** Magnitudes whose squares and sums are held by doubles without a loss. */
const [SMALL, GREAT] = [2 ** -400, 2 ** 400];

function* ofDoubles(values: Float64Array, { count, minimum, maximum, largest, sums }: Measures): Steps<Measured> {
  if (count === 0) return nothing;
  const greatest = Math.max(-minimum, maximum);
  const isPlain = greatest === 0 || (greatest > SMALL && greatest < GREAT);
  // Divided by a power of two, which loses nothing, so that no sum or square of large numbers overflows.
  const scale = isPlain ? 1 : 2 ** Math.min(1023, Math.floor(Math.log2(greatest)));
  const scaled = isPlain ? sums : yield* scaledSums(values, scale);
  return {
    minimum,
    maximum,
    mean: (scaled.sum / count) * scale,
    rootMeanSquare: Math.sqrt(scaled.squares / count) * scale,
    largest: largest < 0 ? null : { difference: values[largest] ?? NaN, index: largest },
  };
}

function* scaledSums(values: Float64Array, scale: number): Steps<Sums> {
  const sums = new Sums();
  for (let from = 0; from < values.length; from += PIECE) {
    sums.add(values.subarray(from, from + PIECE).map((value) => value / scale));
    yield;
  }
  return sums;
}

/** Exact: the difference of unsigned integers is negative where it is, and that of 64-bit integers has all its digits. */
function* ofIntegers(pairs: Pairs, differences: Differences, { count, sums }: Measures): Steps<Measured> {
  if (count === 0) return nothing;
  const [minimum, maximum, most] = [new Extreme(), new Extreme(), new Extreme()];
  let sum = 0n;
  let largest = -1;
  for (let from = 0; from < pairs.count; from += PIECE) {
    let [highs, lows] = [0, 0];
    pairs.eachExact(differences, from, Math.min(pairs.count, from + PIECE), (high, low, index) => {
      highs += high;
      lows += low;
      if (minimum.isAbove(high, low)) minimum.set(high, low);
      if (maximum.isBelow(high, low)) maximum.set(high, low);
      // The parts of what it is turned around.
      const [up, down] = high >= 0 ? [high, low] : low === 0 ? [-high, 0] : [-high - 1, LOW - low];
      if ((up > 0 || down > 0) && most.isBelow(up, down)) {
        most.set(up, down);
        largest = index;
      }
    });
    sum += joined(highs, lows);
    yield;
  }
  const all = BigInt(count);
  return {
    minimum: minimum.value,
    maximum: maximum.value,
    mean: Number(sum / all) + Number(sum % all) / count,
    rootMeanSquare: Math.sqrt(sums.squares / count),
    largest: largest < 0 ? null : { difference: pairs.differenceAt(largest), index: largest },
  };
}
