import { KerchunkError } from '../errors';
import type { ManifestArray } from '../manifest/types';
import { cfTimeText } from '../zarr/cf-time';
import { elementCount } from '../zarr/shape';
import { valueText } from '../zarr/text';
import type { NdArray, ZarrArray } from '../zarr/types';
import { valueAt } from '../zarr/values';
import { inlineValues, isInline } from './values';

/** Elements of each kind that are shown one by one. */
const MOST_SHOWN = 3;

/** Elements of one kind: how many, and the first of them, with their indices and what they are in the first set and in the second. */
export interface ValueChanges {
  count: number;
  first: { index: number[]; before?: string; after?: string }[];
}

/** What the values of two arrays that stand in the references differ in, as text: dates by CF units. */
export interface ValueDiff {
  changed: ValueChanges;
  /** Elements that only the second has, behind those of the first, and the other way round. */
  added: ValueChanges;
  lost: ValueChanges;
}

/**
 * Compares the values of two arrays that both stand in the references: of one shape, or along one axis. Undefined for others, and for values
 * that cannot be decoded.
 */
export async function diffValues(
  before: ManifestArray,
  after: ManifestArray,
  signal: AbortSignal | undefined,
): Promise<ValueDiff | undefined> {
  const [shape, other] = [before.array.shape, after.array.shape];
  const isSameShape = shape.length === other.length && shape.every((side, axis) => side === other[axis]);
  if (!isSameShape && !(shape.length === 1 && other.length === 1)) return undefined;
  if (!isInline(before) || !isInline(after)) return undefined;
  try {
    const [left, right] = [await inlineValues(before, signal), await inlineValues(after, signal)];
    return compare(left, right, textsOf(before.array), textsOf(after.array));
  } catch (error) {
    if (error instanceof KerchunkError && error.code !== 'cancelled') return undefined;
    throw error;
  }
}

/** Whether no value differs. */
export function isEmptyValueDiff({ changed, added, lost }: ValueDiff): boolean {
  return changed.count + added.count + lost.count === 0;
}

type Text = (values: NdArray, at: number) => string;

function compare(left: NdArray, right: NdArray, textBefore: Text, textAfter: Text): ValueDiff {
  const found: ValueDiff = { changed: none(), added: none(), lost: none() };
  const [count, other] = [elementCount(left.shape), elementCount(right.shape)];
  for (let at = 0; at < Math.max(count, other); at++) {
    const before = at < count ? textBefore(left, at) : undefined;
    const after = at < other ? textAfter(right, at) : undefined;
    if (before === after) continue;
    const changes = before === undefined ? found.added : after === undefined ? found.lost : found.changed;
    changes.count++;
    if (changes.first.length >= MOST_SHOWN) continue;
    changes.first.push({
      index: indexOf(count > other ? left.shape : right.shape, at),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    });
  }
  return found;
}

function textsOf({ attributes }: ZarrArray): Text {
  const time = cfTimeText(attributes.units, attributes.calendar);
  return (values, at) => {
    const value = valueAt(values, at);
    const date = typeof value === 'number' || typeof value === 'bigint' ? time?.(value) : undefined;
    return date ?? valueText(value, values.dataType);
  };
}

function indexOf(shape: readonly number[], at: number): number[] {
  const index: number[] = [];
  let rest = at;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const side = shape[axis] ?? 1;
    index.unshift(rest % side);
    rest = Math.floor(rest / side);
  }
  return index;
}

function none(): ValueChanges {
  return { count: 0, first: [] };
}
