import { plural } from '../words';
import { generatedKey, type Generated, type GeneratedRows } from './generated';
import type { ProblemList } from './problems';

/** Counts the references of each item of `gen` whose keys stand before them already. */
export class GenCollisions {
  private readonly found = new Map<GeneratedRows, { firstRow: number; count: number }>();
  /** The item of the row before: most rows are of the same. */
  private last: GeneratedRows | undefined;

  constructor(private readonly generated: Generated) {}

  /** A generated row whose key an earlier row has. */
  add(row: number): void {
    const { last } = this;
    const isSame = last !== undefined && row >= last.firstRow && row < last.firstRow + last.count;
    const item = isSame ? last : this.generated.rows.findLast(({ firstRow }) => firstRow <= row);
    this.last = item;
    if (item === undefined) return;
    const known = this.found.get(item);
    if (known === undefined) this.found.set(item, { firstRow: row, count: 1 });
    else known.count++;
  }

  /** One problem for each item. */
  reportTo(problems: ProblemList): void {
    for (const [item, { firstRow, count }] of this.found) {
      const key = generatedKey(item, firstRow - item.firstRow);
      const message = `This item of "gen" makes ${plural(count, 'key')} that ${count === 1 ? 'stands' : 'stand'} in the file already, the first "${key}"; the last one counts.`;
      problems.add('kerchunk/gen-collision', key, item.keyPlace, message);
    }
  }
}
