import { KerchunkError } from '../errors';
import type { JsonValue } from '../json';
import { countInWords, plural } from '../words';
import { isMetadataKey } from './documents';
import type { ReferenceWriterVersion } from './types';

export interface WriteOptions {
  version: ReferenceWriterVersion;
  /** Metadata documents as objects, as version 0 allows; else as strings of JSON, which every reader takes. */
  nested: boolean;
  /** Characters that the text may have, by default as many as a string can have. */
  limit?: number;
}

/** What stands between two entries. */
export const SEPARATOR = ',\n';

/** What stands before the first entry and behind the last. */
export const FRAMES: Readonly<Record<ReferenceWriterVersion, { start: string; end: string }>> = {
  0: { start: '{\n', end: '\n}' },
  1: { start: '{"version":1,"refs":{\n', end: '\n}}' },
};

/** V8's longest string on a machine of 64 bits (v8::String::kMaxLength). */
const LONGEST_STRING = 2 ** 29 - 24;

/**
 * The JSON text of a reference file, an entry a line, so that editors show and compare it; compact otherwise, keys in the order given. A metadata key (`.zarray`, …) takes the document as a value; any
 * other key `[url]`, `[url, offset, length]` or inline data as text. Numbers are written so that they parse to equal values.
 * @throws KerchunkError `invalid-argument` for NaN and infinite numbers, which JSON does not have, `limit-exceeded` where the text would be
 * too long.
 */
export function writeReferences(
  entries: Iterable<[string, JsonValue]>,
  { version, nested, limit = LONGEST_STRING }: WriteOptions,
): string {
  const { start, end } = FRAMES[version];
  const members: string[] = [];
  let length = start.length + end.length;
  for (const [key, value] of entries) {
    const member = formatMember(key, value, nested);
    length += member.length + (members.length === 0 ? 0 : SEPARATOR.length);
    if (length > limit) throw tooLong(members.length, limit);
    members.push(member);
  }
  return `${start}${members.join(SEPARATOR)}${end}`;
}

/**
 * An entry of a reference file as text; `nested` as in `WriteOptions`.
 * @throws KerchunkError `invalid-argument` for NaN and infinite numbers.
 */
export function formatMember(key: string, value: JsonValue, nested: boolean): string {
  const text = formatJson(value);
  const asString = isMetadataKey(key) && !nested && typeof value === 'object';
  return `${JSON.stringify(key)}:${asString ? JSON.stringify(text) : text}`;
}

function tooLong(entries: number, limit: number): KerchunkError {
  return new KerchunkError(
    'limit-exceeded',
    `The reference file would have more than ${countInWords(limit)} characters, which its first ${plural(entries, 'entry', 'entries')} fill; no text can be longer. Write the TIFF with larger tiles, or give its references a shorter address.`,
  );
}

/**
 * Compact JSON of a value; bigint as digits. NaN and infinite numbers, which JSON does not have, are refused, or `bare`: as Python writes and
 * reads them.
 * @throws KerchunkError `invalid-argument` for such a number where it is refused.
 */
export function formatJson(value: JsonValue, nonFinite: 'refused' | 'bare' = 'refused'): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') {
    return nonFinite === 'bare' && !Number.isFinite(value) ? String(value) : formatNumber(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => formatJson(item, nonFinite)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, member]) => `${JSON.stringify(key)}:${formatJson(member, nonFinite)}`)
    .join(',')}}`;
}

function formatNumber(value: number): string {
  if (!Number.isFinite(value)) {
    throw new KerchunkError('invalid-argument', `JSON has no number ${value}; write it as the string "${value}".`);
  }
  if (Object.is(value, -0)) return '-0.0';
  // Without an exponent a float beyond 2^53 would be read as an integer, which no array holds.
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
}
