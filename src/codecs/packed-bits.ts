import { damaged } from './decode-error';
import type { Decoder } from './types';

/**
 * numcodecs `packbits`: numpy's, not TIFF's. The first byte counts the bits that fill up the last one; then eight booleans a byte, the first
 * in the highest bit.
 */
export const decodePackedBits: Decoder = (bytes) => {
  const padding = bytes[0];
  if (padding === undefined) throw damaged('There are no bytes, and the first counts the bits of padding.');
  const count = (bytes.length - 1) * 8 - padding;
  if (padding > 7 || count < 0)
    throw damaged(`The first byte, ${padding}, is no count of padding for ${bytes.length - 1} bytes.`);
  return Uint8Array.from({ length: count }, (_, i) => ((bytes[1 + (i >>> 3)] ?? 0) >>> (7 - (i & 7))) & 1);
};

/** Bytes that `count` booleans become. */
export function packedBitsSize(count: number): number {
  return 1 + Math.ceil(count / 8);
}
