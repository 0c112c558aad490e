import { elementCount } from '../zarr/shape';
import { gather } from './order';
import { damaged } from './decode-error';
import { describeMismatch } from './size';
import { transposeOrder } from './transpose-order';
import type { Decoder } from './types';

/** zarr v3 `transpose {order}`: the axes go back to their places. */
export const decodeTranspose: Decoder = (bytes, config, { chunkShape, dataType }) => {
  const order = transposeOrder(config, chunkShape.length);
  const expected = elementCount(chunkShape) * dataType.itemSize;
  if (bytes.length !== expected) throw damaged(`It was given ${describeMismatch(bytes.length, expected, chunkShape)}`);
  const strides = new Array<number>(order.length).fill(0);
  let stride = dataType.itemSize;
  for (const axis of order.toReversed()) {
    strides[axis] = stride;
    stride *= chunkShape[axis] ?? 1;
  }
  return gather(bytes, chunkShape, strides, dataType.itemSize);
};
