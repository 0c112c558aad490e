import { isJsonObject, type JsonObject, type JsonValue } from '../../json';
import { placeAt } from '../../references/places';
import type { ReferenceSet } from '../../references/reference-set';
import { keyBelow } from '../../zarr/grid';
import { sameJson } from '../../same-json';
import { documentText, type EditableText } from './editable-text';

/** Consolidated metadata, and by what name they have a document. */
interface Consolidated {
  /** The key of these metadata, of the root or of a group: `.zmetadata`, or `zarr.json` for zarr v3; and where in it they stand. */
  key: string;
  place: string[];
  metadata: JsonObject;
  /** Of the document, below the group. */
  name: string;
}

/** The consolidated metadata of the root and of each group above a document, which may have it or not, the nearest first. */
function* consolidatedAbove(set: ReferenceSet, key: string): Iterable<Consolidated> {
  for (let slash = key.length; slash >= 0;) {
    slash = slash === 0 ? -1 : key.lastIndexOf('/', slash - 1);
    const above = key.slice(0, slash + 1);
    const found = key.endsWith('/zarr.json')
      ? consolidatedIn(set, `${above}zarr.json`, ['consolidated_metadata', 'metadata'])
      : consolidatedIn(set, `${above}.zmetadata`, ['metadata']);
    if (found !== undefined) yield { ...found, name: key.slice(slash + 1).replace(/\/zarr\.json$/u, '') };
  }
}

function consolidatedIn(set: ReferenceSet, key: string, place: string[]): Omit<Consolidated, 'name'> | undefined {
  const metadata = place.reduce<JsonValue | undefined>(
    (value, name) => (isJsonObject(value) ? copyIn(value, name) : undefined),
    set.document(key)?.value,
  );
  return isJsonObject(metadata) ? { key, place, metadata } : undefined;
}

/** The copies of a document among consolidated metadata that say the same; undefined where one of them cannot be edited. */
export function consolidatedCopies(text: Uint8Array, set: ReferenceSet, key: string): EditableText[] | undefined {
  const value = set.document(key)?.value;
  const copies: EditableText[] = [];
  for (const { key: holder, place, metadata, name } of consolidatedAbove(set, key)) {
    const copy = copyIn(metadata, name);
    if (copy === undefined || value === undefined || !sameJson(copy, value)) continue;
    const document = documentText(text, set, holder);
    const span = document === undefined ? undefined : placeAt(document.bytes, document.root, [...place, name]);
    if (document === undefined || span === undefined) return undefined;
    copies.push({ ...document, root: span.offset });
  }
  return copies;
}

/** Whether all consolidated metadata that have an array of zarr v2 have its metadata and its attributes, if any, as these stand in the file. */
export function isArrayInStep(set: ReferenceSet, path: string): boolean {
  const [array, attributes] = [keyBelow(path, '.zarray'), keyBelow(path, '.zattrs')];
  const others = [...consolidatedAbove(set, attributes)];
  return [...consolidatedAbove(set, array)].every(({ metadata, name }, index) => {
    const copies = [copyIn(metadata, name), copyIn(metadata, others[index]?.name ?? '')];
    if (copies.every((copy) => copy === undefined)) return true;
    return [array, attributes].every((key, which) => {
      const [copy, value] = [copies[which], set.document(key)?.value];
      return copy === undefined || value === undefined ? copy === value : sameJson(copy, value);
    });
  });
}

function copyIn(metadata: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(metadata, name) ? metadata[name] : undefined;
}
