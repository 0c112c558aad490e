import type { ByteWords } from './byte-words';
import { type Column, FIRST_KIND, placeColumn, uint32Column } from './columns';
import { decodeString } from './json-string';
import { TokenHashes } from './token-hashes';
import type { TextSpan } from './types';

/** With so many tokens the table of hashes outgrows the caches near a processor core, and looking tokens up one by one waits for memory. */
const MANY = 1 << 14;
/** Tokens that are looked up together. */
const BATCH = 1 << 16;

/** Tokens that wait to be looked up: of each its hash, and the number of the token before it. */
interface Waiting {
  /** The number of the first of them; they have numbers in turn. */
  first: number;
  count: number;
  hashes: Uint32Array;
  before: Uint32Array;
}

/**
 * The target strings of references, each kept once and known by number. Tokens of the text are compared as bytes, and no string is
 * made before it is asked for.
 *
 * As long as every token is longer than the one before, or as long and behind it in the order of bytes, as the names of many files are, all
 * are different, and none is looked up. From the first that is not so on, where there are many, tokens are looked up many at a time, in the order in which the table of hashes has them. Until then each has a number
 * of its own, and `settle` puts the final ones into the rows.
 */
export class TargetTable {
  /** Whether some token has an escape, so that tokens of different bytes may be the same string. */
  hasEscapes = false;
  /** Whether some token has an opening brace, with which templates begin. */
  hasBraces = false;
  /** Place in the text of the first token of each number, quotes not included. */
  private readonly starts: Column;
  private readonly lengths = uint32Column();
  /**
   * The number, from 1, of the token that came behind a token when it was last met: references often go round the same files in turn. 0, and
   * nothing at the end of the column, where that is the token with the next number, as it is when tokens are first met.
   */
  private readonly successors = uint32Column();
  private readonly hashes = new TokenHashes(this);
  /** The hashes of all tokens as long as each came behind the one before, and none has been looked up. */
  private inOrder: Column<Uint32Array> | undefined = uint32Column();
  private waiting: Waiting | undefined;
  /** Rows whose numbers are final. */
  private settledRows = 0;
  private last = -1;
  private expected = -1;
  private expectedStart = 0;
  private expectedLength = -1;

  /** `numbers` are the rows' numbers of targets; a row follows each token that is interned or accepted, before the next. */
  constructor(
    private readonly text: Uint8Array,
    readonly words: ByteWords,
    private readonly numbers: Column,
  ) {
    this.starts = placeColumn(text.length);
  }

  /** How many numbers there are; once settled, as many as there are targets. */
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
    const token = this.expected;
    this.moveTo(token);
    return token;
  }

  /** The number of the token with the characters [start, end), whose closing quote is at `end`. */
  intern(start: number, end: number): number {
    this.words.look(start, end);
    return this.internSeen(start, end);
  }

  /** As `intern`, of the token whose end `words` has found just now. */
  internSeen(start: number, end: number): number {
    if (this.waiting?.count === BATCH) this.settle();
    const { words } = this;
    this.hasEscapes ||= words.hasBackslash;
    this.hasBraces ||= words.hasBrace;
    const token = this.length;
    this.starts.push(start);
    this.lengths.push(end - start);
    if (this.inOrder !== undefined) {
      if (token === 0 || this.isBehind(token - 1, token)) {
        this.inOrder.push(words.hash);
        return this.follow(token);
      }
      this.addAllInOrder(this.inOrder, start);
    }
    if (token < MANY) return this.follow(this.addNow(token, words.hash));
    this.wait(token, words.hash);
    this.last = token;
    this.expected = token;
    this.expectedStart = start;
    this.expectedLength = end - start;
    return token;
  }

  /** Whether a token is longer than another, or as long and behind it in the order of bytes. */
  private isBehind(other: number, token: number): boolean {
    const [shorter, length] = [this.lengths.get(other), this.lengths.get(token)];
    return (
      shorter < length ||
      (shorter === length && this.words.isBefore(this.starts.get(other), this.starts.get(token), length))
    );
  }

  /** Makes all tokens known that came in order, before the one at `start`. */
  private addAllInOrder(inOrder: Column<Uint32Array>, start: number): void {
    this.inOrder = undefined;
    const { length } = inOrder;
    this.hashes.reserve(length, Math.ceil((length * this.text.length) / start));
    for (let first = 0; first < length; first += BATCH) {
      const count = Math.min(BATCH, length - first);
      this.hashes.addAll(
        Uint32Array.from({ length: count }, (_, at) => inOrder.get(first + at)),
        first,
      );
    }
  }

  /** Puts the final numbers of targets into the rows. */
  settle(): void {
    const { waiting, hashes } = this;
    if (waiting === undefined) return;
    const { first, count } = waiting;
    const read = this.starts.get(this.length - 1) / this.text.length;
    hashes.reserve(first + count, Math.ceil((first + count) / read));
    const known = hashes.addAll(waiting.hashes.subarray(0, count), first);
    let isKnown = false;
    for (let at = 0; at < count; at++) isKnown ||= known[at] !== first + at;
    if (isKnown) this.renumber(waiting, known);
    const final = (token: number): number => (token >= first ? (known[token - first] ?? 0) : token);
    for (let at = 0; at < count; at++) this.setSuccessor(final(waiting.before[at] ?? 0), known[at] ?? 0);
    this.settledRows = this.numbers.length;
    waiting.first = this.length;
    waiting.count = 0;
    // The number that is expected may be another token's now.
    this.expected = -1;
    this.moveTo(final(this.last));
  }

  /** Closes the gaps that known tokens leave among the numbers, and makes those in `known` and in the rows the final ones. */
  private renumber({ first, count, hashes }: Waiting, known: Uint32Array): void {
    const { starts, lengths, numbers } = this;
    let next = first;
    for (let at = 0; at < count; at++) {
      const number = known[at] ?? 0;
      if (number < first + at) {
        known[at] = number < first ? number : (known[number - first] ?? 0);
        continue;
      }
      if (number !== next) {
        starts.set(next, starts.get(number));
        lengths.set(next, lengths.get(number));
        this.hashes.renumber(hashes[at] ?? 0, number, next);
      }
      known[at] = next++;
    }
    starts.shorten(next);
    lengths.shorten(next);
    for (let row = this.settledRows; row < numbers.length; row++) {
      const number = numbers.get(row);
      if (number >= first && number < FIRST_KIND) numbers.set(row, known[number - first] ?? 0);
    }
  }

  private addNow(token: number, hash: number): number {
    this.hashes.reserve(token + 1);
    const number = this.hashes.add(hash, token);
    if (number !== token) {
      this.starts.shorten(token);
      this.lengths.shorten(token);
    }
    return number;
  }

  private wait(token: number, hash: number): void {
    let { waiting } = this;
    if (waiting === undefined) {
      waiting = { first: token, count: 0, hashes: new Uint32Array(BATCH), before: new Uint32Array(BATCH) };
      this.waiting = waiting;
    }
    waiting.hashes[waiting.count] = hash;
    waiting.before[waiting.count++] = this.last;
  }

  /** Notes that `target` follows the last token, and what is expected to follow it. */
  private follow(target: number): number {
    if (target !== this.expected && this.last >= 0) this.setSuccessor(this.last, target);
    this.moveTo(target);
    return target;
  }

  private setSuccessor(token: number, successor: number): void {
    const { successors } = this;
    if (token >= successors.length && successor === token + 1) return;
    while (successors.length <= token) successors.push(0);
    successors.set(token, successor + 1);
  }

  private moveTo(target: number): void {
    this.last = target;
    const stored = this.successors.get(target);
    const expected = stored > 0 ? stored - 1 : Math.min(target + 1, this.length - 1);
    if (expected === this.expected) return;
    this.expected = expected;
    this.expectedStart = this.starts.get(expected);
    this.expectedLength = this.lengths.get(expected);
  }

  /** Whether the tokens of two numbers are written the same. */
  isSame(token: number, other: number): boolean {
    const length = this.lengths.get(token);
    return (
      this.lengths.get(other) === length && this.words.equal(this.starts.get(token), this.starts.get(other), length)
    );
  }
}
