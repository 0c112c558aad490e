import { runAtOnce, type Steps } from '../steps';
import type { DataType } from '../zarr/types';
import { isNumeric } from '../zarr/values';
import type { Compared, Differences } from './pair-states';
import { Pairs } from './pairs';

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
  const differences = { states: new Uint8Array(count), values: new Float64Array(count) };
  for (let from = 0; from < count; from += pairs.piece) {
    pairs.fill(differences, from, Math.min(count, from + pairs.piece), open);
    yield;
  }
  return differences;
}

/** The difference of one pair, exact for integers; NaN where one is NaN, whatever is nodata. */
export function differenceAt(first: Compared, second: Compared, index: number): number | bigint {
  return new Pairs(first, second).differenceAt(index);
}
