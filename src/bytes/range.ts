import { KerchunkError } from '../errors';
import { countInWords, plural } from '../words';

/** A half-open byte range [offset, offset + length). */
export interface ByteRange {
  offset: number;
  length: number;
}

/** The most bytes one read may ask for: what one buffer holds everywhere the code runs. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * The part of a range that a source can have: `length` cut to what `size` leaves, 0 at and beyond its end.
 * @param size of the source in bytes, or undefined where it is not known yet.
 * @throws KerchunkError `invalid-argument` unless offset and length are integers from 0 whose last byte lies below 2^53,
 * `limit-exceeded` where more than 2 GiB remain to be read at once.
 */
export function clampLength(range: ByteRange, size: number | undefined): number {
  const { offset, length } = range;
  const available = size === undefined ? length : Math.min(length, Math.max(0, size - offset));
  if (!isCount(offset) || !isCount(length) || available > Number.MAX_SAFE_INTEGER - offset + 1) {
    throw new KerchunkError(
      'invalid-argument',
      `Offset ${offset} and length ${length} are no byte range: both must be integers from 0, and the last byte below 2^53.`,
    );
  }
  if (available > MOST_BYTES) {
    throw new KerchunkError(
      'limit-exceeded',
      `A read of ${plural(available, 'byte')} at offset ${countInWords(offset)} is more than the ${countInWords(MOST_BYTES)} bytes that can be read at once. Check the length in the reference.`,
    );
  }
  return available;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** A copy of bytes [start, end) in a buffer of its own; `slice` would give a view where `bytes` is a Node Buffer. */
export function copyBytes(bytes: Uint8Array, start = 0, end = bytes.length): Uint8Array {
  return new Uint8Array(bytes.subarray(start, end));
}
