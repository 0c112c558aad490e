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
  return compactJson(text).replace(
    /("(?:[^"\\]|\\.)*")|[,:]/gsu,
    (all, string: string | undefined) => string ?? `${all} `,
  );
}

/** JSON text without white space between its parts, which are kept as they are written. */
export function compactJson(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/gsu, (_all, string: string | undefined) => string ?? '');
}
