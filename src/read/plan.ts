import { KerchunkError } from '../errors';
import type { ZarrArray } from '../zarr/types';
import type { Region } from './region';

/** Half-open range of indices along one axis. */
export interface Slice {
  start: number;
  stop: number;
}

/** A chunk that a window needs, and where its part of the window lies: `source` is the chunk, `target` the window. */
export interface NeededChunk {
  indices: number[];
  region: Region;
}

/** A window may touch as many chunks at most. */
const MAX_CHUNKS = 2 ** 20;

/**
 * Checks a window: one slice for each axis, 0 <= start <= stop <= size of the axis.
 * @throws KerchunkError `invalid-argument` naming the axis.
 */
export function checkSlices(array: Pick<ZarrArray, 'path' | 'shape'>, slices: readonly Slice[]): void {
  if (slices.length !== array.shape.length) {
    throw new KerchunkError(
      'invalid-argument',
      `A window of "${array.path}" needs ${array.shape.length} slices, one for each axis, not ${slices.length}.`,
    );
  }
  slices.forEach(({ start, stop }, axis) => {
    const size = array.shape[axis] ?? 0;
    if (Number.isSafeInteger(start) && Number.isSafeInteger(stop) && start >= 0 && start <= stop && stop <= size)
      return;
    throw new KerchunkError(
      'invalid-argument',
      `Slice ${start}:${stop} of axis ${axis} of "${array.path}" is not within 0:${size}.`,
    );
  });
}

/**
 * The chunks that a window touches, in C order, with the box of each that lies in the window. None for an empty window.
 * @throws KerchunkError `limit-exceeded` above 1,048,576 chunks.
 */
export function chunksOfWindow(array: Pick<ZarrArray, 'path' | 'chunkShape'>, slices: readonly Slice[]): NeededChunk[] {
  if (slices.some(({ start, stop }) => start === stop)) return [];
  const first = slices.map(({ start }, axis) => Math.floor(start / (array.chunkShape[axis] ?? 1)));
  const last = slices.map(({ stop }, axis) => Math.floor((stop - 1) / (array.chunkShape[axis] ?? 1)));
  const count = first.reduce((product, from, axis) => product * ((last[axis] ?? from) - from + 1), 1);
  if (count > MAX_CHUNKS) {
    throw new KerchunkError(
      'limit-exceeded',
      `The window of "${array.path}" touches ${count} chunks; at most ${MAX_CHUNKS} are read at once. Ask for a smaller window.`,
    );
  }
  const chunks: NeededChunk[] = [];
  const indices = [...first];
  for (let i = 0; i < count; i++) {
    chunks.push({ indices: [...indices], region: regionOf(indices, array.chunkShape, slices) });
    for (let axis = indices.length - 1; axis >= 0; axis--) {
      const next = (indices[axis] ?? 0) + 1;
      const beyond = next > (last[axis] ?? 0);
      indices[axis] = beyond ? (first[axis] ?? 0) : next;
      if (!beyond) break;
    }
  }
  return chunks;
}

function regionOf(indices: readonly number[], chunkShape: readonly number[], slices: readonly Slice[]): Region {
  const region = { sourceStart: [] as number[], targetStart: [] as number[], size: [] as number[] };
  slices.forEach(({ start, stop }, axis) => {
    const side = chunkShape[axis] ?? 1;
    const chunkStart = (indices[axis] ?? 0) * side;
    const from = Math.max(start, chunkStart);
    region.sourceStart.push(from - chunkStart);
    region.targetStart.push(from - start);
    region.size.push(Math.min(stop, chunkStart + side) - from);
  });
  return region;
}
