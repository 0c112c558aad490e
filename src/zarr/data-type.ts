import { KerchunkError } from '../errors';
import type { JsonValue } from '../json';
import { below, MOST_FAULTS } from './fault';
import { elementCount } from './shape';
import {
  BYTES_PER_CHARACTER,
  type DataTypeFault,
  type DataTypeFaultKind,
  type DataTypeReading,
  readTypeString,
  LARGEST_ELEMENT,
  TOO_LARGE,
} from './type-string';
import type { DataType } from './types';

export { type DataTypeFaultKind, type DataTypeReading, TIME_UNITS } from './type-string';

/**
 * Reads a zarr v2 `dtype`: a numpy type string (`<f4`, `|u1`, `<M8[ns]`, `|S5`, `<U3`, `|O`) or, for a structured type, a list
 * of `[name, dtype]` or `[name, dtype, shape]` (zarr v2 specification, "Data type encoding"). One-byte, `S` and `V` types have
 * byte order 'none' whatever the string says; `|O` has itemSize 0, because an object has no stored size of its own.
 * @throws KerchunkError `malformed-metadata` saying what is wrong with the string.
 */
export function parseDataType(json: JsonValue): DataType {
  const { type, faults } = readDataType(json);
  if (type !== undefined) return type;
  const fatal = faults.find((fault) => fault.fatal);
  throw new KerchunkError('malformed-metadata', fatal?.message ?? 'The dtype cannot be read.');
}

/** As `parseDataType`, with all that is wrong, also where it is clear which type is meant. Of a structured type at most 20 faults. */
export function readDataType(json: JsonValue): DataTypeReading {
  if (typeof json === 'string') return readTypeString(json);
  if (Array.isArray(json)) return readStructured(json);
  const message = `A dtype is a string such as "<f4" or a list of fields, not ${describe(json)}.`;
  return { type: undefined, faults: [{ kind: 'dtype', path: [], message, fatal: true }] };
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

type Field = NonNullable<DataType['fields']>[number];

/** Reads the list of fields of a structured type. A field without a name has the one that numpy gives it: `f0`, `f1`, … by its position. */
function readStructured(members: JsonValue[]): DataTypeReading {
  const faults: DataTypeFault[] = [];
  const add = (path: (string | number)[], kind: DataTypeFaultKind, message: string, fatal: boolean): void => {
    if (faults.length < MOST_FAULTS) faults.push({ kind, path, message, fatal });
  };
  if (members.length === 0) add([], 'dtype-fields', 'A structured dtype has no fields.', true);
  else if (!members.some(Array.isArray)) {
    const message =
      'A dtype that is a list is one of fields, each [name, dtype] or [name, dtype, shape]; none of these is.';
    return { type: undefined, faults: [{ kind: 'dtype-fields', path: [], message, fatal: true }] };
  }
  const fields: Field[] = [];
  const names = new Set<string>();
  for (const [index, member] of members.entries()) {
    const reading = readField(member, index);
    for (const fault of reading.faults) add(fault.path, fault.kind, fault.message, fault.fatal);
    if (reading.field === undefined) {
      if (faults.length >= MOST_FAULTS) break;
      continue;
    }
    const { name } = reading.field;
    if (names.has(name)) {
      add(
        [index, 0],
        'dtype-fields',
        `A structured dtype has two fields named "${name}"; give each a name of its own.`,
        true,
      );
    }
    names.add(name);
    fields.push(reading.field);
  }
  const itemSize = fields.reduce((size, { type, shape }) => size + elementCount(shape) * type.itemSize, 0);
  if (!(itemSize <= LARGEST_ELEMENT)) {
    add([], 'dtype', `A structured dtype is ${TOO_LARGE}.`, true);
  }
  const type: DataType = { kind: 'V', itemSize, byteOrder: 'none', fields };
  return { type: faults.some(({ fatal }) => fatal) ? undefined : type, faults: withoutRepeatedNesting(faults) };
}

/** That records within records are a matter of one reader is said once, where it is so first. */
function withoutRepeatedNesting(faults: readonly DataTypeFault[]): DataTypeFault[] {
  const first = faults.findIndex(({ kind }) => kind === 'dtype-nested');
  return faults.filter(({ kind }, index) => kind !== 'dtype-nested' || index === first);
}

function readField(member: JsonValue, index: number): { field: Field | undefined; faults: DataTypeFault[] } {
  const where = `Field ${index + 1} of a structured dtype`;
  const faults: DataTypeFault[] = [];
  const add = (path: (string | number)[], kind: DataTypeFaultKind, message: string, fatal = true): void => {
    faults.push({ kind, path, message, fatal });
  };
  if (!Array.isArray(member) || member.length < 2 || member.length > 3) {
    add([index], 'dtype-fields', `${where} is not [name, dtype] or [name, dtype, shape].`);
    return { field: undefined, faults };
  }
  const [name, json = null, sides] = member;
  if (typeof name !== 'string')
    add(
      [index, 0],
      'dtype-fields',
      `The name of field ${index + 1} is ${describe(name ?? null)}; it must be a string.`,
    );
  const inner = readDataType(json);
  faults.push(...inner.faults.map((fault) => below([index, 1], fault)));
  // numpy writes the padding of an aligned record as void fields without a name.
  if (name === '' && inner.type?.kind !== 'V') {
    add([index, 0], 'dtype-field-unnamed', `${where} has no name; numpy calls it "f${index}". Give it one.`, false);
  }
  if (inner.type?.fields !== undefined)
    add([index, 1], 'dtype-nested', `${where} is structured itself, which zarr-python 3 cannot read.`, false);
  const shape = sides === undefined ? [] : readFieldShape(sides, index, where, add);
  if (shape !== undefined && shape.length > 0)
    add([index, 2], 'dtype-nested', `${where} has a shape, which zarr-python 3 cannot read.`, false);
  if (typeof name !== 'string' || inner.type === undefined || shape === undefined) return { field: undefined, faults };
  return { field: { name: name === '' ? `f${index}` : name, type: inner.type, shape }, faults };
}

function readFieldShape(
  json: JsonValue,
  index: number,
  where: string,
  add: (path: (string | number)[], kind: DataTypeFaultKind, message: string) => void,
): number[] | undefined {
  if (!Array.isArray(json)) {
    add([index, 2], 'dtype-fields', `The shape of ${lowered(where)} is not a list.`);
    return undefined;
  }
  const wrong = json.findIndex((side) => typeof side !== 'number' || !Number.isSafeInteger(side) || side < 0);
  if (wrong === -1) return json.map(Number);
  const message = `The shape of ${lowered(where)} holds ${describe(json[wrong] ?? null)}, which is no size.`;
  add([index, 2, wrong], 'dtype-fields', message);
  return undefined;
}

function lowered(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function describe(value: JsonValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `"${value}"`;
  return typeof value === 'object' ? (Array.isArray(value) ? 'a list' : 'an object') : String(value);
}
