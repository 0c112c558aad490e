import { isJsonObject, type JsonObject } from '../json';
import { keyBelow } from '../zarr/grid';
import type { ReferenceSet } from './reference-set';

/** The attributes of a group or array: `.zattrs` of zarr v2, else those in `zarr.json`; {} where it has none. */
export function nodeAttributes(set: ReferenceSet, path: string): JsonObject {
  const own = set.document(keyBelow(path, '.zattrs'))?.value;
  if (own !== undefined) return isJsonObject(own) ? own : {};
  const node = set.document(keyBelow(path, 'zarr.json'))?.value;
  return isJsonObject(node) && isJsonObject(node.attributes) ? node.attributes : {};
}
