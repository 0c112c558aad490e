import type { JsonValue } from '../json';

const MOST_CHARACTERS = 60;

/** A value as JSON, for a message: bare NaN and Infinity as they stand, integers exact, and no longer than 60 characters. */
export function shortValue(value: JsonValue): string {
  const numbers: string[] = [];
  // JSON.stringify makes null of what JSON has no number for.
  const text = JSON.stringify(value, (_key, item: JsonValue) => {
    const isOther = typeof item === 'bigint' || (typeof item === 'number' && !Number.isFinite(item));
    if (!isOther) return item;
    numbers.push(String(item));
    return `\u0000${numbers.length - 1}`;
  }).replace(/"\\u0000(\d+)"/gu, (_match, index: string) => numbers[Number(index)] ?? '');
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 3)}...` : text;
}
