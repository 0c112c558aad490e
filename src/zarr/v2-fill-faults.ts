import { type JsonValue, shortJson } from '../json';
import type { MetadataFault } from './fault';
import { fillValuesInWords, typeName } from './type-values';
import type { DataType, FillValue } from './types';

/**
 * What can be wrong with a zarr v2 `fill_value`.
 * - `fill-value-type`: no value of the data type.
 * - `fill-value-spelling`: one under another name than the specification's: "nan", "+Infinity".
 * - `fill-value-range`: a number beyond what the type holds.
 * - `fill-value-float`: a whole number written with a fraction or exponent, for an integer; `fill-value-time`: for a time.
 * - `fill-value-cast`: of another type in JSON, from which numpy's conversions make one of the data type.
 * - `fill-value-size`: bytes or text of another length.
 * - `fill-value-void`: one of a void or structured type, by which xarray cannot mask.
 */
export type FillValueFaultKind =
  | 'fill-value-type'
  | 'fill-value-spelling'
  | 'fill-value-range'
  | 'fill-value-float'
  | 'fill-value-time'
  | 'fill-value-cast'
  | 'fill-value-size'
  | 'fill-value-void';

export type FillValueFault = MetadataFault<FillValueFaultKind>;

/** A fill value as far as it is clear, and what is wrong with how it is written. A fatal fault leaves no value. */
export interface FillValueReading {
  value: FillValue | undefined;
  faults: FillValueFault[];
}

/** The text of a number where it stands in the document, by the path to it; undefined where it cannot be had. */
export type WrittenNumber = (path: (string | number)[]) => string | undefined;

/** What a fill value is read for. */
export interface FillContext {
  type: DataType;
  /** Id of the first codec, which counts for objects alone. */
  objectCodec: string | undefined;
  written: WrittenNumber;
}

/** The same faults, of a value that can be read all the same. */
export function harmless(faults: readonly FillValueFault[]): FillValueFault[] {
  return faults.map((fault) => ({ ...fault, fatal: false }));
}

/** The value is none of the type. `more` is said of it behind its text. */
export function misfit(json: JsonValue, { type, objectCodec }: FillContext, more = ''): FillValueReading {
  const takes = fillValuesInWords(type, objectCodec);
  const message = `"fill_value" is ${shortJson(json)}${more}; ${typeName(type)} takes ${takes}, or null.`;
  return { value: undefined, faults: [{ kind: 'fill-value-type', path: [], message, fatal: true }] };
}

/** The value is known by another name. */
export function misspelt(json: JsonValue, value: FillValue | undefined, name: string): FillValueReading {
  const message = `"fill_value" has ${shortJson(json)}, which is not its name in zarr; write "${name}".`;
  return { value, faults: [{ kind: 'fill-value-spelling', path: [], message, fatal: false }] };
}

/** numpy makes `value` of it, which is to be written as `written`. */
export function cast(
  json: JsonValue,
  value: FillValue | undefined,
  written: string,
  { type }: FillContext,
): FillValueReading {
  const message = `"fill_value" has ${shortJson(json)}, from which only numpy makes a value of ${typeName(type)}; write ${written}.`;
  return { value, faults: [{ kind: 'fill-value-cast', path: [], message, fatal: false }] };
}

/** The value is beyond what the type holds; `rounded` is the infinity that readers make of it, where they do. */
export function beyond(
  json: JsonValue,
  { type }: FillContext,
  rounded?: number,
  written = shortJson(json),
): FillValueReading {
  const infinity = rounded === undefined ? undefined : rounded < 0 ? -Infinity : Infinity;
  const overflow = infinity === undefined ? '' : ` zarr-python makes ${infinity} of it.`;
  const message = `"fill_value" is ${written}; ${typeName(type)} holds ${fillValuesInWords(type)}.${overflow}`;
  return { value: infinity, faults: [{ kind: 'fill-value-range', path: [], message, fatal: infinity === undefined }] };
}

/** The fault of a whole number that is written with a fraction or an exponent, where it is. */
export function fractionFaults(
  number: number | bigint,
  kind: FillValueFaultKind,
  context: FillContext,
): FillValueFault[] {
  const text = context.written([]);
  if (text === undefined || !/[.eE]/u.test(text)) return [];
  const message = `"fill_value" is ${text}, and ${typeName(context.type)} is of whole numbers; write ${BigInt(number)}.`;
  return [{ kind, path: [], message, fatal: false }];
}
