import { KerchunkError } from '../errors';
import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { ReferenceSet } from '../references/reference-set';
import { keyBelow, metadataKey } from '../zarr/grid';
import type { Manifest, ManifestArray, ManifestEntry, ManifestGroup } from './types';

/**
 * What a reference set holds, as something to be changed and written. Keys that are neither metadata nor a chunk of an array's grid have no place
 * in it; `keysLeftOut` names them. A set in parquet must be loaded whole.
 * @throws KerchunkError `malformed-metadata` where the metadata of an array or group cannot be read, `malformed-reference` where an item of `gen` was not
 * evaluated, so that chunks of an array may be missing.
 */
export function manifestOfReferences(set: ReferenceSet): Manifest {
  const arrays = set.arrayPaths().map((path) => arrayOf(set, path));
  const known = new Set(set.groupPaths());
  const groups = [...known].map((path) => groupOf(set, path));
  // A file without metadata of its root, or of a group in between, is read as if it had them.
  const version = arrays[0]?.array.zarrFormat ?? 2;
  for (const path of parentsOf([...known, ...arrays.map(({ array }) => array.path)])) {
    const isArray = arrays.some(({ array }) => array.path === path);
    if (!known.has(path) && !isArray) groups.push({ ...groupOf(set, path), zarrFormat: version });
  }
  return { groups: groups.sort((a, b) => depth(a.path) - depth(b.path)), arrays };
}

function arrayOf(set: ReferenceSet, path: string): ManifestArray {
  const array = set.array(path);
  if (array.zarrFormat === 2) documentAt(set, keyBelow(path, '.zattrs'));
  const document = set.document(metadataKey(array))?.value;
  if (!isJsonObject(document)) {
    throw new KerchunkError('malformed-metadata', `The metadata of "${path}" are no JSON object.`);
  }
  if (set.mayHaveMore(path)) {
    throw new KerchunkError(
      'malformed-reference',
      `Chunks of "${path}" may be missing: an item of "gen" was not evaluated. Mend it first; kerchunk validate says what is wrong with it.`,
    );
  }
  return { array, document, entries: () => entriesOf(set, path) };
}

function* entriesOf(set: ReferenceSet, path: string): Generator<readonly [number, ManifestEntry]> {
  for (const [chunk, entry] of set.chunkReferences(path)) {
    if (entry.kind !== 'absent') yield [chunk, entry];
  }
}

function groupOf(set: ReferenceSet, path: string): ManifestGroup {
  const v3 = set.document(keyBelow(path, 'zarr.json'))?.value;
  if (isJsonObject(v3)) return { path, zarrFormat: 3, attributes: objectOf(v3.attributes) };
  documentAt(set, keyBelow(path, '.zgroup'));
  return { path, zarrFormat: 2, attributes: documentAt(set, keyBelow(path, '.zattrs')) ?? {} };
}

/** A metadata document, which there need not be. @throws KerchunkError `malformed-metadata` where there is one that cannot be read. */
function documentAt(set: ReferenceSet, key: string): JsonObject | undefined {
  if (!set.hasMetadata(key)) return undefined;
  const found = set.lookup(key);
  if (found.kind === 'absent') return undefined;
  if (found.kind !== 'document') {
    throw new KerchunkError('malformed-metadata', `${key}: it stands in a file of its own, which is not read.`);
  }
  if (isJsonObject(found.value)) return found.value;
  const what = found.value === undefined ? 'it is not JSON' : 'it is no JSON object';
  throw new KerchunkError('malformed-metadata', `${key}: ${what}.`);
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The groups that paths lie in, each once, the root among them. */
function parentsOf(paths: readonly string[]): Set<string> {
  const parents = new Set<string>();
  for (const path of paths) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) parents.add(path.slice(0, at));
    parents.add('');
  }
  return parents;
}

function depth(path: string): number {
  return path === '' ? 0 : path.split('/').length;
}
