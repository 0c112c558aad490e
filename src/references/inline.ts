import { decodeBase64Bytes } from '../zarr/base64';
import { BACKSLASH } from './ascii';
import { stringBytes } from './json-string';
import type { TextSpan } from './types';

const PREFIX = 'base64:';
const EQUALS_SIGN = 0x3d;

/** The bytes of inline base64 with the prefix `base64:`; `span` is the string with its quotes. A clause on what is wrong where it is not base64. */
export function inlineBase64(text: Uint8Array, span: TextSpan): Uint8Array | string {
  const bytes = stringBytes(text, span.offset + 1, span.offset + span.length - 1);
  return decodeBase64Bytes(bytes.subarray(PREFIX.length));
}

/** The bytes of inline text: the UTF-8 of the string; `span` is the string with its quotes. */
export function inlineText(text: Uint8Array, span: TextSpan): Uint8Array {
  return stringBytes(text, span.offset + 1, span.offset + span.length - 1);
}

/**
 * How many bytes `inlineBase64` or `inlineText` gives, without decoding what has no escapes; undefined where it is not base64. `span` is the
 * string with its quotes.
 */
export function inlineLength(text: Uint8Array, span: TextSpan, isBase64: boolean): number | undefined {
  const inside = text.subarray(span.offset + 1, span.offset + span.length - 1);
  if (inside.includes(BACKSLASH)) {
    const bytes = isBase64 ? inlineBase64(text, span) : inlineText(text, span);
    return typeof bytes === 'string' ? undefined : bytes.length;
  }
  if (!isBase64) return inside.length;
  const characters = inside.length - PREFIX.length;
  const padding = inside.at(-1) !== EQUALS_SIGN ? 0 : inside.at(-2) === EQUALS_SIGN ? 2 : 1;
  return characters % 4 === 0 ? (characters / 4) * 3 - padding : undefined;
}

/** Whether the string, whose place with its quotes is `span`, begins with `base64:`, however that is escaped. */
export function isInlineBase64(text: Uint8Array, span: TextSpan): boolean {
  const start = span.offset + 1;
  const end = span.offset + span.length - 1;
  for (let i = 0; i < PREFIX.length; i++) {
    if (start + i >= end) return false;
    if (text[start + i] === BACKSLASH) {
      const head = stringBytes(text, start, end).subarray(0, PREFIX.length);
      return String.fromCharCode(...head) === PREFIX;
    }
    if (text[start + i] !== PREFIX.charCodeAt(i)) return false;
  }
  return true;
}

/** Whether the string, whose place with its quotes is `span`, has a character beyond ASCII, as it stands or as an escape. */
export function isBeyondAscii(text: Uint8Array, span: TextSpan): boolean {
  const end = span.offset + span.length - 1;
  for (let i = span.offset + 1; i < end; i++) {
    const byte = text[i] ?? 0;
    if (byte >= 0x80) return true;
    if (byte !== BACKSLASH) continue;
    if (text[i + 1] === 0x75 && Number.parseInt(String.fromCharCode(...text.subarray(i + 2, i + 6)), 16) >= 0x80)
      return true;
    i++;
  }
  return false;
}
