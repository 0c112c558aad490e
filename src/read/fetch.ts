import { throwIfCancelled } from '../bytes/cancel';
import { readRanges, readWhole } from '../bytes/merge';
import type { SourceOpener } from '../bytes/source';
import type { ChunkReference } from '../references/types';
import { MAX_STORED_BYTES } from './lookup';
import type { NeededChunk } from './plan';

/** A chunk of a window whose stored bytes stand somewhere. */
export interface StoredChunk extends NeededChunk {
  reference: Exclude<ChunkReference, { kind: 'absent' }>;
}

export type Fetched = { chunk: StoredChunk } & ({ bytes: Uint8Array } | { error: unknown });

/** Requests at the same time, as browsers allow for one host. */
const CONCURRENCY = 6;
const MAX_BATCH_BYTES = 64 * 2 ** 20;
const MAX_BATCH_CHUNKS = 4096;
/** What a whole file counts for in a batch, as long as its size is not known. */
const ASSUMED_FILE_BYTES = 4 * 2 ** 20;

/**
 * Cuts chunks into batches of at most 64 MiB stored, so that a window never holds all its stored bytes at once. Chunks are put in
 * the order of their bytes in the files, so that neighbours meet in one request.
 */
export function batchesOf(chunks: readonly StoredChunk[]): StoredChunk[][] {
  const sorted = [...chunks].sort((a, b) => compare(a.reference, b.reference));
  const batches: StoredChunk[][] = [];
  let batch: StoredChunk[] = [];
  let bytes = 0;
  for (const chunk of sorted) {
    const length = storedLength(chunk.reference);
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

function compare(a: StoredChunk['reference'], b: StoredChunk['reference']): number {
  const [urlA, urlB] = [addressOf(a), addressOf(b)];
  if (urlA !== urlB) return urlA < urlB ? -1 : 1;
  return offsetOf(a) - offsetOf(b);
}

function addressOf(reference: StoredChunk['reference']): string {
  return reference.kind === 'inline' ? '' : reference.url;
}

function offsetOf(reference: StoredChunk['reference']): number {
  return reference.kind === 'range' ? reference.offset : 0;
}

function storedLength(reference: StoredChunk['reference']): number {
  if (reference.kind === 'inline') return reference.bytes.length;
  return reference.kind === 'range' ? reference.length : ASSUMED_FILE_BYTES;
}

/** Fetches the stored bytes of a batch: the ranges of one file by merged requests, several files side by side. Never rejects. */
export async function fetchBatch(
  batch: readonly StoredChunk[],
  opener: SourceOpener,
  signal: AbortSignal | undefined,
): Promise<Fetched[]> {
  const groups = Object.values(groupByAddress(batch));
  const concurrency = Math.max(1, Math.floor(CONCURRENCY / groups.length));
  const fetched: Fetched[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let group = groups[next++]; group !== undefined; group = groups[next++]) {
      fetched.push(...(await fetchGroup(group, opener, concurrency, signal)));
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, groups.length) }, work));
  return fetched;
}

/** Whole files and inline chunks each in a group of their own: only ranges of one file can share requests. */
function groupByAddress(batch: readonly StoredChunk[]): StoredChunk[][] {
  const ranges = new Map<string, StoredChunk[]>();
  const groups: StoredChunk[][] = [];
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

async function fetchGroup(
  group: readonly StoredChunk[],
  opener: SourceOpener,
  concurrency: number,
  signal: AbortSignal | undefined,
): Promise<Fetched[]> {
  try {
    throwIfCancelled(signal);
    const [first] = group;
    if (first === undefined) return [];
    if (first.reference.kind === 'inline') return [{ chunk: first, bytes: first.reference.bytes }];
    const source = opener.open(first.reference.url);
    if (first.reference.kind === 'file') {
      return [{ chunk: first, bytes: await readWhole(source, MAX_STORED_BYTES - 1, signal) }];
    }
    const ranges = group.map(({ reference }) => ({ offset: offsetOf(reference), length: storedLength(reference) }));
    const results = await readRanges(source, ranges, { concurrency, ...(signal === undefined ? {} : { signal }) });
    return group.map((chunk, i): Fetched => {
      const result = results[i];
      return result?.status === 'fulfilled' ? { chunk, bytes: result.value } : { chunk, error: result?.reason };
    });
  } catch (error) {
    return group.map((chunk) => ({ chunk, error }));
  }
}
