export const TAB = 0x09;
export const LINE_FEED = 0x0a;
export const CARRIAGE_RETURN = 0x0d;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const APOSTROPHE = 0x27;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const POINT = 0x2e;
export const SLASH = 0x2f;
export const ZERO = 0x30;
export const NINE = 0x39;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** What a byte means inside a JSON string: an ordinary character, its end, an escape, a forbidden control character, or UTF-8. */
export const PLAIN = 0;
export const END = 1;
export const ESCAPE = 2;
export const CONTROL = 3;
export const UTF8 = 4;

/** The class of every byte inside a JSON string, by its value. */
export const STRING_CLASS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === QUOTE) return END;
  if (byte === BACKSLASH) return ESCAPE;
  if (byte < SPACE) return CONTROL;
  return byte < 0x80 ? PLAIN : UTF8;
});

/** Whether a byte is a decimal digit. */
export function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** Length in bytes of the well-formed UTF-8 sequence at `at` (RFC 3629: no overlong forms, surrogates or more than U+10FFFF); 0 where there is none. */
export function utf8Length(text: Uint8Array, at: number, end: number): number {
  const lead = text[at] ?? 0;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > end) return 0;
  const second = text[at + 1] ?? 0;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  for (let i = 2; i < length; i++) {
    if (((text[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}
