import type { JsonObject, JsonValue } from '../json';
import { consolidatedV2, consolidatedV3 } from '../references/consolidated';
import { encodeBase64 } from '../zarr/base64';
import { chunkNames, keyBelow, metadataKey } from '../zarr/grid';
import type { Manifest, ManifestArray, ManifestEntry, ManifestGroup } from './types';

/**
 * The entries of a reference file in the order they are written: metadata of groups, then each array's, followed by its chunks in C order. Metadata
 * documents are objects; chunks `[url]`, `[url, offset, length]` or inline data as text.
 */
export function* entriesOfManifest(manifest: Manifest): Generator<[key: string, value: JsonValue]> {
  yield* leadingDocuments(manifest);
  for (const array of manifest.arrays) {
    yield* arrayDocuments(array);
    const name = chunkNames(array.array);
    for (const [chunk, entry] of array.entries()) yield [keyBelow(array.array.path, name(chunk)), entryValue(entry)];
  }
}

/**
 * The metadata documents that stand before the arrays: those of all groups, and consolidated metadata where readers need them, which is below
 * groups that they would have to list, and in zarr v3.
 */
export function leadingDocuments({ groups, arrays }: Manifest): [key: string, document: JsonObject][] {
  const [first, ...others] = groups;
  if (first?.path !== '') return groups.flatMap(groupDocuments);
  const root = groupDocuments(first);
  const below = others.flatMap(groupDocuments);
  const all = [...below, ...arrays.flatMap(arrayDocuments)];
  if (first.zarrFormat === 3) {
    return [...root.map(([key, document]): (typeof below)[number] => [key, consolidatedV3(document, all)]), ...below];
  }
  const consolidated: typeof below = [['.zmetadata', consolidatedV2([...root, ...all])]];
  return [...root, ...(others.length > 0 ? consolidated : []), ...below];
}

/** The metadata documents of a group: `.zgroup` and, where it has attributes, `.zattrs`; or `zarr.json`. */
export function groupDocuments({ path, zarrFormat, attributes }: ManifestGroup): [key: string, document: JsonObject][] {
  if (zarrFormat === 3) {
    return [[keyBelow(path, 'zarr.json'), { zarr_format: 3, node_type: 'group', attributes }]];
  }
  const group: [string, JsonObject] = [keyBelow(path, '.zgroup'), { zarr_format: 2 }];
  return Object.keys(attributes).length === 0 ? [group] : [group, [keyBelow(path, '.zattrs'), attributes]];
}

/** The metadata documents of an array: `.zarray` and, where it has attributes, `.zattrs`; or `zarr.json`. */
export function arrayDocuments({ array, document }: ManifestArray): [key: string, document: JsonObject][] {
  const own: [string, JsonObject] = [metadataKey(array), document];
  if (array.zarrFormat === 3 || Object.keys(array.attributes).length === 0) return [own];
  return [own, [keyBelow(array.path, '.zattrs'), array.attributes]];
}

/** What stands for a chunk in a reference file of JSON. Inline data are base64 unless they are plain ASCII that does not say it were base64. */
export function entryValue(entry: ManifestEntry): JsonValue {
  switch (entry.kind) {
    case 'range':
      return [entry.url, entry.offset, entry.length];
    case 'file':
      return [entry.url];
    case 'inline':
      return inlineValue(entry.bytes);
  }
}

function inlineValue(bytes: Uint8Array): string {
  const isPlain = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  const text = isPlain ? new TextDecoder().decode(bytes) : undefined;
  return text === undefined || text.startsWith('base64:') ? `base64:${encodeBase64(bytes)}` : text;
}
