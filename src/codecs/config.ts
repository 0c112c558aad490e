import type { JsonObject, JsonValue } from '../json';
import { parseDataType } from '../zarr/data-type';
import type { DataType } from '../zarr/types';
import { badConfiguration } from './decode-error';

/** Names that numpy has for types beside type strings; `int` and `float` are those of Python. */
const NAMES: Readonly<Record<string, string>> = {
  bool: '|b1',
  int8: '|i1',
  uint8: '|u1',
  int16: '<i2',
  uint16: '<u2',
  int32: '<i4',
  uint32: '<u4',
  int64: '<i8',
  uint64: '<u8',
  int: '<i8',
  float16: '<f2',
  float32: '<f4',
  float64: '<f8',
  float: '<f8',
  complex64: '<c8',
  complex128: '<c16',
  object: '|O',
};

/**
 * The type that `numpy.dtype` makes of a text, which is what codecs call and takes more than zarr's `dtype`: names, and a byte order that is
 * missing or `=` or `|` for the machine's own, little-endian on those that are in use.
 * @throws KerchunkError `malformed-metadata` as `parseDataType`.
 */
function numpyType(json: JsonValue): DataType {
  if (typeof json !== 'string') return parseDataType(json);
  const text = Object.hasOwn(NAMES, json) ? NAMES[json] : json;
  return parseDataType((text ?? json).replace(/^[=|]?(?=[iufcmMU]\d)/, '<').replace(/^=?(?=[bSV]\d|O$)/, '|'));
}

/**
 * The dtype under `name` of a codec's configuration, also as a name such as `uint16`; `otherwise` where it is absent or null.
 * @throws KerchunkError `malformed-metadata` where it is absent and there is nothing else, or no dtype.
 */
export function dtypeOf(config: JsonObject, name: string, otherwise?: DataType): DataType {
  const json = config[name] ?? undefined;
  if (json === undefined) {
    if (otherwise !== undefined) return otherwise;
    throw badConfiguration(`its configuration has no "${name}"`);
  }
  return numpyType(json);
}

/**
 * The number under `name`; `otherwise` where it is absent or null. Integers beyond 2^53 are rounded to a double, as numpy does.
 * @throws KerchunkError `malformed-metadata` where it is absent and there is nothing else, or no number.
 */
export function numberOf(config: JsonObject, name: string, otherwise?: number): number {
  const json = config[name] ?? otherwise;
  if (typeof json === 'number' || typeof json === 'bigint') return Number(json);
  throw badConfiguration(json === undefined ? `its configuration has no "${name}"` : `"${name}" is not a number`);
}

/**
 * The whole number under `name`, also where it stands as text, as some writers of shuffle have it.
 * @throws KerchunkError `malformed-metadata` where it is no whole number.
 */
export function integerOf(config: JsonObject, name: string, otherwise?: number): number {
  const json = config[name];
  const value = typeof json === 'string' && /^[+-]?\d+$/.test(json) ? Number(json) : numberOf(config, name, otherwise);
  if (Number.isSafeInteger(value)) return value;
  throw badConfiguration(`"${name}" is ${value}, not a whole number`);
}

/**
 * The shape under `shape`: non-negative integers; `otherwise` where it is absent or null.
 * @throws KerchunkError `malformed-metadata` where it is anything else.
 */
export function shapeOf(config: JsonObject, otherwise: readonly number[]): readonly number[] {
  const json = config.shape ?? undefined;
  if (json === undefined) return otherwise;
  const sides = Array.isArray(json) ? json : [json];
  return sides.map((side) => {
    if (typeof side === 'number' && Number.isSafeInteger(side) && side >= 0) return side;
    throw badConfiguration('"shape" is not a list of whole numbers');
  });
}
