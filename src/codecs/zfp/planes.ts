import type { LowBitReader } from '../low-bit-reader';

/** Coefficients of a block as unsigned numbers, in halves of 32 bits. */
export interface Coefficients {
  low: Uint32Array;
  high: Uint32Array;
}

/**
 * Reads bit planes, the highest first, until `maxBits` bits are read or `planes` of the `width` are: first one bit each for the
 * coefficients that have had a 1, then whether another has one, and how many come before it. Returns the bits read.
 */
export function readPlanes(
  reader: LowBitReader,
  { low, high }: Coefficients,
  width: number,
  planes: number,
  maxBits: number,
): number {
  low.fill(0);
  high.fill(0);
  const size = low.length;
  const last = Math.max(0, width - planes);
  let left = maxBits;
  let known = 0;
  for (let plane = width - 1; plane >= last && left > 0; plane--) {
    const words = plane < 32 ? low : high;
    const mask = 1 << (plane & 31);
    const mark = (at: number): void => {
      words[at] = (words[at] ?? 0) | mask;
    };
    const verbatim = Math.min(known, left);
    left -= verbatim;
    for (let i = 0; i < verbatim; i++) if (reader.bit() === 1) mark(i);
    while (known < size && left > 0) {
      left -= 1;
      if (reader.bit() === 0) break;
      while (known < size - 1 && left > 0) {
        left -= 1;
        if (reader.bit() === 1) break;
        known += 1;
      }
      mark(known);
      known += 1;
    }
  }
  return maxBits - left;
}
