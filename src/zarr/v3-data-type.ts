import { KerchunkError } from '../errors';
import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { TIME_UNITS } from './data-type';
import { show } from './document';
import { elementCount } from './shape';
import { LARGEST_ELEMENT, TOO_LARGE } from './type-string';
import type { DataKind, DataType } from './types';
import { extensionOf } from './v3-extension';

const BYTES_PER_CHARACTER = 4;

/** Core data types of fixed size (zarr v3, "Data types"): kind and bytes. */
const CORE: ReadonlyMap<string, readonly [kind: DataKind, itemSize: number]> = new Map<
  string,
  readonly [DataKind, number]
>([
  ['bool', ['b', 1]],
  ['int8', ['i', 1]],
  ['int16', ['i', 2]],
  ['int32', ['i', 4]],
  ['int64', ['i', 8]],
  ['uint8', ['u', 1]],
  ['uint16', ['u', 2]],
  ['uint32', ['u', 4]],
  ['uint64', ['u', 8]],
  ['float16', ['f', 2]],
  ['float32', ['f', 4]],
  ['float64', ['f', 8]],
  ['complex64', ['c', 8]],
  ['complex128', ['c', 16]],
]);

/** Whether a name is one of the core data types, which stand as a string: `uint16`, `r24`. */
export function isCoreDataType(name: string): boolean {
  return CORE.has(name) || rawBits(name) !== undefined;
}

/** Bits of the core type `r<bits>`, a multiple of 8 and at least 8; undefined for any other name. */
function rawBits(name: string): number | undefined {
  const bits = Number(/^r([1-9]\d{0,14})$/.exec(name)?.[1]);
  return bits % 8 === 0 ? bits : undefined;
}

type ExtensionParser = (configuration: JsonObject, name: string) => DataType;

/** Data types beyond the core that are read, by name: zarr-python's own, and the record types of the registry zarr-extensions. */
const EXTENSIONS: ReadonlyMap<string, ExtensionParser> = new Map<string, ExtensionParser>([
  ['string', objects],
  ['bytes', objects],
  ['variable_length_bytes', objects],
  ['fixed_length_utf32', text],
  ['null_terminated_bytes', (configuration, name) => ({ ...fixedBytes(configuration, name), kind: 'S' })],
  ['raw_bytes', fixedBytes],
  ['numpy.datetime64', (configuration, name) => time(configuration, name, 'M')],
  ['numpy.timedelta64', (configuration, name) => time(configuration, name, 'm')],
  ['structured', record],
  ['struct', record],
]);

/** Whether a data type beyond the core, of this name, is read here. */
export function isKnownDataType(name: string): boolean {
  return EXTENSIONS.has(name);
}

/**
 * Reads a zarr v3 `data_type`: a core type, or an extension of the registry zarr-extensions that numpy has too. Elements of more than a byte
 * are little-endian: the byte order in which they are stored is the `bytes` codec's. `string` and `bytes` are kind O.
 * @throws KerchunkError `malformed-metadata` saying what is wrong with it, or that the type is not read here.
 */
export function parseDataTypeV3(json: JsonValue): DataType {
  const extension = extensionOf(json);
  if (extension === undefined) {
    throw malformed(`a data_type is a name such as "uint16", or an object with a name, not ${show(json)}`);
  }
  const { name, configuration } = extension;
  const core = CORE.get(name);
  if (core !== undefined) {
    const [kind, itemSize] = core;
    return { kind, itemSize, byteOrder: itemSize === 1 ? 'none' : 'little', v3Name: name };
  }
  const bits = rawBits(name);
  if (bits !== undefined && bits / 8 > LARGEST_ELEMENT) throw malformed(`data_type "${name}" is ${TOO_LARGE}`);
  if (bits !== undefined) return { kind: 'V', itemSize: bits / 8, byteOrder: 'none', v3Name: name };
  const parse = EXTENSIONS.get(name);
  if (parse === undefined) throw malformed(`the data_type "${name}" is not read here`);
  return { ...parse(configuration, name), v3Name: name };
}

function objects(): DataType {
  return { kind: 'O', itemSize: 0, byteOrder: 'none' };
}

function lengthOf({ length_bytes: length }: JsonObject, name: string): number {
  if (typeof length === 'number' && length > LARGEST_ELEMENT) throw malformed(`data_type "${name}" is ${TOO_LARGE}`);
  if (typeof length === 'number' && Number.isSafeInteger(length) && length >= 0) return length;
  const found = length === undefined ? 'is missing' : `is ${show(length)}`;
  throw malformed(`"length_bytes" of data_type "${name}" ${found}; it must be a number of bytes`);
}

function text(configuration: JsonObject, name: string): DataType {
  const itemSize = lengthOf(configuration, name);
  if (itemSize % BYTES_PER_CHARACTER === 0) return { kind: 'U', itemSize, byteOrder: 'little' };
  throw malformed(
    `"length_bytes" of data_type "${name}" is ${itemSize}; it must be a multiple of ${BYTES_PER_CHARACTER}`,
  );
}

function fixedBytes(configuration: JsonObject, name: string): DataType {
  return { kind: 'V', itemSize: lengthOf(configuration, name), byteOrder: 'none' };
}

function time({ unit, scale_factor: factor }: JsonObject, name: string, kind: 'm' | 'M'): DataType {
  if (typeof unit !== 'string' || !['μs', 'generic', ...TIME_UNITS].includes(unit)) {
    const found = unit === undefined ? 'is missing' : `is ${show(unit)}`;
    throw malformed(`"unit" of data_type "${name}" ${found}; it must be one of ${TIME_UNITS.join(' ')}`);
  }
  if (typeof factor !== 'number' || !Number.isSafeInteger(factor) || factor < 1) {
    const found = factor === undefined ? 'is missing' : `is ${show(factor)}`;
    throw malformed(`"scale_factor" of data_type "${name}" ${found}; it must be an integer from 1`);
  }
  const short = unit === 'μs' ? 'us' : unit;
  return { kind, itemSize: 8, byteOrder: 'little', unit: factor === 1 ? short : `${factor}${short}` };
}

function record({ fields: json }: JsonObject, name: string): DataType {
  if (!Array.isArray(json) || json.length === 0) throw malformed(`data_type "${name}" has no list of "fields"`);
  const fields = json.map((field, index) => memberOf(field, index, name));
  const names = new Set(fields.map((field) => field.name));
  if (names.size < fields.length) throw malformed(`data_type "${name}" has two fields of one name`);
  const itemSize = fields.reduce((sum, { type, shape }) => sum + elementCount(shape) * type.itemSize, 0);
  if (itemSize > LARGEST_ELEMENT) throw malformed(`data_type "${name}" is ${TOO_LARGE}`);
  return { kind: 'V', itemSize, byteOrder: 'none', fields };
}

/** A field: `[name, data_type]`, as zarr-python writes them, or an object with both. */
function memberOf(json: JsonValue, index: number, record: string): NonNullable<DataType['fields']>[number] {
  const [name, type] = Array.isArray(json) ? json : isJsonObject(json) ? [json.name, json.data_type] : [];
  if (typeof name !== 'string' || name === '' || type === undefined) {
    throw malformed(`field ${index + 1} of data_type "${record}" has no name or no data_type`);
  }
  const dataType = parseDataTypeV3(type);
  if (dataType.kind === 'O') throw malformed(`field "${name}" of data_type "${record}" has no fixed size`);
  return { name, type: dataType, shape: [] };
}

function malformed(message: string): KerchunkError {
  return new KerchunkError('malformed-metadata', `${message.charAt(0).toUpperCase()}${message.slice(1)}.`);
}
