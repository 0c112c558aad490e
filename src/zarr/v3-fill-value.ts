import { KerchunkError } from '../errors';
import { isJsonObject, type JsonValue } from '../json';
import { decodeBase64 } from './base64';
import { MOST_PADDED, parseFillValue } from './fill-value';
import { halfToNumber, numberToHalf } from './half';
import { packElement } from './pack-element';
import type { DataType, FillValue } from './types';

/**
 * Reads a zarr v3 `fill_value` for its data type (zarr v3, "Permitted fill values"; zarr-python for the types of its own). As
 * `parseFillValue`, and beyond it:
 * - floats, and parts of complex numbers, as the bits of the type in hex: "0x7fc00000"; numbers beyond the type round to infinity;
 * - r<bits> as a list of bytes, each 0 to 255;
 * - `bytes` as base64; `struct` as an object with a value for each field.
 * @throws KerchunkError `malformed-metadata` naming the value where it does not fit the data type.
 */
export function parseFillValueV3(json: JsonValue, type: DataType): FillValue {
  if (json === null) return null;
  if (type.kind === 'f') return parseFillValue(rounded(json, type.itemSize), type);
  if (type.kind === 'c') return complex(json, type);
  if (type.kind === 'O' && type.v3Name !== 'string') return variableBytes(json, type);
  if (Array.isArray(json) && type.kind === 'V' && type.fields === undefined) return byteList(json, type);
  if (isJsonObject(json) && type.fields !== undefined) return record(json, type, type.fields);
  return parseFillValue(json, type);
}

/** The float that has these bits, written as `0x` and two hex digits a byte; undefined for anything else. */
export function floatOfBits(json: JsonValue, itemSize: number): number | undefined {
  if (typeof json !== 'string' || !/^0x[0-9a-fA-F]+$/.test(json) || json.length !== 2 + 2 * itemSize) return undefined;
  const bits = BigInt(json);
  if (itemSize === 2) return halfToNumber(Number(bits));
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return itemSize === 4 ? view.getFloat32(4) : view.getFloat64(0);
}

/** A float as `parseFillValue` takes it: of the bits, and of a number beyond the type the infinity that it rounds to. */
function rounded(json: JsonValue, itemSize: number): JsonValue {
  if (typeof json !== 'number') return floatOfBits(json, itemSize) ?? json;
  if (itemSize === 2) return halfToNumber(numberToHalf(json));
  return itemSize === 4 ? Math.fround(json) : json;
}

function complex(json: JsonValue, type: DataType): FillValue {
  if (!Array.isArray(json)) return parseFillValue(json, type);
  return parseFillValue(
    json.map((part) => rounded(part, type.itemSize / 2)),
    type,
  );
}

function variableBytes(json: JsonValue, { v3Name }: DataType): Uint8Array {
  const bytes = typeof json === 'string' ? decodeBase64(json) : undefined;
  if (bytes instanceof Uint8Array) return bytes;
  throw malformed(`The fill value of the data_type "${v3Name ?? 'bytes'}" is not base64.`);
}

function byteList(json: readonly JsonValue[], { itemSize, v3Name }: DataType): Uint8Array {
  const bytes = json.filter((byte) => typeof byte === 'number' && Number.isInteger(byte) && byte >= 0 && byte <= 255);
  if (json.length === itemSize && bytes.length === itemSize) return Uint8Array.from(bytes.map(Number));
  throw malformed(
    `The fill value of the data_type "${v3Name ?? ''}" is not a list of ${itemSize} numbers from 0 to 255.`,
  );
}

function record(
  json: Record<string, JsonValue>,
  { itemSize }: DataType,
  fields: NonNullable<DataType['fields']>,
): Uint8Array {
  if (itemSize > MOST_PADDED) {
    throw malformed(`The fill value of a record of ${itemSize} bytes is not read: it may have ${MOST_PADDED}.`);
  }
  const bytes = new Uint8Array(itemSize);
  let at = 0;
  for (const { name, type } of fields) {
    const value = Object.hasOwn(json, name) ? json[name] : undefined;
    if (value === undefined) throw malformed(`The fill value has nothing for the field "${name}".`);
    bytes.set(packElement(parseFillValueV3(value, type), type), at);
    at += type.itemSize;
  }
  return bytes;
}

function malformed(message: string): KerchunkError {
  return new KerchunkError('malformed-metadata', message);
}
