import { isStop, type Steps } from '../steps';
import type { ChunkIndex } from './chunk-index';
import { type EntryColumns, FIRST_KIND, WHOLE } from './columns';
import type { Addresses } from './targets';

/** What `ReferenceRows` looks into. */
export interface RowParts {
  columns: EntryColumns;
  addresses: Pick<Addresses, 'at' | 'count'>;
  indexes: ReadonlyMap<string, ChunkIndex>;
}

/** Which array each row is a chunk of. */
export interface RowOwners {
  /** Number of the array from 1; 0 for what is no chunk of a grid. */
  of(row: number): number;
  /** Path of the array of that number. */
  path(owner: number): string;
}

/** The references of a file to targets, by number of row in the order of the text: for what goes over millions of them, a few nanoseconds each. */
export class ReferenceRows {
  constructor(
    private readonly parts: RowParts,
    /** The key of a row. */
    readonly key: (row: number) => string,
  ) {}

  /** Rows, of which not all are references to targets. */
  get length(): number {
    return this.parts.columns.length;
  }

  /** Numbers of targets are below this; not all of them need be in use. */
  get targets(): number {
    return this.parts.addresses.count;
  }

  /** Number of the target that a row refers to; -1 where it is no reference to a target, or another entry counts instead. */
  target(row: number): number {
    const target = this.parts.columns.target.get(row);
    return target < FIRST_KIND ? target : -1;
  }

  /** The address of a target. */
  url(target: number): string {
    return this.parts.addresses.at(target);
  }

  /** First byte of the range; -1 for a reference to a whole target. */
  offset(row: number): number {
    return this.parts.columns.offset.get(row);
  }

  /** Bytes of the range; 0 for a reference to a whole target. */
  extent(row: number): number {
    return this.parts.columns.extent.get(row);
  }

  isWhole(row: number): boolean {
    return this.offset(row) === WHOLE;
  }

  /** Which array each row is a chunk of: 2 to 4 bytes a row, which are there as long as the result is. */
  *owners(): Steps<RowOwners> {
    const { indexes } = this.parts;
    const numbers = indexes.size < 0xffff ? new Uint16Array(this.length) : new Uint32Array(this.length);
    const paths = [''];
    for (const [path, index] of indexes) {
      const owner = paths.push(path) - 1;
      index.forEach((_chunk, row) => {
        numbers[row] = owner;
      });
      if (index.count > 1000 || isStop(owner)) yield;
    }
    return { of: (row) => numbers[row] ?? 0, path: (owner) => paths[owner] ?? '' };
  }
}
