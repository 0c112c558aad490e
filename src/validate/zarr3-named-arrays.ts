import { isJsonObject, type JsonObject } from '../json';
import { keyBelow } from '../zarr/grid';
import { groupOf } from '../zarr/path';
import type { CheckContext } from './checks';
import { isZarr3 } from './zarr3-hierarchy';

/**
 * xarray refuses a whole group in which a zarr v3 array with dimensions has no `dimension_names` (xarray, backends/zarr.py,
 * `_get_zarr_dims_and_attrs`): an error beside arrays that have them, a warning where the array has attributes, and nothing where no array is
 * meant for xarray.
 */
export function checkNamesThere({ set, reporter }: CheckContext): void {
  const named = new Set<string>();
  const unnamed: { path: string; group: string; document: JsonObject }[] = [];
  for (const path of set.arrayPaths()) {
    const document = isZarr3(set, path) ? set.document(keyBelow(path, 'zarr.json'))?.value : undefined;
    if (!isJsonObject(document) || !Array.isArray(document.shape) || document.shape.length === 0) continue;
    const group = groupOf(path);
    if (document.dimension_names !== undefined) named.add(group);
    else unnamed.push({ path, group, document });
  }
  for (const { path, group, document } of unnamed) {
    const { attributes } = document;
    const hasAttributes = isJsonObject(attributes) && Object.keys(attributes).length > 0;
    if (!named.has(group) && !hasAttributes) continue;
    const isV2 = hasAttributes && attributes._ARRAY_DIMENSIONS !== undefined;
    const hint = isV2 ? ' "_ARRAY_DIMENSIONS" is for zarr v2, and it does not look at it.' : '';
    const message = `"dimension_names" is missing. zarr reads the array; xarray refuses the whole group.${hint}`;
    const severity = named.has(group) ? 'error' : 'warning';
    reporter.onKey(keyBelow(path, 'zarr.json'), 'zarr3/dimension-names-missing', message, severity);
  }
}
