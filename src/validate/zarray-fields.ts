import { KerchunkError } from '../errors';
import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { ReferenceSet } from '../references/reference-set';
import { parseDataType } from '../zarr/data-type';
import type { ZarrArray } from '../zarr/types';
import type { Reporter } from './reporter';

/** What a field of `.zarray` must be (zarr v2 specification, "Metadata"): a test, and the words for it. */
interface FieldRule {
  holds(value: JsonValue): boolean;
  expected: string;
}

const isIndexList = (value: JsonValue, least: number): boolean =>
  Array.isArray(value) &&
  value.every((n) => typeof n === 'bigint' || (typeof n === 'number' && Number.isInteger(n) && n >= least));
const isCodec = (value: JsonValue): boolean => isJsonObject(value) && typeof value.id === 'string';

const fields: Record<string, FieldRule> = {
  zarr_format: { holds: (value) => value === 2, expected: 'the integer 2' },
  shape: { holds: (value) => isIndexList(value, 0), expected: 'a list of integers from 0' },
  chunks: { holds: (value) => isIndexList(value, 1), expected: 'a list of integers from 1' },
  dtype: {
    holds: (value) => typeof value === 'string' || Array.isArray(value),
    expected: 'a string such as "<f4", or a list of fields',
  },
  compressor: { holds: (value) => value === null || isCodec(value), expected: 'null or an object with an "id"' },
  fill_value: { holds: () => true, expected: 'a value of the data type, or null' },
  order: { holds: (value) => value === 'C' || value === 'F', expected: '"C" or "F"' },
  filters: {
    holds: (value) => value === null || (Array.isArray(value) && value.every(isCodec)),
    expected: 'null or a list of objects with an "id"',
  },
};

/**
 * Rules of one `.zarray` (zarr v2): every field there and of its type, shape and chunks of one rank, a data type that exists, a fill
 * value that fits it. Returns the array where it can be read.
 */
export function checkZarray(set: ReferenceSet, path: string, reporter: Reporter): ZarrArray | undefined {
  const key = path === '' ? '.zarray' : `${path}/.zarray`;
  const document = set.document(key)?.value;
  if (!isJsonObject(document)) {
    reporter.inside(key, [], 'zarr2/zarray-object', 'error', 'The metadata is not a JSON object.');
    return undefined;
  }
  const sound = checkFields(key, document, reporter);
  if (!sound || !checkRank(key, document, reporter) || !checkDataType(key, document, reporter)) return undefined;
  try {
    return set.array(path);
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    reporter.inside(key, ['fill_value'], 'zarr2/zarray-field-type', 'error', error.message);
    return undefined;
  }
}

function checkFields(key: string, document: JsonObject, reporter: Reporter): boolean {
  let sound = true;
  for (const [name, rule] of Object.entries(fields)) {
    const value = document[name];
    if (value === undefined) {
      reporter.inside(
        key,
        [],
        'zarr2/zarray-field-missing',
        'error',
        `"${name}" is missing; it must be ${rule.expected}.`,
      );
      // zarr-python reads an absent compressor or filters as null, so the rest of the document can be checked.
      if (name !== 'compressor' && name !== 'filters') sound = false;
    } else if (!rule.holds(value)) {
      const found = shorten(value);
      reporter.inside(
        key,
        [name],
        'zarr2/zarray-field-type',
        'error',
        `"${name}" is ${found}; it must be ${rule.expected}.`,
      );
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
    'error',
    `"shape" has ${shape.length} dimensions and "chunks" ${chunks.length}; they must have the same number.`,
  );
  return false;
}

function checkDataType(key: string, document: JsonObject, reporter: Reporter): boolean {
  try {
    parseDataType(document.dtype ?? null);
    return true;
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    reporter.inside(key, ['dtype'], 'zarr2/zarray-field-type', 'error', error.message);
    return false;
  }
}

function shorten(value: JsonValue): string {
  const text = JSON.stringify(value, (_key, item: JsonValue) => (typeof item === 'bigint' ? item.toString() : item));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
