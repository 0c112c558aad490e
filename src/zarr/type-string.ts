import type { MetadataFault } from './fault';
import type { DataKind, DataType } from './types';

/**
 * What can be wrong with a zarr v2 `dtype`.
 * - `dtype`: no type of numpy's, or of a size that there is not.
 * - `dtype-byte-order`: none, that of the machine, or `|` where bytes have an order.
 * - `dtype-spelling`: clear, and not how the specification's examples and zarr-python write it.
 * - `dtype-unit`: of datetimes and timedeltas, missing or unknown.
 * - `dtype-fields`: of structured types, malformed; `dtype-field-unnamed` without a name; `dtype-nested` structured, or with a shape.
 */
export type DataTypeFaultKind =
  | 'dtype'
  | 'dtype-byte-order'
  | 'dtype-spelling'
  | 'dtype-unit'
  | 'dtype-fields'
  | 'dtype-field-unnamed'
  | 'dtype-nested';

export type DataTypeFault = MetadataFault<DataTypeFaultKind>;

/** A data type as far as it is clear, and what is wrong with how it is written. A fatal fault leaves no type. */
export interface DataTypeReading {
  type: DataType | undefined;
  faults: DataTypeFault[];
}

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
/** numpy counts units in multiples that a C int holds. */
const MOST_OF_A_UNIT = 2 ** 31 - 1;
export const BYTES_PER_CHARACTER = 4;
/** Bytes of an element, which numpy counts in a C int. */
export const LARGEST_ELEMENT = 2 ** 31 - 1;
/** What is said of a larger one, behind "is". */
export const TOO_LARGE = 'larger than numpy takes, an element of 2,147,483,647 bytes';

/** Names that numpy has for types beside their type strings, without the byte order: `float32` is `f4`. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['bool', 'b1'],
  ...[8, 16, 32, 64].flatMap((bits): [string, string][] => [
    [`int${bits}`, `i${bits / 8}`],
    [`uint${bits}`, `u${bits / 8}`],
  ]),
  ...[16, 32, 64].map((bits): [string, string] => [`float${bits}`, `f${bits / 8}`]),
  ...[64, 128].map((bits): [string, string] => [`complex${bits}`, `c${bits / 8}`]),
]);

/** Reads a numpy type string: `<f4`, `|u1`, `<M8[ns]`, `|S5`, `<U3`, `|O` (zarr v2 specification, "Data type encoding"). */
export function readTypeString(text: string): DataTypeReading {
  const rest = NAMES.get(text);
  if (rest !== undefined) {
    const written = rest.endsWith('1') ? `"|${rest}"` : `"<${rest}" or ">${rest}"`;
    return refused('dtype-byte-order', `dtype "${text}" is a name of numpy's, without a byte order; write ${written}`);
  }
  const match = /^([<>|=]?)([biufcmMSUVO])(\d*)(?:\[(.*)\])?$/su.exec(text);
  if (match === null) {
    return refused(
      'dtype',
      `dtype "${text}" is not a numpy type string: byte order (<, > or |), a kind letter (b i u f c m M S U V O) and the size in bytes, such as "<f4"`,
    );
  }
  const [, order = '', letter = '', digits = '', unit] = match;
  const kind = letter as DataKind;
  const name = KIND_NAMES[kind];
  if (kind === 'O') return readObject(text, order, digits, unit);
  if (digits === '')
    return refused('dtype', `dtype "${text}" has no size; ${name} needs one, such as "${order}${kind}8"`);
  const count = Number(digits);
  const sizes = SIZES[kind];
  if (sizes !== undefined && !sizes.includes(count)) {
    return refused('dtype', `dtype "${text}" has a size of ${digits} bytes; ${name} has ${sizes.join(', ')}`);
  }
  const itemSize = kind === 'U' ? count * BYTES_PER_CHARACTER : count;
  if (itemSize > LARGEST_ELEMENT) return refused('dtype', `dtype "${text}" is ${TOO_LARGE}`);
  const wrongOrder = byteOrderFault(text, order, kind, itemSize);
  if (wrongOrder !== undefined) return refused('dtype-byte-order', wrongOrder);
  const wrongUnit = unitFault(text, kind, unit);
  if (wrongUnit !== undefined) return refused('dtype-unit', wrongUnit);
  const byteOrder = isOrderless(kind, itemSize) ? 'none' : order === '<' ? 'little' : 'big';
  const type: DataType = { kind, itemSize, byteOrder, ...(unit === undefined ? {} : { unit: unit.replace('μ', 'u') }) };
  return { type, faults: harmlessFaults(text, order, digits, type) };
}

function isOrderless(kind: DataKind, itemSize: number): boolean {
  return kind === 'S' || kind === 'V' || itemSize === 1;
}

function readObject(text: string, order: string, digits: string, unit: string | undefined): DataTypeReading {
  if (order === '') return refused('dtype-byte-order', `dtype "${text}" has no byte order; write "|O"`);
  if ((digits !== '' && digits !== '8') || unit !== undefined) return refused('dtype', `dtype "${text}" is not "|O"`);
  const faults = text === '|O' ? [] : [spelling(text, '|O')];
  return { type: { kind: 'O', itemSize: 0, byteOrder: 'none' }, faults };
}

/** What leaves the type clear, and a reader fails on. */
function harmlessFaults(text: string, order: string, digits: string, type: DataType): DataTypeFault[] {
  const { kind, itemSize, byteOrder } = type;
  if (itemSize === 0)
    return [fault('dtype', `dtype "${text}" has no bytes, and readers fail on it; write a size from 1`, false)];
  const size = kind === 'U' || kind === 'S' || kind === 'V' ? digits : String(itemSize);
  const written = `${byteOrder === 'none' ? '|' : order}${kind}${size}${text.includes('[') ? text.slice(text.indexOf('[')) : ''}`;
  return written === text ? [] : [spelling(text, written)];
}

function spelling(text: string, written: string): DataTypeFault {
  return fault(
    'dtype-spelling',
    `dtype "${text}" is unknown to zarr-python 3, which has "${written}" for it; write "${written}"`,
    false,
  );
}

function byteOrderFault(text: string, order: string, kind: DataKind, itemSize: number): string | undefined {
  const rest = text.slice(order.length);
  const orderless = isOrderless(kind, itemSize);
  const written = orderless ? `"|${rest}"` : `"<${rest}" or ">${rest}"`;
  if (order === '') return `dtype "${text}" has no byte order; write ${written}`;
  if (order === '=') {
    const why = orderless ? 'which one byte does not have' : 'which differs between machines';
    return `dtype "${text}" says "native byte order", ${why}; write ${written}`;
  }
  if (order === '|' && !orderless) {
    return `dtype "${text}" says that byte order does not matter, but ${KIND_NAMES[kind]} of ${itemSize} bytes has one; write ${written}`;
  }
  return undefined;
}

function unitFault(text: string, kind: DataKind, unit: string | undefined): string | undefined {
  const timed = kind === 'm' || kind === 'M';
  if (!timed && unit === undefined) return undefined;
  if (!timed) return `dtype "${text}" has a unit in brackets, which only datetimes (M8) and timedeltas (m8) have`;
  if (unit === undefined) return `dtype "${text}" has no unit; write for example "${text}[ns]"`;
  const match = /^(\d+)?([A-Za-zμ]+)$/u.exec(unit);
  const name = match?.[2] ?? '';
  const multiple = Number(match?.[1] ?? 1);
  if ((TIME_UNITS.includes(name) || name === 'μs') && multiple >= 1 && multiple <= MOST_OF_A_UNIT) return undefined;
  return `dtype "${text}" has the unit "${unit}"; units are ${TIME_UNITS.join(' ')}, with a multiple from 1 before them if any`;
}

function refused(kind: DataTypeFaultKind, message: string): DataTypeReading {
  return { type: undefined, faults: [fault(kind, message, true)] };
}

function fault(kind: DataTypeFaultKind, message: string, fatal: boolean): DataTypeFault {
  return { kind, path: [], message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.`, fatal };
}
