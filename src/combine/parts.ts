import type { JsonObject } from '../json';
import type { Manifest } from '../manifest/types';
import { keyBelow } from '../zarr/grid';
import { splitPath } from './names';
import { spelledAs } from './time-units';
import type { NamedManifest, Part } from './types';

/** The arrays of all inputs, those of one path together, in the order in which they come first, with times spelled as in the first of them. */
export function partsByPath(inputs: readonly NamedManifest[]): Map<string, Part[]> {
  const found = new Map<string, Part[]>();
  for (const { name, manifest } of inputs) {
    const coordinates = coordinatesOfBounds(manifest);
    for (const array of manifest.arrays) {
      const { path } = array.array;
      const boundsOf = coordinates.get(path);
      const part = boundsOf === undefined ? { name, array } : { name, array, boundsOf };
      const known = found.get(path);
      const [first] = known ?? [];
      if (known === undefined || first === undefined) found.set(path, [part]);
      else known.push(spelledAs(first, part));
    }
  }
  return found;
}

/** The coordinates of a set that have bounds, by the paths of these (CF conventions, sections 7.1 and 7.4). */
function coordinatesOfBounds({ arrays }: Manifest): Map<string, { path: string; attributes: JsonObject }> {
  const found = new Map<string, { path: string; attributes: JsonObject }>();
  for (const {
    array: { path, attributes },
  } of arrays) {
    for (const name of [attributes.bounds, attributes.climatology]) {
      if (typeof name === 'string') found.set(keyBelow(splitPath(path).group, name), { path, attributes });
    }
  }
  return found;
}
