import { elementCount } from '../zarr/shape';
import type { TypedArray } from '../zarr/values';

/** The numbers of the first `inside` elements along each axis of an array of `shape`, in C order; the same where that is all of it. */
export function cropNumbers(numbers: TypedArray, shape: readonly number[], inside: readonly number[]): TypedArray {
  if (inside.every((side, axis) => side === shape[axis])) return numbers;
  const out = numbers.slice(0, elementCount(inside));
  let to = 0;
  const copy = (axis: number, from: number): void => {
    if (axis >= shape.length - 1) {
      const row = inside[axis] ?? 1;
      setNumbers(out, numbers.subarray(from, from + row), to);
      to += row;
      return;
    }
    const stride = elementCount(shape.slice(axis + 1));
    for (let i = 0; i < (inside[axis] ?? 1); i++) copy(axis + 1, from + i * stride);
  };
  copy(0, 0);
  return out;
}

/** Both are of one type, which the language does not know. */
function setNumbers(target: TypedArray, source: TypedArray, at: number): void {
  (target as { set: (source: unknown, at: number) => void }).set(source, at);
}
