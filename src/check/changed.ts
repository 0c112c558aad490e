import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { ReferenceSet } from '../references/reference-set';
import type { TiffDescription } from '../tiff/types';
import { countInWords } from '../words';
import { keyBelow } from '../zarr/grid';
import type { Tally } from './tally';

/** What a reference file says of a file at the time when its references were written (attribute `kerchunk_source`). */
export interface StatedSource {
  url: string;
  size?: number;
  etag?: string;
  lastModified?: string;
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

function factsOf({ size, etag, last_modified: modified }: JsonObject): Partial<StatedSource> {
  return {
    ...(typeof size === 'number' ? { size } : {}),
    ...textFact('etag', etag),
    ...textFact('lastModified', modified),
  };
}

function textFact(name: 'etag' | 'lastModified', value: JsonValue | undefined): Partial<StatedSource> {
  return typeof value === 'string' ? { [name]: value } : {};
}

/** Reports a file that is another one now than when its references were written: each of size, ETag and Last-Modified with both values. */
export function checkUnchanged(stated: StatedSource, tiff: TiffDescription, tally: Tally): void {
  const differences: string[] = [];
  const compare = (name: string, then: string | undefined, now: string | undefined): void => {
    if (then !== undefined && now !== undefined && then !== now) differences.push(`${name} ${then} then, ${now} now`);
  };
  const bytes = (size: number | undefined): string | undefined => (size === undefined ? undefined : countInWords(size));
  compare('size', bytes(stated.size), bytes(tiff.size));
  compare('ETag', strong(stated.etag), strong(tiff.validator?.etag));
  compare('Last-Modified', stated.lastModified, tiff.validator?.lastModified);
  if (differences.length === 0) return;
  const kind = { code: 'source/changed', path: stated.path, about: stated.url } as const;
  tally.add(kind, stated.key, () => {
    const facts = differences.join('; ');
    return `${stated.url} has changed since the references were written (${facts}). Generate them anew where they no longer fit.`;
  });
}

/** A weak validator of the same bytes differs in its mark alone (RFC 9110, section 8.8.3). */
function strong(etag: string | undefined): string | undefined {
  return etag?.replace(/^W\//u, '');
}
