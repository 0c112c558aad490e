import type { JsonValue } from '../json';

/** A value as JSON text, with NaN and infinities bare, as Python writes them. */
export function jsonText(value: JsonValue): string {
  if (typeof value === 'bigint' || typeof value === 'number') return value.toString();
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${jsonText(member)}`);
  return `{${members.join(', ')}}`;
}
