import { KerchunkError } from '../errors';
import type { JsonValue } from '../json';
import { elementCount } from './shape';
import type { DataKind, DataType } from './types';

/** Item sizes in bytes that numpy has on every platform, by kind; kinds not listed take any size. */
const SIZES: Partial<Record<DataKind, readonly number[]>> = {
  b: [1],
  i: [1, 2, 4, 8],
  u: [1, 2, 4, 8],
  f: [2, 4, 8],
  c: [8, 16],
  m: [8],
  M: [8],
};

const KIND_NAMES: Record<DataKind, string> = {
  b: 'a boolean',
  i: 'a signed integer',
  u: 'an unsigned integer',
  f: 'a float',
  c: 'a complex number',
  m: 'a timedelta',
  M: 'a datetime',
  S: 'a byte string',
  U: 'a text',
  V: 'a void',
  O: 'an object',
};

/** Units of datetimes and timedeltas, as numpy has them. */
export const TIME_UNITS = ['Y', 'M', 'W', 'D', 'h', 'm', 's', 'ms', 'us', 'ns', 'ps', 'fs', 'as'];
const BYTES_PER_CHARACTER = 4;

/**
 * Reads a zarr v2 `dtype`: a numpy type string (`<f4`, `|u1`, `<M8[ns]`, `|S5`, `<U3`, `|O`) or, for a structured type, a list
 * of `[name, dtype]` or `[name, dtype, shape]` (zarr v2 specification, "Data type encoding"). One-byte, `S` and `V` types have
 * byte order 'none' whatever the string says; `|O` has itemSize 0, because an object has no stored size of its own.
 * @throws KerchunkError `malformed-metadata` saying what is wrong with the string.
 */
export function parseDataType(json: JsonValue): DataType {
  if (typeof json === 'string') return parseTypeString(json);
  if (Array.isArray(json)) return parseStructured(json);
  throw malformed(`a dtype is a string such as "<f4" or a list of fields, not ${describe(json)}`);
}

/** The zarr v2 `dtype` of a data type, the inverse of `parseDataType`; one-byte, `S`, `V` and `O` types are written with `|`. */
export function formatDataType(type: DataType): JsonValue {
  if (type.fields !== undefined) {
    return type.fields.map((field) =>
      field.shape.length === 0
        ? [field.name, formatDataType(field.type)]
        : [field.name, formatDataType(field.type), [...field.shape]],
    );
  }
  const order = type.byteOrder === 'little' ? '<' : type.byteOrder === 'big' ? '>' : '|';
  if (type.kind === 'O') return '|O';
  const size = type.kind === 'U' ? type.itemSize / BYTES_PER_CHARACTER : type.itemSize;
  return `${order}${type.kind}${size}${type.unit === undefined ? '' : `[${type.unit}]`}`;
}

function parseTypeString(text: string): DataType {
  const match = /^([<>|=]?)([biufcmMSUVO])(\d*)(?:\[(.*)\])?$/.exec(text);
  if (match === null) {
    throw malformed(
      `dtype "${text}" is not a numpy type string: byte order (<, > or |), a kind letter (b i u f c m M S U V O) and the size in bytes, such as "<f4"`,
    );
  }
  const [, order = '', letter = '', digits = '', unit] = match;
  const kind = letter as DataKind;
  const name = KIND_NAMES[kind];
  if (kind === 'O') return parseObject(text, order, digits, unit);
  if (digits === '') throw malformed(`dtype "${text}" has no size; ${name} needs one, such as "${order}${kind}8"`);
  const count = Number(digits);
  const sizes = SIZES[kind];
  if (sizes !== undefined && !sizes.includes(count)) {
    throw malformed(`dtype "${text}" has a size of ${digits} bytes; ${name} has ${sizes.join(', ')}`);
  }
  const itemSize = kind === 'U' ? count * BYTES_PER_CHARACTER : count;
  if (!Number.isSafeInteger(itemSize)) throw malformed(`dtype "${text}" is larger than any chunk can be`);
  const byteOrder = parseByteOrder(text, order, kind, itemSize);
  return { kind, itemSize, byteOrder, ...parseUnit(text, kind, unit) };
}

function parseObject(text: string, order: string, digits: string, unit: string | undefined): DataType {
  if (order === '') throw malformed(`dtype "${text}" has no byte order; write "|O"`);
  if ((digits !== '' && digits !== '8') || unit !== undefined) throw malformed(`dtype "${text}" is not "|O"`);
  return { kind: 'O', itemSize: 0, byteOrder: 'none' };
}

function parseByteOrder(text: string, order: string, kind: DataKind, itemSize: number): DataType['byteOrder'] {
  const rest = text.slice(order.length);
  const orderless = kind === 'S' || kind === 'V' || itemSize === 1;
  if (order === '') {
    throw malformed(
      `dtype "${text}" has no byte order; write ${orderless ? `"|${rest}"` : `"<${rest}" or ">${rest}"`}`,
    );
  }
  if (order === '=') {
    throw malformed(
      `dtype "${text}" says "native byte order", which differs between machines; write "<${rest}" or ">${rest}"`,
    );
  }
  if (orderless) return 'none';
  if (order === '|') {
    throw malformed(
      `dtype "${text}" says that byte order does not matter, but ${KIND_NAMES[kind]} of ${itemSize} bytes has one; write "<${rest}" or ">${rest}"`,
    );
  }
  return order === '<' ? 'little' : 'big';
}

function parseUnit(text: string, kind: DataKind, unit: string | undefined): { unit?: string } {
  const timed = kind === 'm' || kind === 'M';
  if (!timed && unit === undefined) return {};
  if (!timed)
    throw malformed(`dtype "${text}" has a unit in brackets, which only datetimes (M8) and timedeltas (m8) have`);
  if (unit === undefined) throw malformed(`dtype "${text}" has no unit; write for example "${text}[ns]"`);
  const match = /^([1-9]\d*)?([A-Za-z]+)$/.exec(unit);
  if (match?.[2] === undefined || !TIME_UNITS.includes(match[2])) {
    throw malformed(
      `dtype "${text}" has the unit "${unit}"; units are ${TIME_UNITS.join(' ')}, with a multiple before them if any`,
    );
  }
  return { unit };
}

function parseStructured(members: JsonValue[]): DataType {
  if (members.length === 0) throw malformed('a structured dtype has no fields');
  const fields = members.map(parseField);
  const names = new Set<string>();
  let itemSize = 0;
  for (const { name, type, shape } of fields) {
    if (names.has(name)) throw malformed(`a structured dtype has two fields named "${name}"`);
    names.add(name);
    itemSize += elementCount(shape) * type.itemSize;
  }
  if (!Number.isSafeInteger(itemSize)) throw malformed('a structured dtype is larger than any chunk can be');
  return { kind: 'V', itemSize, byteOrder: 'none', fields };
}

function parseField(member: JsonValue, index: number): { name: string; type: DataType; shape: number[] } {
  const where = `field ${index + 1} of a structured dtype`;
  if (!Array.isArray(member) || member.length < 2 || member.length > 3) {
    throw malformed(`${where} is not [name, dtype] or [name, dtype, shape]`);
  }
  const [name, type = null, shape] = member;
  if (typeof name !== 'string' || name === '') throw malformed(`${where} has no name`);
  return { name, type: parseDataType(type), shape: shape === undefined ? [] : parseFieldShape(shape, where) };
}

function parseFieldShape(shape: JsonValue, where: string): number[] {
  if (!Array.isArray(shape)) throw malformed(`the shape of ${where} is not a list`);
  return shape.map((side) => {
    if (typeof side !== 'number' || !Number.isSafeInteger(side) || side < 0) {
      throw malformed(`the shape of ${where} holds ${describe(side)}, which is no size`);
    }
    return side;
  });
}

function describe(value: JsonValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `"${value}"`;
  return typeof value === 'object' ? (Array.isArray(value) ? 'a list' : 'an object') : String(value);
}

function malformed(message: string): KerchunkError {
  return new KerchunkError('malformed-metadata', `${message.charAt(0).toUpperCase()}${message.slice(1)}.`);
}
