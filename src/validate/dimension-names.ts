import { isJsonObject, type JsonValue } from '../json';
import type { ReferenceSet } from '../references/reference-set';
import { keyBelow } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import type { CheckContext } from './checks';
import { arraysByGroup, attributePlace, nameOfPath } from './readable-arrays';
import type { Reporter } from './reporter';
import { shortValue } from './short-value';

const ATTRIBUTE = '_ARRAY_DIMENSIONS';

/**
 * `_ARRAY_DIMENSIONS` of zarr v2 arrays, by which xarray names their axes (xarray, "Zarr Encoding Specification"): a list of as many different,
 * non-empty strings as the array has axes. Where it is missing zarr reads the array and xarray refuses its whole group: an error beside arrays that
 * have it, a warning where the array has other attributes, and nothing where no array is meant for xarray.
 */
export function checkDimensionNames({ set, reporter }: CheckContext): void {
  for (const arrays of arraysByGroup(set).values()) {
    const ours = arrays.filter(({ zarrFormat }) => zarrFormat === 2);
    const named = ours.find(({ attributes }) => attributes[ATTRIBUTE] !== undefined);
    for (const array of ours) {
      const value = array.attributes[ATTRIBUTE];
      if (value !== undefined) checkNames(array, value, reporter);
      else if (!hasDimensionReferences(set, array.path)) checkMissing(set, array, named, reporter);
    }
  }
}

/** NCZarr's own way, which xarray reads instead with zarr-python 2 (xarray, backends/zarr.py, `_get_zarr_dims_and_attrs`). */
function hasDimensionReferences(set: ReferenceSet, path: string): boolean {
  const document = set.document(keyBelow(path, '.zarray'))?.value;
  return isJsonObject(document) && isJsonObject(document._NCZARR_ARRAY);
}

function checkMissing(set: ReferenceSet, array: ZarrArray, named: ZarrArray | undefined, reporter: Reporter): void {
  const key = keyBelow(array.path, '.zattrs');
  const document = set.document(key);
  if (named === undefined && (Object.keys(array.attributes).length === 0 || array.shape.length === 0)) return;
  const beside = named === undefined ? '' : `, as "${nameOfPath(named.path)}" beside it has`;
  const message =
    `The array "${nameOfPath(array.path)}" has no "${ATTRIBUTE}", a list of ${array.shape.length} names${beside}. zarr reads the array; ` +
    'xarray refuses the whole group.';
  const severity = named === undefined ? 'warning' : 'error';
  if (document === undefined)
    reporter.onKey(keyBelow(array.path, '.zarray'), 'attributes/dimension-names-missing', message, severity);
  else reporter.onKey(key, 'attributes/dimension-names-missing', message, severity);
}

function checkNames(array: ZarrArray, value: JsonValue, reporter: Reporter): void {
  const rank = array.shape.length;
  const report = (path: (string | number)[], message: string, severity?: 'warning'): void => {
    const [key, place] = attributePlace(array, ATTRIBUTE, ...path);
    reporter.inside(key, place, 'attributes/dimension-names', message, severity);
  };
  if (!Array.isArray(value)) {
    report(
      [],
      `"${ATTRIBUTE}" is ${shortValue(value)}; it must be a list of ${rank} names. xarray refuses the whole group.`,
    );
    return;
  }
  if (value.length !== rank) {
    const message = `"${ATTRIBUTE}" is ${shortValue(value)}, ${value.length} names, and the array has ${rank} axes. xarray refuses the whole group.`;
    report([], message);
    return;
  }
  for (const [axis, name] of value.entries()) {
    if (typeof name === 'string' && name !== '') continue;
    // A name that Python cannot hash fails, any other opens as it stands.
    const fails = typeof name === 'object' && name !== null;
    const consequence = fails ? 'xarray refuses the whole group.' : 'xarray opens it, and no name selects along it.';
    report(
      [axis],
      `Axis ${axis} is named ${shortValue(name)}; a name is a text that is not empty. ${consequence}`,
      fails ? undefined : 'warning',
    );
    return;
  }
  const axis = value.findIndex((name, index) => value.indexOf(name) !== index);
  if (axis === -1) return;
  const first = value.indexOf(value[axis] ?? null);
  const differ = array.shape[first] !== array.shape[axis];
  const consequence = differ
    ? `One dimension has one size, and they have ${array.shape[first] ?? 0} and ${array.shape[axis] ?? 0}: xarray refuses the whole group.`
    : 'xarray opens it, warns, and most of what it does fails.';
  report(
    [axis],
    `Axes ${first} and ${axis} are both named ${shortValue(value[axis] ?? null)}. ${consequence}`,
    differ ? undefined : 'warning',
  );
}
