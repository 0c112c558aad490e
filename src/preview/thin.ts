import { KerchunkError } from '../errors';
import { pictureAxes } from '../picture/plane';
import { elementCount } from '../zarr/shape';
import type { NdArray } from '../zarr/types';
import { bytesInWords } from '../words';

const MOST_BYTES = 64 * 2 ** 20;

/**
 * Every `step`th row and column of an array, with the smallest step at which it has 64 MiB at most.
 * @throws KerchunkError `limit-exceeded` where even one row and column have more, because of the axes before them.
 */
export function thinnedToLimit(array: NdArray, limit = MOST_BYTES): { array: NdArray; step: number } {
  const step = stepToLimit(array, limit);
  return { array: thinnedBy(array, step), step };
}

/** The step of `thinnedToLimit`. @throws KerchunkError as it. */
export function stepToLimit({ shape, dataType, data }: NdArray, limit: number): number {
  if (data.length <= limit) return 1;
  const axes = pictureAxes(shape);
  const longest = Math.max(1, ...axes.map((axis) => shape[axis] ?? 1));
  let step = Math.max(2, Math.floor(Math.sqrt(data.length / limit)));
  while (bytesAt(shape, axes, step, dataType.itemSize) > limit) {
    if (step >= longest) {
      const size = bytesInWords(data.length);
      throw new KerchunkError(
        'limit-exceeded',
        `The chunk was decoded, but has ${size} of values, most of them along axes that make no picture; at most ${bytesInWords(limit)} are shown.`,
      );
    }
    step += 1;
  }
  return step;
}

/** Every `step`th row and column of an array. */
export function thinnedBy(array: NdArray, step: number): NdArray {
  return step === 1 ? array : everyNth(array, pictureAxes(array.shape), step);
}

function thinShape(shape: readonly number[], axes: readonly number[], step: number): number[] {
  return shape.map((side, axis) => (axes.includes(axis) ? Math.ceil(side / step) : side));
}

function bytesAt(shape: readonly number[], axes: readonly number[], step: number, itemSize: number): number {
  return elementCount(thinShape(shape, axes, step)) * itemSize;
}

function everyNth({ dataType, shape, data }: NdArray, axes: readonly number[], step: number): NdArray {
  const size = dataType.itemSize;
  const thin = thinShape(shape, axes, step);
  const out = new Uint8Array(elementCount(thin) * size);
  let at = 0;
  const copy = (axis: number, from: number): void => {
    const stride = axes.includes(axis) ? step : 1;
    const length = shape[axis] ?? 1;
    if (axis < shape.length - 1) {
      for (let i = 0; i < length; i += stride) copy(axis + 1, from * length + i);
      return;
    }
    for (let i = 0; i < length; i += stride) {
      const start = (from * length + i) * size;
      for (let byte = start; byte < start + size; byte++) out[at++] = data[byte] ?? 0;
    }
  };
  copy(0, 0);
  return { dataType, shape: thin, data: out };
}
