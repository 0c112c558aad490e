import { shardOfChunk } from '../codecs/sharding';
import { KerchunkError } from '../errors';
import type { ZarrArray } from '../zarr/types';
import type { ChunkEntry, LoadedChunk } from './load-chunk';
import type { ShardPreview } from './types';

/** Chunks inside a shard that are listed. */
const MOST_LISTED = 1000;

/** The chunks inside a chunk that is a shard; undefined for one that is none or has its axes transposed, and where decoding did not come to its index. @throws KerchunkError `cancelled`. */
export async function shardPreview(
  array: ZarrArray,
  { request }: Pick<ChunkEntry, 'request'>,
  { stages }: LoadedChunk,
  signal: AbortSignal,
): Promise<ShardPreview | undefined> {
  if (stages.length === 0) return undefined;
  let shard: Awaited<ReturnType<typeof shardOfChunk>>;
  try {
    shard = await shardOfChunk(array, stages, signal);
  } catch (error) {
    // Why is the outcome of the chunk.
    if (error instanceof KerchunkError && error.code !== 'cancelled') return undefined;
    throw error;
  }
  if (shard === undefined || shard === 'transposed') return undefined;
  const { chunkShape, chunks, isStoredAsIs } = shard;
  const isOfFile = isStoredAsIs && request !== null;
  const from = isOfFile ? request.start : 0;
  return {
    chunkShape,
    isOfFile,
    count: chunks.length,
    absent: chunks.filter(({ range }) => range === undefined).length,
    chunks: chunks.slice(0, MOST_LISTED).map(({ indices, range }) => {
      if (range === undefined) return { indices, start: null, end: null };
      return { indices, start: from + range.offset, end: from + range.offset + range.length - 1 };
    }),
  };
}
