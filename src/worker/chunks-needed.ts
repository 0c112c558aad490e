import type { DocumentMethods } from '../preview/methods';
import type { ChunkRange } from '../references/parquet/set-loader';
import type { ReferenceSet } from '../references/reference-set';
import { chunkNumber, isInGrid, keyBelow } from '../zarr/grid';
import { groupOf } from '../zarr/path';
import type { ZarrArray } from '../zarr/types';

type Needed<Method extends keyof DocumentMethods> = (
  metadata: ReferenceSet,
  payload: DocumentMethods[Method]['payload'],
) => ChunkRange[];

/** The chunks whose references a request needs, of those requests that need less than all, by what a set's metadata say. */
export const chunksNeeded: { [Method in keyof DocumentMethods]?: Needed<Method> } = {
  describeArray: (_, { path }) => [{ path, first: 0, end: Infinity }],
  grid: (_, { window: { path } }) => [{ path, first: 0, end: Infinity }],
  axes: chunkAndCoordinates,
  chunk: chunkAndCoordinates,
  encoding: chunkAndCoordinates,
  whatIf: chunkAndCoordinates,
  stageBytes: chunkAndCoordinates,
  takeStored: chunkAndCoordinates,
};

/**
 * A chunk, and those of the coordinates along its axes.
 * @throws KerchunkError as `ReferenceSet.array`.
 */
function chunkAndCoordinates(
  metadata: ReferenceSet,
  { path, indices }: { path: string; indices: readonly number[] },
): ChunkRange[] {
  const array = metadata.array(path);
  if (!isInGrid(array, indices)) return [];
  const first = chunkNumber(array, indices);
  const ranges = new Map([[path, { path, first, end: first + 1 }]]);
  const paths = new Set(metadata.arrayPaths());
  array.dimensionNames?.forEach((name, axis) => {
    const beside = keyBelow(groupOf(path), name ?? '');
    const coordinate = paths.has(beside) && !ranges.has(beside) ? metadata.array(beside) : undefined;
    if (coordinate !== undefined) ranges.set(beside, alongChunk(coordinate, array, axis, indices[axis] ?? 0));
  });
  return [...ranges.values()];
}

/** Chunks of a coordinate along one chunk of an axis. */
function alongChunk({ path, chunkShape }: ZarrArray, of: ZarrArray, axis: number, index: number): ChunkRange {
  const side = of.chunkShape[axis] ?? 1;
  const last = Math.min((index + 1) * side, of.shape[axis] ?? 0) - 1;
  const own = chunkShape[0] ?? 1;
  return { path, first: Math.floor((index * side) / own), end: Math.floor(last / own) + 1 };
}
