import { type JsonValue, shortJson } from '../json';
import { decodeBase64 } from './base64';
import { below } from './fault';
import { fillValueOf, paddedElement } from './fill-value';
import { floatName } from './float-names';
import { typeName } from './type-values';
import type { DataType } from './types';
import {
  beyond,
  cast,
  type FillContext,
  type FillValueFault,
  type FillValueReading,
  fractionFaults,
  harmless,
  misfit,
  misspelt,
  type WrittenNumber,
} from './v2-fill-faults';

export type { FillValueFaultKind, WrittenNumber } from './v2-fill-faults';

/**
 * Reads a zarr v2 `fill_value` as `parseFillValue` does, and beyond it what zarr-python 2 and 3 make the same value of: numbers and names of
 * numbers in quotes, truth values for numbers, bytes and text too long or too short. Says all that is wrong with how it is written.
 * `objectCodec` is the id of the first filter, which counts for objects alone.
 */
export function readFillValueV2(
  json: JsonValue,
  type: DataType,
  objectCodec?: string,
  written: WrittenNumber = () => undefined,
): FillValueReading {
  if (json === null) return { value: null, faults: [] };
  const context = { type, objectCodec, written };
  switch (type.kind) {
    case 'b':
      return readBoolean(json, context);
    case 'i':
    case 'u':
      return readInteger(json, context);
    case 'm':
    case 'M':
      return readTime(json, context);
    case 'f':
      return readFloat(json, context);
    case 'c':
      return readComplex(json, context);
    case 'S':
    case 'V':
      return readBytes(json, context);
    case 'U':
      return readText(json, context);
    case 'O':
      return readObject(json, context);
  }
}

function readBoolean(json: JsonValue, context: FillContext): FillValueReading {
  const value = fillValueOf(json, context.type);
  if (value === undefined) return misfit(json, context);
  return typeof json === 'boolean' ? { value, faults: [] } : cast(json, value, json === 1 ? 'true' : 'false', context);
}

function readInteger(json: JsonValue, context: FillContext): FillValueReading {
  const text = typeof json === 'string' ? /^\s*\+?(-?\d{1,400})\s*$/u.exec(joinedDigits(json))?.[1] : undefined;
  const number = text !== undefined ? BigInt(text) : typeof json === 'boolean' ? Number(json) : json;
  if (!isWhole(number)) return misfit(json, context);
  const value = fillValueOf(number, context.type);
  if (value === undefined) return beyond(json, context);
  if (number !== json) return cast(json, value, String(number), context);
  return { value, faults: fractionFaults(number, 'fill-value-float', context) };
}

function readTime(json: JsonValue, context: FillContext): FillValueReading {
  if (typeof json === 'string') {
    const value = fillValueOf(json.toLowerCase() === 'nat' ? 'NaT' : json, context.type);
    if (value === undefined) return misfit(json, context);
    return json === 'NaT' ? { value, faults: [] } : misspelt(json, value, 'NaT');
  }
  const number = typeof json === 'boolean' ? Number(json) : json;
  if (!isWhole(number)) return misfit(json, context);
  const value = fillValueOf(number, context.type);
  if (value === undefined) return beyond(json, context);
  if (number !== json) return cast(json, value, String(number), context);
  return { value, faults: fractionFaults(number, 'fill-value-time', context) };
}

function readFloat(json: JsonValue, context: FillContext): FillValueReading {
  const { type } = context;
  if (typeof json === 'number' || typeof json === 'bigint') return readNumber(json, context);
  if (typeof json === 'boolean') return cast(json, Number(json), String(Number(json)), context);
  if (typeof json !== 'string') return misfit(json, context);
  const exact = fillValueOf(json, type);
  if (exact !== undefined) return { value: exact, faults: [] };
  const name = floatName(json.trim());
  if (name !== undefined) return misspelt(json, fillValueOf(name, type), name);
  const text = /^\s*\+?(-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*$/iu.exec(joinedDigits(json))?.[1];
  if (text === undefined) return misfit(json, context);
  const value = fillValueOf(Number(text), type);
  if (value === undefined || !Number.isFinite(Number(text))) return beyond(json, context, Number(text));
  return cast(json, value, text, context);
}

function readNumber(json: number | bigint, context: FillContext): FillValueReading {
  const value = fillValueOf(json, context.type);
  // Of an integer as large as that Python makes no float.
  if (value === undefined)
    return Number.isFinite(Number(json)) ? beyond(json, context, Number(json)) : beyond(json, context);
  // A number such as 1e400 is infinite once it is read.
  const text = Number.isFinite(Number(json)) ? undefined : context.written([]);
  return text !== undefined && /^-?\d/u.test(text) ? beyond(json, context, Number(json), text) : { value, faults: [] };
}

function readComplex(json: JsonValue, context: FillContext): FillValueReading {
  const { type, written } = context;
  if (!Array.isArray(json) || json.length !== 2) {
    const { faults } = misfit(json, context);
    const value = Array.isArray(json) ? undefined : fillValueOf(json, type);
    return { value, faults: faults.map((fault) => ({ ...fault, fatal: value === undefined })) };
  }
  const part: DataType = { kind: 'f', itemSize: type.itemSize / 2, byteOrder: type.byteOrder };
  const parts = json.map((item, index) => {
    const { value, faults } = readFloat(item, { ...context, type: part, written: (path) => written([index, ...path]) });
    // Of text zarr-python 3 takes the three names alone here, and no numbers.
    const told = faults.map((fault) =>
      fault.kind === 'fill-value-cast' && typeof item === 'string'
        ? { ...fault, kind: 'fill-value-type' as const }
        : fault,
    );
    return { value, faults: told.map((fault) => below([index], fault)) };
  });
  const [real, imaginary] = parts.map(({ value }) => value);
  const value = typeof real === 'number' && typeof imaginary === 'number' ? { real, imaginary } : undefined;
  return { value, faults: parts.flatMap(({ faults }) => faults) };
}

function readBytes(json: JsonValue, context: FillContext): FillValueReading {
  const { type } = context;
  const decoded = typeof json === 'string' ? decodeBase64(json) : undefined;
  if (!(decoded instanceof Uint8Array)) {
    const reading = misfit(json, context, typeof decoded === 'string' ? `, which is no base64: ${decoded}` : '');
    // Old writers had 0 for zeros.
    return json === 0 ? { value: fillValueOf(0, type), faults: harmless(reading.faults) } : reading;
  }
  const value = paddedElement(decoded, type);
  const isShort = decoded.length < type.itemSize && type.kind === 'S';
  if (decoded.length !== type.itemSize && !isShort) {
    const message = `"fill_value" is base64 of ${decoded.length} bytes; an element of ${typeName(type)} has ${type.itemSize}.`;
    return { value, faults: [{ kind: 'fill-value-size', path: [], message, fatal: false }] };
  }
  if (type.kind === 'S') return { value, faults: [] };
  const message = `"fill_value" is ${shortJson(json)}; xarray fails on a fill value of ${typeName(type)}. Write null.`;
  return { value, faults: [{ kind: 'fill-value-void', path: [], message, fatal: false }] };
}

function readText(json: JsonValue, context: FillContext): FillValueReading {
  const { type } = context;
  const value = fillValueOf(json, type);
  if (typeof json !== 'string') {
    const { faults } = misfit(json, context);
    return { value, faults: value === undefined ? faults : harmless(faults) };
  }
  if (value !== undefined) return { value, faults: [] };
  const characters = Array.from(json);
  const most = type.itemSize / 4;
  const message = `"fill_value" is ${shortJson(json)}, of ${characters.length} characters; ${typeName(type)} holds ${most}.`;
  const fault: FillValueFault = { kind: 'fill-value-size', path: [], message, fatal: false };
  return { value: characters.slice(0, most).join(''), faults: [fault] };
}

function readObject(json: JsonValue, context: FillContext): FillValueReading {
  const value = fillValueOf(json, context.type);
  const isBase64 = typeof json === 'string' && decodeBase64(json) instanceof Uint8Array;
  if (value !== undefined && (context.objectCodec !== 'vlen-bytes' || isBase64)) return { value, faults: [] };
  const { faults } = misfit(json, context);
  return { value, faults: value === undefined ? faults : harmless(faults) };
}

/** Python takes underscores between digits. */
function joinedDigits(text: string): string {
  return text.replace(/(?<=\d)_(?=\d)/gu, '');
}

function isWhole(json: JsonValue): json is number | bigint {
  return typeof json === 'bigint' || (typeof json === 'number' && Number.isInteger(json));
}
