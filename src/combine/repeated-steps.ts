import { isStop } from '../steps';
import { chunkIndices, chunkNumber, gridShape } from '../zarr/grid';
import { sameEntry } from './diff';
import type { Part } from './types';

/**
 * What is told where a set has, chunk by chunk, the references that the end of the set before it has: the same files given twice, which nothing
 * else shows where the dimension has no coordinate. Sets without the dimension are one step of it. `giveWay` is awaited now and then.
 * @throws what `giveWay` throws.
 */
export async function repeatedSteps(
  parts: readonly Part[],
  dimension: string,
  giveWay: () => Promise<void>,
): Promise<string[]> {
  const notes: string[] = [];
  for (const [at, part] of parts.entries()) {
    const before = parts[at - 1];
    if (before === undefined || !(await endsWith(before, part, dimension, giveWay))) continue;
    notes.push(
      `"${part.array.array.path}" of ${part.name} has the references that ${before.name} ends with: is it given twice? "${dimension}" has no coordinate that would tell.`,
    );
  }
  return notes;
}

/**
 * Whether the last steps of an array are, reference by reference, those of another. Both are gone through once, side by side: the dimension is the
 * same axis of both, or one has it as its first and the other not at all, so that chunks of equal place come in one order.
 */
async function endsWith(
  { array: before }: Part,
  { array: part }: Part,
  dimension: string,
  giveWay: () => Promise<void>,
): Promise<boolean> {
  const [axisBefore, axis] = [before, part].map(({ array }) => array.dimensionNames?.indexOf(dimension) ?? -1);
  const [gridBefore, grid] = [before, part].map(({ array }) => gridShape(array));
  if (axisBefore === undefined || axis === undefined || gridBefore === undefined || grid === undefined) return false;
  const steps = axis < 0 ? 1 : (grid[axis] ?? 1);
  const first = axisBefore < 0 ? 0 : (gridBefore[axisBefore] ?? 1) - steps;
  if (first < 0) return false;
  const own = part.entries()[Symbol.iterator]();
  let [found, row] = [0, 0];
  for (const [chunk, entry] of before.entries()) {
    if (isStop(row++)) await giveWay();
    const indices = chunkIndices(before.array, chunk);
    const step = axisBefore < 0 ? 0 : (indices[axisBefore] ?? 0) - first;
    if (step < 0) continue;
    if (axisBefore >= 0) indices.splice(axisBefore, 1);
    if (axis >= 0) indices.splice(axis, 0, step);
    if (indices.length !== grid.length || !indices.every((index, at) => index < (grid[at] ?? 0))) return false;
    const next = own.next();
    if (next.done === true || next.value[0] !== chunkNumber(part.array, indices)) return false;
    if (!sameEntry(entry, next.value[1])) return false;
    found++;
  }
  return found > 0 && own.next().done === true;
}
