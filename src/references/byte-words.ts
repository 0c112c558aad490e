import { BACKSLASH, OPEN_BRACE, PLAIN, QUOTE, SLASH, SPACE, STRING_CLASS } from './ascii';

const FNV_PRIME = 0x0100_0193;
const FNV_BASIS = 0x811c_9dc5 | 0;
const ONES = 0x0101_0101;
const HIGH_BITS = 0x8080_8080 | 0;
const SPACES = SPACE * ONES;
const QUOTES = QUOTE * ONES;
const BACKSLASHES = BACKSLASH * ONES;
const OPEN_BRACES = OPEN_BRACE * ONES;

/** Looks at a text four bytes at a time, which takes a third of the time that bytes take. */
export class ByteWords {
  /** Of the string that `stringEnd` or `look` saw last: its hash, and whether it has a backslash or an opening brace. */
  hash = 0;
  hasBackslash = false;
  hasBrace = false;
  private readonly view: DataView;

  constructor(private readonly text: Uint8Array) {
    this.view = new DataView(text.buffer, text.byteOffset, text.byteLength);
  }

  /** Whether the `length` bytes at `a` and at `b` are the same; false where one of the stretches does not lie in the text. */
  equal(a: number, b: number, length: number): boolean {
    const { view, text } = this;
    if (Math.max(a, b) + length > text.length) return false;
    // From the end backwards: addresses differ near their ends.
    let at = length - 4;
    for (; at >= 0; at -= 4) if (view.getInt32(a + at) !== view.getInt32(b + at)) return false;
    for (at += 3; at >= 0; at--) if (text[a + at] !== text[b + at]) return false;
    return true;
  }

  /**
   * Offset of the quote that ends the string whose characters begin at `start`; -1 where there is none before `end`, and where the string
   * has what only a closer look can judge: an escape but `\/`, a control character, or UTF-8 beyond ASCII.
   */
  stringEnd(start: number, end: number): number {
    const { text } = this;
    this.begin();
    let at = start;
    for (;;) {
      at = this.passWords(at, end);
      while (at < end && STRING_CLASS[text[at] ?? 0] === PLAIN) this.take(text[at++] ?? 0);
      if (at >= end) return -1;
      if (text[at] === QUOTE) return at;
      if (text[at] !== BACKSLASH || text[at + 1] !== SLASH) return -1;
      this.hasBackslash = true;
      this.take(BACKSLASH);
      this.take(SLASH);
      at += 2;
    }
  }

  /** Looks at the characters [start, end) of any string, as `stringEnd` does at those that it can judge: equal ones have equal hashes. */
  look(start: number, end: number): void {
    const { text } = this;
    this.begin();
    for (let at = start; at < end;) {
      at = this.passWords(at, end);
      while (at < end && STRING_CLASS[text[at] ?? 0] === PLAIN) this.take(text[at++] ?? 0);
      if (at >= end) return;
      if (text[at] === BACKSLASH) {
        this.hasBackslash = true;
        this.take(BACKSLASH);
        at++;
      }
      this.take(text[at++] ?? 0);
    }
  }

  private begin(): void {
    this.hash = FNV_BASIS;
    this.hasBackslash = false;
    this.hasBrace = false;
  }

  /** Passes over whole words of plain characters, and gives the offset of the first word that has another, or does not end before `end`. */
  private passWords(start: number, end: number): number {
    const { view } = this;
    let { hash } = this;
    let braces = 0;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      const word = view.getInt32(at);
      const special =
        zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES) | ((((word - SPACES) & ~word) | word) & HIGH_BITS);
      if (special !== 0) break;
      braces |= zeroBytes(word ^ OPEN_BRACES);
      hash = Math.imul(hash ^ word, FNV_PRIME);
      // A product carries upwards only; the upper bytes of a word must tell in the lower bits too.
      hash ^= hash >>> 15;
    }
    this.hash = hash;
    if (braces !== 0) this.hasBrace = true;
    return at;
  }

  private take(byte: number): void {
    if (byte === OPEN_BRACE) this.hasBrace = true;
    const product = Math.imul(this.hash ^ byte, FNV_PRIME);
    this.hash = product ^ (product >>> 15);
  }
}

/** Not 0 where one of the four bytes is 0 (Warren, Hacker's Delight, section 6-1). */
function zeroBytes(word: number): number {
  return (word - ONES) & ~word & HIGH_BITS;
}
