import type { ChunkInEncoding, WhatIf } from './what-if-types';
import { KerchunkError } from '../errors';
import { tightCopy } from '../tight';
import { insideOf } from '../read/inside';
import { readStored } from '../read/stored';
import type { ZarrArray } from '../zarr/types';
import { changedArray } from './changed-array';
import { outcomeOf } from './chunk-preview';
import type { PreviewDocument } from './document';
import type { Encoding } from './encoding-text';
import { keptBytes } from './kept-chunk';
import { type ChunkEntry, decodeStored, failureOf, findEntry, type LoadedChunk } from './load-chunk';
import { stoppedStep, summariseStages } from './stages';

/**
 * Decodes a chunk as if its array had another encoding: of the chunk that was previewed last the bytes that are kept, of any other, and of one
 * that is too large to be kept, the bytes read again. The file is not touched.
 * @throws KerchunkError as `findEntry`; `cancelled`.
 */
export async function whatIf(
  document: PreviewDocument,
  { path, indices, encoding }: ChunkInEncoding & { encoding: Encoding },
  signal: AbortSignal,
): Promise<WhatIf> {
  const { array, entry } = findEntry(document, path, indices);
  const changed = await changedArray(document, path, encoding, signal);
  if (changed.array === undefined) return { faults: changed.faults, result: null };
  const loaded = await decoded(document, array, entry, changed.array, signal);
  return {
    faults: changed.faults,
    result: {
      stages: summariseStages(loaded.stages, changed.array),
      stopped: stoppedStep(loaded, changed.array),
      outcome: outcomeOf(changed.array, entry, loaded, insideOf(changed.array, indices)).outcome,
    },
  };
}

/** The stored bytes are those that the file's own metadata allow a chunk to have. */
async function decoded(
  document: PreviewDocument,
  array: ZarrArray,
  { indices, reference, failure }: ChunkEntry,
  changed: ZarrArray,
  signal: AbortSignal,
): Promise<LoadedChunk> {
  const kept = keptBytes(document, array.path, indices);
  if (kept !== undefined) return decodeStored(kept, changed, indices, signal);
  if (failure !== undefined) return { stages: [], failure };
  if (reference === undefined || reference.kind === 'absent') return { stages: [] };
  try {
    const stored = await readStored(reference, array, document.opener, signal);
    return await decodeStored(stored, changed, indices, signal);
  } catch (error) {
    return { stages: [], failure: failureOf(error) };
  }
}

/** Bytes of a stage that are sent at once at most. */
const MOST_BYTES = 65_536;

/**
 * Bytes of one stage of a chunk's decoding, from `offset` on: `length` of them, or as many as there are, 65,536 at most. Empty where decoding does
 * not come to that stage, or it has no bytes there.
 * @throws KerchunkError as `whatIf`.
 */
export async function stageBytes(
  document: PreviewDocument,
  {
    path,
    indices,
    encoding,
    stage,
    offset,
    length,
  }: ChunkInEncoding & { stage: number; offset: number; length: number },
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  const { array, entry } = findEntry(document, path, indices);
  const changed = encoding === null ? array : (await changedArray(document, path, encoding, signal)).array;
  if (changed === undefined) return new ArrayBuffer(0);
  const { stages, failure } = await decoded(document, array, entry, changed, signal);
  if (stages.length === 0 && failure !== undefined) throw new KerchunkError(failure.code, failure.message);
  const end = offset + Math.min(length, MOST_BYTES);
  return tightCopy(stages[stage]?.bytes.subarray(offset, end) ?? new Uint8Array());
}
