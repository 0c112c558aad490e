import { KerchunkError } from '../errors';
import type { ReferenceSet } from '../references/reference-set';
import type { ChunkReference } from '../references/types';
import { chunkIndices } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';

/** What a set holds for the chunk of a number; undefined where its entry is malformed, which is a finding of its own. */
export function referenceAt(set: ReferenceSet, array: ZarrArray, chunk: number): ChunkReference | undefined {
  try {
    return set.chunk(array.path, chunkIndices(array, chunk));
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return undefined;
  }
}

/** The array at a path; undefined where its metadata cannot be read, which is a finding of its own. */
export function readableArray(set: ReferenceSet, path: string): ZarrArray | undefined {
  try {
    return set.array(path);
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return undefined;
  }
}
