import { isJsonObject } from '../../json';
import type { ReferenceSet } from '../../references/reference-set';
import { isInlineBase64 } from '../../references/inline';
import { keyBelow } from '../../zarr/grid';
import { groupOf } from '../../zarr/path';
import type { Obstacles } from './obstacles';

/** What stops readers from groups, and from arrays for the group that they lie in. */
export function hierarchyLimits(set: ReferenceSet, text: Uint8Array, obstacles: Obstacles): void {
  rootLimits(set, obstacles);
  const groups = new Set(set.groupPaths());
  const arrays = new Set(set.arrayPaths());
  for (const path of arrays) {
    const key = keyBelow(path, '.zarray');
    const group = groupOf(path);
    if (groups.has(path)) obstacles.at(set.keySpan(key), key, 'group-and-array', path);
    if (arrays.has(group) && group !== path) obstacles.at(set.keySpan(key), key, 'array-in-array', group);
    if (set.keySpan(key) === undefined || group === '') continue;
    obstacles.at(set.keySpan(key), key, 'in-group', path);
    if (!groups.has(group)) obstacles.at(set.keySpan(key), key, 'no-group', path);
  }
  for (const key of [...groups].map((path) => keyBelow(path, '.zgroup'))) formsLimits(set, text, key, obstacles);
  formsLimits(set, text, '.zattrs', obstacles);
  for (const key of set.strayKeys(undefined)) {
    if (key.includes('/')) continue;
    obstacles.at(set.keySpan(key), key, 'key-beside-arrays');
    break;
  }
}

function rootLimits(set: ReferenceSet, obstacles: Obstacles): void {
  const [array, group, v3] = ['.zarray', '.zgroup', 'zarr.json'].map((key) => set.keySpan(key));
  if (array !== undefined) obstacles.at(array, '.zarray', 'root-array');
  else if (group === undefined && v3 === undefined)
    obstacles.at(
      undefined,
      '.zgroup',
      set.arrayPaths().some((path) => set.keySpan(keyBelow(path, '.zarray')) !== undefined)
        ? 'no-root-group'
        : 'zarr-v3-no-group',
    );
  if (v3 !== undefined && group === undefined && set.version === 0) {
    obstacles.at(v3, 'zarr.json', 'version-0-no-zgroup');
  }
  if (v3 !== undefined) obstacles.at(v3, 'zarr.json', 'key-beside-arrays');
  const document = set.document('.zgroup')?.value;
  if (isJsonObject(document) && document.zarr_format !== 2) {
    const name = typeof document.zarr_format === 'string' ? 'group-format' : 'group-format-two';
    obstacles.at(set.innerSpan('.zgroup', ['zarr_format']) ?? set.keySpan('.zgroup'), '.zgroup', name);
  }
  consolidatedLimits(set, obstacles);
}

function consolidatedLimits(set: ReferenceSet, obstacles: Obstacles): void {
  const consolidated = set.document('.zmetadata')?.value;
  if (!isJsonObject(consolidated)) return;
  const { metadata } = consolidated;
  if (!isJsonObject(metadata)) {
    obstacles.at(set.keySpan('.zmetadata'), '.zmetadata', 'consolidated-empty');
    return;
  }
  const asText = (value: unknown): string =>
    JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));
  for (const path of set.arrayPaths()) {
    const key = keyBelow(path, '.zarray');
    const own = set.document(key)?.value;
    if (own === undefined || asText(own) === asText(metadata[key])) continue;
    obstacles.at(
      set.innerSpan('.zmetadata', ['metadata', key]) ?? set.keySpan('.zmetadata'),
      '.zmetadata',
      'consolidated-stale',
      path,
    );
  }
}

/** Metadata that stand as an object, or as base64, where some readers want a string. */
export function formsLimits(
  set: ReferenceSet,
  text: Uint8Array,
  key: string,
  obstacles: Obstacles,
  path?: string,
): void {
  const document = set.document(key);
  if (document === undefined) return;
  // zarrita opens arrays by their paths, and groups where it is asked for; attributes as an object of version 1 it leaves out.
  const isNeeded = path !== undefined && (set.version === 0 || !key.endsWith('.zattrs'));
  if (document.nested) obstacles.at(document.span, key, isNeeded ? 'nested-metadata' : 'nested-group', path);
  else if (isInlineBase64(text, document.span)) obstacles.at(document.span, key, 'metadata-base64', path);
}
