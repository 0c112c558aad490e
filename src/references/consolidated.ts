import type { JsonObject, JsonValue } from '../json';
import { isMetadataKey } from './documents';

const V3_NAME = '/zarr.json';

/**
 * All metadata documents of a hierarchy of zarr v2 in one, the `.zmetadata` of zarr-python, format 1; other entries are passed over. With it
 * readers need not list what a group holds: fsspec's reference file system, under zarr-python 3, finds nothing there, and xarray's
 * open_datatree no array.
 */
export function consolidatedV2(entries: Iterable<readonly [key: string, value: JsonValue]>): JsonObject {
  const documents = [...entries].filter(([key]) => isMetadataKey(key) && !isV3(key));
  return { metadata: Object.fromEntries(documents), zarr_consolidated_format: 1 };
}

/** The `zarr.json` of a root group with all those below it, by path: the consolidated metadata of zarr-python, kind inline. */
export function consolidatedV3(
  root: JsonObject,
  below: Iterable<readonly [key: string, document: JsonObject]>,
): JsonObject {
  const metadata = Object.fromEntries(
    [...below].filter(([key]) => isV3(key)).map(([key, document]) => [key.slice(0, -V3_NAME.length), document]),
  );
  return { ...root, consolidated_metadata: { kind: 'inline', must_understand: false, metadata } };
}

function isV3(key: string): boolean {
  return key.endsWith(V3_NAME);
}
