import { isStop, type Steps } from '../steps';
import { float64Column, uint32Column } from './columns';
import { sortRows } from './sort-rows';

/** Which row holds a chunk, by its number in C order. */
export interface ChunkIndex {
  /** Chunks that have a row. */
  readonly count: number;
  row(chunk: number): number | undefined;
  /** Calls `visit` with every pair of chunk number and row, by number of chunk: what goes over millions of them takes this. */
  forEach(visit: (chunk: number, row: number) => void): void;
  /** Pairs of chunk number and row, by number, of the chunks [first, end). */
  entries(first?: number, end?: number): Iterable<[chunk: number, row: number]>;
}

type Duplicate = (earlier: number, later: number) => void;

/** Chunks to a run, on average, from which on an index of runs takes less memory and time than the others. */
const LONG_RUN = 8;

/**
 * Collects pairs of chunk number and row, in the order of rows, and makes an index of them. They are kept as runs, in which each chunk
 * follows the last, as does its row: a file that lists its chunks in order needs next to no memory for them.
 */
export class ChunkIndexBuilder {
  private readonly chunks = float64Column();
  private readonly rows = uint32Column();
  private readonly lengths = uint32Column();
  private count = 0;
  /** Of the last run. */
  private length = 0;
  private nextChunk = -1;
  private nextRow = -1;

  add(chunk: number, row: number): void {
    this.count++;
    if (chunk === this.nextChunk && row === this.nextRow) {
      this.length++;
    } else {
      if (this.length > 0) this.lengths.push(this.length);
      this.chunks.push(chunk);
      this.rows.push(row);
      this.length = 1;
    }
    this.nextChunk = chunk + 1;
    this.nextRow = row + 1;
  }

  /**
   * The index for a grid of `total` chunks: of runs where these are long and in order, by number where at least a quarter of the grid is
   * there, else sorted pairs. Of two rows with the same chunk the later counts; `duplicate` is told both.
   */
  *build(total: number, duplicate: Duplicate): Steps<ChunkIndex> {
    if (this.length > 0) this.lengths.push(this.length);
    this.length = 0;
    if (this.rows.length * LONG_RUN <= this.count && this.isInOrder()) return this.runs();
    return yield* this.count * 4 >= total ? this.dense(total, duplicate) : this.sparse(duplicate);
  }

  private isInOrder(): boolean {
    let end = 0;
    for (let i = 0; i < this.rows.length; i++) {
      if (this.chunks.get(i) < end) return false;
      end = this.chunks.get(i) + this.lengths.get(i);
    }
    return true;
  }

  private runs(): ChunkIndex {
    const { rows, chunks, lengths } = this;
    const firstChunks = Float64Array.from({ length: rows.length }, (_, i) => chunks.get(i));
    const firstRows = Uint32Array.from({ length: rows.length }, (_, i) => rows.get(i));
    return new RunIndex(
      firstChunks,
      firstRows,
      Uint32Array.from({ length: rows.length }, (_, i) => lengths.get(i)),
      this.count,
    );
  }

  private *dense(total: number, duplicate: Duplicate): Steps<ChunkIndex> {
    // Rows counted from 1, so that 0 is none.
    const rowOf = new Uint32Array(total);
    let count = 0;
    for (let run = 0; run < this.rows.length; run++) {
      const first = this.chunks.get(run);
      const firstRow = this.rows.get(run);
      for (let i = 0; i < this.lengths.get(run); i++) {
        const earlier = rowOf[first + i] ?? 0;
        if (earlier === 0) count++;
        else duplicate(earlier - 1, firstRow + i);
        rowOf[first + i] = firstRow + i + 1;
        if (isStop(i)) yield;
      }
      if (isStop(run)) yield;
    }
    return new DenseIndex(rowOf, count);
  }

  private *sparse(duplicate: Duplicate): Steps<ChunkIndex> {
    const { pairs, rows } = yield* this.pairs();
    const order = Uint32Array.from(pairs.keys());
    yield* sortRows(order, (a, b) => (pairs[a] ?? 0) > (pairs[b] ?? 0));
    const sorted = new Float64Array(order.length);
    const sortedRows = new Uint32Array(order.length);
    let count = 0;
    for (let i = 0; i < order.length; i++) {
      const chunk = pairs[order[i] ?? 0] ?? 0;
      const row = rows[order[i] ?? 0] ?? 0;
      const last = count - 1;
      if (count > 0 && sorted[last] === chunk) {
        duplicate(sortedRows[last] ?? 0, row);
        sortedRows[last] = row;
      } else {
        sorted[count] = chunk;
        sortedRows[count++] = row;
      }
      if (isStop(i)) yield;
    }
    return new SparseIndex(sorted.slice(0, count), sortedRows.slice(0, count));
  }

  /** The runs taken apart. */
  private *pairs(): Steps<{ pairs: Float64Array; rows: Uint32Array }> {
    const pairs = new Float64Array(this.count);
    const rows = new Uint32Array(this.count);
    let at = 0;
    for (let run = 0; run < this.rows.length; run++) {
      for (let i = 0; i < this.lengths.get(run); i++) {
        pairs[at] = this.chunks.get(run) + i;
        rows[at++] = this.rows.get(run) + i;
        if (isStop(at)) yield;
      }
    }
    return { pairs, rows };
  }
}

/** Runs of chunks, in order and apart from one another. */
class RunIndex implements ChunkIndex {
  constructor(
    private readonly chunks: Float64Array,
    private readonly rows: Uint32Array,
    private readonly lengths: Uint32Array,
    readonly count: number,
  ) {}

  row(chunk: number): number | undefined {
    const run = position(this.chunks, chunk + 1) - 1;
    const at = chunk - (this.chunks[run] ?? 0);
    return run >= 0 && at < (this.lengths[run] ?? 0) ? (this.rows[run] ?? 0) + at : undefined;
  }

  *entries(first = 0, end = Infinity): Iterable<[number, number]> {
    for (let run = Math.max(position(this.chunks, first + 1) - 1, 0); run < this.rows.length; run++) {
      const start = this.chunks[run] ?? 0;
      if (start >= end) return;
      const row = this.rows[run] ?? 0;
      const stop = Math.min(this.lengths[run] ?? 0, end - start);
      for (let i = Math.max(first - start, 0); i < stop; i++) yield [start + i, row + i];
    }
  }

  forEach(visit: (chunk: number, row: number) => void): void {
    for (let run = 0; run < this.rows.length; run++) {
      const [chunk, row, length] = [this.chunks[run] ?? 0, this.rows[run] ?? 0, this.lengths[run] ?? 0];
      for (let at = 0; at < length; at++) visit(chunk + at, row + at);
    }
  }
}

class DenseIndex implements ChunkIndex {
  constructor(
    private readonly rowOf: Uint32Array,
    readonly count: number,
  ) {}

  row(chunk: number): number | undefined {
    const row = this.rowOf[chunk] ?? 0;
    return row === 0 ? undefined : row - 1;
  }

  forEach(visit: (chunk: number, row: number) => void): void {
    for (let chunk = 0; chunk < this.rowOf.length; chunk++) {
      const row = this.rowOf[chunk] ?? 0;
      if (row !== 0) visit(chunk, row - 1);
    }
  }

  *entries(first = 0, end = Infinity): Iterable<[number, number]> {
    const stop = Math.min(end, this.rowOf.length);
    for (let chunk = first; chunk < stop; chunk++) {
      const row = this.rowOf[chunk] ?? 0;
      if (row !== 0) yield [chunk, row - 1];
    }
  }
}

class SparseIndex implements ChunkIndex {
  constructor(
    private readonly chunks: Float64Array,
    private readonly rows: Uint32Array,
  ) {}

  get count(): number {
    return this.chunks.length;
  }

  row(chunk: number): number | undefined {
    const at = position(this.chunks, chunk);
    return this.chunks[at] === chunk ? this.rows[at] : undefined;
  }

  forEach(visit: (chunk: number, row: number) => void): void {
    for (let i = 0; i < this.rows.length; i++) visit(this.chunks[i] ?? 0, this.rows[i] ?? 0);
  }

  *entries(first = 0, end = Infinity): Iterable<[number, number]> {
    const stop = position(this.chunks, end);
    for (let i = position(this.chunks, first); i < stop; i++) yield [this.chunks[i] ?? 0, this.rows[i] ?? 0];
  }
}

/** Position of the first of ascending numbers that is not below `wanted`. */
function position(numbers: Float64Array, wanted: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
