import { KerchunkError } from '../errors';
import { elementCount } from '../zarr/shape';
import type { NdArray, ZarrArray } from '../zarr/types';
import { checkSlices, type Slice } from './plan';
import type { Region } from './region';

/** Every `step`th index of a half-open range, from `start` on; `step` is 1 or more. */
export interface SteppedSlice extends Slice {
  step: number;
}

/** As `Region`, of every `sourceStep`th element of the source along each axis; `size` counts elements that are copied. */
export interface SteppedRegion extends Region {
  sourceStep: readonly number[];
}

/** A chunk that holds elements of a stepped window, and where they lie in both. */
export interface SteppedChunk {
  indices: number[];
  region: SteppedRegion;
}

/** The part of an axis that one chunk gives. */
interface Lane {
  chunk: number;
  sourceStart: number;
  targetStart: number;
  size: number;
}

/** Elements of a stepped window along each axis. */
export function steppedShape(slices: readonly SteppedSlice[]): number[] {
  return slices.map(({ start, stop, step }) => Math.ceil((stop - start) / step));
}

/** @throws KerchunkError `invalid-argument` as `checkSlices`, and for a step that is no whole number from 1 on. */
export function checkSteppedSlices(array: Pick<ZarrArray, 'path' | 'shape'>, slices: readonly SteppedSlice[]): void {
  checkSlices(array, slices);
  const wrong = slices.find(({ step }) => !Number.isSafeInteger(step) || step < 1);
  if (wrong === undefined) return;
  throw new KerchunkError('invalid-argument', `A step of ${wrong.step} is no whole number from 1 on.`);
}

/**
 * The chunks that hold elements of a stepped window, in C order; chunks that a step jumps over are left out. None for an empty window.
 * @throws KerchunkError `limit-exceeded` above `most` chunks.
 */
export function chunksOfSteppedWindow(
  array: Pick<ZarrArray, 'path' | 'chunkShape'>,
  slices: readonly SteppedSlice[],
  most: number,
): SteppedChunk[] {
  const counts = slices.map((slice, axis) => laneCount(slice, array.chunkShape[axis] ?? 1));
  const count = elementCount(counts);
  if (count > most) {
    throw new KerchunkError(
      'limit-exceeded',
      `The window of "${array.path}" touches ${count} chunks; at most ${most} are read at once. Ask for a smaller window.`,
    );
  }
  const lanes = slices.map((slice, axis) => lanesOf(slice, array.chunkShape[axis] ?? 1));
  let chunks: Lane[][] = [[]];
  for (const axisLanes of lanes) chunks = chunks.flatMap((before) => axisLanes.map((lane) => [...before, lane]));
  const sourceStep = slices.map(({ step }) => step);
  return chunks.map((of) => ({
    indices: of.map(({ chunk }) => chunk),
    region: {
      sourceStart: of.map(({ sourceStart }) => sourceStart),
      targetStart: of.map(({ targetStart }) => targetStart),
      size: of.map(({ size }) => size),
      sourceStep,
    },
  }));
}

/** Chunks along an axis that hold elements of a slice: an upper bound that takes no loop. */
function laneCount({ start, stop, step }: SteppedSlice, side: number): number {
  if (start === stop) return 0;
  const chunks = Math.floor((stop - 1) / side) - Math.floor(start / side) + 1;
  return Math.min(chunks, Math.ceil((stop - start) / step));
}

function lanesOf({ start, stop, step }: SteppedSlice, side: number): Lane[] {
  const lanes: Lane[] = [];
  const length = Math.ceil((stop - start) / step);
  for (let first = 0; first < length;) {
    const index = start + first * step;
    const chunk = Math.floor(index / side);
    const last = Math.floor((Math.min((chunk + 1) * side, stop) - 1 - start) / step);
    lanes.push({ chunk, sourceStart: index - chunk * side, targetStart: first, size: last - first + 1 });
    first = last + 1;
  }
  return lanes;
}

/** Copies elements of one array into another of the same data type and rank, which has bytes; the region lies within both. */
export function copyStepped(source: NdArray, target: NdArray, region: SteppedRegion): void {
  const { itemSize } = target.dataType;
  const { sourceStart, targetStart, size, sourceStep } = region;
  if (size.includes(0)) return;
  const sourceStrides = strides(source.shape, itemSize);
  const targetStrides = strides(target.shape, itemSize);
  const last = size.length - 1;
  const copy = (axis: number, from: number, to: number): void => {
    if (axis >= last) {
      const [count, step] = axis > last ? [1, 1] : [size[axis] ?? 1, sourceStep[axis] ?? 1];
      copyRun(source.data, from, target.data, to, count, step, itemSize);
      return;
    }
    const fromStep = (sourceStrides[axis] ?? 0) * (sourceStep[axis] ?? 1);
    const toStep = targetStrides[axis] ?? 0;
    for (let i = 0; i < (size[axis] ?? 0); i++) copy(axis + 1, from + i * fromStep, to + i * toStep);
  };
  const at = (start: readonly number[], steps: readonly number[]): number =>
    start.reduce((sum, index, axis) => sum + index * (steps[axis] ?? 0), 0);
  copy(0, at(sourceStart, sourceStrides), at(targetStart, targetStrides));
}

/** Copies `count` elements of which each stands `step` elements behind the one before. */
function copyRun(
  source: Uint8Array,
  from: number,
  target: Uint8Array,
  to: number,
  count: number,
  step: number,
  itemSize: number,
): void {
  if (step === 1) {
    target.set(source.subarray(from, from + count * itemSize), to);
    return;
  }
  const jump = step * itemSize;
  let [read, write] = [from, to];
  for (let i = 0; i < count; i++, read += jump, write += itemSize) {
    for (let byte = 0; byte < itemSize; byte++) target[write + byte] = source[read + byte] ?? 0;
  }
}

/** Bytes from an element to the next along each axis. */
function strides(shape: readonly number[], itemSize: number): number[] {
  const result = shape.map(() => itemSize);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    result[axis] = (result[axis + 1] ?? itemSize) * (shape[axis + 1] ?? 1);
  }
  return result;
}
