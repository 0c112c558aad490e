import { promisify } from 'node:util';
import { createGunzip, createInflate, createInflateRaw, gunzip, inflate as inflateZlib, inflateRaw } from 'node:zlib';
import type { Inflated, InflateFormat } from './inflate-format';
import { countingBound, notDeflated } from './inflate-format';

const whole = { zlib: promisify(inflateZlib), gzip: promisify(gunzip), raw: promisify(inflateRaw) };
const inParts = { zlib: createInflate, gzip: createGunzip, raw: createInflateRaw };

/** One output buffer is quickest where the size is known; this caps what is set aside before a byte is decoded. */
const LARGEST_PART = 2 ** 24;
const SMALLEST_PART = 2 ** 10;

/**
 * Undoes DEFLATE off the event loop. Bytes after the end of the stream are ignored, but after gzip members only zeros. Never
 * holds more than `limit` bytes; what comes after them is counted up to `bound`.
 * @throws KerchunkError `decode-failed` where the stream is damaged or cut off.
 */
export async function inflate(
  bytes: Uint8Array,
  format: InflateFormat,
  limit: number,
  bound = countingBound(limit),
): Promise<Inflated> {
  const options = {
    maxOutputLength: Math.max(limit, 1),
    chunkSize: Math.min(Math.max(limit + 1, SMALLEST_PART), LARGEST_PART),
  };
  try {
    const out = await whole[format](bytes, options);
    if (out.length <= limit) return { bytes: new Uint8Array(out.buffer, out.byteOffset, out.length) };
    return { total: out.length, more: false };
  } catch (error) {
    if (!isTooLarge(error)) throw notDeflated(format, reasonOf(error), error);
    if (bound <= limit) return { total: limit, more: true };
    return count(bytes, format, bound);
  }
}

async function count(bytes: Uint8Array, format: InflateFormat, bound: number): Promise<Inflated> {
  const stream = inParts[format]();
  stream.end(bytes);
  let total = 0;
  try {
    for await (const part of stream as AsyncIterable<Uint8Array>) {
      total += part.length;
      if (total > bound) return { total, more: true };
    }
    return { total, more: false };
  } catch {
    return { total, more: true };
  } finally {
    stream.destroy();
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
