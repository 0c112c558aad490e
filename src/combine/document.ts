import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { manifestArrayV2, manifestArrayV3 } from '../manifest/manifest-array';
import type { ManifestArray } from '../manifest/types';

/** What is changed of an array's metadata; what is not given stays. */
export interface ArrayChanges {
  path?: string;
  shape?: readonly number[];
  chunkShape?: readonly number[];
  dimensionNames?: readonly (string | null)[];
  /** All attributes, but for `_ARRAY_DIMENSIONS`. */
  attributes?: JsonObject;
  /** Other members of `.zarray` or `zarr.json`. */
  members?: JsonObject;
  entries?: ManifestArray['entries'];
}

const DIMENSIONS = '_ARRAY_DIMENSIONS';

/**
 * An array with other metadata, in the document as in what it says.
 * @throws KerchunkError `malformed-metadata` where the new document does not describe an array.
 */
export function changeArray(source: ManifestArray, changes: ArrayChanges): ManifestArray {
  const { array, document } = source;
  const { path = array.path, members = {}, entries = source.entries } = changes;
  const attributes = attributesOf(source, changes);
  const shape = changes.shape === undefined ? {} : { shape: [...changes.shape] };
  if (array.zarrFormat === 2) {
    const chunks = changes.chunkShape === undefined ? {} : { chunks: [...changes.chunkShape] };
    return manifestArrayV2(path, { ...document, ...shape, ...chunks, ...members }, attributes, entries);
  }
  const names = changes.dimensionNames === undefined ? {} : { dimension_names: [...changes.dimensionNames] };
  const grid = changes.chunkShape === undefined ? {} : { chunk_grid: gridOf(document.chunk_grid, changes.chunkShape) };
  const changed = { ...document, ...shape, ...grid, ...names, ...members, attributes };
  return manifestArrayV3(path, changed, entries);
}

function attributesOf({ array }: ManifestArray, { attributes, dimensionNames }: ArrayChanges): JsonObject {
  const { [DIMENSIONS]: old, ...others } = array.attributes;
  const dimensions = dimensionNames === undefined ? old : [...dimensionNames];
  // In zarr v3 they have a member of their own.
  const isKept = dimensions !== undefined && (array.zarrFormat === 2 || old !== undefined);
  return { ...(isKept ? { [DIMENSIONS]: dimensions } : {}), ...without(attributes ?? others, DIMENSIONS) };
}

function gridOf(grid: JsonValue | undefined, chunkShape: readonly number[]): JsonObject {
  const configuration = isJsonObject(grid) && isJsonObject(grid.configuration) ? grid.configuration : {};
  return { name: 'regular', configuration: { ...configuration, chunk_shape: [...chunkShape] } };
}

/** An object without one of its members. */
export function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}
