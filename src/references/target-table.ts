import { BACKSLASH, OPEN_BRACE } from './ascii';
import { float64Column, uint32Column } from './columns';
import { decodeString } from './json-string';
import type { TextSpan } from './types';

const FIRST_SLOTS = 1024;
const FNV_PRIME = 0x0100_0193;
const FNV_BASIS = 0x811c_9dc5;

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
  private readonly hashes = uint32Column();
  /** The number of the token that came behind a token when it was last met: references often go round the same files in turn. */
  private readonly successors = uint32Column();
  private slots = new Int32Array(FIRST_SLOTS);
  private last = -1;
  private expected = -1;
  private expectedStart = 0;
  private expectedLength = -1;

  constructor(private readonly text: Uint8Array) {}

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
    const { text, expectedStart, expectedLength } = this;
    // From the closing quote backwards: addresses differ near their ends.
    for (let i = expectedLength; i >= 0; i--) if (text[start + i] !== text[expectedStart + i]) return -1;
    return expectedLength;
  }

  /** Takes the token that `expectedAt` has found, and gives its number. */
  accept(): number {
    return this.follow(this.expected);
  }

  /** The number of the token with the characters [start, end), whose closing quote is at `end`. */
  intern(start: number, end: number): number {
    const hash = this.hash(start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let found = this.slots[slot] ?? 0; found !== 0; found = this.slots[slot] ?? 0) {
      if (this.hashes.get(found - 1) === hash && this.equals(found - 1, start, end - start)) {
        return this.follow(found - 1);
      }
      slot = (slot + 1) & mask;
    }
    this.starts.push(start);
    this.lengths.push(end - start);
    this.hashes.push(hash);
    this.successors.push(this.length - 1);
    this.slots[slot] = this.length;
    if (this.length * 2 > this.slots.length) this.grow();
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

  private hash(start: number, end: number): number {
    const { text } = this;
    let hash = FNV_BASIS;
    for (let i = start; i < end; i++) {
      const byte = text[i] ?? 0;
      hash = Math.imul(hash ^ byte, FNV_PRIME);
      if (byte === BACKSLASH) this.hasEscapes = true;
      else if (byte === OPEN_BRACE) this.hasBraces = true;
    }
    return (hash ^ (hash >>> 15)) >>> 0;
  }

  private equals(target: number, start: number, length: number): boolean {
    if (this.lengths.get(target) !== length) return false;
    const { text } = this;
    const other = this.starts.get(target);
    for (let i = 0; i < length; i++) if (text[other + i] !== text[start + i]) return false;
    return true;
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let target = 0; target < this.length; target++) {
      let slot = this.hashes.get(target) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = target + 1;
    }
  }
}
