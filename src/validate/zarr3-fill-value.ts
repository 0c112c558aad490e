import { isJsonObject, type JsonValue } from '../json';
import { decodeBase64 } from '../zarr/base64';
import { floatName } from '../zarr/float-names';
import type { DataType } from '../zarr/types';
import { floatOfBits } from '../zarr/v3-fill-value';
import { isWhole, type Place, shown, type Zarr3Node } from './zarr3-node';

/** What is wrong with a fill value: its kind, or how much it is. */
interface Fault {
  code: 'zarr3/fill-value-type' | 'zarr3/fill-value-range';
  at: Place;
  message: string;
  severity?: 'warning';
}

/** Rules of `fill_value` (zarr v3, "Permitted fill values"), for a data type that is known. */
export function checkFillValue(node: Zarr3Node, type: DataType): void {
  const json = node.document.fill_value;
  const place = ['fill_value'];
  if (json === undefined) return;
  if (json === null) {
    const message = `"fill_value" is null, which zarr v3 does not have; write the value that absent chunks read as${exampleOf(type)}.`;
    node.report('zarr3/fill-value-null', place, message);
    return;
  }
  const fault = faultOf(json, type, place, node);
  if (fault === undefined) return;
  const found =
    node.literal(fault.at) ?? shown(fault.at.length > 1 && Array.isArray(json) ? json[Number(fault.at[1])] : json);
  node.report(fault.code, fault.at, `"fill_value" is ${found}; ${fault.message}`, fault.severity);
}

function exampleOf({ kind }: DataType): string {
  const examples: Partial<Record<DataType['kind'], string>> = { b: 'false', i: '0', u: '0', f: '"NaN"', c: '[0, 0]' };
  return examples[kind] === undefined ? '' : `, such as ${examples[kind]}`;
}

function ofType(at: Place, message: string): Fault {
  return { code: 'zarr3/fill-value-type', at, message };
}

function faultOf(json: JsonValue, type: DataType, at: Place, node: Zarr3Node): Fault | undefined {
  const name = type.v3Name ?? '';
  switch (type.kind) {
    case 'b':
      return typeof json === 'boolean' ? undefined : ofType(at, `of data_type "bool" it must be true or false.`);
    case 'i':
    case 'u':
      return integerFault(json, type, at, node);
    case 'm':
    case 'M':
      return json === 'NaT' ? undefined : integerFault(json, { ...type, kind: 'i' }, at, node, ' or "NaT"');
    case 'f':
      return floatFault(json, type.itemSize, at);
    case 'c':
      return complexFault(json, type, at);
    case 'U':
      return textFault(json, type, at);
    case 'S':
      return base64Fault(json, at, name, (length) => length <= type.itemSize, `at most ${type.itemSize} bytes`);
    case 'O':
      if (name !== 'string') return base64Fault(json, at, name, () => true, 'bytes');
      return typeof json === 'string' ? undefined : ofType(at, 'of data_type "string" it must be a string.');
    case 'V':
      return rawFault(json, type, at, name);
  }
}

function integerFault(json: JsonValue, type: DataType, at: Place, node: Zarr3Node, or = ''): Fault | undefined {
  const name = type.v3Name ?? '';
  const isInteger = typeof json === 'bigint' || (typeof json === 'number' && Number.isInteger(json));
  if (typeof json === 'number' && !Number.isFinite(json)) return undefined;
  if (!isInteger || !node.isWrittenInWhole(at)) {
    const whole = isInteger ? `; write ${BigInt(json).toString()}` : '';
    return ofType(at, `of data_type "${name}" it must be an integer without fraction and exponent${or}${whole}.`);
  }
  const bits = BigInt(8 * type.itemSize);
  const lowest = type.kind === 'i' ? -(2n ** (bits - 1n)) : 0n;
  const highest = lowest + 2n ** bits - 1n;
  const value = BigInt(json);
  if (value >= lowest && value <= highest) return undefined;
  return { code: 'zarr3/fill-value-range', at, message: `"${name}" holds ${lowest} to ${highest}.` };
}

function floatFault(json: JsonValue, itemSize: number, at: Place): Fault | undefined {
  const name = `float${8 * itemSize}`;
  if (typeof json === 'bigint' || typeof json === 'number') {
    const value = Number(json);
    const largest = { 2: 65520, 4: 2 ** 128 - 2 ** 103 }[itemSize] ?? Infinity;
    if (typeof json === 'number' && !Number.isFinite(json)) return undefined;
    if (Math.abs(value) < largest) return undefined;
    const message = `that is beyond "${name}", so that it reads as infinity; write "Infinity" or "-Infinity" if it is meant to be.`;
    const fault: Fault = { code: 'zarr3/fill-value-range', at, message };
    // zarr-python fails on an integer that no double holds.
    return Number.isFinite(value) ? { ...fault, severity: 'warning' } : fault;
  }
  if (typeof json === 'string') {
    if (['NaN', 'Infinity', '-Infinity'].includes(json) || floatOfBits(json, itemSize) !== undefined) return undefined;
    const spelling = floatName(json);
    if (spelling !== undefined) return ofType(at, `write "${spelling}", exactly so.`);
    if (/^0x/i.test(json)) return ofType(at, `the bits of "${name}" are "0x" and ${2 * itemSize} hex digits.`);
    if (json.trim() !== '' && Number.isFinite(Number(json))) return ofType(at, `write the number without quotes.`);
  }
  const message = `it must be a number, "NaN", "Infinity", "-Infinity", or the bits of "${name}" as "0x" and ${2 * itemSize} hex digits.`;
  return ofType(at, message);
}

function complexFault(json: JsonValue, { itemSize, v3Name }: DataType, at: Place): Fault | undefined {
  if (!Array.isArray(json) || json.length !== 2) {
    return ofType(at, `of data_type "${v3Name ?? ''}" it must be a list of the real and the imaginary part.`);
  }
  const faults = json.map((part, index) => floatFault(part, itemSize / 2, [...at, index]));
  return faults.find((fault) => fault !== undefined);
}

function textFault(json: JsonValue, { itemSize, v3Name }: DataType, at: Place): Fault | undefined {
  if (typeof json !== 'string') return ofType(at, `of data_type "${v3Name ?? ''}" it must be a string.`);
  if (4 * Array.from(json).length <= itemSize) return undefined;
  const message = `the data type holds ${itemSize / 4} characters, so that it is cut.`;
  return { code: 'zarr3/fill-value-range', at, message, severity: 'warning' };
}

function base64Fault(
  json: JsonValue,
  at: Place,
  name: string,
  fits: (length: number) => boolean,
  what: string,
): Fault | undefined {
  const bytes = typeof json === 'string' ? decodeBase64(json) : undefined;
  if (bytes instanceof Uint8Array && fits(bytes.length)) return undefined;
  return ofType(at, `of data_type "${name}" it must be base64 of ${what}.`);
}

function rawFault(json: JsonValue, { itemSize, fields }: DataType, at: Place, name: string): Fault | undefined {
  if (name === 'struct') {
    const missing = fields?.find((field) => !isJsonObject(json) || !Object.hasOwn(json, field.name));
    return missing === undefined
      ? undefined
      : ofType(at, 'of data_type "struct" it must be an object with a value for each field.');
  }
  if (fields !== undefined || name === 'raw_bytes') {
    return base64Fault(json, at, name, (length) => length === itemSize, `${itemSize} bytes`);
  }
  const isBytes =
    Array.isArray(json) && json.length === itemSize && json.every((byte) => isWhole(byte, 0) && byte < 256);
  return isBytes
    ? undefined
    : ofType(at, `of data_type "${name}" it must be a list of ${itemSize} integers from 0 to 255.`);
}
