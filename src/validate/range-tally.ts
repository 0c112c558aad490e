import type { RowOwners } from '../references/rows';

/** Arrays, or pairs of arrays, whose faults of one kind are told; there may be a pair for every two arrays of thousands. */
const MOST_TALLIES = 1000;

/** Faults of a kind of one array, or between two. */
export interface Tally {
  /** Numbers of the arrays; the same where both rows are the same array's. */
  owner: number;
  otherOwner: number;
  count: number;
  /** The first of them in the text, and what it meets. */
  row: number;
  other: number;
}

/** Counts faults by the arrays they are between, and keeps the first of each. */
export class RangeTallies {
  private readonly tallies = new Map<number, Tally>();
  /** Faults between arrays beyond those that are told. */
  untold = 0;

  constructor(private readonly owners: RowOwners) {}

  /** Counts a fault of `row`, which meets `other`; what is no chunk of a grid is not read, and does not count. */
  add(row: number, other = row): void {
    const owner = this.owners.of(row);
    const otherOwner = this.owners.of(other);
    if (owner === 0 || otherOwner === 0) return;
    const name = owner * 2 ** 26 + otherOwner;
    const tally = this.tallies.get(name);
    if (tally === undefined) {
      if (this.tallies.size < MOST_TALLIES) this.tallies.set(name, { owner, otherOwner, count: 1, row, other });
      else this.untold++;
      return;
    }
    tally.count++;
    if (row < tally.row) {
      tally.row = row;
      tally.other = other;
    }
  }

  [Symbol.iterator](): Iterator<Tally> {
    return this.tallies.values();
  }
}
