import { onCancel, throwIfCancelled } from '../bytes/cancel';
import type { SourceOpener } from '../bytes/source';
import { decodeChunk } from '../codecs/decode';
import { filledArray } from '../codecs/fill';
import { MAX_DECODED_BYTES } from '../codecs/size';
import { KerchunkError } from '../errors';
import { countInWords, plural } from '../words';
import { storeKey } from '../zarr/grid';
import { elementCount } from '../zarr/shape';
import type { NdArray, ZarrArray } from '../zarr/types';
import type { Fetched, Located, StoredChunk } from './fetch';
import { batchesOf, fetchBatch } from './fetch';
import type { ChunkLookup } from './lookup';
import { findChunk } from './lookup';
import type { Slice } from './plan';
import { checkSlices, chunksOfWindow } from './plan';
import { copyRegion } from './region';

export interface WindowOptions {
  signal?: AbortSignal;
  /** Told, whenever a chunk is in place, how many of the chunks are; absent chunks are at once. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Reads a window of an array: half-open slices, one for each axis. Chunks that lie together in a file are fetched together; absent ones
 * are fill values, and chunks at the array's edges are cut.
 * @throws KerchunkError `invalid-argument` for slices outside the array, `limit-exceeded` above 2 GiB of values or 1,048,576 chunks,
 * `cancelled`, and where any chunk cannot be fetched or decoded, its error with the chunk's key: no value of such a chunk is invented.
 */
export async function readWindow(
  set: ChunkLookup,
  array: ZarrArray,
  slices: readonly Slice[],
  opener: SourceOpener,
  { signal, onProgress }: WindowOptions = {},
): Promise<NdArray> {
  checkSlices(array, slices);
  const shape = slices.map(({ start, stop }) => stop - start);
  refuseTooLarge(array, shape);
  const needed = chunksOfWindow(array, slices);
  const stored = needed.flatMap((chunk): StoredChunk[] => {
    const reference = findChunk(set, array, chunk.indices);
    return reference.kind === 'absent' ? [] : [{ ...chunk, reference }];
  });
  const window = filledArray(shape, array.dataType, array.fillValue);
  const total = needed.length;
  let done = total - stored.length;
  await readBatches(batchesOf(stored, array), array, opener, signal, async (fetched) => {
    refuseFailures(fetched, array);
    for (const item of fetched) {
      throwIfCancelled(signal);
      if (!('bytes' in item)) continue;
      await place(item.bytes, item.chunk, array, window, signal);
      done++;
      onProgress?.(done, total);
    }
  });
  return window;
}

/**
 * Fetches batches in turn, each while the one before it is used; stops what is under way where using one fails.
 * @throws KerchunkError `cancelled`, and what `use` throws; a chunk that could not be fetched stands among the others with its error.
 */
export async function readBatches<Chunk extends Located>(
  batches: readonly Chunk[][],
  array: ZarrArray,
  opener: SourceOpener,
  signal: AbortSignal | undefined,
  use: (fetched: Fetched<Chunk>[]) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const release = onCancel(signal, () => {
    stop.abort();
  });
  try {
    throwIfCancelled(signal);
    let coming = fetchBatch(batches[0] ?? [], array, opener, stop.signal);
    for (let i = 0; i < batches.length; i++) {
      const fetched = await coming;
      coming = fetchBatch(batches[i + 1] ?? [], array, opener, stop.signal);
      await use(fetched);
    }
  } finally {
    release();
    stop.abort();
  }
}

function refuseTooLarge(array: ZarrArray, shape: readonly number[]): void {
  const bytes = elementCount(shape) * array.dataType.itemSize;
  if (bytes <= MAX_DECODED_BYTES) return;
  throw new KerchunkError(
    'limit-exceeded',
    `A window of ${shape.join(' x ')} values of "${array.path}" has ${countInWords(bytes)} bytes; at most ${countInWords(MAX_DECODED_BYTES)} are read at once. Ask for a smaller window.`,
  );
}

/** One chunk that failed fails the window; the message tells how many others did. */
function refuseFailures(fetched: readonly Fetched[], array: ZarrArray): void {
  const failures = fetched.flatMap((item) => ('error' in item ? [item] : []));
  const [first] = failures;
  if (first === undefined) return;
  const others = failures.length === 1 ? '' : ` (and ${plural(failures.length - 1, 'more chunk')})`;
  throw named(first.error, `${storeKey(array, first.chunk.indices)}${others}`);
}

async function place(
  bytes: Uint8Array,
  chunk: StoredChunk,
  array: ZarrArray,
  window: NdArray,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    const decoded = await decodeChunk(bytes, array, chunk.indices, { signal });
    copyRegion(decoded.array, window, chunk.region, array.dataType.itemSize);
  } catch (error) {
    throw named(error, storeKey(array, chunk.indices));
  }
}

/** The same failure, with the key of the chunk in front; a cancelled read stays as it is. */
function named(error: unknown, key: string): KerchunkError {
  if (!(error instanceof KerchunkError)) {
    return new KerchunkError('decode-failed', `Chunk ${key}: ${String(error)}`, { cause: error });
  }
  if (error.code === 'cancelled') return error;
  return new KerchunkError(error.code, `Chunk ${key}: ${error.message}`, { cause: error });
}
