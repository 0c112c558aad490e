import type { SourceOpener } from '../bytes/source';
import { decodeChunk } from '../codecs/decode';
import { fillChunk } from '../codecs/fill';
import type { DecodedChunk } from '../codecs/types';
import type { ChunkReference } from '../references/types';
import type { NdArray, ZarrArray } from '../zarr/types';
import type { ChunkLookup } from './lookup';
import { findChunk } from './lookup';
import { readStored } from './stored';

/** One chunk as it was read. */
export interface ChunkReading {
  /** What the reference set holds for it, its target made absolute. */
  reference: ChunkReference;
  /** The bytes that were asked for: `end` is inclusive, as in the Range header. Undefined for inline and absent chunks. */
  request?: { url: string; start: number; end: number };
  /** Every step of decoding; undefined for an absent chunk. */
  decoded?: DecodedChunk;
  /** The values, of the chunk's whole shape, beyond the array's edges too. */
  array: NdArray;
}

/**
 * Reads and decodes one chunk; an absent one is its fill value.
 * @throws KerchunkError `invalid-argument` for indices outside the grid, what fetching throws (`fetch-failed`, `short-read`, `cancelled`),
 * and DecodeError. A chunk that cannot be fetched or decoded is never given as fill values.
 */
export async function readChunk(
  set: ChunkLookup,
  array: ZarrArray,
  indices: readonly number[],
  opener: SourceOpener,
  { signal }: { signal?: AbortSignal } = {},
): Promise<ChunkReading> {
  const reference = findChunk(set, array, indices);
  if (reference.kind === 'absent') return { reference, array: fillChunk(array) };
  const stored = await readStored(reference, array, opener, signal);
  const decoded = await decodeChunk(stored, array, indices, { signal });
  const reading: ChunkReading = { reference, decoded, array: decoded.array };
  if (reference.kind === 'inline') return reading;
  const start = reference.kind === 'range' ? reference.offset : 0;
  return { ...reading, request: { url: reference.url, start, end: start + stored.length - 1 } };
}
