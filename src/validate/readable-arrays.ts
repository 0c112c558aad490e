import { KerchunkError } from '../errors';
import type { ReferenceSet } from '../references/reference-set';
import { keyBelow } from '../zarr/grid';
import { groupOf } from '../zarr/path';
import type { ZarrArray } from '../zarr/types';

/** The arrays of a set whose metadata can be read, in the order of the text. */
export function readableArrays(set: ReferenceSet): ZarrArray[] {
  return set.arrayPaths().flatMap((path) => {
    try {
      return [set.array(path)];
    } catch (error) {
      if (error instanceof KerchunkError) return [];
      throw error;
    }
  });
}

/** The same by the path of the group that each stands in; an array at the root stands in none. */
export function arraysByGroup(set: ReferenceSet): Map<string, ZarrArray[]> {
  const groups = new Map<string, ZarrArray[]>();
  for (const array of readableArrays(set)) {
    if (array.path === '') continue;
    const group = groupOf(array.path);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [array]);
    else members.push(array);
  }
  return groups;
}

/** Where an attribute of an array stands: `.zattrs` in zarr v2, `attributes` of `zarr.json` in v3. */
export function attributePlace(array: ZarrArray, ...path: (string | number)[]): [string, (string | number)[]] {
  return array.zarrFormat === 2
    ? [keyBelow(array.path, '.zattrs'), path]
    : [keyBelow(array.path, 'zarr.json'), ['attributes', ...path]];
}
