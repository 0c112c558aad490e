import { float64Column, uint32Column } from './columns';

/** Which row holds a chunk, by its number in C order. */
export interface ChunkIndex {
  /** Chunks that have a row. */
  readonly count: number;
  row(chunk: number): number | undefined;
  /** Calls `visit` with every pair of chunk number and row, by number: several times as fast as `entries`. */
  forEach(visit: (chunk: number, row: number) => void): void;
  /** Pairs of chunk number and row, by number, of the chunks [first, end). */
  entries(first?: number, end?: number): Iterable<[chunk: number, row: number]>;
}

/** Collects pairs of chunk number and row, in the order of rows, and makes an index of them. */
export class ChunkIndexBuilder {
  private readonly chunks = float64Column();
  private readonly rows = uint32Column();

  add(chunk: number, row: number): void {
    this.chunks.push(chunk);
    this.rows.push(row);
  }

  /**
   * The index for a grid of `total` chunks: by number where at least a quarter of the grid is there, else sorted pairs. Of two rows
   * with the same chunk the later counts; `duplicate` is told both.
   */
  build(total: number, duplicate: (earlier: number, later: number) => void): ChunkIndex {
    return this.chunks.length * 4 >= total ? this.dense(total, duplicate) : this.sparse(duplicate);
  }

  private dense(total: number, duplicate: (earlier: number, later: number) => void): ChunkIndex {
    // Rows counted from 1, so that 0 is none.
    const rowOf = new Uint32Array(total);
    let count = 0;
    for (let i = 0; i < this.chunks.length; i++) {
      const chunk = this.chunks.get(i);
      const row = this.rows.get(i);
      const earlier = rowOf[chunk] ?? 0;
      if (earlier === 0) count++;
      else duplicate(earlier - 1, row);
      rowOf[chunk] = row + 1;
    }
    return new DenseIndex(rowOf, count);
  }

  private sparse(duplicate: (earlier: number, later: number) => void): ChunkIndex {
    const order = this.sortedOrder();
    const chunks = new Float64Array(order.length);
    const rows = new Uint32Array(order.length);
    let count = 0;
    for (const i of order) {
      const chunk = this.chunks.get(i);
      const row = this.rows.get(i);
      const last = count - 1;
      if (count > 0 && chunks[last] === chunk) {
        duplicate(rows[last] ?? 0, row);
        rows[last] = row;
      } else {
        chunks[count] = chunk;
        rows[count++] = row;
      }
    }
    return new SparseIndex(chunks.slice(0, count), rows.slice(0, count));
  }

  /** Positions of the pairs by chunk number, equal ones in the order of rows. */
  private sortedOrder(): Uint32Array {
    const { chunks } = this;
    const order = Uint32Array.from({ length: chunks.length }, (_, i) => i);
    for (let i = 1; i < chunks.length; i++) {
      if (chunks.get(i) < chunks.get(i - 1)) return order.sort((a, b) => chunks.get(a) - chunks.get(b) || a - b);
    }
    return order;
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
    const at = this.position(chunk);
    return this.chunks[at] === chunk ? this.rows[at] : undefined;
  }

  forEach(visit: (chunk: number, row: number) => void): void {
    for (let i = 0; i < this.rows.length; i++) visit(this.chunks[i] ?? 0, this.rows[i] ?? 0);
  }

  *entries(first = 0, end = Infinity): Iterable<[number, number]> {
    const stop = this.position(end);
    for (let i = this.position(first); i < stop; i++) yield [this.chunks[i] ?? 0, this.rows[i] ?? 0];
  }

  /** Position of the first pair whose chunk is not below `chunk`. */
  private position(chunk: number): number {
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.chunks[middle] ?? 0) < chunk) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
