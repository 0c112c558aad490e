import type { ArrayDetails } from '../../../preview/types';

/** The elements of all chunks of the box between two chunks, both included, as half-open slices within the array. */
export function slicesOfBox(
  { shape, chunkShape }: Pick<ArrayDetails, 'shape' | 'chunkShape'>,
  one: readonly number[],
  other: readonly number[],
): { start: number; stop: number }[] {
  return shape.map((length, axis) => {
    const side = chunkShape[axis] ?? 1;
    const [low, high] = [one[axis] ?? 0, other[axis] ?? 0].sort((a, b) => a - b) as [number, number];
    return { start: low * side, stop: Math.min(length, (high + 1) * side) };
  });
}
