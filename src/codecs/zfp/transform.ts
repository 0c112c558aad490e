import { SIDE } from './order';
import type { Coefficients } from './planes';

/** Numbers of 32 bits as numbers, of 64 bits as bigints. */
export type Integers = Int32Array | BigInt64Array;

const NEGABINARY = 0xaaaaaaaa;
const WIDE_NEGABINARY = 0xaaaaaaaaaaaaaaaan;

/** Puts the coefficients where they belong in the block, and makes signed numbers of negabinary ones. */
export function toSigned(from: Coefficients, order: Uint8Array, out: Integers): void {
  for (const [i, place] of order.entries()) {
    const low = from.low[i] ?? 0;
    if (out instanceof Int32Array) {
      out[place] = (low ^ NEGABINARY) - NEGABINARY;
    } else {
      const wide = (BigInt(from.high[i] ?? 0) << 32n) | BigInt(low);
      out[place] = (wide ^ WIDE_NEGABINARY) - WIDE_NEGABINARY;
    }
  }
}

/** Undoes the transform of a block along each axis, the last first. */
export function invert(block: Integers, axes: number, isReversible: boolean): void {
  const [narrow, wide] = isReversible ? [liftReversibly, liftReversiblyWide] : [lift, liftWide];
  for (let axis = axes - 1; axis >= 0; axis--) {
    const stride = SIDE ** axis;
    for (let start = 0; start < block.length; start++) {
      if (Math.floor(start / stride) % SIDE !== 0) continue;
      if (block instanceof Int32Array) narrow(block, start, stride);
      else wide(block, start, stride);
    }
  }
}

/** zfp's inverse of its decorrelating transform (decode.c, inv_lift), in 32 bits. */
function lift(block: Int32Array, start: number, stride: number): void {
  const [i, j, k] = [start + stride, start + 2 * stride, start + 3 * stride];
  let [x, y, z, w] = [block[start] ?? 0, block[i] ?? 0, block[j] ?? 0, block[k] ?? 0];
  y = (y + (w >> 1)) | 0;
  w = (w - (y >> 1)) | 0;
  y = (y + w) | 0;
  w = ((w << 1) - y) | 0;
  z = (z + x) | 0;
  x = ((x << 1) - z) | 0;
  y = (y + z) | 0;
  z = ((z << 1) - y) | 0;
  w = (w + x) | 0;
  x = ((x << 1) - w) | 0;
  block[start] = x;
  block[i] = y;
  block[j] = z;
  block[k] = w;
}

function liftWide(block: BigInt64Array, start: number, stride: number): void {
  const [i, j, k] = [start + stride, start + 2 * stride, start + 3 * stride];
  let [x, y, z, w] = [block[start] ?? 0n, block[i] ?? 0n, block[j] ?? 0n, block[k] ?? 0n];
  y = wrapped(y + (w >> 1n));
  w = wrapped(w - (y >> 1n));
  y = wrapped(y + w);
  w = wrapped(2n * w - y);
  z = wrapped(z + x);
  x = wrapped(2n * x - z);
  y = wrapped(y + z);
  z = wrapped(2n * z - y);
  w = wrapped(w + x);
  x = wrapped(2n * x - w);
  block[start] = x;
  block[i] = y;
  block[j] = z;
  block[k] = w;
}

/** The reversible transform (revdecode.c, rev_inv_lift): sums of sums of differences. */
function liftReversibly(block: Int32Array, start: number, stride: number): void {
  const [i, j, k] = [start + stride, start + 2 * stride, start + 3 * stride];
  const [x, y, z, w] = [block[start] ?? 0, block[i] ?? 0, block[j] ?? 0, block[k] ?? 0];
  block[i] = x + y;
  block[j] = x + 2 * y + z;
  block[k] = x + 3 * y + 3 * z + w;
}

function liftReversiblyWide(block: BigInt64Array, start: number, stride: number): void {
  const [i, j, k] = [start + stride, start + 2 * stride, start + 3 * stride];
  const [x, y, z, w] = [block[start] ?? 0n, block[i] ?? 0n, block[j] ?? 0n, block[k] ?? 0n];
  block[i] = x + y;
  block[j] = x + 2n * y + z;
  block[k] = x + 3n * y + 3n * z + w;
}

function wrapped(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}
