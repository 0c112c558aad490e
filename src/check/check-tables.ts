import type { ReferenceSet } from '../references/reference-set';
import type { ChunkReference } from '../references/types';
import { chunkIndices, gridShape, storeKey } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { type Cell, cellOf, planeOf } from './axes';
import { referenceAt } from './chunks';
import { type Expected, expectedRange } from './expected';
import { beyondEnd, judge, missingInWords } from './judge';
import { pauses } from './pause';
import type { MatchedImage, SourcePlan } from './source-plan';
import { cellCounts, storedRuns } from './stored-runs';
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
  // Where keys may come from an item of gen that was not evaluated, which is a finding of its own, nobody knows which are missing.
  if (set.mayHaveMore(array.path)) return counts;
  for (const [plane, match] of plan.planes) {
    if (match.mismatch !== undefined) continue;
    const { missing, sparse } = await countAbsent(set, array, plane, match, tally, pause);
    counts.compared += missing + sparse;
    counts.sparse += sparse;
  }
  return counts;
}

/**
 * Counts the chunks of one image that have no reference, and reports those for which the TIFF has bytes: by its tables and the entries
 * there are, not by the grid, which a few bytes can claim to be of any size.
 */
async function countAbsent(
  set: ReferenceSet,
  array: ZarrArray,
  plane: number,
  { image, axes }: MatchedImage,
  tally: Tally,
  pause: () => Promise<void>,
): Promise<{ missing: number; sparse: number }> {
  const rows = array.chunkShape[axes.y] ?? 1;
  const arrayRows = array.shape[axes.y] ?? 0;
  const { total } = cellCounts(image, rows, arrayRows);
  const start = plane * total;
  let missing = 0;
  const report = (first: number, end: number): void => {
    missing += end - first;
    tally.addMany({ code: 'source/missing', path: array.path }, end - first, (number) => {
      const indices = chunkIndices(array, first + number);
      const key = storeKey(array, indices);
      const expected = expectedRange(image, cellOf(image, axes, indices), rows);
      return { key, message: `Chunk ${key} ${missingInWords(expected, image)}.` };
    });
  };
  const present = presentChunks(set, array, start, start + total);
  let seen = 0;
  let next = present.next();
  for await (const run of storedRuns(image, rows, arrayRows, pause)) {
    let from = start + run.first;
    const end = start + run.end;
    for (; next.done !== true && next.value < end; next = present.next()) {
      await pause();
      seen += 1;
      if (next.value < from) continue;
      report(from, next.value);
      from = next.value + 1;
    }
    report(from, end);
  }
  for (; next.done !== true; next = present.next()) {
    await pause();
    seen += 1;
  }
  return { missing, sparse: total - seen - missing };
}

/** Numbers of the chunks [first, end) that have an entry, if only a malformed one. */
function* presentChunks(set: ReferenceSet, { path }: ZarrArray, first: number, end: number): Generator<number, void> {
  for (const [chunk, kind] of set.chunkKinds(path, first, end)) if (kind !== 'absent') yield chunk;
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
    const fault =
      judge(reference, expected, match.image, match.target.index) ??
      beyondEnd(reference, expected, match.image, match.tiff.size);
    const isSound = fault === undefined && expected.kind === 'stored' && reference.kind !== 'file';
    const chunk: SoundChunk | undefined = isSound ? { indices, reference, match, cell, expected } : undefined;
    yield { key: storeKey(array, indices), fault, chunk };
  }
}
