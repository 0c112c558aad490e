import { isJsonObject, type JsonValue, shortJson } from '../json';
import type { ReferenceSet } from '../references/reference-set';
import { plural } from '../words';
import { keyBelow } from '../zarr/grid';
import { nameOfPath } from '../zarr/path';
import type { ZarrArray } from '../zarr/types';
import type { CheckContext } from './checks';
import { arraysByGroup, attributePlace } from './readable-arrays';
import type { Reporter } from './reporter';

const ATTRIBUTE = '_ARRAY_DIMENSIONS';

/**
 * `_ARRAY_DIMENSIONS` of zarr v2 arrays, by which xarray names their axes (xarray, "Zarr Encoding Specification"): a
 * list of as many different, non-empty strings as the array has axes. Where it is missing zarr reads the array and
 * xarray refuses its whole group: an error beside arrays that have it, a warning where the array has other attributes,
 * and nothing where no array is meant for xarray.
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

/**
 * NCZarr's own way, which xarray reads instead with zarr-python 2 (xarray, backends/zarr.py,
 * `_get_zarr_dims_and_attrs`).
 */
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
    `The array "${nameOfPath(array.path)}" has no "${ATTRIBUTE}", a list of ${plural(array.shape.length, 'name')}${beside}. zarr reads the array; ` +
    'xarray refuses the whole group.';
  const severity = named === undefined ? 'warning' : 'error';
  if (document === undefined)
    reporter.onKey(keyBelow(array.path, '.zarray'), 'attributes/dimension-names-missing', message, severity);
  else reporter.onKey(key, 'attributes/dimension-names-missing', message, severity);
}

function checkNames(array: ZarrArray, value: JsonValue, reporter: Reporter): void {
  const fault = faultOf(value, array.shape);
  if (fault === undefined) return;
  const { path, message, opens } = fault;
  const severity = opens ? 'warning' : 'error';
  const consequence = opens
    ? 'xarray opens the group, and little can be done along it'
    : 'xarray refuses the whole group';
  const place = attributePlace(array, ATTRIBUTE, ...path);
  reporter.inside(...place, 'attributes/dimension-names', `${message} ${consequence}.`, severity);
}

interface Fault {
  path: number[];
  message: string;
  /** Whether xarray opens the group all the same. */
  opens: boolean;
}

function faultOf(value: JsonValue, shape: readonly number[]): Fault | undefined {
  const wanted = plural(shape.length, 'name');
  if (!Array.isArray(value)) {
    return {
      path: [],
      message: `"${ATTRIBUTE}" is ${shortJson(value)}; it must be a list of ${wanted}.`,
      opens: false,
    };
  }
  if (value.length !== shape.length) {
    const message = `"${ATTRIBUTE}" is ${shortJson(value)}; the array has ${plural(shape.length, 'axis', 'axes')}, and needs ${wanted}.`;
    return { path: [], message, opens: false };
  }
  const firsts = new Map<string, number>();
  for (const [axis, name] of value.entries()) {
    if (typeof name !== 'string' || name === '') {
      // What Python cannot hash fails; anything else opens as it stands.
      const opens = typeof name !== 'object' || name === null;
      return {
        path: [axis],
        message: `Axis ${axis} is named ${shortJson(name)}; a name is a text, and not empty.`,
        opens,
      };
    }
    const first = firsts.get(name);
    if (first !== undefined) return { path: [axis], ...twice(name, first, axis, shape) };
    firsts.set(name, axis);
  }
  return undefined;
}

function twice(name: string, first: number, axis: number, shape: readonly number[]): Omit<Fault, 'path'> {
  const sizes = [shape[first] ?? 0, shape[axis] ?? 0];
  const opens = sizes[0] === sizes[1];
  const differ = opens ? '' : `, and have ${sizes.join(' and ')} elements`;
  return { message: `Axes ${first} and ${axis} are both named ${shortJson(name)}${differ}.`, opens };
}
