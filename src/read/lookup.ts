import { resolveTarget } from '../bytes/address';
import { KerchunkError } from '../errors';
import type { ChunkReference } from '../references/types';
import { chunkKey, gridShape, isInGrid } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';

/** The part of a reference set that reading needs. */
export interface ChunkLookup {
  /** Address of the reference file, against which relative targets resolve. */
  readonly url?: string;
  /** What is stored for a chunk, by array path and indices. */
  chunk(path: string, indices: readonly number[]): ChunkReference;
}

/**
 * The reference of a chunk, its target made absolute.
 * @throws KerchunkError `invalid-argument` for indices outside the grid and for a target that cannot be resolved, and what the
 * set throws.
 */
export function findChunk(set: ChunkLookup, array: ZarrArray, indices: readonly number[]): ChunkReference {
  if (!isInGrid(array, indices)) {
    throw new KerchunkError(
      'invalid-argument',
      `Array "${array.path}" has no chunk ${chunkKey(array, indices)}: its grid is [${gridShape(array).join(', ')}].`,
    );
  }
  const reference = set.chunk(array.path, indices);
  if (reference.kind !== 'range' && reference.kind !== 'file') return reference;
  return { ...reference, url: resolveTarget(reference.url, set.url) };
}
