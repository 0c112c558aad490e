import type { JsonObject } from '../json';
import { parseZarrayV2 } from '../zarr/v2';
import { parseZarrJson } from '../zarr/v3';
import type { ManifestArray } from './types';

/**
 * An array of zarr v2 from its `.zarray` and `.zattrs`.
 * @throws KerchunkError `malformed-metadata` where these do not describe an array.
 */
export function manifestArrayV2(
  path: string,
  document: JsonObject,
  attributes: JsonObject,
  entries: ManifestArray['entries'],
): ManifestArray {
  return { array: parseZarrayV2(path, document, attributes), document, entries };
}

/** An array of zarr v3 from its `zarr.json`. @throws KerchunkError `malformed-metadata` where it does not describe an array. */
export function manifestArrayV3(path: string, document: JsonObject, entries: ManifestArray['entries']): ManifestArray {
  return { array: parseZarrJson(path, document), document, entries };
}
