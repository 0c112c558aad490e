import type { Span } from '../viewport';
import type { ArrayDetails } from '../../../preview/types';

/** Which part of an array the cost of reading is told of. */
export type CostWindow = 'array' | 'selected' | 'picture' | 'typed';

/** The chunks that are selected, the box from one to the other, and the window that is selected in the picture of the whole. */
export interface SelectedChunks {
  at: readonly number[];
  from: readonly number[] | null;
  selection: readonly Span[] | null;
}

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
  selected: SelectedChunks,
): Span[] {
  return shape.map((length, axis) => {
    const whole = { start: 0, stop: length };
    if (window === 'selected') {
      const side = chunkShape[axis] ?? 1;
      const one = selected.at[axis] ?? 0;
      const other = selected.from?.[axis] ?? one;
      const start = Math.min(length, Math.min(one, other) * side);
      return { start, stop: Math.min(length, (Math.max(one, other) + 1) * side) };
    }
    const own = window === 'typed' ? typed?.[axis] : window === 'picture' ? selected.selection?.[axis] : undefined;
    if (own === undefined) return whole;
    const start = Math.min(length, Math.max(0, own.start));
    return { start, stop: Math.min(length, Math.max(start, own.stop)) };
  });
}
