import { isStop, type Steps } from '../steps';

/** Rows that are merged between two stops. */
const BETWEEN_STOPS = 1 << 15;

type IsAbove = (a: number, b: number) => boolean;

/** Two stretches of rows that are merged, [start, middle) and [middle, end), and how far that is. */
interface Merge {
  left: number;
  middle: number;
  right: number;
  end: number;
  at: number;
}

/**
 * Sorts numbers of rows in place, stably: `isAbove(a, b)` says that `a` belongs behind `b`. A merge sort that takes the stretches which stand in
 * order already as they are, so that what is nearly in order takes little time. It needs as much memory again while it works.
 */
export function* sortRows(rows: Uint32Array, isAbove: IsAbove): Steps<void> {
  let bounds = yield* stretches(rows, isAbove);
  if (bounds.length <= 2) return;
  let from: Uint32Array = rows;
  let to: Uint32Array = new Uint32Array(rows.length);
  let done = 0;
  while (bounds.length > 2) {
    const merged: number[] = [];
    for (let i = 0; i + 1 < bounds.length; i += 2) {
      const start = bounds[i] ?? 0;
      const middle = bounds[i + 1] ?? rows.length;
      const end = bounds[i + 2] ?? rows.length;
      const merge = { left: start, middle, right: middle, end, at: start };
      while (merge.at < end) {
        done += mergeSome(from, to, merge, isAbove);
        if (done < BETWEEN_STOPS) continue;
        done = 0;
        yield;
      }
      merged.push(start);
    }
    merged.push(rows.length);
    bounds = merged;
    [from, to] = [to, from];
  }
  if (from !== rows) rows.set(from);
}

/** Where the stretches that stand in order begin, and the end of the last. */
function* stretches(rows: Uint32Array, isAbove: IsAbove): Steps<number[]> {
  const starts = [0];
  for (let i = 1; i < rows.length; i++) {
    if (isAbove(rows[i - 1] ?? 0, rows[i] ?? 0)) starts.push(i);
    if (isStop(i)) yield;
  }
  starts.push(rows.length);
  return starts;
}

/** Goes on with a merge for a while; returns the rows that it has moved. */
function mergeSome(from: Uint32Array, to: Uint32Array, merge: Merge, isAbove: IsAbove): number {
  const { middle, end } = merge;
  let { left, right, at } = merge;
  const stop = Math.min(end, at + BETWEEN_STOPS);
  for (; at < stop; at++) {
    const takesRight = left === middle || (right < end && isAbove(from[left] ?? 0, from[right] ?? 0));
    to[at] = from[takesRight ? right++ : left++] ?? 0;
  }
  const moved = stop - merge.at;
  merge.left = left;
  merge.right = right;
  merge.at = at;
  return moved;
}
