import {
  BACKSLASH,
  CARRIAGE_RETURN,
  COLON,
  LINE_FEED,
  OPEN_BRACE,
  PLAIN,
  QUOTE,
  SLASH,
  SPACE,
  STRING_CLASS,
} from './ascii';

const FNV_PRIME = 0x0100_0193;
const FNV_BASIS = 0x811c_9dc5 | 0;
const HAS_BACKSLASH = 1;
const HAS_BRACE = 2;
/** Words of a string of which states are kept. */
const MOST_STATES = 64;
const ONES = 0x0101_0101;
const HIGH_BITS = 0x8080_8080 | 0;
const SPACES = SPACE * ONES;
const QUOTES = QUOTE * ONES;
const LINE_FEEDS = LINE_FEED * ONES;
const CARRIAGE_RETURNS = CARRIAGE_RETURN * ONES;
const BACKSLASHES = BACKSLASH * ONES;
const COLONS = COLON * ONES;
const OPEN_BRACES = OPEN_BRACE * ONES;

/** Looks at a text four bytes at a time, which takes a third of the time that bytes take. */
export class ByteWords {
  /** Of the string that `stringEnd` or `look` saw last: its hash, and whether it has a backslash or an opening brace. */
  hash = 0;
  hasBackslash = false;
  hasBrace = false;
  private readonly view: DataView;
  /** The string that `similarEnd` saw last: where it begins, and how many of its words have states. */
  private similarStart = 0;
  private similarWords = 0;
  /** Before each word of it the hash and the marks. */
  private readonly states = newStates();

  constructor(private readonly text: Uint8Array) {
    this.view = new DataView(text.buffer, text.byteOffset, text.byteLength);
  }

  /** Whether the `length` bytes at `a` and at `b` are the same; false where one of the stretches does not lie in the text. */
  equal(a: number, b: number, length: number): boolean {
    const { view, text } = this;
    if (Math.max(a, b) + length > text.length) return false;
    // From the end backwards: addresses differ near their ends.
    let at = length - 4;
    for (; at >= 0; at -= 4) if (view.getInt32(a + at, true) !== view.getInt32(b + at, true)) return false;
    for (at += 3; at >= 0; at--) if (text[a + at] !== text[b + at]) return false;
    return true;
  }

  /** Whether the `length` bytes at `a` come before those at `b` in the order of bytes; equal ones do not. Both must lie in the text. */
  isBefore(a: number, b: number, length: number): boolean {
    const { view, text } = this;
    let at = 0;
    while (at + 4 <= length && view.getInt32(a + at, true) === view.getInt32(b + at, true)) at += 4;
    while (at < length && text[a + at] === text[b + at]) at++;
    return at < length && (text[a + at] ?? 0) < (text[b + at] ?? 0);
  }

  /**
   * Offset of the quote that ends the string whose characters begin at `start`; -1 where there is none before `end`, and where the string
   * has what only a closer look can judge: an escape but `\/`, a control character, or UTF-8 beyond ASCII.
   */
  stringEnd(start: number, end: number): number {
    return this.endFrom(0, start, end, FORGOTTEN);
  }

  /** As `stringEnd`; what the string has in common with the beginning of the one that was seen so before is not looked at again. */
  similarEnd(start: number, end: number): number {
    const { view, text, similarStart } = this;
    const most = Math.min(this.similarWords, (end - start) >> 2);
    let word = 0;
    while (word < most && view.getInt32(start + 4 * word, true) === view.getInt32(similarStart + 4 * word, true))
      word++;
    // What follows a backslash decides whether it may stand there.
    if (word > 0 && text[start + 4 * word - 1] === BACKSLASH) word--;
    const found = this.endFrom(word, start, end, this.states);
    this.similarStart = start;
    this.similarWords = found < 0 ? 0 : Math.min((found - start) >> 2, MOST_STATES - 1);
    return found;
  }

  /** As `stringEnd`, from a word of the string on; `states` has what was found before it, and gets what is found before those behind it. */
  private endFrom(first: number, start: number, end: number, states: Int32Array): number {
    const { view, text } = this;
    let hash = states[2 * first] ?? 0;
    let marks = states[2 * first + 1] ?? 0;
    for (let at = start + 4 * first, state = 2 * first; at < end; at += 4, state += 2) {
      if (state < 2 * MOST_STATES) {
        states[state] = hash;
        states[state + 1] = marks;
      }
      const word = at + 4 <= end ? view.getInt32(at, true) : this.lastWord(at, end);
      let special =
        zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES) | ((((word - SPACES) & ~word) | word) & HIGH_BITS);
      while (special !== 0) {
        // The lowest flag is true; one above may come from a borrow of the byte below.
        const byte = firstByte(special);
        if (at + byte >= end) return -1;
        const found = text[at + byte];
        if (found === QUOTE) {
          const rest = word & ((1 << (byte << 3)) - 1);
          this.hash = step(hash, rest);
          this.hasBackslash = (marks & HAS_BACKSLASH) !== 0;
          this.hasBrace = (marks & HAS_BRACE) !== 0 || zeroBytes(rest ^ OPEN_BRACES) !== 0;
          return at + byte;
        }
        if (found === BACKSLASH) {
          if (text[at + byte + 1] !== SLASH) return -1;
          marks |= HAS_BACKSLASH;
        } else if (STRING_CLASS[found ?? 0] !== PLAIN) {
          return -1;
        }
        special &= special - 1;
      }
      if (zeroBytes(word ^ OPEN_BRACES) !== 0) marks |= HAS_BRACE;
      hash = step(hash, word);
    }
    return -1;
  }

  /** Looks at the characters [start, end) of any string, as `stringEnd` does at those that it can judge: equal ones have equal hashes. */
  look(start: number, end: number): void {
    const { view } = this;
    let hash = FNV_BASIS;
    let backslashes = 0;
    let braces = 0;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      const word = view.getInt32(at, true);
      backslashes |= zeroBytes(word ^ BACKSLASHES);
      braces |= zeroBytes(word ^ OPEN_BRACES);
      hash = step(hash, word);
    }
    const rest = this.lastWord(at, end);
    this.hash = step(hash, rest);
    this.hasBackslash = (backslashes | zeroBytes(rest ^ BACKSLASHES)) !== 0;
    this.hasBrace = (braces | zeroBytes(rest ^ OPEN_BRACES)) !== 0;
  }

  /** Offset of the first colon or backslash among the bytes [start, end); `end` where there is none. */
  colonOrBackslash(start: number, end: number): number {
    const { view, text } = this;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      const word = view.getInt32(at, true);
      const found = zeroBytes(word ^ COLONS) | zeroBytes(word ^ BACKSLASHES);
      if (found !== 0) return at + firstByte(found);
    }
    while (at < end && text[at] !== COLON && text[at] !== BACKSLASH) at++;
    return at;
  }

  /** Passes over whole words of ASCII without line ends, and gives the offset where there is another, or `end` comes within four bytes. */
  plainEnd(start: number, end: number): number {
    const { view } = this;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      const word = view.getInt32(at, true);
      if (((word & HIGH_BITS) | zeroBytes(word ^ LINE_FEEDS) | zeroBytes(word ^ CARRIAGE_RETURNS)) !== 0) break;
    }
    return at;
  }

  /** The bytes [at, end), fewer than four, as a word with zeros behind them. */
  private lastWord(at: number, end: number): number {
    let word = 0;
    for (let i = end - 1; i >= at; i--) word = (word << 8) | (this.text[i] ?? 0);
    return word;
  }
}

function newStates(): Int32Array {
  const states = new Int32Array(2 * MOST_STATES);
  states[0] = FNV_BASIS;
  return states;
}

/** Where states go that nobody asks for. */
const FORGOTTEN = newStates();

function step(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, FNV_PRIME);
  // A product carries upwards only; the upper bytes of a word must tell in the lower bits too.
  return product ^ (product >>> 15);
}

/** Which byte of a word has the lowest mark, from 0. */
function firstByte(marks: number): number {
  return (31 - Math.clz32(marks & -marks)) >>> 3;
}

/** Not 0 where one of the four bytes is 0 (Warren, Hacker's Delight, section 6-1). */
function zeroBytes(word: number): number {
  return (word - ONES) & ~word & HIGH_BITS;
}
