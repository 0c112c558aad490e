import type { ObjectValue } from '../zarr/types';

/**
 * Elements from Fortran order (first axis fastest) to C order (last axis fastest). `bytes` has exactly the elements of `shape`.
 */
export function toCOrder(bytes: Uint8Array, shape: readonly number[], itemSize: number): Uint8Array {
  const strides: number[] = [];
  let stride = itemSize;
  for (const side of shape) {
    strides.push(stride);
    stride *= side;
  }
  return gather(bytes, shape, strides, itemSize);
}

/**
 * The elements of an array of `shape` in C order, where in `bytes` they lie `strides` bytes apart along each axis; the bytes themselves where
 * that is C order already.
 */
export function gather(
  bytes: Uint8Array,
  shape: readonly number[],
  strides: readonly number[],
  itemSize: number,
): Uint8Array {
  if (isCOrder(shape, strides, itemSize)) return bytes;
  const out = new Uint8Array(bytes.length);
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < out.length; to += itemSize) {
    for (let i = 0; i < itemSize; i++) out[to + i] = bytes[from + i] ?? 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      if (next < (shape[axis] ?? 0)) {
        index[axis] = next;
        break;
      }
      from -= next * (strides[axis] ?? 0);
      index[axis] = 0;
    }
  }
  return out;
}

function isCOrder(shape: readonly number[], strides: readonly number[], itemSize: number): boolean {
  let stride = itemSize;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const side = shape[axis] ?? 1;
    if (side !== 1 && strides[axis] !== stride) return false;
    stride *= side;
  }
  return true;
}

/** As `toCOrder`, of Python objects, which are exactly those of `shape`. */
export function objectsToCOrder(objects: ObjectValue[], shape: readonly number[]): ObjectValue[] {
  const places = Uint32Array.from(objects.keys());
  const ordered = toCOrder(new Uint8Array(places.buffer), shape, Uint32Array.BYTES_PER_ELEMENT);
  return Array.from(new Uint32Array(ordered.buffer), (place) => objects[place] ?? null);
}
