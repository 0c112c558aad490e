import { KerchunkError } from '../errors';
import type { JsonValue } from '../json';
import { isMetadataKey } from './documents';
import type { ReferenceWriterVersion } from './types';

export interface WriteOptions {
  version: ReferenceWriterVersion;
  /** Metadata documents as objects, as version 0 allows; else as strings of JSON, which every reader takes. */
  nested: boolean;
}

/**
 * The JSON text of a reference file, compact, keys in the order given. A metadata key (`.zarray`, …) takes the document as a value; any
 * other key `[url]`, `[url, offset, length]` or inline data as text. Numbers are written so that they parse to equal values.
 * @throws KerchunkError `invalid-argument` for NaN and infinite numbers, which JSON does not have.
 */
export function writeReferences(entries: Iterable<[string, JsonValue]>, { version, nested }: WriteOptions): string {
  const members: string[] = [];
  for (const [key, value] of entries) {
    const text = formatJson(value);
    const asString = isMetadataKey(key) && !nested && typeof value === 'object';
    members.push(`${JSON.stringify(key)}:${asString ? JSON.stringify(text) : text}`);
  }
  const map = `{${members.join(',')}}`;
  return version === 0 ? map : `{"version":1,"refs":${map}}`;
}

/**
 * Compact JSON of a value; bigint as digits.
 * @throws KerchunkError `invalid-argument` for NaN and infinite numbers.
 */
export function formatJson(value: JsonValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return formatNumber(value);
  if (Array.isArray(value)) return `[${value.map(formatJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, member]) => `${JSON.stringify(key)}:${formatJson(member)}`)
    .join(',')}}`;
}

function formatNumber(value: number): string {
  if (!Number.isFinite(value)) {
    throw new KerchunkError('invalid-argument', `JSON has no number ${value}; write it as the string "${value}".`);
  }
  return Object.is(value, -0) ? '-0.0' : String(value);
}
