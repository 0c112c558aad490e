import type { Span } from '../viewport';
import type { ArrayDetails } from '../../../preview/types';

/** Which part of an array the cost of reading is told of. */
export type CostWindow = 'array' | 'chunk' | 'typed';

/** The cost of reading a part of the array. */
export interface CostState {
  /** Whether it is told at all. */
  open: boolean;
  window: CostWindow;
  /** What was typed, for each axis; null: nothing. */
  typed: readonly Span[] | null;
}

export const freshCost: CostState = { open: false, window: 'array', typed: null };

/** The part of the array, half-open slices; the whole array where the part that is meant is not there. */
export function costSlices(
  { window, typed }: CostState,
  { shape, chunkShape }: Pick<ArrayDetails, 'shape' | 'chunkShape'>,
  chunk: readonly number[] | null,
): Span[] {
  return shape.map((length, axis) => {
    const whole = { start: 0, stop: length };
    if (window === 'chunk' && chunk !== null) {
      const side = chunkShape[axis] ?? 1;
      const start = Math.min(length, (chunk[axis] ?? 0) * side);
      return { start, stop: Math.min(length, start + side) };
    }
    const own = window === 'typed' ? typed?.[axis] : undefined;
    if (own === undefined) return whole;
    const start = Math.min(length, Math.max(0, own.start));
    return { start, stop: Math.min(length, Math.max(start, own.stop)) };
  });
}
