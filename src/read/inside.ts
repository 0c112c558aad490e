import { copyRegion } from './region';
import { elementCount } from '../zarr/shape';
import type { NdArray, ObjectValue, ZarrArray } from '../zarr/types';

/** How much of each axis of the chunk lies inside the array: its whole side, but for the last chunks of an axis. */
export function insideOf({ shape, chunkShape }: ZarrArray, indices: readonly number[]): number[] {
  return chunkShape.map((side, axis) => Math.min(side, (shape[axis] ?? 0) - (indices[axis] ?? 0) * side));
}

/** Whether a chunk reaches beyond the array's edge. */
export function isEdge(array: ZarrArray, indices: readonly number[]): boolean {
  const inside = insideOf(array, indices);
  return array.chunkShape.some((side, axis) => side !== inside[axis]);
}

/** The first `size` elements along each axis; the array itself where that is all of it. */
export function cropped(array: NdArray, size: readonly number[]): NdArray {
  const { dataType, shape } = array;
  if (size.every((side, axis) => side === shape[axis])) return array;
  const data = new Uint8Array(elementCount(size) * dataType.itemSize);
  const origin = size.map(() => 0);
  const objects = array.objects === undefined ? {} : { objects: new Array<ObjectValue>(elementCount(size)).fill(null) };
  const target: NdArray = { dataType, shape: size, data, ...objects };
  copyRegion(array, target, { sourceStart: origin, targetStart: origin, size }, dataType.itemSize);
  return target;
}
