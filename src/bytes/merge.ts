import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import { displayAddress } from './address';
import { throwIfCancelled } from './cancel';
import { type PlannedRequest, planRequests } from './plan';
import { type ByteRange, clampLength, copyBytes } from './range';
import type { ByteSource } from './source';

/** Bytes between two ranges that one request may fetch in vain, unless told otherwise; as in fsspec. */
export const READ_GAP = 64_000;
/** Bytes of a merged request at most, unless told otherwise. */
export const READ_CAP = 16 * 2 ** 20;

/** How many ranges are read together. */
export interface ReadRangesOptions {
  /** Bytes between two ranges that one request may fetch in vain; by default `READ_GAP`. */
  gap?: number;
  /** Bytes of a merged request at most; by default `READ_CAP`. */
  cap?: number;
  /** Requests at the same time at most, by default 6, as browsers allow for one host. */
  concurrency?: number;
  signal?: AbortSignal;
  /** Told, whenever a request is over, how many of the ranges are settled. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Reads many ranges of one source with as few requests as the options allow; what the source holds already costs none.
 * The result has one entry for each range, in the same order: its bytes, whole and in a buffer of their own, or the KerchunkError
 * that concerns it (`short-read` where the source ends inside it, `cancelled`, `invalid-argument`, …). A failed request
 * fails the ranges that were merged into it and no others.
 */
export async function readRanges(
  source: ByteSource,
  ranges: readonly ByteRange[],
  options: ReadRangesOptions = {},
): Promise<PromiseSettledResult<Uint8Array>[]> {
  const { gap = READ_GAP, cap = READ_CAP, concurrency = 6, signal, onProgress } = options;
  const results = new Array<PromiseSettledResult<Uint8Array>>(ranges.length);
  const missing: (ByteRange & { index: number })[] = [];
  ranges.forEach((range, index) => {
    const known = settledAtOnce(source, range);
    if (known === undefined) missing.push({ ...range, index });
    else results[index] = known;
  });
  const requests = planRequests(missing, gap, cap);
  let done = ranges.length - missing.length;
  let next = 0;
  const work = async (): Promise<void> => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      await serve(source, request, ranges, results, signal);
      done += request.members.length;
      onProgress?.(done, ranges.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, requests.length) }, work));
  return results;
}

/** The outcome of a range that needs no request: an impossible or empty one, and one that the source holds. */
function settledAtOnce(source: ByteSource, range: ByteRange): PromiseSettledResult<Uint8Array> | undefined {
  try {
    const size = source.size();
    const available = clampLength(range, size);
    if (size !== undefined && available < range.length) return failed(endsEarly(source, range, size));
    const held = range.length === 0 ? new Uint8Array(0) : source.held?.(range.offset, range.length);
    return held === undefined ? undefined : { status: 'fulfilled', value: held };
  } catch (error) {
    return failed(error);
  }
}

/** Makes one request and notes the outcome of each range that it serves. */
async function serve(
  source: ByteSource,
  request: PlannedRequest,
  ranges: readonly ByteRange[],
  results: PromiseSettledResult<Uint8Array>[],
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    throwIfCancelled(signal);
    const block = await source.read(request.offset, request.length, signal);
    for (const index of request.members) {
      const range = ranges[index];
      if (range !== undefined) results[index] = cut(source, block, request, range);
    }
  } catch (error) {
    for (const index of request.members) results[index] = failed(error);
  }
}

function cut(
  source: ByteSource,
  block: Uint8Array,
  request: PlannedRequest,
  range: ByteRange,
): PromiseSettledResult<Uint8Array> {
  const start = range.offset - request.offset;
  const end = start + range.length;
  if (end > block.length) return failed(endsEarly(source, range, request.offset + block.length));
  return { status: 'fulfilled', value: request.members.length === 1 ? block : copyBytes(block, start, end) };
}

function failed(reason: unknown): PromiseRejectedResult {
  return { status: 'rejected', reason };
}

function endsEarly(source: ByteSource, range: ByteRange, end: number): KerchunkError {
  const last = range.offset + range.length - 1;
  return new KerchunkError(
    'short-read',
    `${displayAddress(source.url)} ends at byte ${countInWords(end)}, but bytes ${countInWords(range.offset)}-${countInWords(last)} are needed: the file is cut off, or another one than is meant.`,
  );
}

/**
 * All bytes of the half-open range [offset, offset + length).
 * @throws KerchunkError `short-read` where the source ends inside it, and whatever the source throws.
 */
export async function readExactly(
  source: ByteSource,
  offset: number,
  length: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const bytes = await source.read(offset, length, signal);
  if (bytes.length < length) throw endsEarly(source, { offset, length }, source.size() ?? offset + bytes.length);
  return bytes;
}

/**
 * All bytes of a source of at most `limit` bytes, in one request where the size is not known yet.
 * @throws KerchunkError `limit-exceeded` where there are more, and whatever the source throws.
 */
export async function readWhole(source: ByteSource, limit: number, signal?: AbortSignal): Promise<Uint8Array> {
  const size = source.size();
  const bytes = size !== undefined && size > limit ? undefined : await source.read(0, limit + 1, signal);
  if (bytes !== undefined && bytes.length <= limit) return bytes;
  const known = source.size();
  throw new KerchunkError(
    'limit-exceeded',
    `${displayAddress(source.url)} has ${known === undefined ? `more than ${countInWords(limit)}` : countInWords(known)} bytes; at most ${countInWords(limit)} are read as a whole.`,
  );
}
