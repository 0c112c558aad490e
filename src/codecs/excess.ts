import { tooLong } from './size';
import type { CodecContext } from './types';

/**
 * Decoders of streams without a length of their own stop at the size of the chunk and only count what comes after it. A few
 * bytes come from a byte count that is too large, or from padding, and libtiff drops them too.
 */
const TOLERATED = 64;
const COUNT_FACTOR = 8;
const COUNT_AT_LEAST = 2 ** 20;

/** Bytes after which counting stops. */
export function countLimit(limit: number): number {
  return Math.max(COUNT_AT_LEAST, limit * COUNT_FACTOR);
}

/**
 * Refuses output that goes on beyond the chunk: its shape or dtype is not that of the data, and what was kept would be wrong
 * pixels. `total` counts what was dropped too; `ended` says that the stream itself marked its end there.
 * @throws KerchunkError `decode-failed` or `limit-exceeded`.
 */
export function refuseExcess(total: number, ended: boolean, context: CodecContext): void {
  const tolerated = ended ? 0 : TOLERATED;
  if (total > context.limit + tolerated) throw tooLong(total, context, total >= countLimit(context.limit));
}
