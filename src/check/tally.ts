import type { ReferenceSet } from '../references/reference-set';
import { TextPositions } from '../references/position';
import type { TextSpan } from '../references/types';
import { type GroupedFindings, MOST_SAMPLES } from '../validate/group';
import { type RuleCode, rules } from '../validate/rules';
import { keyBelow } from '../zarr/grid';

/** A kind of finding about one array, which a million of its chunks may have. */
export interface FindingKind {
  code: RuleCode;
  /** Path of the array or group; '' for the root and the file as a whole. */
  path: string;
  /** Tells kinds apart that are alike in all else: the file concerned. */
  about?: string;
}

/** Counts findings by kind and keeps the first 20 of each, so that a million chunks at fault cost no memory; words are made for those alone. */
export class Tally {
  private readonly groups = new Map<string, GroupedFindings>();
  private readonly positions: TextPositions;

  constructor(
    private readonly set: ReferenceSet,
    text: Uint8Array,
  ) {
    this.positions = new TextPositions(text);
  }

  /** One finding. `key` concerned; where the text has no such key, the place is that of the array's metadata. */
  add(kind: FindingKind, key: string, message: () => string): void {
    this.addMany(kind, 1, () => ({ key, message: message() }));
  }

  /** As `add`, `count` findings; `nth` is asked, by number from 0, only for those that are kept. */
  addMany(
    { code, path, about }: FindingKind,
    count: number,
    nth: (number: number) => { key: string; message: string },
  ): void {
    if (count === 0) return;
    const { severity } = rules[code];
    const name = JSON.stringify([code, path, about]);
    let group = this.groups.get(name);
    if (group === undefined) this.groups.set(name, (group = { code, severity, path, count: 0, samples: [] }));
    group.count += count;
    const kept = Math.min(count, MOST_SAMPLES - group.samples.length);
    for (let number = 0; number < kept; number++) {
      const { key, message } = nth(number);
      const span = this.placeOf(key, path);
      group.samples.push({ code, severity, key, span, ...this.positions.lineColumn(span.offset), message });
    }
  }

  /** All kinds, in the order in which each first came up. */
  grouped(): GroupedFindings[] {
    return [...this.groups.values()];
  }

  private placeOf(key: string, path: string): TextSpan {
    const documents = ['.zarray', 'zarr.json'].map((name) => this.set.keySpan(keyBelow(path, name)));
    const places = [this.set.entrySpan(key), ...documents];
    return places.find((place) => place !== undefined) ?? { offset: 0, length: 0 };
  }
}
