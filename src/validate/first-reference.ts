import { KerchunkError } from '../errors';
import type { ReferenceSet } from '../references/reference-set';

/** A chunk that stands in a file. `offset` and `length` are absent where the reference is to the whole file. */
export interface FileReference {
  key: string;
  url: string;
  offset?: number;
  length?: number;
}

/** The array's first chunk, in C order, that is a reference to a file; malformed entries are passed over, as they have findings of their own. */
export function firstFileReference(set: ReferenceSet, path: string): FileReference | undefined {
  for (const key of set.chunkKeys(path)) {
    try {
      const found = set.lookup(key);
      if (found.kind === 'range') return { key, url: found.url, offset: found.offset, length: found.length };
      if (found.kind === 'file') return { key, url: found.url };
    } catch (error) {
      if (!(error instanceof KerchunkError)) throw error;
    }
  }
  return undefined;
}
