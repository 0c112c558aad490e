import type { JsonValue } from '../json';
import * as ascii from './ascii';
import { decodeString } from './json-string';
import type { ReferenceProblemCode, TextSpan } from './types';

/** Lists and objects deeper than this are refused, so that no text can exhaust the stack. */
const MAX_DEPTH = 512;
const MAX_NOTICES = 10_000;
const MAX_WORD = 400;

/** A fault that leaves no JSON to read on in. `detail` is a clause without a capital letter or full stop. */
export class JsonSyntaxError extends Error {
  constructor(
    readonly detail: string,
    readonly span: TextSpan,
  ) {
    super(detail);
  }
}

/** Something that was read all the same, and should be told. */
export interface JsonNotice {
  code: ReferenceProblemCode;
  span: TextSpan;
  message: string;
}

/**
 * Reads JSON (RFC 8259) from bytes, forwards, and keeps the place. Beyond the standard it takes the bare NaN, Infinity and -Infinity that
 * Python writes, invalid UTF-8 and unpaired surrogates, and leaves a notice of each. Every method throws `JsonSyntaxError`.
 */
export class JsonCursor {
  notices: JsonNotice[] = [];

  /** Reads from the byte at `at` on, as far as `end`. */
  constructor(
    readonly text: Uint8Array,
    public at = 0,
    readonly end = text.length,
  ) {}

  /** Skips white space, and gives the byte that follows; 0 at the end of the text. */
  peek(): number {
    const { text, end } = this;
    let at = this.at;
    while (at < end) {
      const byte = text[at] ?? 0;
      if (byte > ascii.SPACE || !isSpace(byte)) break;
      at++;
    }
    this.at = at;
    return at < end ? (text[at] ?? 0) : 0;
  }

  /** Reads a string from its opening quote to behind its closing one. Its characters are between: [start + 1, at - 1). */
  string(): void {
    const { text, end } = this;
    if (this.peek() !== ascii.QUOTE) throw this.unexpected('a string in double quotes');
    const start = this.at;
    let faulty: ReferenceProblemCode | undefined;
    let at = this.at + 1;
    for (;;) {
      while (at < end && ascii.STRING_CLASS[text[at] ?? 0] === ascii.PLAIN) at++;
      if (at >= end) throw this.fail('this string has no end; the text was cut off', start, end - start);
      const kind = ascii.STRING_CLASS[text[at] ?? 0];
      if (kind === ascii.END) break;
      if (kind === ascii.CONTROL) throw this.fail(describeControl(text[at] ?? 0), at, 1);
      if (kind === ascii.ESCAPE) {
        const length = this.escape(at);
        if (length < 0) faulty = 'json/lone-surrogate';
        at += Math.abs(length);
      } else {
        const length = ascii.utf8Length(text, at, end);
        if (length === 0) faulty = 'json/utf8';
        at += Math.max(length, 1);
      }
    }
    this.at = at + 1;
    if (faulty !== undefined) this.noteString(faulty, start);
  }

  /** Reads a string and gives its value. */
  stringValue(): string {
    this.peek();
    const start = this.at;
    this.string();
    return decodeString(this.text, start + 1, this.at - 1);
  }

  /** Reads any value. Integers beyond 2^53 - 1 are bigint. Where an object has a key twice, the last one counts, with a notice. */
  value(depth = 0): JsonValue {
    switch (this.peek()) {
      case ascii.QUOTE:
        return this.stringValue();
      case ascii.OPEN_BRACE: {
        const object: Record<string, JsonValue> = {};
        this.members(depth, (key, span) => {
          if (Object.hasOwn(object, key))
            this.note('kerchunk/duplicate-key', span, `Key "${key}" stands twice; the last one counts.`);
          define(object, key, this.value(depth + 1));
        });
        return object;
      }
      case ascii.OPEN_BRACKET: {
        const list: JsonValue[] = [];
        this.elements(depth, () => list.push(this.value(depth + 1)));
        return list;
      }
      default:
        return this.scalar();
    }
  }

  /** Reads any value and keeps nothing of it. */
  skip(depth = 0): void {
    switch (this.peek()) {
      case ascii.QUOTE:
        this.string();
        break;
      case ascii.OPEN_BRACE:
        this.members(depth, () => {
          this.skip(depth + 1);
        });
        break;
      case ascii.OPEN_BRACKET:
        this.elements(depth, () => {
          this.skip(depth + 1);
        });
        break;
      default:
        this.scalar();
    }
  }

  /** Reads an object; `read` is called behind the colon of each member, with the key and its place, and must read the value. */
  members(depth: number, read: (key: string, span: TextSpan) => void): void {
    const start = this.open(depth);
    if (this.peek() === ascii.CLOSE_BRACE) {
      this.at++;
      return;
    }
    do {
      if (this.peek() !== ascii.QUOTE) throw this.unexpected('a key in double quotes');
      const offset = this.at;
      const key = this.stringValue();
      const length = this.at - offset;
      if (this.peek() !== ascii.COLON) throw this.unexpected(`a colon after the key "${key}"`);
      this.at++;
      read(key, { offset, length });
    } while (this.separator(ascii.CLOSE_BRACE, start));
  }

  /** Reads a list; `read` is called before each element, and must read it. */
  elements(depth: number, read: () => void): void {
    const start = this.open(depth);
    if (this.peek() === ascii.CLOSE_BRACKET) {
      this.at++;
      return;
    }
    do read();
    while (this.separator(ascii.CLOSE_BRACKET, start));
  }

  /** Behind a member or element: true behind a comma, false behind the end of the object or list that began at `start`. */
  separator(close: number, start: number): boolean {
    const byte = this.peek();
    if (byte === close) {
      this.at++;
      return false;
    }
    const what = close === ascii.CLOSE_BRACE ? 'object' : 'list';
    if (byte !== ascii.COMMA) {
      if (this.at >= this.end) throw this.fail(`the text ends inside this ${what}; it was cut off`, start, 1);
      throw this.unexpected(`a comma or the end of the ${what}`);
    }
    const comma = this.at++;
    if (this.peek() === close) throw this.fail(`a comma with nothing after it, at the end of the ${what}`, comma, 1);
    return true;
  }

  /** Reads a number, true, false or null, or a bare NaN, Infinity or -Infinity. */
  scalar(): JsonValue {
    this.peek();
    const start = this.at;
    let at = start;
    while (at < this.end && isWord(this.text[at] ?? 0)) at++;
    const word = String.fromCharCode(...this.text.subarray(start, Math.min(at, start + MAX_WORD)));
    const value = parseWord(word);
    if (at - start > MAX_WORD)
      throw this.fail(`a number or word of more than ${MAX_WORD} characters`, start, at - start);
    if (value === undefined) throw this.unexpected('a value');
    this.at = at;
    if (typeof value === 'number' && !Number.isFinite(value) && /[NI]/.test(word)) {
      this.note(
        'json/bare-nan',
        { offset: start, length: at - start },
        `${word} is not JSON; strict readers refuse the file. Write "${word}" in quotes; where integers are wanted, which have none, a number or null.`,
      );
    }
    return value;
  }

  /** Ends reading: nothing but white space may follow. */
  finish(): void {
    this.peek();
    if (this.at < this.end) throw this.fail('there is more text after the end of the JSON value', this.at, 1);
  }

  /** An error about what stands here instead of what was expected. */
  unexpected(expected: string): JsonSyntaxError {
    const byte = this.peek();
    if (this.at >= this.end)
      return this.fail(`the text ends where ${expected} should stand; it was cut off`, this.at, 0);
    return this.fail(`${describeByte(this.text, this.at, byte)} stands where ${expected} should`, this.at, 1);
  }

  private open(depth: number): number {
    if (depth >= MAX_DEPTH) throw this.fail(`lists and objects are nested deeper than ${MAX_DEPTH} levels`, this.at, 1);
    return this.at++;
  }

  /** Length of the escape at `at`; negative for one that is half a surrogate pair. */
  private escape(at: number): number {
    const letter = this.text[at + 1] ?? 0;
    if (at + 1 >= this.end) throw this.fail('the text ends inside a string; it was cut off', at, 1);
    if (letter !== 0x75) {
      if (!'"\\/bfnrt'.includes(String.fromCharCode(letter))) {
        throw this.fail(`"\\${String.fromCharCode(letter)}" is no escape that JSON has`, at, 2);
      }
      return 2;
    }
    const unit = this.hex(at + 2);
    if (unit < 0xd800 || unit > 0xdfff) return 6;
    const paired = unit < 0xdc00 && this.text[at + 6] === ascii.BACKSLASH && this.text[at + 7] === 0x75;
    if (!paired) return -6;
    const second = this.hex(at + 8);
    return second >= 0xdc00 && second <= 0xdfff ? 12 : -6;
  }

  private hex(at: number): number {
    const digits = String.fromCharCode(...this.text.subarray(at, Math.min(at + 4, this.end)));
    if (!/^[0-9a-fA-F]{4}$/.test(digits))
      throw this.fail('"\\u" is not followed by four hexadecimal digits', at - 2, 2 + digits.length);
    return Number.parseInt(digits, 16);
  }

  private noteString(code: ReferenceProblemCode, start: number): void {
    const message =
      code === 'json/utf8'
        ? 'This string is not valid UTF-8; the bytes at fault read as U+FFFD.'
        : 'This string has half a surrogate pair (\\ud800 to \\udfff), which is no character and has no UTF-8.';
    this.note(code, { offset: start, length: this.at - start }, message);
  }

  private note(code: ReferenceProblemCode, span: TextSpan, message: string): void {
    if (this.notices.length < MAX_NOTICES) this.notices.push({ code, span, message });
  }

  private fail(detail: string, offset: number, length: number): JsonSyntaxError {
    return new JsonSyntaxError(detail, { offset, length });
  }
}

function define(object: Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function isSpace(byte: number): boolean {
  return byte === ascii.SPACE || byte === ascii.LINE_FEED || byte === ascii.CARRIAGE_RETURN || byte === ascii.TAB;
}

/** Bytes of which numbers and literals are made: letters, digits, sign and point. */
function isWord(byte: number): boolean {
  return (
    ascii.isDigit(byte) ||
    ((byte | 0x20) - 0x61) >>> 0 < 26 ||
    byte === ascii.MINUS ||
    byte === ascii.POINT ||
    byte === 0x2b ||
    byte === 0x5f
  );
}

const LITERALS = new Map<string, JsonValue>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

function parseWord(word: string): JsonValue | undefined {
  if (/^-?(0|[1-9]\d*)$/.test(word)) {
    const number = Number(word);
    return Number.isSafeInteger(number) ? number : BigInt(word);
  }
  if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(word)) return Number(word);
  return LITERALS.get(word);
}

function describeControl(byte: number): string {
  const name =
    byte === ascii.LINE_FEED
      ? 'a line break'
      : byte === ascii.TAB
        ? 'a tab'
        : `control character 0x${byte.toString(16).padStart(2, '0')}`;
  return `${name} stands unescaped inside a string`;
}

function describeByte(text: Uint8Array, at: number, byte: number): string {
  if (byte === ascii.APOSTROPHE) return 'text in single quotes, which JSON does not have,';
  if (byte === ascii.SLASH || byte === 0x23) return 'a comment, which JSON does not have,';
  if (byte === ascii.QUOTE) return 'a string';
  if (byte === 0) return 'a zero byte';
  let end = at;
  while (end < at + 20 && isWord(text[end] ?? 0)) end++;
  const word = String.fromCharCode(...text.subarray(at, Math.max(end, at + 1)));
  if (['None', 'True', 'False', 'nan', 'inf'].includes(word)) return `Python's ${word}, which JSON does not have,`;
  return byte < 0x80 ? `"${word}"` : 'a character beyond ASCII';
}
