import { nameOf } from '../codecs/elements';
import { KerchunkError } from '../errors';
import { type JsonValue, shortJson } from '../json';
import { parseFillValue } from '../zarr/fill-value';
import { halfToNumber, numberToHalf } from '../zarr/half';
import type { DataType, FillValue, ZarrArray } from '../zarr/types';
import type { CheckContext } from './checks';
import { attributePlace } from './readable-arrays';
import type { RuleCode } from './rules';
import type { Severity } from './types';

interface Fault {
  code: RuleCode;
  message: string;
  severity?: Severity;
}

/**
 * `_FillValue` and `missing_value` of zarr v2 arrays of numbers (CF conventions, section 2.5.1): stored values, so of
 * the stored dtype and no text. Where `.zarray` has a `fill_value`, xarray takes that for `_FillValue`, whatever the
 * attribute says.
 */
export function checkFillAttributes(array: ZarrArray, { reporter }: CheckContext): void {
  if (array.zarrFormat !== 2 || !'iuf'.includes(array.dataType.kind)) return;
  for (const name of ['_FillValue', 'missing_value'] as const) {
    const value = array.attributes[name] ?? null;
    const items = Array.isArray(value) ? value : [value];
    const fault = items.map((item) => faultOf(name, item, array)).find((found) => found !== undefined);
    if (fault === undefined) continue;
    const [key, path] = attributePlace(array, name);
    reporter.inside(key, path, fault.code, fault.message, fault.severity);
  }
}

function faultOf(name: '_FillValue' | 'missing_value', item: JsonValue, array: ZarrArray): Fault | undefined {
  // Python's True and False are 1 and 0, and null is nothing to compare with.
  if (item === null || typeof item === 'object' || typeof item === 'boolean') return undefined;
  if (typeof item === 'string') return textFault(name, item, array);
  // A bare NaN is told of where the text is read, and xarray drops it.
  if (Number.isNaN(item) && array.dataType.kind !== 'f') return undefined;
  const value = asStored(item, array.dataType);
  if (value === undefined) return domainFault(name, item, array);
  const { fillValue } = array;
  const isSame = fillValue !== null && sameNumber(fillValue, value);
  return isSame ? undefined : (conflict(name, item, array) ?? precisionFault(name, item, array));
}

/** The value as one of the array's type, rounded to its precision; undefined where it is none. */
function asStored(item: number | bigint, type: DataType): FillValue | undefined {
  if (type.kind === 'f' && typeof item === 'number' && !Number.isFinite(item)) return item;
  try {
    return parseFillValue(item, type);
  } catch (error) {
    if (error instanceof KerchunkError) return undefined;
    throw error;
  }
}

function sameNumber(a: FillValue, b: FillValue): boolean {
  return Object.is(a, b) || a === b;
}

function textFault(name: string, text: string, array: ZarrArray): Fault | undefined {
  const { dataType, fillValue } = array;
  const number = text.trim() === '' ? NaN : Number(text);
  const isNumber = Number.isFinite(number);
  if (dataType.kind === 'f' && ['NaN', 'Infinity', '-Infinity'].includes(text)) return undefined;
  if (fillValue !== null && isNumber && Number(fillValue) === number) return undefined;
  // xarray puts the fill value of .zarray in its place.
  if (name === '_FillValue' && fillValue !== null) return isNumber ? conflict(name, number, array) : undefined;
  const remedy = isNumber ? `Write ${number}, without quotes.` : "Write a number of the array's type.";
  const message = `"${name}" is ${shortJson(text)}, a text, which no number of the array equals: xarray masks nothing. ${remedy}`;
  return { code: 'attributes/fill-value-text', message, severity: isNumber ? 'error' : 'warning' };
}

function domainFault(name: string, item: number | bigint, array: ZarrArray): Fault {
  const { dataType, fillValue, attributes } = array;
  const masked =
    fillValue === null ? 'xarray masks nothing' : `xarray masks the "fill_value" of .zarray, ${shownFill(fillValue)}`;
  const fails = name === '_FillValue' && fillValue === null && dataType.kind === 'i' && attributes._Unsigned === 'true';
  const consequence = fails
    ? 'with "_Unsigned" xarray fails to open the group'
    : `no stored value can be it, and ${masked}`;
  const message = `"${name}" is ${shortJson(item)}, which is no ${nameOf(dataType)}: ${consequence}. It is a stored value, before scaling.`;
  return { code: 'attributes/fill-value-domain', message, severity: fails ? 'error' : 'warning' };
}

function conflict(name: string, item: number | bigint, { dataType, fillValue }: ZarrArray): Fault | undefined {
  if (fillValue === null) return undefined;
  const fill = shownFill(fillValue);
  if (name === '_FillValue') {
    const message =
      `"_FillValue" is ${shortJson(item)} and the "fill_value" of .zarray ${fill}: xarray masks ${fill} and forgets the attribute. Write the same ` +
      `${nameOf(dataType)} in both, or null for the "fill_value" where every chunk is there.`;
    return { code: 'attributes/fill-value-conflict', message };
  }
  // Writers that were told no fill value write 0.
  if (Number(fillValue) !== 0) return undefined;
  const message =
    `"missing_value" is ${shortJson(item)} and the "fill_value" of .zarray 0: xarray masks both, and so every true 0. Write null for the ` +
    '"fill_value" where 0 is a value.';
  return { code: 'attributes/fill-value-conflict', message };
}

/**
 * xarray compares in double precision what stands in the attributes, and nothing stored equals a number that was not
 * rounded.
 */
function precisionFault(name: string, item: number | bigint, { dataType }: ZarrArray): Fault | undefined {
  if (dataType.kind !== 'f' || dataType.itemSize === 8 || Number.isNaN(Number(item))) return undefined;
  const exact = Number(item);
  const stored = dataType.itemSize === 4 ? Math.fround(exact) : halfToNumber(numberToHalf(exact));
  if (stored === exact) return undefined;
  const message =
    `"${name}" is ${shortJson(item)}, and no ${nameOf(dataType)} is: stored, it is ${stored}, which xarray does not find equal and does not mask. ` +
    `Write ${stored}.`;
  return { code: 'attributes/fill-value-precision', message };
}

/** A fill value of integers or floats in a message. */
function shownFill(value: FillValue): string {
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}
