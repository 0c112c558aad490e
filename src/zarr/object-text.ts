import type { ObjectValue } from './types';

/** A Python object as text: a text as it is, bytes in hex, and all else as JSON, in which NaN and infinities stand bare as Python writes them. */
export function objectText(value: ObjectValue): string {
  return typeof value === 'string' ? value : nestedText(value);
}

function nestedText(value: ObjectValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Uint8Array) return hexText(value);
  if (Array.isArray(value)) return `[${value.map(nestedText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([key, member]) => `${JSON.stringify(key)}: ${nestedText(member)}`)
    .join(', ')}}`;
}

/** Bytes in hex, after `0x`. */
export function hexText(bytes: Uint8Array): string {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
