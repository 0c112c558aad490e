import type { ManifestEntry } from './types';

/** Boxes of chunks along an axis that are held at once. */
const MOST_OPEN = 1000;

/**
 * A box of chunks of one array that lie in one file, all equally long, at offsets that grow by one step along each axis: chunk `start` plus
 * index i of axis a is at `offset` + i * `steps[a]`.
 */
export interface Run {
  /** Number of its first chunk in C order. */
  start: number;
  /** Chunks along each axis. */
  sizes: number[];
  steps: number[];
  url: string;
  offset: number;
  length: number;
  /** Places among the array's entries, from 0, at which its rows along the last axis with more than one chunk in the grid begin. */
  rows: number[];
  /** Chunks of each row. */
  rowLength: number;
}

/** Finds the runs among the entries of an array with this grid, which come in ascending order. */
export class RunFinder {
  /** The axes with more than one chunk, the last first, with the distance of two neighbours along them. */
  private readonly axes: { axis: number; side: number; stride: number }[] = [];
  /** By axis in `axes`, from the second: boxes that may go on along it, by the number of their first chunk at index 0 of the axis. */
  private readonly open: Map<number, Run>[];
  /** What is open along the axis lies in this box of the axes before. */
  private readonly outer: number[];
  private row: Run | undefined;
  private ordinal = 0;

  constructor(
    private readonly grid: readonly number[],
    private readonly found: (run: Run) => void,
  ) {
    let stride = 1;
    for (let axis = grid.length - 1; axis >= 0; axis--) {
      const side = grid[axis] ?? 1;
      if (side > 1) this.axes.push({ axis, side, stride });
      stride *= side;
    }
    this.open = this.axes.map(() => new Map<number, Run>());
    this.outer = this.axes.map(() => -1);
  }

  add(chunk: number, entry: ManifestEntry): void {
    const ordinal = this.ordinal++;
    const [last] = this.axes;
    if (last === undefined) return;
    const { row } = this;
    if (entry.kind !== 'range') {
      this.endRow();
      return;
    }
    if (row?.url === entry.url && row.length === entry.length && chunk === row.start + row.rowLength) {
      const step = entry.offset - row.offset;
      const isNext = row.rowLength === 1 || step === (row.steps[last.axis] ?? 0) * row.rowLength;
      if (isNext && chunk % last.side !== 0) {
        if (row.rowLength === 1) row.steps[last.axis] = step;
        row.rowLength++;
        row.sizes[last.axis] = row.rowLength;
        return;
      }
    }
    this.endRow();
    this.row = {
      start: chunk,
      sizes: this.grid.map(() => 1),
      steps: this.grid.map(() => 0),
      url: entry.url,
      offset: entry.offset,
      length: entry.length,
      rows: [ordinal],
      rowLength: 1,
    };
  }

  /** After the last entry. */
  end(): void {
    this.endRow();
    for (let level = 1; level < this.axes.length; level++) this.close(level);
  }

  private endRow(): void {
    const { row } = this;
    this.row = undefined;
    // Single chunks are the most of a compressed file, and make no run.
    if (row !== undefined && row.rowLength > 1) this.pass(row, 1);
  }

  /** Lets a box go on one that is open along an axis. */
  private pass(run: Run, level: number): void {
    const place = this.axes[level];
    const open = this.open[level];
    if (place === undefined || open === undefined) {
      this.found(run);
      return;
    }
    const { axis, side, stride } = place;
    const outer = Math.floor(run.start / (stride * side));
    if (outer !== this.outer[level]) {
      this.close(level);
      this.outer[level] = outer;
    }
    const index = Math.floor(run.start / stride) % side;
    const key = run.start - index * stride;
    const before = open.get(key);
    if (before !== undefined && extend(before, run, axis, stride)) return;
    open.set(key, run);
    if (before !== undefined) this.pass(before, level + 1);
    if (open.size > MOST_OPEN) this.close(level);
  }

  private close(level: number): void {
    const open = this.open[level];
    if (open === undefined) return;
    const runs = [...open.values()];
    open.clear();
    for (const run of runs) this.pass(run, level + 1);
  }
}

/** Whether a box goes on another along an axis, which then holds it. */
function extend(before: Run, run: Run, axis: number, stride: number): boolean {
  const count = before.sizes[axis] ?? 1;
  const step = run.offset - before.offset;
  if (before.start + count * stride !== run.start || before.url !== run.url || before.length !== run.length)
    return false;
  if (count > 1 && step !== (before.steps[axis] ?? 0) * count) return false;
  const isAlike = before.sizes.every(
    (size, at) => at === axis || (size === run.sizes[at] && before.steps[at] === run.steps[at]),
  );
  if (!isAlike) return false;
  if (count === 1) before.steps[axis] = step;
  before.sizes[axis] = count + 1;
  for (const row of run.rows) before.rows.push(row);
  return true;
}
