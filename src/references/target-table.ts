import { ByteWords } from './byte-words';
import { float64Column, uint32Column } from './columns';
import { decodeString } from './json-string';
import type { TextSpan } from './types';

const FIRST_SLOTS = 1024;

/**
 * The target strings of references, each kept once and known by number. Tokens of the text are compared as bytes, and no string is
 * made before it is asked for.
 */
export class TargetTable {
  /** Whether some token has an escape, so that tokens of different bytes may be the same string. */
  hasEscapes = false;
  /** Whether some token has an opening brace, with which templates begin. */
  hasBraces = false;
  /** Place in the text of the first token of each number, quotes not included. */
  private readonly starts = float64Column();
  private readonly lengths = uint32Column();
  /** The number of the token that came behind a token when it was last met: references often go round the same files in turn. */
  private readonly successors = uint32Column();
  /** A hash table with linear probing: of each slot the number of its target, from 1, and beside it, where one look finds both, its hash. */
  private slots = new Uint32Array(2 * FIRST_SLOTS);
  private last = -1;
  private expected = -1;
  private expectedStart = 0;
  private expectedLength = -1;

  constructor(
    private readonly text: Uint8Array,
    readonly words: ByteWords,
  ) {}

  get length(): number {
    return this.starts.length;
  }

  /** Where the characters of the first token of a number begin in the text. */
  start(target: number): number {
    return this.starts.get(target);
  }

  /** Bytes of the characters of a token. */
  byteLength(target: number): number {
    return this.lengths.get(target);
  }

  /** Place of the first token of a number, quotes included. */
  place(target: number): TextSpan {
    return { offset: this.starts.get(target) - 1, length: this.lengths.get(target) + 2 };
  }

  /** The target of number `target`, as the text has it, templates not substituted. */
  raw(target: number): string {
    const start = this.starts.get(target);
    return decodeString(this.text, start, start + this.lengths.get(target));
  }

  /**
   * The token whose characters begin at `start`, where it is the one that is expected to follow the last: its length. -1 where it is
   * another; then find its end and `intern` it. `accept` takes it.
   */
  expectedAt(start: number): number {
    const { expectedLength } = this;
    // With the closing quote.
    return expectedLength >= 0 && this.words.equal(start, this.expectedStart, expectedLength + 1) ? expectedLength : -1;
  }

  /** Takes the token that `expectedAt` has found, and gives its number. */
  accept(): number {
    return this.follow(this.expected);
  }

  /** The number of the token with the characters [start, end), whose closing quote is at `end`. */
  intern(start: number, end: number): number {
    this.words.look(start, end);
    return this.internSeen(start, end);
  }

  /** As `intern`, of the token whose end `words` has found just now. */
  internSeen(start: number, end: number): number {
    const { slots } = this;
    const hash = this.words.hash >>> 0;
    let slot = emptyOrHash(slots, hash, hash);
    for (let found = slots[slot] ?? 0; found !== 0; found = slots[slot] ?? 0) {
      if (this.equals(found - 1, start, end - start)) return this.follow(found - 1);
      slot = emptyOrHash(slots, hash, (slot >>> 1) + 1);
    }
    this.hasEscapes ||= this.words.hasBackslash;
    this.hasBraces ||= this.words.hasBrace;
    this.starts.push(start);
    this.lengths.push(end - start);
    this.successors.push(this.length - 1);
    slots[slot] = this.length;
    slots[slot + 1] = hash;
    if (this.length * 3 > slots.length) this.grow();
    return this.follow(this.length - 1);
  }

  /** Notes that `target` follows the last token, and what is expected to follow it. */
  private follow(target: number): number {
    if (target !== this.expected && this.last >= 0) this.successors.set(this.last, target);
    this.last = target;
    const expected = this.successors.get(target);
    if (expected !== this.expected) {
      this.expected = expected;
      this.expectedStart = this.starts.get(expected);
      this.expectedLength = this.lengths.get(expected);
    }
    return target;
  }

  private equals(target: number, start: number, length: number): boolean {
    return this.lengths.get(target) === length && this.words.equal(this.starts.get(target), start, length);
  }

  private grow(): void {
    const full = this.slots;
    const slots = new Uint32Array(full.length * 2);
    for (let slot = 0; slot < full.length; slot += 2) {
      const found = full[slot] ?? 0;
      if (found === 0) continue;
      const hash = full[slot + 1] ?? 0;
      const mask = slots.length / 2 - 1;
      let to = hash & mask;
      while (slots[2 * to] !== 0) to = (to + 1) & mask;
      slots[2 * to] = found;
      slots[2 * to + 1] = hash;
    }
    this.slots = slots;
  }
}

/** Place in `slots` of the first slot, from number `from` on (modulo their number), that is empty or has this hash. */
function emptyOrHash(slots: Uint32Array, hash: number, from: number): number {
  const mask = slots.length / 2 - 1;
  let slot = from & mask;
  while (slots[2 * slot] !== 0 && slots[2 * slot + 1] !== hash) slot = (slot + 1) & mask;
  return 2 * slot;
}
