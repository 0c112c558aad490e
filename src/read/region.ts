import type { NdArray } from '../zarr/types';

/** A box of elements in two arrays: where it begins in each, and its size along every axis. */
export interface Region {
  sourceStart: readonly number[];
  targetStart: readonly number[];
  size: readonly number[];
}

/** Elements of one array in memory, in C order; objects where they have no bytes. */
type Elements = Pick<NdArray, 'shape' | 'data' | 'objects'>;

/** Copies a box of elements, `itemSize` bytes each, from one array into another of the same rank; the box lies within both. */
export function copyRegion(source: Elements, target: Elements, region: Region, itemSize: number): void {
  const { objects } = target;
  const size = objects === undefined ? itemSize : 1;
  const sourceSteps = steps(source.shape, size);
  const targetSteps = steps(target.shape, size);
  if (region.size.includes(0)) return;
  const runAxis = region.size.length - 1;
  const run = (region.size[runAxis] ?? 1) * size;
  const copy = (axis: number, from: number, to: number): void => {
    if (axis >= runAxis) {
      if (objects === undefined) target.data.set(source.data.subarray(from, from + run), to);
      else for (let i = 0; i < run; i++) objects[to + i] = source.objects?.[from + i] ?? null;
      return;
    }
    for (let i = 0; i < (region.size[axis] ?? 0); i++) {
      copy(axis + 1, from + i * (sourceSteps[axis] ?? 0), to + i * (targetSteps[axis] ?? 0));
    }
  };
  copy(0, offset(region.sourceStart, sourceSteps), offset(region.targetStart, targetSteps));
}

/** Bytes from an element to the next along each axis. */
function steps(shape: readonly number[], itemSize: number): number[] {
  const result = shape.map(() => itemSize);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    result[axis] = (result[axis + 1] ?? itemSize) * (shape[axis + 1] ?? 1);
  }
  return result;
}

function offset(start: readonly number[], axisSteps: readonly number[]): number {
  return start.reduce((sum, index, axis) => sum + index * (axisSteps[axis] ?? 0), 0);
}
