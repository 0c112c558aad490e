import { type JsonValue, shortJson } from '../json';
import type { ZarrArray } from '../zarr/types';
import type { CheckContext } from './checks';
import { attributePlace } from './readable-arrays';

type Report = (name: string, message: string) => void;

/**
 * `valid_min`, `valid_max` and `valid_range` (CF conventions, section 2.5.1), `flag_values`, `flag_masks` and
 * `flag_meanings` (section 3.5) of arrays of numbers: numbers, in order, and as many meanings as flags.
 */
export function checkRangeAttributes(array: ZarrArray, { reporter }: CheckContext): void {
  if (!'iuf'.includes(array.dataType.kind)) return;
  const report: Report = (name, message) => {
    const [key, path] = attributePlace(array, name);
    reporter.inside(key, path, 'attributes/valid-range', message);
  };
  const found = checkRange(array, report);
  if (!found) checkFlags(array, report);
}

/** Whether something was reported. */
function checkRange({ attributes }: ZarrArray, report: Report): boolean {
  const { valid_range: range, _Unsigned: unsigned } = attributes;
  for (const name of ['valid_min', 'valid_max']) {
    const value = attributes[name];
    if (value === undefined || value === null || numbersOf(value)?.length === 1) continue;
    report(name, `"${name}" is ${shortJson(value)}; it must be one number, a stored value.`);
    return true;
  }
  const limits = range === undefined || range === null ? undefined : numbersOf(range);
  if (range !== undefined && range !== null && limits?.length !== 2) {
    report('valid_range', `"valid_range" is ${shortJson(range)}; it must be a list of two numbers, stored values.`);
    return true;
  }
  const low = limits?.[0] ?? single(attributes.valid_min);
  const high = limits?.[1] ?? single(attributes.valid_max);
  // Signed numbers that stand for unsigned ones are not in their order.
  if (low === undefined || high === undefined || low <= high || unsigned !== undefined) return false;
  const name = limits === undefined ? 'valid_max' : 'valid_range';
  report(name, `The valid range begins at ${low} and ends at ${high}, so that no value is valid.`);
  return true;
}

function checkFlags({ attributes }: ZarrArray, report: Report): void {
  for (const name of ['flag_values', 'flag_masks']) {
    const value = attributes[name];
    if (value === undefined || value === null) continue;
    const flags = numbersOf(value);
    if (flags === undefined) {
      report(name, `"${name}" is ${shortJson(value)}; it must be a list of numbers, stored values.`);
      return;
    }
    const { flag_meanings: meanings } = attributes;
    if (typeof meanings !== 'string') continue;
    const words = meanings.split(/\s+/u).filter((word) => word !== '').length;
    if (words === flags.length) continue;
    report(
      name,
      `"${name}" has ${flags.length} numbers, and "flag_meanings" ${words} words; there is one word for each.`,
    );
    return;
  }
}

/** The numbers of a list, or of a number alone; undefined where something else is among them. */
function numbersOf(value: JsonValue): (number | bigint)[] | undefined {
  const items = Array.isArray(value) ? value : [value];
  const numbers = items.filter((item): item is number | bigint => typeof item === 'number' || typeof item === 'bigint');
  return numbers.length === items.length ? numbers : undefined;
}

function single(value: JsonValue | undefined): number | bigint | undefined {
  return value === undefined ? undefined : numbersOf(value)?.[0];
}
