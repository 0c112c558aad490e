import { isJsonObject, type JsonValue, shortJson } from '../json';
import type { ReferenceSet } from '../references/reference-set';
import { keyBelow } from '../zarr/grid';
import { plural } from '../words';
import { groupOf } from '../zarr/path';
import type { ZarrArray } from '../zarr/types';
import type { CheckContext } from './checks';
import { arraysByGroup, attributePlace } from './readable-arrays';

/**
 * Attributes that name other arrays: `coordinates` is a text (CF conventions, section 5), or xarray fails to open the
 * group; and the array that `grid_mapping` names (section 5.6) is there, or the coordinate reference system is lost. A
 * coordinate that is not there takes nothing from what is, and subsets of files are full of such names.
 */
export function checkNamedVariables({ set, reporter }: CheckContext): void {
  for (const [group, arrays] of arraysByGroup(set)) {
    for (const array of arrays) {
      const { coordinates } = array.attributes;
      if (coordinates === undefined || typeof coordinates === 'string') continue;
      const message = `"coordinates" is ${shortJson(coordinates)}; it must be a text of names, with spaces between them. xarray fails to open the group.`;
      reporter.inside(...attributePlace(array, 'coordinates'), 'attributes/coordinates', message);
    }
    checkGridMappings(set, group, arrays, (array, message) => {
      reporter.inside(...attributePlace(array, 'grid_mapping'), 'attributes/grid-mapping', message);
    });
  }
}

/** One finding for each grid mapping that is not there, at the first array that names it. */
function checkGridMappings(
  set: ReferenceSet,
  group: string,
  arrays: readonly ZarrArray[],
  report: (array: ZarrArray, message: string) => void,
): void {
  const missing = new Map<string, { first: ZarrArray; count: number }>();
  for (const array of arrays) {
    for (const name of gridMappings(array.attributes.grid_mapping)) {
      if (typeof name !== 'string') {
        report(array, `"grid_mapping" is ${shortJson(name)}; it must be the name of an array.`);
      } else if (!hasVariable(set, group, name)) {
        const known = missing.get(name);
        if (known === undefined) missing.set(name, { first: array, count: 1 });
        else known.count++;
      }
    }
  }
  for (const [name, { first, count }] of missing) {
    const others = count === 1 ? '' : ` So does that of ${plural(count - 1, 'more array')}.`;
    const message = `"grid_mapping" names ${shortJson(name)}, which is not there: the coordinate reference system is lost to xarray, rioxarray and GDAL.${others}`;
    report(first, message);
  }
}

/**
 * The arrays that a `grid_mapping` names: one, or in the extended form those before a colon; what it is where it is no
 * text.
 */
function gridMappings(value: JsonValue | undefined): JsonValue[] {
  if (value === undefined || value === '') return [];
  if (typeof value !== 'string') return [value];
  const extended = [...value.matchAll(/([^\s:]+)\s*:/gu)].map(([, name = '']) => name);
  return extended.length > 0 ? extended : [value.trim()];
}

/**
 * Whether there is an array of this name in a group or one around it (CF conventions, section 2.7), whether or not it
 * can be read.
 */
function hasVariable(set: ReferenceSet, group: string, name: string): boolean {
  for (let around = group; ; around = groupOf(around)) {
    const path = keyBelow(around, name.replace(/^\/+/u, ''));
    const document = set.document(keyBelow(path, 'zarr.json'))?.value;
    if (set.keySpan(keyBelow(path, '.zarray')) !== undefined) return true;
    if (isJsonObject(document) && document.node_type === 'array') return true;
    if (around === '') return false;
  }
}
