import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { ReferenceSet } from '../references/reference-set';
import { keyBelow } from '../zarr/grid';

/** What a reference file says of a file at the time when its references were written (attribute `kerchunk_source`). */
export interface StatedSource {
  url: string;
  size?: number;
  etag?: string;
  lastModified?: string;
  /** The IFD that the references were written for, by its place in the chain from 0; absent where none was asked for. */
  ifd?: number;
  /** The key of the attributes that state it, and the path of their group. */
  key: string;
  path: string;
}

/** Groups whose attributes are looked at; the generator writes the attribute in the root. */
const MOST_GROUPS = 1000;

/** Every file that the attributes of the groups name as a source, by its address as it stands there. */
export function statedSources(set: ReferenceSet): Map<string, StatedSource> {
  const sources = new Map<string, StatedSource>();
  for (const path of ['', ...set.groupPaths().slice(0, MOST_GROUPS)]) {
    const key = keyBelow(path, '.zattrs');
    const attributes = set.document(key)?.value;
    const stated = isJsonObject(attributes) ? attributes.kerchunk_source : undefined;
    for (const item of Array.isArray(stated) ? stated : []) {
      if (!isJsonObject(item) || typeof item.url !== 'string' || sources.has(item.url)) continue;
      sources.set(item.url, { url: item.url, key, path, ...factsOf(item) });
    }
  }
  return sources;
}

function factsOf({ size, etag, last_modified: modified, ifd }: JsonObject): Partial<StatedSource> {
  return {
    ...(typeof size === 'number' ? { size } : {}),
    ...textFact('etag', etag),
    ...textFact('lastModified', modified),
    ...(typeof ifd === 'number' && Number.isSafeInteger(ifd) && ifd >= 0 ? { ifd } : {}),
  };
}

function textFact(name: 'etag' | 'lastModified', value: JsonValue | undefined): Partial<StatedSource> {
  return typeof value === 'string' ? { [name]: value } : {};
}
