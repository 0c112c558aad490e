import type { JsonObject } from '../json';
import type { ChunkReference } from '../references/types';
import type { ZarrArray } from '../zarr/types';

/** Where the stored bytes of one chunk are: in a range of a file, in a whole file, or in the references themselves. */
export type ManifestEntry = Exclude<ChunkReference, { kind: 'absent' }>;

/** One array: its metadata, and where each of its chunks is. */
export interface ManifestArray {
  array: ZarrArray;
  /** The metadata as they are written: `.zarray` without attributes, or `zarr.json` with them; `array` says the same. */
  document: JsonObject;
  /**
   * The chunks that have an entry, by number in C order (last axis fastest), ascending, each once; a chunk that is not among them reads as
   * the fill value. It may be called more than once, and keeps nothing in memory.
   * @throws KerchunkError `malformed-reference` where an entry cannot be understood.
   */
  entries: () => Iterable<readonly [chunk: number, entry: ManifestEntry]>;
}

export interface ManifestGroup {
  /** Path without leading or trailing slash; '' is the root. */
  path: string;
  zarrFormat: 2 | 3;
  attributes: JsonObject;
}

/**
 * A reference set as something to be changed and written in any form: what VirtualiZarr calls a ManifestStore. Every group stands before what
 * lies in it, the root first; an array's path is in `array`. Consolidated metadata are no part of it: who writes makes them.
 */
export interface Manifest {
  groups: ManifestGroup[];
  arrays: ManifestArray[];
}
