import { BACKSLASH } from './ascii';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const SHORT = 32;

const ESCAPED: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** The code unit that the escape whose backslash stands at `at` gives, and its length in the text. The escape must be valid. */
function escapeAt(text: Uint8Array, at: number): { unit: number; length: number } {
  const letter = String.fromCharCode(text[at + 1] ?? 0);
  if (letter !== 'u') return { unit: (ESCAPED[letter] ?? letter).charCodeAt(0), length: 2 };
  const digits = String.fromCharCode(...text.subarray(at + 2, at + 6));
  return { unit: Number.parseInt(digits, 16), length: 6 };
}

/** As `escapeAt`, with the two escapes of a surrogate pair taken together. */
function characterAt(text: Uint8Array, at: number): { units: string; length: number } {
  const { unit, length } = escapeAt(text, at);
  if (unit >= 0xd800 && unit < 0xdc00 && text[at + 6] === BACKSLASH && text[at + 7] === 0x75) {
    const second = escapeAt(text, at + 6).unit;
    if (second >= 0xdc00 && second < 0xe000) return { units: String.fromCharCode(unit, second), length: 12 };
  }
  return { units: String.fromCharCode(unit), length };
}

function indexOfBackslash(text: Uint8Array, from: number, end: number): number {
  for (let i = from; i < end; i++) if (text[i] === BACKSLASH) return i;
  return end;
}

function plainText(text: Uint8Array, start: number, end: number): string {
  if (end - start > SHORT) return decoder.decode(text.subarray(start, end));
  let out = '';
  for (let i = start; i < end; i++) {
    const byte = text[i] ?? 0;
    if (byte >= 0x80) return decoder.decode(text.subarray(start, end));
    out += String.fromCharCode(byte);
  }
  return out;
}

/** The string between two quotes of a valid JSON text: bytes [start, end), quotes not included. Invalid UTF-8 gives U+FFFD. */
export function decodeString(text: Uint8Array, start: number, end: number): string {
  let stop = indexOfBackslash(text, start, end);
  if (stop === end) return plainText(text, start, end);
  const parts: string[] = [];
  for (let at = start; at < end; stop = indexOfBackslash(text, at, end)) {
    if (stop > at) parts.push(plainText(text, at, stop));
    if (stop === end) break;
    const { units, length } = characterAt(text, stop);
    parts.push(units);
    at = stop + length;
  }
  return parts.join('');
}

/** The UTF-8 bytes of the string between two quotes, as `decodeString`; bytes that are no UTF-8 are kept as they stand. A copy. */
export function stringBytes(text: Uint8Array, start: number, end: number): Uint8Array {
  const out = new Uint8Array(end - start);
  const encoder = new TextEncoder();
  let written = 0;
  for (let at = start; at < end;) {
    const byte = text[at] ?? 0;
    if (byte !== BACKSLASH) {
      out[written++] = byte;
      at++;
      continue;
    }
    const { units, length } = characterAt(text, at);
    // No escape is shorter than the UTF-8 it stands for, so the bytes always fit.
    const unit = units.charCodeAt(0);
    if (unit < 0x80) out[written++] = unit;
    else written += encoder.encodeInto(units, out.subarray(written)).written;
    at += length;
  }
  return out.slice(0, written);
}

/** Inner bytes between two marks of `InnerOffsets`. */
const STEP = 1 << 12;

/**
 * Where in the text the bytes of `stringBytes(text, start, end)` come from. The string is walked once, as far as asked for, with a mark
 * every 4 KiB, so that many places in one long string cost little more than one.
 */
export class InnerOffsets {
  /** The first character at or behind the inner byte `STEP * i`: the inner bytes before it, and its place in the text. */
  private readonly marks: { inner: number; outer: number }[];

  constructor(
    private readonly text: Uint8Array,
    start: number,
    private readonly end: number,
  ) {
    this.marks = [{ inner: 0, outer: start }];
  }

  /** The offset of the character or of the escape that gives the byte `inner`; the end of the string for its end and beyond. */
  at(inner: number): number {
    let index = Math.min(Math.floor(inner / STEP), this.marks.length - 1);
    if ((this.marks[index]?.inner ?? 0) > inner) index--;
    let { inner: passed, outer } = this.marks[index] ?? { inner: 0, outer: this.end };
    while (outer < this.end) {
      const { length, bytes } = this.sizesAt(outer);
      if (passed + bytes > inner) break;
      passed += bytes;
      outer += length;
      if (passed >= this.marks.length * STEP) this.marks.push({ inner: passed, outer });
    }
    return outer;
  }

  /** Bytes of the character or escape at `at`, in the text and as it reads. */
  private sizesAt(at: number): { length: number; bytes: number } {
    if (this.text[at] !== BACKSLASH) return { length: 1, bytes: 1 };
    const { units, length } = characterAt(this.text, at);
    return { length, bytes: units.charCodeAt(0) < 0x80 ? 1 : new TextEncoder().encode(units).length };
  }
}
