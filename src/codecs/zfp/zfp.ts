import { elementCount } from '../../zarr/shape';
import { damaged } from '../decode-error';
import { LowBitReader } from '../low-bit-reader';
import { checkDeclaredSize } from '../size';
import type { Decoder } from '../types';
import { type Block, BlockReader } from './block';
import { readHeader, type ZfpHeader } from './header';
import { SIDE } from './order';

/**
 * numcodecs `zfpy`: a zfp stream with its full header, in every mode: fixed rate, precision and accuracy, and reversible. Our own, because
 * no package for browsers has zfp. The type and the shape come from the header.
 */
export const decodeZfp: Decoder = (bytes, _config, context) => {
  const reader = new LowBitReader(bytes, () => damaged('The zfp stream ends before it is whole.'));
  const header = readHeader(reader);
  const size = elementCount(header.sizes) * header.itemSize;
  checkDeclaredSize(size, context);
  const out = arrayFor(header, size);
  const blocks = new BlockReader(reader, header);
  forEachBlock(header.sizes, (start) => {
    place(blocks.next(), out, header.sizes, start);
  });
  return new Uint8Array(out.buffer);
};

function arrayFor({ kind, itemSize }: ZfpHeader, size: number): Block {
  const buffer = new ArrayBuffer(size);
  if (kind === 'f') return itemSize === 4 ? new Float32Array(buffer) : new Float64Array(buffer);
  return itemSize === 4 ? new Int32Array(buffer) : new BigInt64Array(buffer);
}

/** Gives the first indices of each block, the first axis fastest. */
function forEachBlock(sizes: readonly number[], visit: (start: readonly number[]) => void): void {
  const start = sizes.map(() => 0);
  for (;;) {
    visit(start);
    let axis = 0;
    for (; axis < sizes.length; axis++) {
      start[axis] = (start[axis] ?? 0) + SIDE;
      if ((start[axis] ?? 0) < (sizes[axis] ?? 0)) break;
      start[axis] = 0;
    }
    if (axis === sizes.length) return;
  }
}

/** Copies the part of a block that lies in the array. */
function place(block: Block, out: Block, sizes: readonly number[], start: readonly number[]): void {
  for (let i = 0; i < block.length; i++) {
    let index = 0;
    let stride = 1;
    let isInside = true;
    for (let axis = 0; axis < sizes.length; axis++) {
      const at = (start[axis] ?? 0) + ((i >>> (2 * axis)) & 3);
      const side = sizes[axis] ?? 1;
      if (at >= side) isInside = false;
      index += at * stride;
      stride *= side;
    }
    if (isInside) out[index] = block[i] ?? 0;
  }
}
