import { resolveTarget } from '../bytes/address';
import { throwIfCancelled } from '../bytes/cancel';
import type { SourceOpener } from '../bytes/source';
import { describeError, KerchunkError } from '../errors';
import { batchesOf, type Fetched, type StoredChunk } from '../read/fetch';
import { tooLongRange } from '../read/stored';
import { readBatches } from '../read/window';
import type { ReferenceSet } from '../references/reference-set';
import type { ChunkReference } from '../references/types';
import type { ZarrArray } from '../zarr/types';

/** A chunk whose bytes are wanted; `reference` as the set holds it. */
export interface WantedChunk {
  indices: readonly number[];
  reference: Exclude<ChunkReference, { kind: 'absent' }>;
}

/** Bytes of a chunk, or why there are none. */
export type Brought = { bytes: Uint8Array } | { error: KerchunkError };

/** Chunks that are put in order and merged at a time. */
const AT_ONCE = 4096;

/** The part of a window that a chunk fills; there is no window here. */
const noRegion = { sourceStart: [], targetStart: [], size: [] };

/**
 * Fetches chunks by merged requests, as many as fit in memory at a time, and hands each on with its bytes or its error; those of a file lie in
 * the order of their bytes.
 * @throws KerchunkError `cancelled`, and what `use` throws.
 */
export async function fetchChunks<Wanted extends WantedChunk>(
  set: ReferenceSet,
  array: ZarrArray,
  wanted: AsyncIterable<Wanted>,
  opener: SourceOpener,
  signal: AbortSignal | undefined,
  use: (chunk: Wanted, brought: Brought) => Promise<void>,
): Promise<void> {
  let some: Wanted[] = [];
  for await (const chunk of wanted) {
    some.push(chunk);
    if (some.length < AT_ONCE) continue;
    await fetchSome(set, array, some, opener, signal, use);
    some = [];
  }
  await fetchSome(set, array, some, opener, signal, use);
}

async function fetchSome<Wanted extends WantedChunk>(
  set: ReferenceSet,
  array: ZarrArray,
  wanted: readonly Wanted[],
  opener: SourceOpener,
  signal: AbortSignal | undefined,
  use: (chunk: Wanted, brought: Brought) => Promise<void>,
): Promise<void> {
  const owners = new Map<StoredChunk, Wanted>();
  for (const chunk of wanted) {
    try {
      const reference = resolved(chunk.reference, set.url);
      const tooLong = reference.kind === 'range' ? tooLongRange(reference, array) : undefined;
      if (tooLong !== undefined) throw tooLong;
      owners.set({ indices: [...chunk.indices], region: noRegion, reference }, chunk);
    } catch (error) {
      await use(chunk, { error: asError(error) });
    }
  }
  await readBatches(batchesOf([...owners.keys()], array), array, opener, signal, async (fetched) => {
    for (const item of fetched) {
      throwIfCancelled(signal);
      const owner = owners.get(item.chunk);
      if (owner !== undefined) await use(owner, broughtBy(item));
    }
  });
}

function broughtBy(item: Fetched): Brought {
  return 'bytes' in item ? { bytes: item.bytes } : { error: asError(item.error) };
}

function asError(error: unknown): KerchunkError {
  if (error instanceof KerchunkError && error.code !== 'cancelled') return error;
  const { code, message } = describeError(error, 'fetch-failed');
  if (code === 'cancelled') throw error;
  return new KerchunkError(code, message, { cause: error });
}

function resolved(reference: WantedChunk['reference'], base: string | undefined): WantedChunk['reference'] {
  return reference.kind === 'inline' ? reference : { ...reference, url: resolveTarget(reference.url, base) };
}
