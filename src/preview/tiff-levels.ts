import type { SourceOpener } from '../bytes/source';
import { previewReferences } from '../generate/tiff-preview';
import { parseReferences } from '../references/parse';
import type { ReferenceSet } from '../references/reference-set';
import type { TiffDescription } from '../tiff/types';
import type { ZarrArray } from '../zarr/types';
import type { ChunkSource } from './chunk-loader';

/** One resolution of an array, to be read. */
export interface LevelSource extends ChunkSource {
  set: ReferenceSet;
}

/** The references of TIFFs that were looked into: chunks are kept by the set that they were read by. */
const known = new WeakMap<TiffDescription, { url: string; set: ReferenceSet; arrays: ZarrArray[] }>();

/**
 * The levels of a TIFF as arrays, the full resolution first, by references that are made in memory. @param url where it is read.
 * @throws KerchunkError as `previewReferences`.
 */
export async function tiffLevels(tiff: TiffDescription, url: string, opener: SourceOpener): Promise<LevelSource[]> {
  let made = known.get(tiff);
  if (made?.url !== url) {
    const { text, account } = await previewReferences(tiff, url);
    const set = parseReferences(new TextEncoder().encode(text), { url });
    made = { url, set, arrays: account.levels.map(({ path }) => set.array(path)) };
    known.set(tiff, made);
  }
  const { set, arrays } = made;
  return arrays.map((array) => ({ set, array, opener }));
}
