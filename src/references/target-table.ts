import { decodeString } from './json-string';

const FIRST_SLOTS = 1024;
const FNV_PRIME = 0x0100_0193;
const FNV_BASIS = 0x811c_9dc5;

/**
 * The target strings of references, each kept once and known by number. Tokens of the text are compared as bytes, so that a string is
 * made only of those not yet seen.
 */
export class TargetTable {
  /** Place in the text of the first token of each number, quotes not included. */
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly hashes: number[] = [];
  private slots = new Int32Array(FIRST_SLOTS);
  private lastStart = 0;
  private lastLength = 0;
  private lastTarget = -1;

  constructor(private readonly text: Uint8Array) {}

  get length(): number {
    return this.starts.length;
  }

  /** The target of number `target`, as the text has it, templates not substituted. */
  raw(target: number): string {
    return decodeString(this.text, this.starts[target] ?? 0, this.ends[target] ?? 0);
  }

  /**
   * Length of the token that begins behind the quote at `start - 1`, closing quote included, where it is the same as the last one
   * interned; 0 where it is another.
   */
  sameAsLast(start: number): number {
    const { text, lastStart, lastLength } = this;
    for (let i = 0; i < lastLength; i++) if (text[start + i] !== text[lastStart + i]) return 0;
    return lastLength;
  }

  /** The number of the token that was interned last. */
  get last(): number {
    return this.lastTarget;
  }

  /** The number of the token with the characters [start, end), whose closing quote is at `end`. */
  intern(start: number, end: number): number {
    const hash = this.hash(start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let found = this.slots[slot] ?? 0; found !== 0; found = this.slots[slot] ?? 0) {
      if (this.hashes[found - 1] === hash && this.equals(found - 1, start, end))
        return this.remember(found - 1, start, end);
      slot = (slot + 1) & mask;
    }
    this.starts.push(start);
    this.ends.push(end);
    this.hashes.push(hash);
    this.slots[slot] = this.length;
    if (this.length * 2 > this.slots.length) this.grow();
    return this.remember(this.length - 1, start, end);
  }

  private remember(target: number, start: number, end: number): number {
    this.lastStart = start;
    this.lastLength = end + 1 - start;
    this.lastTarget = target;
    return target;
  }

  private hash(start: number, end: number): number {
    const { text } = this;
    let hash = FNV_BASIS;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (text[i] ?? 0), FNV_PRIME);
    return hash ^ (hash >>> 15);
  }

  private equals(target: number, start: number, end: number): boolean {
    const { text } = this;
    const other = this.starts[target] ?? 0;
    if ((this.ends[target] ?? 0) - other !== end - start) return false;
    for (let i = 0; i < end - start; i++) if (text[other + i] !== text[start + i]) return false;
    return true;
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (const [target, hash] of this.hashes.entries()) {
      let slot = hash & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = target + 1;
    }
  }
}
