import { isStop, type Steps } from '../steps';
import { POINT, QUOTE, SLASH } from './ascii';
import { ByteWords } from './byte-words';
import { type Column, uint32Column } from './columns';
import { decodeString } from './json-string';
import { TokenHashes } from './token-hashes';

/** Keys that are looked up together. */
const BATCH = 1 << 16;
/** In place of a row: a later row has the same key. */
const SUPERSEDED = 0xffff_ffff;

/** Keys, each once, and the rows they stand in. */
export interface Strays {
  get(key: string): number | undefined;
  keys(): Iterable<string>;
  /** The keys that begin or end with a slash, have an empty part or one that begins with a point, or are not plain, and their rows. */
  unusual(): Iterable<[key: string, row: number]>;
}

type Duplicate = (earlier: number, later: number) => void;

/**
 * Keys that are no chunk of a grid. There may be millions: of those that stand plainly in the text, in ASCII without escapes, only the rows are
 * kept, and how to find them by their bytes, 15 to 25 bytes each. The others are kept as strings.
 */
export class StrayKeys implements Strays {
  private readonly rows = uint32Column();
  private readonly others = new Map<string, number>();
  private readonly hashes = new TokenHashes({
    isSame: (one, other) => this.isSameKey(one, other),
    raw: (position) => this.keyOf(position),
  });

  /** `places` says where the key of each row that stands in the text has its opening quote. */
  constructor(
    private readonly text: Uint8Array,
    private readonly words: ByteWords,
    private readonly places: Column,
  ) {}

  /** Adds a row whose key stands plainly in the text. Rows come in their order. */
  add(row: number): void {
    this.rows.push(row);
  }

  /** Adds a row with any other key. */
  addOther(key: string, row: number, duplicate: Duplicate): void {
    const earlier = this.others.get(key);
    if (earlier !== undefined) duplicate(earlier, row);
    this.others.set(key, row);
  }

  /** Finds keys that stand twice, when all have been added: of two rows with the same key the later counts; `duplicate` is told both. */
  *settle(duplicate: Duplicate): Steps<void> {
    for (let first = 0; first < this.rows.length; first += BATCH) {
      this.settleSome(first, Math.min(BATCH, this.rows.length - first), duplicate);
      yield;
    }
    let looked = 0;
    for (const [key, row] of this.rows.length > 0 ? this.others : []) {
      if (isStop(looked++)) yield;
      const position = this.position(key);
      if (position === undefined) continue;
      const other = this.rows.get(position);
      duplicate(Math.min(row, other), Math.max(row, other));
      if (other > row) this.others.delete(key);
      else this.rows.set(position, SUPERSEDED);
    }
  }

  get(key: string): number | undefined {
    const other = this.others.get(key);
    if (other !== undefined) return other;
    const position = this.position(key);
    return position === undefined ? undefined : this.rows.get(position);
  }

  /** In the order of rows. */
  *keys(): Iterable<string> {
    let position = 0;
    for (const [key, row] of this.others) {
      for (; position < this.rows.length && this.rows.get(position) < row; position++) yield this.keyOf(position);
      yield key;
    }
    for (; position < this.rows.length; position++) {
      if (this.rows.get(position) !== SUPERSEDED) yield this.keyOf(position);
    }
  }

  *unusual(): Iterable<[string, number]> {
    for (let position = 0; position < this.rows.length; position++) {
      if (this.isUnusual(position)) yield [this.keyOf(position), this.rows.get(position)];
    }
    yield* this.others;
  }

  private settleSome(first: number, count: number, duplicate: Duplicate): void {
    const { rows, words, text } = this;
    const hashes = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      words.stringEnd(this.start(first + i), text.length);
      hashes[i] = words.hash;
    }
    this.hashes.reserve(first + count, rows.length);
    const known = this.hashes.addAll(hashes, first);
    for (let i = 0; i < count; i++) {
      const position = known[i] ?? 0;
      if (position === first + i) continue;
      const row = rows.get(first + i);
      duplicate(rows.get(position), row);
      rows.set(position, row);
      rows.set(first + i, SUPERSEDED);
    }
  }

  /** Position among the rows of the one with a key that stands plainly in the text. */
  private position(key: string): number | undefined {
    const bytes = new TextEncoder().encode(key);
    const words = new ByteWords(bytes);
    words.look(0, bytes.length);
    return this.hashes.find(words.hash, key, (position) => {
      const start = this.start(position);
      return this.text[start + bytes.length] === QUOTE && bytes.every((byte, i) => this.text[start + i] === byte);
    });
  }

  private start(position: number): number {
    return this.places.get(this.rows.get(position)) + 1;
  }

  private keyOf(position: number): string {
    const start = this.start(position);
    return decodeString(this.text, start, this.words.stringEnd(start, this.text.length));
  }

  private isSameKey(one: number, other: number): boolean {
    const start = this.start(one);
    // With the quote behind it.
    const length = this.words.stringEnd(start, this.text.length) + 1 - start;
    return this.words.equal(start, this.start(other), length);
  }

  private isUnusual(position: number): boolean {
    const { text } = this;
    let before = SLASH;
    if (this.rows.get(position) === SUPERSEDED) return false;
    let at = this.start(position);
    for (let byte = text[at] ?? QUOTE; byte !== QUOTE; byte = text[++at] ?? QUOTE) {
      if (before === SLASH && (byte === SLASH || byte === POINT)) return true;
      before = byte;
    }
    return before === SLASH;
  }
}
