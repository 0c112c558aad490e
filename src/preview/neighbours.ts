import { throwIfCancelled } from '../bytes/cancel';
import type { ReferenceRows } from '../references/rows';
import type { Neighbour, Neighbours } from './hover-types';

/** Rows between two looks at whether the answer is still wanted. */
const ROWS_AT_ONCE = 2 ** 20;

/** A byte range of a file, half-open. */
interface Range {
  start: number;
  end: number;
}

/**
 * The references nearest to that of `key` in the same target: before it, of those that start earlier, the one that reaches farthest; behind it, of
 * those that start later, the one that starts first. Of ranges with the same start a shorter one counts as earlier, and an equal one, if any, as
 * the neighbour on both sides. References to a whole target are nobody's neighbours. Takes some nanoseconds for each entry of the file.
 * @param target what the reference points at, as `ReferenceRows.url` has it.
 * @throws KerchunkError `cancelled`.
 */
export function neighboursOf(
  rows: ReferenceRows,
  key: string,
  target: string,
  { start, end }: Range,
  signal: AbortSignal,
): Neighbours {
  const number = targetNumber(rows, target, { start, end });
  let [before, beforeEnd] = [-1, -Infinity];
  let [after, afterStart, afterEnd] = [-1, Infinity, Infinity];
  let equal = -1;
  for (let row = 0; row < rows.length; row++) {
    if (row % ROWS_AT_ONCE === 0) throwIfCancelled(signal);
    if (rows.target(row) !== number || rows.isWhole(row)) continue;
    const rowStart = rows.offset(row);
    const rowEnd = rowStart + rows.extent(row);
    if (rowStart === start && rowEnd === end) {
      if (equal < 0 && rows.key(row) !== key) equal = row;
    } else if (rowStart < start || (rowStart === start && rowEnd < end)) {
      if (rowEnd > beforeEnd) [before, beforeEnd] = [row, rowEnd];
    } else if (rowStart < afterStart || (rowStart === afterStart && rowEnd < afterEnd)) {
      [after, afterStart, afterEnd] = [row, rowStart, rowEnd];
    }
  }
  if (equal >= 0) {
    const both = { key: rows.key(equal), gap: start - end };
    return { before: both, after: both };
  }
  const neighbour = (row: number): Neighbour | null => {
    if (row < 0) return null;
    const other = { start: rows.offset(row), end: rows.offset(row) + rows.extent(row) };
    return { key: rows.key(row), gap: Math.max(start, other.start) - Math.min(end, other.end) };
  };
  return { before: neighbour(before), after: neighbour(after) };
}

/** The number of the target of that address that has a reference to that range. */
function targetNumber(rows: ReferenceRows, target: string, { start, end }: Range): number {
  for (let row = 0; row < rows.length; row++) {
    if (rows.offset(row) !== start || start + rows.extent(row) !== end) continue;
    const number = rows.target(row);
    if (number >= 0 && rows.url(number) === target) return number;
  }
  return -1;
}
