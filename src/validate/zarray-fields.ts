import { KerchunkError } from '../errors';
import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { ReferenceSet } from '../references/reference-set';
import { parseDataType } from '../zarr/data-type';
import { parseFillValue } from '../zarr/fill-value';
import { keyBelow } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import type { Reporter } from './reporter';

/** What a field of `.zarray` must be (zarr v2 specification, "Metadata"): a test, and the words for it. */
interface FieldRule {
  holds(value: JsonValue): boolean;
  expected: string;
}

const isIndexList = (value: JsonValue, least: number): boolean =>
  Array.isArray(value) && value.every((n) => typeof n === 'number' && Number.isSafeInteger(n) && n >= least);
const isCodec = (value: JsonValue): boolean => isJsonObject(value) && typeof value.id === 'string' && value.id !== '';

const fields: Record<string, FieldRule> = {
  zarr_format: { holds: (value) => value === 2, expected: 'the integer 2' },
  shape: { holds: (value) => isIndexList(value, 0), expected: 'a list of integers from 0 to 2^53 - 1' },
  chunks: { holds: (value) => isIndexList(value, 1), expected: 'a list of integers from 1 to 2^53 - 1' },
  dtype: {
    holds: (value) => typeof value === 'string' || Array.isArray(value),
    expected: 'a string such as "<f4", or a list of fields',
  },
  compressor: {
    holds: (value) => value === null || isCodec(value),
    expected: 'null or an object with an "id" that is not empty',
  },
  fill_value: { holds: () => true, expected: 'a value of the data type, or null' },
  order: { holds: (value) => value === 'C' || value === 'F', expected: '"C" or "F"' },
  filters: {
    holds: (value) => value === null || (Array.isArray(value) && value.every(isCodec)),
    expected: 'null or a list of objects with an "id" that is not empty',
  },
};

/** Fields that may be left out (zarr v2 specification, "Metadata", of the separator). */
const optionalFields: Record<string, FieldRule> = {
  dimension_separator: { holds: (value) => value === '.' || value === '/', expected: '"." or "/"' },
};

/**
 * Rules of one `.zarray` (zarr v2): every field there and of its type, shape and chunks of one rank, a data type that exists, a fill
 * value that fits it. Returns the array where it can be read. Metadata that are not looked at, because they stand in a file of their own or are
 * zarr v3, are said not to be (info); what is no JSON object is found when the file is read.
 */
export function checkZarray(set: ReferenceSet, path: string, reporter: Reporter): ZarrArray | undefined {
  const key = keyBelow(path, '.zarray');
  const document = set.document(key)?.value;
  if (document === undefined) {
    noteUnchecked(set, path, reporter);
    return undefined;
  }
  if (!isJsonObject(document)) return undefined;
  const sound = checkFields(key, document, reporter);
  if (!sound || !checkRank(key, document, reporter) || !checkElements(key, document, reporter)) return undefined;
  try {
    return set.array(path);
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    // All that is left to be wrong is how many chunks there are, and how large one is.
    reporter.inside(key, ['chunks'], 'zarr2/zarray-field-type', error.message);
    return undefined;
  }
}

function noteUnchecked(set: ReferenceSet, path: string, reporter: Reporter): void {
  const [v2, v3] = [keyBelow(path, '.zarray'), keyBelow(path, 'zarr.json')];
  if (set.keySpan(v2) === undefined) {
    noteElsewhere(set, v3, reporter);
  } else {
    noteElsewhere(set, v2, reporter);
  }
}

function noteElsewhere(set: ReferenceSet, key: string, reporter: Reporter): void {
  const { kind } = lookedUp(set, key);
  if (kind !== 'range' && kind !== 'file') return;
  const message = 'The metadata stand in a file of their own, which is not read: this array is not checked.';
  reporter.onKey(key, 'zarr2/metadata-elsewhere', message);
}

/** What stands under a key; a malformed reference, which was found when the file was read, as `broken`. */
function lookedUp(set: ReferenceSet, key: string): { kind: ReturnType<ReferenceSet['lookup']>['kind'] | 'broken' } {
  try {
    return set.lookup(key);
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return { kind: 'broken' };
  }
}

function checkFields(key: string, document: JsonObject, reporter: Reporter): boolean {
  let sound = true;
  for (const [name, rule] of Object.entries({ ...fields, ...optionalFields })) {
    const value = document[name];
    if (value === undefined && Object.hasOwn(optionalFields, name)) continue;
    if (value === undefined) {
      reporter.inside(key, [], 'zarr2/zarray-field-missing', `"${name}" is missing; it must be ${rule.expected}.`);
      // zarr-python reads an absent compressor or filters as null, so the rest of the document can be checked.
      if (name !== 'compressor' && name !== 'filters') sound = false;
    } else if (!rule.holds(value)) {
      const found = shorten(value);
      reporter.inside(key, [name], 'zarr2/zarray-field-type', `"${name}" is ${found}; it must be ${rule.expected}.`);
      sound = false;
    }
  }
  return sound;
}

function checkRank(key: string, document: JsonObject, reporter: Reporter): boolean {
  const { shape, chunks } = document;
  if (!Array.isArray(shape) || !Array.isArray(chunks) || shape.length === chunks.length) return true;
  reporter.inside(
    key,
    ['chunks'],
    'zarr2/shape-chunks-rank',
    `"shape" has ${shape.length} dimensions and "chunks" ${chunks.length}; they must have the same number.`,
  );
  return false;
}

function checkElements(key: string, document: JsonObject, reporter: Reporter): boolean {
  let place = 'dtype';
  try {
    const type = parseDataType(document.dtype ?? null);
    place = 'fill_value';
    parseFillValue(document.fill_value ?? null, type);
    return true;
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    reporter.inside(key, [place], 'zarr2/zarray-field-type', error.message);
    return false;
  }
}

function shorten(value: JsonValue): string {
  const text = JSON.stringify(value, (_key, item: JsonValue) => (typeof item === 'bigint' ? item.toString() : item));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
