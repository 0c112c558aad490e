import { displayAddress, resolveTarget } from '../bytes/address';
import { describeError, KerchunkError } from '../errors';
import { decodeChunk } from '../codecs/decode';
import { DecodeError } from '../codecs/decode-error';
import type { Stage } from '../codecs/types';
import { readStored } from '../read/stored';
import type { ChunkReference } from '../references/types';
import { gridShape, isInGrid, storeKey } from '../zarr/grid';
import type { NdArray, ZarrArray } from '../zarr/types';
import { curlCommand } from './curl';
import { textRange, type PreviewDocument } from './document';
import type { ChunkPreview, TextRange } from './types';

/** Why there are no values. */
export type Failure = ReturnType<typeof describeError>;

/** What the reference file says of a chunk. */
export interface ChunkEntry {
  key: string;
  indices: readonly number[];
  kind: ChunkPreview['reference'];
  /** Its target made absolute; absent where the entry is malformed, or its target cannot be. */
  reference?: ChunkReference;
  request: ChunkPreview['request'];
  range: TextRange | null;
  /** Stored bytes, where the entry tells. */
  storedBytes: number | null;
  failure?: Failure;
}

/** A chunk as far as it could be read. */
export interface LoadedChunk {
  stored?: Uint8Array;
  stages: readonly Stage[];
  values?: NdArray;
  failure?: Failure;
  /** As `DecodeError.step`, of the failure. */
  stopped?: DecodeError['step'];
}

/**
 * The array at a path, and the entry of one of its chunks.
 * @throws KerchunkError as `ReferenceSet.array`, and `invalid-argument` for indices outside the grid.
 */
export function findEntry(
  { set, positions }: PreviewDocument,
  path: string,
  indices: readonly number[],
): { array: ZarrArray; entry: ChunkEntry } {
  const array = set.array(path);
  if (!isInGrid(array, indices)) {
    throw new KerchunkError(
      'invalid-argument',
      `Array "${path}" has no chunk [${indices.join(', ')}]: its grid is [${gridShape(array).join(', ')}].`,
    );
  }
  const key = storeKey(array, indices);
  const span = set.entrySpan(key);
  const place = { key, indices, range: span === undefined ? null : textRange(positions, span) };
  let reference: ChunkReference;
  try {
    reference = set.chunk(path, indices);
  } catch (error) {
    return { array, entry: { ...place, kind: 'broken', request: null, storedBytes: null, failure: failureOf(error) } };
  }
  return { array, entry: { ...place, ...resolved(reference, set.url) } };
}

function resolved(reference: ChunkReference, base: string | undefined): Omit<ChunkEntry, 'key' | 'indices' | 'range'> {
  const { kind } = reference;
  if (kind === 'absent') return { kind, reference, request: null, storedBytes: null };
  if (kind === 'inline') return { kind, reference, request: null, storedBytes: reference.bytes.length };
  const storedBytes = kind === 'range' ? reference.length : null;
  try {
    const url = resolveTarget(reference.url, base);
    const [start, end] = kind === 'range' ? [reference.offset, reference.offset + reference.length - 1] : [0, null];
    const request = { url, shownUrl: displayAddress(url), start, end, curl: curlCommand(url, start, end) };
    return { kind, reference: { ...reference, url }, request, storedBytes };
  } catch (error) {
    return { kind, request: null, storedBytes, failure: failureOf(error) };
  }
}

/**
 * Fetches and decodes a chunk. What fails becomes a failure with the stages so far; `storedLimit` is for chunks that are a whole file.
 * @throws KerchunkError `cancelled`.
 */
export async function loadChunk(
  { opener }: PreviewDocument,
  array: ZarrArray,
  { indices, reference, failure }: ChunkEntry,
  signal: AbortSignal,
  storedLimit?: number,
): Promise<LoadedChunk> {
  if (failure !== undefined) return { stages: [], failure };
  if (reference === undefined || reference.kind === 'absent') return { stages: [] };
  let stored: Uint8Array;
  try {
    stored = await readStored(reference, array, opener, signal, storedLimit);
  } catch (error) {
    return { stages: [], failure: failureOf(error) };
  }
  return decodeStored(stored, array, indices, signal);
}

/** Decodes the bytes that a chunk is stored in. What fails becomes a failure with the stages so far. @throws KerchunkError `cancelled`. */
export async function decodeStored(
  stored: Uint8Array,
  array: ZarrArray,
  indices: readonly number[],
  signal?: AbortSignal,
): Promise<LoadedChunk> {
  try {
    const { stages, array: values } = await decodeChunk(stored, array, indices, { signal });
    return { stored, stages, values };
  } catch (error) {
    const failure = failureOf(error);
    return error instanceof DecodeError
      ? { stored, stages: error.stages, failure, stopped: error.step }
      : { stored, stages: [], failure };
  }
}

/** @throws the error itself where it is `cancelled`, or no failure of reading. */
export function failureOf(error: unknown): Failure {
  const failure = describeError(error, 'decode-failed');
  if (failure.code === 'cancelled') throw error;
  return failure;
}
