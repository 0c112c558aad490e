import type { ReferenceRows, RowOwners } from '../references/rows';
import { sortRows } from '../references/sort-rows';
import { isStop, type Steps } from '../steps';

/** What is told of ranges that meet: `row` stands later in the text than `other`. */
export interface RangeFaults {
  /** Both are the same range of one target. */
  same(row: number, other: number): void;
  /** They share bytes of one target, and are not the same. */
  overlapping(row: number, other: number): void;
  /** The range ends behind the end of its target, which has `size` bytes. */
  pastEnd(row: number, size: number): void;
}

/** What one pass over the rows tells of every target. */
interface Extents {
  /** Where the range that ends last ends; -1 where there is no range. */
  ends: Float64Array;
  /** Not 0 where a range begins before the end of one that stands earlier in the text. */
  disorder: Uint8Array;
  /** Ranges that begin so. */
  disordered: number;
}

/**
 * Looks at every range beside the others of its target. Where the ranges of a target ascend in the text, as they mostly do, that is one pass; those
 * of other targets are sorted. A reference to a whole target meets only another to the same. `sizes` are the bytes of targets by address, where
 * they are known. Takes 9 bytes a target, and 10 a row of targets that are not in order. `faultsAmong` is called where there
 * may be a fault, and what it gives is told and returned.
 */
export function* findRangeFaults<Faults extends RangeFaults>(
  rows: ReferenceRows,
  sizes: ReadonlyMap<string, number>,
  faultsAmong: (owners: RowOwners) => Faults,
): Steps<Faults | undefined> {
  const extents = yield* measure(rows);
  const exceeded = yield* findExceeded(rows, extents, sizes);
  if (extents.disordered === 0 && exceeded.size === 0) return undefined;
  const faults = faultsAmong(yield* rows.owners());
  if (exceeded.size > 0) yield* findPastEnd(rows, exceeded, faults);
  if (extents.disordered === 0) return faults;
  const order = yield* collectDisordered(rows, extents);
  yield* sortRows(order, (a, b) => isAbove(rows, a, b));
  yield* sweep(rows, order, faults);
  return faults;
}

function* measure(rows: ReferenceRows): Steps<Extents> {
  const ends = new Float64Array(rows.targets).fill(-1);
  const disorder = new Uint8Array(rows.targets);
  let disordered = 0;
  for (let row = 0; row < rows.length; row++) {
    if (isStop(row)) yield;
    const target = rows.target(row);
    if (target < 0) continue;
    const offset = rows.offset(row);
    const last = ends[target] ?? -1;
    // A whole target has the offset -1 and ends at 0 here: before every range, and not before another whole one.
    const end = Math.max(offset, 0) + rows.extent(row);
    if (end > last) ends[target] = end;
    if (offset >= last) continue;
    disorder[target] = 1;
    disordered++;
  }
  return { ends, disorder, disordered };
}

/** The targets of known size of which a range ends behind that, and their size. */
function* findExceeded(
  rows: ReferenceRows,
  { ends }: Extents,
  sizes: ReadonlyMap<string, number>,
): Steps<Map<number, number>> {
  const exceeded = new Map<number, number>();
  // Addresses are made only of targets that may be among them: there may be millions.
  const smallest = [...sizes.values()].reduce((least, size) => Math.min(least, size), Infinity);
  for (let target = 0; target < ends.length; target++) {
    if (isStop(target)) yield;
    const end = ends[target] ?? -1;
    if (end <= smallest) continue;
    const size = sizes.get(rows.url(target));
    if (size !== undefined && end > size) exceeded.set(target, size);
  }
  return exceeded;
}

function* findPastEnd(rows: ReferenceRows, exceeded: ReadonlyMap<number, number>, faults: RangeFaults): Steps<void> {
  for (let row = 0; row < rows.length; row++) {
    if (isStop(row)) yield;
    const size = exceeded.get(rows.target(row));
    if (size !== undefined && rows.offset(row) + rows.extent(row) > size) faults.pastEnd(row, size);
  }
}

/** The rows of targets in disorder, those of a target together, in the order of the text. */
function* collectDisordered(rows: ReferenceRows, { disorder }: Extents): Steps<Uint32Array> {
  // Where the rows of each target begin; while they are put there, where the next one goes.
  const places = new Uint32Array(disorder.length);
  let count = 0;
  for (let row = 0; row < rows.length; row++) {
    if (isStop(row)) yield;
    const target = rows.target(row);
    if (disorder[target] !== 1) continue;
    places[target] = (places[target] ?? 0) + 1;
    count++;
  }
  let before = 0;
  for (let target = 0; target < places.length; target++) {
    const own = places[target] ?? 0;
    places[target] = before;
    before += own;
  }
  const order = new Uint32Array(count);
  for (let row = 0; row < rows.length; row++) {
    if (isStop(row)) yield;
    const target = rows.target(row);
    if (disorder[target] !== 1) continue;
    const place = places[target] ?? 0;
    order[place] = row;
    places[target] = place + 1;
  }
  return order;
}

function isAbove(rows: ReferenceRows, a: number, b: number): boolean {
  const targets = rows.target(a) - rows.target(b);
  if (targets !== 0) return targets > 0;
  const offsets = rows.offset(a) - rows.offset(b);
  return offsets !== 0 ? offsets > 0 : rows.extent(a) > rows.extent(b);
}

/** Goes over rows by target, offset and length. */
function* sweep(rows: ReferenceRows, order: Uint32Array, faults: RangeFaults): Steps<void> {
  let target = -1;
  /** The first row of the range that was met last, and the row whose range ends last. */
  let last = 0;
  let reaching = 0;
  let end = 0;
  for (let i = 0; i < order.length; i++) {
    if (isStop(i)) yield;
    const row = order[i] ?? 0;
    const offset = rows.offset(row);
    const extent = rows.extent(row);
    if (rows.target(row) !== target) {
      target = rows.target(row);
      end = -1;
    } else if (offset === rows.offset(last) && extent === rows.extent(last)) {
      faults.same(row, last);
      continue;
    } else if (offset < end) {
      faults.overlapping(Math.max(row, reaching), Math.min(row, reaching));
    }
    last = row;
    if (offset + extent <= end) continue;
    end = offset + extent;
    reaching = row;
  }
}
