import type { ChunkIndex } from '../chunk-index';
import type { TextSpan } from '../types';

/** Consecutive chunks of an array, from one record file, and their rows in the columns of the set. */
export interface RecordRun {
  /** The record file, below the folder of the set. */
  file: string;
  path: string;
  /** Chunks [firstChunk, firstChunk + count), in C order. */
  firstChunk: number;
  count: number;
  firstRow: number;
  /** Row of the first of these chunks in the record file, from 0; undefined where all share one row of the columns, which says they are malformed. */
  firstInFile: number | undefined;
  /** Place of the array's metadata in the text. */
  place: TextSpan;
}

/** Rows that a run has in the columns. */
export function rowsOfRun({ count, firstInFile }: RecordRun): number {
  return firstInFile === undefined ? 1 : count;
}

/** The run that holds a row of the columns; undefined for rows before the first. `runs` are in the order of rows. */
export function runOfRow(runs: readonly RecordRun[], row: number): RecordRun | undefined {
  return lastNotAbove(runs, ({ firstRow }) => firstRow, row);
}

/** Number of the chunk that has a row of the columns. */
export function chunkOfRow(run: RecordRun, row: number): number {
  return run.firstChunk + (run.firstInFile === undefined ? 0 : row - run.firstRow);
}

/** The chunks of one array, by its runs, which are in the order of chunks. */
export class RecordIndex implements ChunkIndex {
  readonly count: number;

  constructor(private readonly runs: readonly RecordRun[]) {
    this.count = runs.reduce((sum, run) => sum + run.count, 0);
  }

  row(chunk: number): number | undefined {
    const run = lastNotAbove(this.runs, ({ firstChunk }) => firstChunk, chunk);
    if (run === undefined || chunk >= run.firstChunk + run.count) return undefined;
    return rowOf(run, chunk);
  }

  forEach(visit: (chunk: number, row: number) => void): void {
    for (const run of this.runs) {
      const stop = run.firstChunk + run.count;
      for (let chunk = run.firstChunk; chunk < stop; chunk++) visit(chunk, rowOf(run, chunk));
    }
  }

  *entries(first = 0, end = Infinity): Iterable<[number, number]> {
    for (const run of this.runs) {
      const stop = Math.min(end, run.firstChunk + run.count);
      for (let chunk = Math.max(first, run.firstChunk); chunk < stop; chunk++) yield [chunk, rowOf(run, chunk)];
    }
  }
}

function rowOf(run: RecordRun, chunk: number): number {
  return run.firstRow + (run.firstInFile === undefined ? 0 : chunk - run.firstChunk);
}

function lastNotAbove<T>(items: readonly T[], value: (item: T) => number, most: number): T | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && value(item) <= most) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}
