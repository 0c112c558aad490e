import * as ascii from './ascii';
import { WHOLE, type EntryColumns } from './columns';
import type { JsonCursor } from './scan';
import type { TargetTable } from './target-table';

const MAX_DIGITS = 15;

/**
 * Reads as many entries of the common form as follow one another: a key that ends with a digit, and `[target]` or `[target, offset, length]`
 * with plain integers and without escapes but `\/`. Whatever is not exactly so is left to `EntryScanner.entry`, which says what is
 * wrong with it. Begins where a key should stand, and stops behind the first entry that ends at or behind `stop`. Returns true behind an
 * entry, where a comma or the end of the object should follow; false before an entry it did not read.
 */
export function readFastEntries(
  cursor: JsonCursor,
  columns: EntryColumns,
  targets: TargetTable,
  stop: number,
): boolean {
  const { text, end } = cursor;
  const { words } = targets;
  for (;;) {
    const entry = skipSpace(text, cursor.at, end);
    cursor.at = entry;
    if (text[entry] !== ascii.QUOTE) return false;
    let at = words.stringEnd(entry + 1, end);
    if (at < 0 || !ascii.isDigit(text[at - 1] ?? 0)) return false;
    at = skipSpace(text, at + 1, end);
    if (text[at] !== ascii.COLON) return false;
    at = skipSpace(text, at + 1, end);
    if (text[at] !== ascii.OPEN_BRACKET) return false;
    at = skipSpace(text, at + 1, end);
    if (text[at] !== ascii.QUOTE) return false;
    let target: number;
    const expected = targets.expectedAt(at + 1);
    if (expected > 0) {
      target = targets.accept();
      at += expected + 2;
    } else {
      const close = words.similarEnd(at + 1, end);
      if (close <= at + 1) return false;
      target = targets.internSeen(at + 1, close);
      at = close + 1;
    }
    at = skipSpace(text, at, end);
    let offset = WHOLE;
    let length = 0;
    if (text[at] === ascii.COMMA) {
      at = skipSpace(text, at + 1, end);
      let digits = at;
      offset = 0;
      for (let byte = text[at] ?? 0; ascii.isDigit(byte); byte = text[++at] ?? 0)
        offset = offset * 10 + byte - ascii.ZERO;
      if (!isPlainInteger(text, digits, at)) return false;
      at = skipSpace(text, at, end);
      if (text[at] !== ascii.COMMA) return false;
      at = skipSpace(text, at + 1, end);
      digits = at;
      for (let byte = text[at] ?? 0; ascii.isDigit(byte); byte = text[++at] ?? 0)
        length = length * 10 + byte - ascii.ZERO;
      if (length === 0 || !isPlainInteger(text, digits, at)) return false;
      at = skipSpace(text, at, end);
    }
    if (text[at] !== ascii.CLOSE_BRACKET) return false;
    columns.push(entry, target, offset, length);
    cursor.at = at + 1;
    at = skipSpace(text, at + 1, end);
    if (at >= stop || text[at] !== ascii.COMMA || text[skipSpace(text, at + 1, end)] !== ascii.QUOTE) return true;
    cursor.at = at + 1;
  }
}

function skipSpace(text: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const byte = text[at] ?? 0;
    if (byte > ascii.SPACE) break;
    if (byte !== ascii.SPACE && byte !== ascii.LINE_FEED && byte !== ascii.CARRIAGE_RETURN && byte !== ascii.TAB) break;
    at++;
  }
  return at;
}

function isPlainInteger(text: Uint8Array, start: number, end: number): boolean {
  const digits = end - start;
  return digits > 0 && digits <= MAX_DIGITS && (digits === 1 || text[start] !== ascii.ZERO);
}
