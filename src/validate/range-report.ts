import { displayAddress } from '../bytes/address';
import type { ReferenceSet } from '../references/reference-set';
import type { ReferenceRows, RowOwners } from '../references/rows';
import { countInWords, plural } from '../words';
import { nameOfPath } from '../zarr/path';
import type { RangeFaults } from './range-faults';
import { RangeTallies, type Tally } from './range-tally';
import type { Reporter } from './reporter';
import type { RuleCode } from './rules';

/** Gathers what is wrong with ranges, by array, and says it. */
export class RangeReport implements RangeFaults {
  private readonly rows: ReferenceRows;
  private readonly sames: RangeTallies;
  private readonly overlaps: RangeTallies;
  private readonly pastEnds: RangeTallies;
  /** Bytes of the targets of which a range ends behind the end. */
  private readonly sizes = new Map<number, number>();

  constructor(
    private readonly set: ReferenceSet,
    private readonly owners: RowOwners,
  ) {
    this.rows = set.rows;
    this.sames = new RangeTallies(owners);
    this.overlaps = new RangeTallies(owners);
    this.pastEnds = new RangeTallies(owners);
  }

  same(row: number, other: number): void {
    this.sames.add(row, other);
  }

  overlapping(row: number, other: number): void {
    // What reaches beyond the end of its file is told as that.
    if (!this.isPastEnd(row) && !this.isPastEnd(other)) this.overlaps.add(row, other);
  }

  pastEnd(row: number, size: number): void {
    this.sizes.set(this.rows.target(row), size);
    this.pastEnds.add(row);
  }

  tell(reporter: Reporter): void {
    for (const tally of this.sames) this.tellSame(tally, reporter);
    for (const { row, other, count, owner, otherOwner } of this.overlaps) {
      const message =
        `"${this.rows.key(row)}" reads ${this.range(row)}, and "${this.rows.key(other)}" some of the same: ${this.bytes(other)}.` +
        more(count, owner === otherOwner ? 'overlaps in this array' : 'overlaps between the two arrays');
      reporter.inside(this.rows.key(row), [], 'references/overlap', message);
    }
    for (const { row, count } of this.pastEnds) {
      const size = countInWords(this.sizes.get(this.rows.target(row)) ?? 0);
      const message =
        `"${this.rows.key(row)}" reads ${this.range(row)}, which has ${size} bytes: no such bytes can be there.` +
        more(count, 'chunks of this array that end behind the end of their file');
      reporter.inside(this.rows.key(row), [], 'references/past-end', message);
    }
    tellRest(this.sames, 'references/duplicate-range', reporter);
    tellRest(this.overlaps, 'references/overlap', reporter);
    tellRest(this.pastEnds, 'references/past-end', reporter);
  }

  private tellSame({ row, other, count, owner, otherOwner }: Tally, reporter: Reporter): void {
    if (owner !== otherOwner && !this.mayBeMistaken(owner, otherOwner)) return;
    const key = this.rows.key(row);
    const same = `"${key}" reads ${this.range(row)}, as "${this.rows.key(other)}" does.`;
    if (owner === otherOwner) {
      const message = same + more(count, 'chunks of this array that repeat the range of another');
      reporter.inside(key, [], 'references/duplicate-range', message);
    } else {
      const message = same + more(count, 'ranges that the two arrays share');
      reporter.inside(key, [], 'references/duplicate-range', message, 'info');
    }
  }

  /**
   * Whether it is worth a word that two arrays share ranges. A coordinate may stand in many groups under one name, and one message of
   * GRIB, decoded in several ways, is several arrays; two names for the same values are more likely a slip.
   */
  private mayBeMistaken(owner: number, otherOwner: number): boolean {
    const [one, other] = [this.owners.path(owner), this.owners.path(otherOwner)];
    if (nameOfPath(one) === nameOfPath(other)) return false;
    const [a, b] = [this.set.array(one), this.set.array(other)];
    const decodesAlike = JSON.stringify(a.codecs) === JSON.stringify(b.codecs);
    return decodesAlike && JSON.stringify(a.dataType) === JSON.stringify(b.dataType);
  }

  private isPastEnd(row: number): boolean {
    const size = this.sizes.get(this.rows.target(row));
    return size !== undefined && this.rows.offset(row) + this.rows.extent(row) > size;
  }

  private range(row: number): string {
    return `${this.bytes(row)} of ${displayAddress(this.rows.url(this.rows.target(row)))}`;
  }

  private bytes(row: number): string {
    if (this.rows.isWhole(row)) return 'the whole';
    const first = this.rows.offset(row);
    return `bytes ${countInWords(first)}-${countInWords(first + this.rows.extent(row) - 1)}`;
  }
}

/** How many more there are, as a sentence that follows; none where there is but one. */
function more(count: number, what: string): string {
  return count === 1 ? '' : ` It is the first of ${countInWords(count)} ${what}.`;
}

/** Says how many faults are in arrays beyond those that are told. */
function tellRest({ untold }: RangeTallies, code: RuleCode, reporter: Reporter): void {
  if (untold === 0) return;
  const message = `${plural(untold, 'more range')} of this kind in other arrays ${untold === 1 ? 'is' : 'are'} not listed.`;
  reporter.at({ offset: 0, length: 0 }, code, '', message, code === 'references/duplicate-range' ? 'info' : undefined);
}
