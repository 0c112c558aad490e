import { KerchunkError } from '../../errors';
import { chunkCount, keyBelow } from '../../zarr/grid';
import type { ReferenceSet } from '../reference-set';
import type { ChunkReference } from '../types';

/**
 * Chunks of an array's grid; undefined for an array whose chunks stand in no record files: one that is zarr v3, at the root, whose metadata
 * cannot be read, or whose path leads out of the folder of the set.
 */
export function recordedChunks(set: ReferenceSet, path: string): number | undefined {
  const leadsOut = path.split('/').some((part) => ['', '.', '..'].includes(part) || part.includes('\\'));
  if (leadsOut || set.document(keyBelow(path, '.zarray')) === undefined) return undefined;
  try {
    return chunkCount(set.array(path));
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return undefined;
  }
}

/** A reference whose relative path, which is seen from the array's folder, is seen from the set's. */
export function belowSet(reference: ChunkReference, path: string): ChunkReference {
  if (reference.kind !== 'range' && reference.kind !== 'file') return reference;
  return { ...reference, url: targetBelowSet(reference.url, path) };
}

/** As `belowSet`, of an address. Addresses with a scheme and absolute paths stay. */
export function targetBelowSet(url: string, path: string): string {
  return /^(?:[a-z][a-z0-9+.-]*:|[/\\])/iu.test(url) ? url : `${path}/${url}`;
}
