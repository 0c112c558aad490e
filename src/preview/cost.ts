import { displayAddress } from '../bytes/address';
import { KerchunkError } from '../errors';
import { type ChunkRequest, batchesOf, requestsOf, type StoredChunk } from '../read/fetch';
import { findChunk } from '../read/lookup';
import { checkSlices, chunksOfWindow, type Slice } from '../read/plan';
import type { ReferenceSet } from '../references/reference-set';
import { isStop, type Steps } from '../steps';
import { elementCount } from '../zarr/shape';
import type { ZarrArray } from '../zarr/types';
import type { CostRequest, WindowCost } from './cost-types';
import { otherLayouts } from './layout-cost';

/** Requests that are listed one by one. */
const MOST_LISTED = 100;

/**
 * What it takes to read a window: half-open slices, one for each axis. Nothing is fetched.
 * @throws KerchunkError as `ReferenceSet.array`; `invalid-argument` for slices outside the array; `limit-exceeded` above 1,048,576 chunks.
 */
export function* costOf(set: ReferenceSet, path: string, slices: readonly Slice[]): Steps<WindowCost> {
  const array = set.array(path);
  checkSlices(array, slices);
  const needed = chunksOfWindow(array, slices);
  const counts = { inline: 0, absent: 0, broken: 0 };
  const stored: StoredChunk[] = [];
  for (const [i, chunk] of needed.entries()) {
    if (isStop(i)) yield;
    const reference = referenceOf(set, array, chunk.indices);
    if (reference === undefined) counts.broken += 1;
    else if (reference.kind === 'absent') counts.absent += 1;
    else stored.push({ ...chunk, reference });
    if (reference?.kind === 'inline') counts.inline += 1;
  }
  const requests: ChunkRequest[] = [];
  for (const batch of batchesOf(stored, array)) {
    for (const request of requestsOf(batch)) requests.push(request);
    yield;
  }
  const chunkBytes = elementCount(array.chunkShape) * array.dataType.itemSize;
  const merged = { requests: requests.length, bytes: sumOf(requests, bytesOf) };
  return {
    path,
    slices,
    chunks: needed.length,
    ...counts,
    ...unmergedCost(stored),
    merged,
    gapBytes: merged.bytes - sumOf(requests, namedBytes),
    askedBytes: slices.reduce((product, { start, stop }) => product * (stop - start), array.dataType.itemSize),
    decodedBytes: stored.length * chunkBytes,
    requests: requests.slice(0, MOST_LISTED).map(listed),
    layouts: otherLayouts(array, slices, ratioOf(set, array, chunkBytes)),
  };
}

function referenceOf(set: ReferenceSet, array: ZarrArray, indices: readonly number[]) {
  try {
    return findChunk(set, array, indices);
  } catch (error) {
    if (error instanceof KerchunkError) return undefined;
    throw error;
  }
}

function unmergedCost(stored: readonly StoredChunk[]): Pick<WindowCost, 'unmerged' | 'files' | 'wholes'> {
  const files = new Set<string>();
  const unmerged = { requests: 0, bytes: 0 };
  let wholes = 0;
  for (const { reference } of stored) {
    if (reference.kind === 'inline') continue;
    files.add(reference.url);
    if (reference.kind === 'file') wholes += 1;
    else if (reference.length > 0) unmerged.bytes += reference.length;
    if (reference.kind === 'file' || reference.length > 0) unmerged.requests += 1;
  }
  return { unmerged, files: files.size, wholes };
}

function sumOf<T>(items: readonly T[], valueOf: (item: T) => number): number {
  return items.reduce((sum, item) => sum + valueOf(item), 0);
}

function bytesOf({ range }: ChunkRequest): number {
  return range === 'whole' ? 0 : range.length;
}

/** Bytes of a request that its chunks name, each once. The chunks are in the order of their bytes. */
function namedBytes({ chunks }: ChunkRequest): number {
  let [named, end] = [0, 0];
  for (const { reference } of chunks) {
    if (reference.kind !== 'range') continue;
    const stop = reference.offset + reference.length;
    named += Math.max(0, stop - Math.max(end, reference.offset));
    end = Math.max(end, stop);
  }
  return named;
}

function listed({ url, range, chunks }: ChunkRequest): CostRequest {
  const [start, end] = range === 'whole' ? [null, null] : [range.offset, range.offset + range.length - 1];
  return { shownUrl: displayAddress(url), start, end, chunks: chunks.length };
}

/** Stored bytes for each decoded byte, of the chunks that are there; 1 where none tells. */
function ratioOf(set: ReferenceSet, { path }: ZarrArray, chunkBytes: number): number {
  const { ranges, inline } = set.coverage(path);
  const decoded = (ranges + inline) * chunkBytes;
  const stored = set.storedBytes(path);
  return decoded === 0 || stored === 0 ? 1 : stored / decoded;
}
