import type { ReferenceSet } from '../references/reference-set';
import type { ChunkReference } from '../references/types';
import { chunkIndices, chunkNumber, gridShape, storeKey } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { type Cell, cellOf, indicesOf, planeOf } from './axes';
import { referenceAt } from './chunks';
import { cellGrid, cells, type Expected, expectedRange } from './expected';
import { judge } from './judge';
import { pauses } from './pause';
import type { MatchedImage, SourcePlan } from './source-plan';
import type { Tally } from './tally';

/** A chunk that refers to what the file's tables say, or stands in the reference file itself. */
export interface SoundChunk {
  indices: readonly number[];
  reference: Extract<ChunkReference, { kind: 'range' | 'inline' }>;
  match: MatchedImage;
  cell: Cell;
  expected: Extract<Expected, { kind: 'stored' }>;
}

/** What the comparison of tables counted. */
export interface TableCounts {
  compared: number;
  /** Chunks without bytes in the file and without a reference. */
  sparse: number;
}

/**
 * Compares every reference of an array with the file's own tables, and every tile of the file with the references.
 * @param sound is told of each chunk that has a reference and no fault, in C order.
 */
export async function checkTables(
  set: ReferenceSet,
  array: ZarrArray,
  plan: SourcePlan,
  tally: Tally,
  signal: AbortSignal | undefined,
  sound: (chunk: SoundChunk) => void,
): Promise<TableCounts> {
  const pause = pauses(signal);
  const counts: TableCounts = { compared: 0, sparse: 0 };
  for await (const item of judgedChunks(set, array, plan, pause)) {
    counts.compared += 1;
    const { fault, key, chunk } = item;
    if (fault === undefined) {
      if (chunk !== undefined) sound(chunk);
      continue;
    }
    const { code, words } = fault;
    tally.add({ code, path: array.path }, key, () => `Chunk ${key} ${words()}.`);
  }
  for (const [plane, match] of plan.planes) {
    if (match.mismatch !== undefined) continue;
    const leading = leadingOf(array, match, plane);
    const rows = array.chunkShape[match.axes.y] ?? 1;
    for (const cell of cells(cellGrid(match.image, rows, array.shape[match.axes.y] ?? 0))) {
      await pause();
      const indices = indicesOf(match.axes, leading, cell);
      const expected = expectedRange(match.image, cell, rows);
      const reference = referenceAt(set, array, chunkNumber(array, indices));
      if (reference?.kind !== 'absent') continue;
      counts.compared += 1;
      const fault = judge(reference, expected, match.image, match.target.index);
      if (fault === undefined) counts.sparse += 1;
      const key = storeKey(array, indices);
      if (fault !== undefined) {
        const { code, words } = fault;
        tally.add({ code, path: array.path }, key, () => `Chunk ${key} ${words()}.`);
      }
    }
  }
  return counts;
}

/** The chunks that `checkTables` would call sound, once more, without a word about the others. */
export async function* soundChunks(
  set: ReferenceSet,
  array: ZarrArray,
  plan: SourcePlan,
  signal: AbortSignal | undefined,
): AsyncGenerator<SoundChunk> {
  for await (const { chunk } of judgedChunks(set, array, plan, pauses(signal))) {
    if (chunk !== undefined) yield chunk;
  }
}

/** Every chunk with an entry whose image is known, judged. */
async function* judgedChunks(set: ReferenceSet, array: ZarrArray, plan: SourcePlan, pause: () => Promise<void>) {
  if (plan.axes === undefined) return;
  const grid = gridShape(array);
  for (const [number, kind] of set.chunkKinds(array.path)) {
    await pause();
    if (kind === 'absent' || kind === 'broken') continue;
    const reference = referenceAt(set, array, number);
    if (reference === undefined || reference.kind === 'absent') continue;
    const indices = chunkIndices(array, number);
    const plane = planeOf(grid, plan.axes, indices);
    const match = reference.kind === 'inline' ? plan.planes.get(plane) : plan.imageFor(plane, reference.url);
    if (match === undefined || match.mismatch !== undefined) continue;
    const cell = cellOf(match.image, match.axes, indices);
    const expected = expectedRange(match.image, cell, array.chunkShape[match.axes.y] ?? 1);
    const fault = judge(reference, expected, match.image, match.target.index);
    const isSound = fault === undefined && expected.kind === 'stored' && reference.kind !== 'file';
    const chunk: SoundChunk | undefined = isSound ? { indices, reference, match, cell, expected } : undefined;
    yield { key: storeKey(array, indices), fault, chunk };
  }
}

/** The indices along the stack of the image with this number. */
function leadingOf(array: ZarrArray, { axes }: MatchedImage, plane: number): number[] {
  const sides = gridShape(array).slice(0, axes.leading);
  let rest = plane;
  for (let axis = sides.length - 1; axis >= 0; axis--) {
    const side = sides[axis] ?? 1;
    sides[axis] = rest % side;
    rest = Math.floor(rest / side);
  }
  return sides;
}
