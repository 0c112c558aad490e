import { type JsonValue, shortJson } from '../json';
import type { ZarrArray } from '../zarr/types';
import type { CheckContext } from './checks';
import { attributePlace } from './readable-arrays';
import type { Severity } from './types';

/**
 * `scale_factor` and `add_offset` (CF conventions, section 8.1): numbers. xarray multiplies and adds what stands there,
 * so that a text fails when values are read, a list of several when the file is opened, and 0 or NaN leave nothing of
 * the values.
 */
export function checkScaleAttributes(array: ZarrArray, { reporter }: CheckContext): void {
  if (!'iufc'.includes(array.dataType.kind)) return;
  for (const name of ['scale_factor', 'add_offset']) {
    const value = array.attributes[name];
    if (value === undefined) continue;
    const fault = faultOf(name, value);
    if (fault === undefined) continue;
    const [key, path] = attributePlace(array, name);
    reporter.inside(key, path, 'attributes/scale-text', `"${name}" is ${shortJson(value)}${fault[0]}`, fault[1]);
  }
}

/** What is wrong with a value, as the rest of a sentence, and how much it matters. */
function faultOf(name: string, value: JsonValue): [string, Severity] | undefined {
  if (value === null || typeof value === 'bigint') return undefined;
  if (typeof value === 'string') {
    const number = value.trim() === '' ? NaN : Number(value);
    const write = Number.isFinite(number) ? `Write ${number}, without quotes.` : 'Write a number.';
    return [`, a text; it must be a number. xarray fails when values are read. ${write}`, 'error'];
  }
  if (typeof value === 'boolean') return ['; it must be a number, and xarray makes booleans of all values.', 'error'];
  if (Array.isArray(value) && value.length === 1 && typeof value[0] === 'number') {
    return [
      '; it must be a number. xarray makes Python objects of integers that are scaled by a list. Write the number alone.',
      'warning',
    ];
  }
  if (typeof value !== 'number') return ['; it must be a number. xarray fails.', 'error'];
  if (!Number.isFinite(value)) return ['; every value decodes to NaN or infinity. It must be a number.', 'error'];
  if (value === 0 && name === 'scale_factor') {
    return ['; every value decodes to the same number. Write the step between two stored values.', 'error'];
  }
  return undefined;
}
