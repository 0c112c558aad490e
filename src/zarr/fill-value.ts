import { KerchunkError } from '../errors';
import { type JsonValue, shortJson } from '../json';
import { decodeBase64 } from './base64';
import { formatDataType } from './data-type';
import { halfToNumber, numberToHalf } from './half';
import type { DataType, FillValue } from './types';

/** "Not a time" of numpy datetimes and timedeltas: the smallest 64-bit integer. */
export const NOT_A_TIME = -(2n ** 63n);

/** Bytes of the largest element that is filled up with zeros. */
export const MOST_PADDED = 2 ** 20;

/**
 * Reads a zarr v2 `fill_value` for its data type (zarr v2 specification, "Fill value encoding").
 * - b: true, false, 0, 1, as boolean. i, u of 1 to 4 bytes: number; of 8 bytes, m and M: bigint ("NaT" for m and M).
 * - f: number, or "NaN", "Infinity", "-Infinity"; rounded to the type's own precision, so that it equals decoded values.
 *   c: a list of two such, or one for the real part alone.
 * - S, V, structured: base64 of itemSize bytes (S may be shorter and is padded as by `paddedElement`), or 0 for all zeros, as old writers
 *   have it. U, O: a string; 0 for U is the empty string.
 * - `null`: undefined content.
 * @throws KerchunkError `malformed-metadata` naming the value and the data type where the value does not fit.
 */
export function parseFillValue(json: JsonValue, type: DataType): FillValue {
  if (json === null) return null;
  const value = fillValueOf(json, type);
  if (value === undefined) throw unfit(json, type);
  return value;
}

/** As `parseFillValue`, of what is not null; undefined where the value does not fit. */
export function fillValueOf(json: JsonValue, type: DataType): FillValue | undefined {
  switch (type.kind) {
    case 'b':
      return json === true || json === 1 ? true : json === false || json === 0 ? false : undefined;
    case 'i':
    case 'u':
      return integer(json, type);
    case 'm':
    case 'M':
      return json === 'NaT' ? NOT_A_TIME : integer(json, { kind: 'i', itemSize: 8 });
    case 'f':
      return float(json, type.itemSize);
    case 'c':
      return complex(json, type.itemSize / 2);
    case 'S':
    case 'V':
      return fixedBytes(json, type);
    case 'U':
      return json === 0 ? '' : text(json, type);
    case 'O':
      return typeof json === 'object' ? undefined : json;
  }
}

function integer(json: JsonValue, type: Pick<DataType, 'kind' | 'itemSize'>): number | bigint | undefined {
  if (typeof json !== 'bigint' && !(typeof json === 'number' && Number.isInteger(json))) return undefined;
  const exact = BigInt(json);
  const bits = BigInt(8 * type.itemSize);
  const lowest = type.kind === 'i' ? -(2n ** (bits - 1n)) : 0n;
  if (exact < lowest || exact >= lowest + 2n ** bits) return undefined;
  return type.itemSize === 8 ? exact : Number(exact);
}

function float(json: JsonValue, itemSize: number): number | undefined {
  if (json === 'NaN') return NaN;
  if (json === 'Infinity') return Infinity;
  if (json === '-Infinity') return -Infinity;
  if (typeof json !== 'number' && typeof json !== 'bigint') return undefined;
  const exact = Number(json);
  const rounded = itemSize === 2 ? halfToNumber(numberToHalf(exact)) : itemSize === 4 ? Math.fround(exact) : exact;
  const overflows = !Number.isFinite(rounded) && (typeof json === 'bigint' || Number.isFinite(exact));
  return overflows ? undefined : rounded;
}

function complex(json: JsonValue, partSize: number): { real: number; imaginary: number } | undefined {
  const parts = Array.isArray(json) ? json : [json, 0];
  if (parts.length !== 2) return undefined;
  const [real, imaginary] = parts.map((part) => float(part, partSize));
  return real === undefined || imaginary === undefined ? undefined : { real, imaginary };
}

function fixedBytes(json: JsonValue, type: DataType): Uint8Array | undefined {
  if (json === 0) return paddedElement(new Uint8Array(), type);
  if (typeof json !== 'string') return undefined;
  const decoded = decodeBase64(json);
  if (typeof decoded === 'string') return undefined;
  const fits = type.kind === 'S' ? decoded.length <= type.itemSize : decoded.length === type.itemSize;
  return fits ? paddedElement(decoded, type) : undefined;
}

/**
 * The bytes of an element, those beyond its size left out, zeros for those that lack. Of an element above 1 MiB such zeros are left out: its
 * size is a claim of the metadata, and nobody has paid for it with bytes.
 */
export function paddedElement(bytes: Uint8Array, { itemSize }: Pick<DataType, 'itemSize'>): Uint8Array {
  if (bytes.length >= itemSize || itemSize > MOST_PADDED) return bytes.slice(0, itemSize);
  const padded = new Uint8Array(itemSize);
  padded.set(bytes);
  return padded;
}

function text(json: JsonValue, type: DataType): string | undefined {
  if (typeof json !== 'string') return undefined;
  return Array.from(json).length * 4 > type.itemSize ? undefined : json;
}

const EXPECTED: Record<DataType['kind'], string> = {
  b: 'true or false',
  i: 'an integer in its range',
  u: 'an integer in its range',
  f: 'a number in its range or "NaN", "Infinity", "-Infinity"',
  c: 'a list of two numbers',
  m: 'an integer or "NaT"',
  M: 'an integer or "NaT"',
  S: 'base64 of at most its size',
  V: 'base64 of exactly its size',
  U: 'a string of at most its length',
  O: 'a string or a number',
};

function unfit(json: JsonValue, type: DataType): KerchunkError {
  const short = shortJson(json, 80);
  return new KerchunkError(
    'malformed-metadata',
    type.v3Name === undefined
      ? `Fill value ${short} does not fit dtype ${JSON.stringify(formatDataType(type))}, which takes ${EXPECTED[type.kind]} or null.`
      : `Fill value ${short} does not fit data_type "${type.v3Name}", which takes ${EXPECTED[type.kind]}.`,
  );
}
