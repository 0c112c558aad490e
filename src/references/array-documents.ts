import { KerchunkError } from '../errors';
import { isJsonObject, type JsonObject } from '../json';
import { keyBelow } from '../zarr/grid';
import { parseZarrayV2 } from '../zarr/v2';
import { parseZarrJson } from '../zarr/v3';
import type { ZarrArray } from '../zarr/types';
import type { MetadataDocument } from './documents';
import { markNested, type KnownArray } from './resolver';

export type DescribedArray = KnownArray & { error: KerchunkError | undefined };

/** What the metadata keys of a reference file describe. */
export interface Hierarchy {
  /** By path, in the order of the keys. */
  arrays: Map<string, DescribedArray>;
  groups: string[];
}

/**
 * The arrays and groups of a hierarchy. `keys` are its metadata keys; those whose document stands in a file of its own, or is not JSON, have
 * none in `documents`, or one without a value.
 */
export function describeHierarchy(
  keys: Iterable<string>,
  documents: ReadonlyMap<string, Pick<MetadataDocument, 'value'>>,
): Hierarchy {
  const arrays = new Map<string, DescribedArray>();
  const groups = new Set<string>();
  for (const key of keys) {
    const slash = key.lastIndexOf('/');
    const name = key.slice(slash + 1);
    const path = key.slice(0, Math.max(slash, 0));
    if (!isPath(key, path)) continue;
    const value = documents.get(key)?.value;
    const isGroup = isJsonObject(value) && value.node_type === 'group';
    if (name === '.zgroup' || (name === 'zarr.json' && isGroup)) groups.add(path);
    else if (name === '.zarray' || (name === 'zarr.json' && !arrays.has(path)))
      arrays.set(path, describe(path, name, key, documents));
  }
  markNested(arrays);
  return { arrays, groups: [...groups] };
}

/** Whether a key lies below a path without empty parts; others are no path of zarr. */
function isPath(key: string, path: string): boolean {
  return path === '' ? !key.startsWith('/') : !path.split('/').includes('');
}

function describe(
  path: string,
  name: string,
  key: string,
  documents: ReadonlyMap<string, Pick<MetadataDocument, 'value'>>,
): DescribedArray {
  try {
    const array = readArray(path, name, key, documents);
    return { path, array, hasNested: false, error: undefined };
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return { path, array: undefined, hasNested: false, error };
  }
}

function readArray(
  path: string,
  name: string,
  key: string,
  documents: ReadonlyMap<string, Pick<MetadataDocument, 'value'>>,
): ZarrArray {
  const document = documents.get(key);
  if (document === undefined) throw malformed(key, 'it stands in a file of its own, which is not read');
  if (document.value === undefined) throw malformed(key, 'it is not JSON');
  if (!isJsonObject(document.value)) throw malformed(key, 'it is no JSON object');
  if (name === 'zarr.json') return parseZarrJson(path, document.value);
  return parseZarrayV2(path, document.value, attributes(documents.get(keyBelow(path, '.zattrs'))));
}

function attributes(document: Pick<MetadataDocument, 'value'> | undefined): JsonObject | undefined {
  return isJsonObject(document?.value) ? document.value : undefined;
}

function malformed(key: string, message: string): KerchunkError {
  return new KerchunkError('malformed-metadata', `${key}: ${message}.`);
}
