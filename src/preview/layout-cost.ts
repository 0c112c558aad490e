import { batchesOf, requestsOf, type StoredChunk } from '../read/fetch';
import type { Slice } from '../read/plan';
import { elementCount } from '../zarr/shape';
import type { ZarrArray } from '../zarr/types';
import type { LayoutEstimate } from './cost-types';

/** Chunks whose requests are planned at most. */
const MOST_PLANNED = 2 ** 16;
const SQUARES = [256, 512, 1024];

/**
 * What a window of an array would take in chunks of other shapes, an estimate: every chunk is there, all stand in one file in C order
 * without gaps, and each takes `ratio` of its decoded bytes. The array's own chunks come first, by the same reckoning.
 */
export function otherLayouts(array: ZarrArray, slices: readonly Slice[], ratio: number): LayoutEstimate[] {
  const { shape, chunkShape } = array;
  const rank = shape.length;
  if (rank === 0 || slices.some(({ start, stop }) => start === stop)) return [];
  const within = (sides: readonly number[]): number[] =>
    sides.map((side, axis) => Math.max(1, Math.min(Math.ceil(side), shape[axis] ?? 1)));
  /** Along the axes that make a picture: the last two that have more than one index in a chunk, else the last two. */
  const [rows, columns] = pictureAxes(chunkShape);
  const scaled = (factor: number): number[] =>
    within(chunkShape.map((side, axis) => (axis === rows || axis === columns ? side * factor : side)));
  const candidates: Pick<LayoutEstimate, 'kind' | 'side' | 'chunkShape'>[] = [
    { kind: 'present', side: null, chunkShape },
    { kind: 'half', side: null, chunkShape: scaled(0.5) },
    { kind: 'double', side: null, chunkShape: scaled(2) },
    ...(rank < 2
      ? []
      : SQUARES.map((side) => ({
          kind: 'square' as const,
          side,
          chunkShape: within(chunkShape.map((own, axis) => (axis === rows || axis === columns ? side : own))),
        }))),
    ...(rank < 2
      ? []
      : [
          {
            kind: 'rows' as const,
            side: null,
            chunkShape: within(
              chunkShape.map((own, axis) => (axis === columns ? (shape[axis] ?? 1) : axis === rows ? 1 : own)),
            ),
          },
        ]),
  ];
  const seen = new Set<string>();
  return candidates
    .filter((candidate) => {
      const key = candidate.chunkShape.join();
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .map((candidate) => ({ ...candidate, ...estimate(array, candidate.chunkShape, slices, ratio) }));
}

function pictureAxes(chunkShape: readonly number[]): [number, number] {
  const rank = chunkShape.length;
  const long = chunkShape.flatMap((side, axis) => (side > 1 ? [axis] : []));
  // Of chunks (y, x, band) the last axis is none of the picture's.
  while (long.length > 2 && (chunkShape[long[long.length - 1] ?? 0] ?? 0) <= 16) long.pop();
  return long.length >= 2 ? [long[long.length - 2] ?? 0, long[long.length - 1] ?? 0] : [rank - 2, rank - 1];
}

function estimate(
  array: ZarrArray,
  chunkShape: readonly number[],
  slices: readonly Slice[],
  ratio: number,
): Pick<LayoutEstimate, 'chunkBytes' | 'chunks' | 'requests' | 'storedBytes' | 'decodedBytes'> {
  const { itemSize } = array.dataType;
  const first = slices.map(({ start }, axis) => Math.floor(start / (chunkShape[axis] ?? 1)));
  const counts = slices.map(
    ({ stop }, axis) => Math.floor((stop - 1) / (chunkShape[axis] ?? 1)) - (first[axis] ?? 0) + 1,
  );
  const chunks = elementCount(counts);
  const chunkBytes = elementCount(chunkShape) * itemSize;
  const stored = Math.max(1, Math.round(chunkBytes * ratio));
  return {
    chunkBytes,
    chunks,
    requests: requestCount(array, chunkShape, first, counts, stored),
    storedBytes: chunks * stored,
    decodedBytes: chunks * chunkBytes,
  };
}

/** Requests for a box of chunks of `stored` bytes each in one file in C order, planned as our reader plans them. */
function requestCount(
  array: ZarrArray,
  chunkShape: readonly number[],
  first: readonly number[],
  counts: readonly number[],
  stored: number,
): number | null {
  const count = elementCount(counts);
  if (count > MOST_PLANNED) return null;
  const grid = array.shape.map((side, axis) => Math.ceil(side / (chunkShape[axis] ?? 1)));
  const chunks = Array.from({ length: count }, (_, number): StoredChunk => {
    const offset = numberInGrid(number, counts, first, grid) * stored;
    return { indices: [], region: NO_REGION, reference: { kind: 'range', url: '', offset, length: stored } };
  });
  return batchesOf(chunks, array).reduce((sum, batch) => sum + requestsOf(batch).length, 0);
}

const NO_REGION: StoredChunk['region'] = { sourceStart: [], targetStart: [], size: [] };

/** Number in C order of the whole grid of the chunk that has this number in a box of `counts` chunks from `first` on. */
function numberInGrid(
  number: number,
  counts: readonly number[],
  first: readonly number[],
  grid: readonly number[],
): number {
  let rest = number;
  let stride = 1;
  let found = 0;
  for (let axis = grid.length - 1; axis >= 0; axis--) {
    const count = counts[axis] ?? 1;
    found += ((first[axis] ?? 0) + (rest % count)) * stride;
    rest = Math.floor(rest / count);
    stride *= grid[axis] ?? 1;
  }
  return found;
}
