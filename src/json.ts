import { cutText } from './words';

/** Characters of a value after which no more of it is put into words. */
const MOST_SHOWN = 1000;

/** A parsed JSON value. Integers beyond 2^53 are kept exact as bigint; bare NaN and Infinity, which Python writes, as numbers. */
export type JsonValue = null | boolean | number | bigint | string | JsonValue[] | JsonObject;

export interface JsonObject {
  [key: string]: JsonValue;
}

/** Whether `value` is a JSON object, neither null nor an array. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as JSON text of at most `most` characters, the rest an ellipsis; numbers that JSON does not have as Python writes them. */
export function shortJson(value: JsonValue, most = 60): string {
  return cutText(textOfJson(value), most);
}

function textOfJson(value: JsonValue): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts: string[] = [];
  let length = 0;
  const isList = Array.isArray(value);
  for (const [key, item] of Object.entries(value)) {
    if (length > MOST_SHOWN) break;
    const text = isList ? textOfJson(item) : `${JSON.stringify(key)}: ${textOfJson(item)}`;
    parts.push(text);
    length += text.length;
  }
  return isList ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`;
}

/** JSON text on one line, with a space behind every comma and colon; its parts are kept as they are written. */
export function spacedJson(text: string): string {
  return betweenStrings(text, (part) => part.replace(/\s+/gu, '').replace(/[,:]/gu, '$& '));
}

/** JSON text without white space between its parts, which are kept as they are written. */
export function compactJson(text: string): string {
  return betweenStrings(text, (part) => part.replace(/\s+/gu, ''));
}

function betweenStrings(text: string, change: (part: string) => string): string {
  return Array.from(jsonParts(text), ({ text: part, isString }) => (isString ? part : change(part))).join('');
}

/** The strings of JSON, with their quotes, and what stands between them. A string may be as long as a file: no regular expression takes it. */
export function* jsonParts(text: string): Generator<{ text: string; isString: boolean }> {
  for (let at = 0; at < text.length;) {
    const start = text.indexOf('"', at);
    if (start < 0) {
      yield { text: text.slice(at), isString: false };
      return;
    }
    if (start > at) yield { text: text.slice(at, start), isString: false };
    at = endOfString(text, start);
    yield { text: text.slice(start, at), isString: true };
  }
}

/** The place behind the closing quote of the string that begins at `start`; the end of the text where it has none. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text[before] === '\\') before--;
    // An even number of backslashes before a quote are escaped themselves.
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  return text.length;
}
