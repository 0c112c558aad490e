import { throwIfCancelled } from '../bytes/cancel';
import { READ_CAP, READ_GAP, readRanges } from '../bytes/merge';
import { planRequests } from '../bytes/plan';
import type { SourceOpener } from '../bytes/source';
import { elementCount } from '../zarr/shape';
import type { ChunkReference } from '../references/types';
import type { NeededChunk } from './plan';
import type { StoredModel } from './stored';
import { readStored, tooLongRange } from './stored';

/** Where the stored bytes of a chunk stand. */
export interface Located {
  reference: Exclude<ChunkReference, { kind: 'absent' }>;
}

/** A chunk of a window whose stored bytes stand somewhere. */
export interface StoredChunk extends NeededChunk, Located {}

export type Fetched<Chunk extends Located = StoredChunk> = { chunk: Chunk } & (
  { bytes: Uint8Array } | { error: unknown }
);

/** Requests at the same time, as browsers allow for one host. */
const CONCURRENCY = 6;
const MAX_BATCH_BYTES = 64 * 2 ** 20;
const MAX_BATCH_CHUNKS = 4096;
/** What a whole file counts for in a batch at least: its size is not known before it is fetched. */
const ASSUMED_FILE_BYTES = 4 * 2 ** 20;

/**
 * Cuts chunks into batches of at most 64 MiB stored, so that a window never holds all its stored bytes at once; a whole file counts as
 * much as the chunk has in memory, which it cannot exceed by far. Chunks are put in the order of their bytes in the files, so that
 * neighbours meet in one request.
 */
export function batchesOf<Chunk extends Located>(
  chunks: readonly Chunk[],
  { chunkShape, dataType }: Pick<StoredModel, 'chunkShape' | 'dataType'>,
): Chunk[][] {
  const fileBytes = Math.max(ASSUMED_FILE_BYTES, elementCount(chunkShape) * dataType.itemSize);
  const sorted = [...chunks].sort((a, b) => compare(a.reference, b.reference));
  const batches: Chunk[][] = [];
  let batch: Chunk[] = [];
  let bytes = 0;
  for (const chunk of sorted) {
    const length = chunk.reference.kind === 'file' ? fileBytes : storedLength(chunk.reference);
    if (batch.length > 0 && (bytes + length > MAX_BATCH_BYTES || batch.length === MAX_BATCH_CHUNKS)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(chunk);
    bytes += length;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

function compare(a: Located['reference'], b: Located['reference']): number {
  const [urlA, urlB] = [addressOf(a), addressOf(b)];
  if (urlA !== urlB) return urlA < urlB ? -1 : 1;
  return offsetOf(a) - offsetOf(b);
}

function addressOf(reference: Located['reference']): string {
  return reference.kind === 'inline' ? '' : reference.url;
}

function offsetOf(reference: Located['reference']): number {
  return reference.kind === 'range' ? reference.offset : 0;
}

function storedLength(reference: Exclude<StoredChunk['reference'], { kind: 'file' }>): number {
  return reference.kind === 'inline' ? reference.bytes.length : reference.length;
}

/** Fetches the stored bytes of a batch: the ranges of one file by merged requests, several files side by side. Never rejects. */
export async function fetchBatch<Chunk extends Located>(
  batch: readonly Chunk[],
  model: StoredModel,
  opener: SourceOpener,
  signal: AbortSignal | undefined,
): Promise<Fetched<Chunk>[]> {
  const groups = Object.values(groupByAddress(batch));
  const concurrency = Math.max(1, Math.floor(CONCURRENCY / groups.length));
  const fetched: Fetched<Chunk>[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let group = groups[next++]; group !== undefined; group = groups[next++]) {
      fetched.push(...(await fetchGroup(group, model, opener, concurrency, signal)));
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, groups.length) }, work));
  return fetched;
}

/** A request that reading makes: the half-open range [offset, offset + length), or all of the file, and the chunks that it serves. */
export interface ChunkRequest {
  url: string;
  range: { offset: number; length: number } | 'whole';
  chunks: StoredChunk[];
}

/** The requests that `fetchBatch` makes for a batch where nothing of it is at hand and nothing fails. */
export function requestsOf(batch: readonly StoredChunk[]): ChunkRequest[] {
  return groupByAddress(batch).flatMap((group): ChunkRequest[] => {
    const [first] = group;
    if (first === undefined || first.reference.kind === 'inline') return [];
    const { url } = first.reference;
    if (first.reference.kind === 'file') return [{ url, range: 'whole', chunks: group }];
    const ranges = group.flatMap(({ reference }, index) =>
      reference.kind === 'range' && reference.length > 0
        ? [{ offset: reference.offset, length: reference.length, index }]
        : [],
    );
    return planRequests(ranges, READ_GAP, READ_CAP).map(({ offset, length, members }) => ({
      url,
      range: { offset, length },
      chunks: members.flatMap((member) => group[member] ?? []),
    }));
  });
}

/** Whole files and inline chunks each in a group of their own: only ranges of one file can share requests. */
function groupByAddress<Chunk extends Located>(batch: readonly Chunk[]): Chunk[][] {
  const ranges = new Map<string, Chunk[]>();
  const groups: Chunk[][] = [];
  for (const chunk of batch) {
    const { reference } = chunk;
    const known = reference.kind === 'range' ? ranges.get(reference.url) : undefined;
    if (known !== undefined) {
      known.push(chunk);
      continue;
    }
    const group = [chunk];
    groups.push(group);
    if (reference.kind === 'range') ranges.set(reference.url, group);
  }
  return groups;
}

async function fetchGroup<Chunk extends Located>(
  group: readonly Chunk[],
  model: StoredModel,
  opener: SourceOpener,
  concurrency: number,
  signal: AbortSignal | undefined,
): Promise<Fetched<Chunk>[]> {
  try {
    throwIfCancelled(signal);
    const [first] = group;
    if (first === undefined) return [];
    if (first.reference.kind !== 'range') {
      return [{ chunk: first, bytes: await readStored(first.reference, model, opener, signal) }];
    }
    const ranges = group.flatMap(({ reference }) => (reference.kind === 'range' ? [reference] : []));
    const tooLong = group.flatMap((chunk, i): Fetched<Chunk>[] => {
      const range = ranges[i];
      const error = range === undefined ? undefined : tooLongRange(range, model);
      return error === undefined ? [] : [{ chunk, error }];
    });
    // One fails the window, so that the others would be fetched in vain.
    if (tooLong.length > 0) return tooLong;
    const results = await readRanges(opener.open(first.reference.url), ranges, {
      concurrency,
      ...(signal === undefined ? {} : { signal }),
    });
    return group.map((chunk, i): Fetched<Chunk> => {
      const result = results[i];
      return result?.status === 'fulfilled' ? { chunk, bytes: result.value } : { chunk, error: result?.reason };
    });
  } catch (error) {
    return group.map((chunk) => ({ chunk, error }));
  }
}
