import { damaged } from './decode-error';

/** What stands around a DEFLATE stream (RFC 1951): zlib (RFC 1950), gzip (RFC 1952, members may follow one another) or nothing. */
export type InflateFormat = 'zlib' | 'gzip' | 'raw';

/**
 * What came out of a stream: its bytes, or how many there were where that passed the limit. Counting stops at `COUNT_FACTOR`
 * times the limit, so that a small stream that expands without end costs a bounded time; `more` then says so.
 */
export type Inflated = { bytes: Uint8Array } | { total: number; more: boolean };

const COUNT_FACTOR = 8;
const COUNT_AT_LEAST = 2 ** 24;

/** Bytes after which a stream that has passed `limit` is counted no further. */
export function countingBound(limit: number): number {
  return Math.max(COUNT_AT_LEAST, limit * COUNT_FACTOR);
}

/** The error of a stream that zlib refuses, with zlib's own words. */
export function notDeflated(format: InflateFormat, reason: string, cause?: unknown): Error {
  const name = format === 'raw' ? 'raw deflate' : format;
  return damaged(`The bytes are not a whole ${name} stream: ${reason}.`, cause);
}
