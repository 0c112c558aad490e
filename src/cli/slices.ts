import { KerchunkError } from '../errors';
import type { Slice } from '../read/plan';

/**
 * Reads `7168:8192,0:1024`, one part an axis, against the array's shape: Python's half-open ranges, where `:` is the whole axis,
 * `5` the single index 5 (its axis is kept), a negative number counts from the end, and a stop beyond the axis is cut to it.
 * Axes not named are whole. `onCut` is told of every stop that was cut.
 * @throws KerchunkError `invalid-argument` for anything else, naming the part.
 */
export function parseSlices(
  text: string | undefined,
  shape: readonly number[],
  onCut?: (message: string) => void,
): Slice[] {
  const parts = text === undefined || text === '' ? [] : text.split(',');
  if (parts.length > shape.length) {
    throw new KerchunkError(
      'invalid-argument',
      `--slice names ${parts.length} axes; the array has ${shape.length} (shape ${shape.join(' x ') || 'scalar'}).`,
    );
  }
  return shape.map((size, axis) => parseSlice(parts[axis] ?? ':', size, axis, onCut));
}

function parseSlice(part: string, size: number, axis: number, onCut?: (message: string) => void): Slice {
  const match = /^\s*(-?\d+)?\s*(:)?\s*(-?\d+)?\s*$/u.exec(part);
  const [, first, colon, second] = match ?? [];
  if (match === null || (colon === undefined && (first === undefined || second !== undefined))) {
    throw new KerchunkError(
      'invalid-argument',
      `"${part}" is no slice; write start:stop, as in --slice 7168:8192,0:1024.`,
    );
  }
  const start = first === undefined ? 0 : fromEnd(Number(first), size);
  const wantedStop = colon === undefined ? start + 1 : second === undefined ? size : fromEnd(Number(second), size);
  const stop = Math.min(wantedStop, size);
  if (start < 0 || start >= stop) {
    throw new KerchunkError(
      'invalid-argument',
      `The slice "${part}" of axis ${axis} holds no index; the axis runs from 0 to ${size} (exclusive).`,
    );
  }
  if (stop < wantedStop)
    onCut?.(`The slice "${part}" of axis ${axis} is cut to ${start}:${stop}, where the axis ends.`);
  return { start, stop };
}

function fromEnd(index: number, size: number): number {
  return index < 0 ? index + size : index;
}
