import { throwIfCancelled } from '../bytes/cancel';
import { withoutRepeatedConventions } from '../manifest/geo-conventions';
import type { Manifest, ManifestArray, ManifestEntry } from '../manifest/types';
import { isStop, turns } from '../steps';
import { chunkCount, chunkIndices, chunkNames, gridShape, keyBelow } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { diffMetadata } from './diff-metadata';
import { diffValues, isEmptyValueDiff, type ValueDiff } from './diff-values';
import { attributeDifferences, type Difference } from './differences';

/** Chunks of each kind that are shown one by one where nothing else is said. */
const MOST_SHOWN = 3;

/** Chunks of one kind: how many, and the first of them, with where they are in the first set and in the second. */
export interface ChunkChanges {
  count: number;
  first: { key: string; before?: ManifestEntry; after?: ManifestEntry }[];
}

/** What two arrays of one path differ in. */
export interface ArrayDiff {
  path: string;
  metadata: Difference[];
  attributes: Difference[];
  /** Chunks that both have, in different places. */
  moved: ChunkChanges;
  /** Chunks that only the second has. */
  added: ChunkChanges;
  /** Chunks that only the first has. */
  lost: ChunkChanges;
  /** Chunks that are in the same place in both. */
  same: number;
  /** Of arrays that stand in the references: the values that differ, which say more than how they are stored. */
  values?: ValueDiff;
}

/** What two reference sets differ in. */
export interface SetDiff {
  /** Groups that only one has: by path. */
  groups: { lost: string[]; added: string[]; changed: { path: string; attributes: Difference[] }[] };
  /** Arrays that only one has, and how many chunks these hold. */
  lost: { path: string; chunks: number }[];
  added: { path: string; chunks: number }[];
  /** Arrays that both have, which differ. */
  changed: ArrayDiff[];
  /** Arrays that are equal. */
  same: number;
}

/**
 * Compares two reference sets by what they mean: in whatever form, version of zarr and order they are written, and however their chunks are
 * named. Chunks are equal where they are in the same range of the same address, or inline and of the same bytes.
 * `shown` is how many chunks of each kind are named for each array.
 * @throws KerchunkError `cancelled`, and what the entries of the manifests throw.
 */
export async function diffManifests(
  one: Manifest,
  other: Manifest,
  signal?: AbortSignal,
  shown = MOST_SHOWN,
): Promise<SetDiff> {
  throwIfCancelled(signal);
  // For zarr v3 alone the conventions of place and CRS are written beside what CF says.
  const isMixed = new Set([one, other].flatMap(formatsOf)).size > 1;
  const [before, after] = isMixed ? [withoutRepeatedConventions(one), withoutRepeatedConventions(other)] : [one, other];
  const giveWay = turns(signal);
  const [left, right] = [before, after].map(({ arrays }) => new Map(arrays.map((array) => [array.array.path, array])));
  const diff: SetDiff = { groups: diffGroups(before, after), lost: [], added: [], changed: [], same: 0 };
  for (const [path, array] of left ?? []) {
    const other = right?.get(path);
    if (other === undefined) {
      diff.lost.push({ path, chunks: await countEntries(array, giveWay) });
      continue;
    }
    const changes = await diffArrays(array, other, giveWay, { shown, signal });
    if (changes === undefined) diff.same++;
    else diff.changed.push(changes);
  }
  for (const [path, array] of right ?? []) {
    if (left?.has(path) !== true) diff.added.push({ path, chunks: await countEntries(array, giveWay) });
  }
  return diff;
}

function formatsOf({ groups, arrays }: Manifest): (2 | 3)[] {
  return [...groups.map(({ zarrFormat }) => zarrFormat), ...arrays.map(({ array }) => array.zarrFormat)];
}

/** Whether there is no difference at all. */
export function isEmptyDiff({ groups, lost, added, changed }: SetDiff): boolean {
  return [groups.lost, groups.added, groups.changed, lost, added, changed].every((list) => list.length === 0);
}

function diffGroups(before: Manifest, after: Manifest): SetDiff['groups'] {
  const [left, right] = [before, after].map(({ groups }) => new Map(groups.map((group) => [group.path, group])));
  const found: SetDiff['groups'] = { lost: [], added: [], changed: [] };
  for (const [path, { attributes }] of left ?? []) {
    const other = right?.get(path);
    if (other === undefined) {
      found.lost.push(path);
      continue;
    }
    const differences = attributeDifferences(attributes, other.attributes);
    if (differences.length > 0) found.changed.push({ path, attributes: differences });
  }
  found.added = [...(right?.keys() ?? [])].filter((path) => left?.has(path) !== true);
  return found;
}

async function diffArrays(
  before: ManifestArray,
  after: ManifestArray,
  giveWay: () => Promise<void>,
  { shown, signal }: { shown: number; signal: AbortSignal | undefined },
): Promise<ArrayDiff | undefined> {
  const { path } = before.array;
  const { metadata, attributes, fill } = diffMetadata(before, after);
  const diff: ArrayDiff = { path, metadata, attributes, moved: none(), added: none(), lost: none(), same: 0 };
  const names = [before, after].map(({ array }) => chunkNames(array));
  const note = (changes: ChunkChanges, chunk: number, side: 0 | 1, places: Omit<ChunkChanges['first'][0], 'key'>) => {
    changes.count++;
    if (changes.first.length < shown) {
      changes.first.push({ key: keyBelow(path, names[side]?.(chunk) ?? ''), ...places });
    }
  };
  const [numberBefore, numberAfter] = commonNumbers(before.array, after.array);
  const left = before.entries()[Symbol.iterator]();
  const right = after.entries()[Symbol.iterator]();
  let [a, b] = [left.next(), right.next()];
  for (let step = 0; a.done !== true || b.done !== true; step++) {
    if (isStop(step)) await giveWay();
    const first = a.done === true ? Infinity : numberBefore(a.value[0]);
    const second = b.done === true ? Infinity : numberAfter(b.value[0]);
    if (a.done !== true && first < second) {
      note(diff.lost, a.value[0], 0, { before: a.value[1] });
      a = left.next();
    } else if (b.done !== true && second < first) {
      note(diff.added, b.value[0], 1, { after: b.value[1] });
      b = right.next();
    } else if (a.done !== true && b.done !== true) {
      if (sameEntry(a.value[1], b.value[1])) diff.same++;
      else note(diff.moved, a.value[0], 0, { before: a.value[1], after: b.value[1] });
      [a, b] = [left.next(), right.next()];
    }
  }
  const isWhole = [before, after].every(({ array }) => chunkCount(array) === diff.same + diff.moved.count);
  if (fill !== undefined && !isWhole) metadata.push(fill);
  const isSame = [metadata.length, attributes.length, diff.moved.count, diff.added.count, diff.lost.count].every(
    (count) => count === 0,
  );
  if (isSame) return undefined;
  const hasOtherChunks = [diff.moved, diff.added, diff.lost].some(({ count }) => count > 0);
  const values = hasOtherChunks ? await diffValues(before, after, signal) : undefined;
  return values === undefined || isEmptyValueDiff(values) ? diff : { ...diff, values };
}

/**
 * Numbers by which chunks of two arrays are compared, from their own: those of equal indices are equal, and both ascend. Of arrays of other
 * ranks no chunk is that of the other.
 */
function commonNumbers(a: ZarrArray, b: ZarrArray): [(chunk: number) => number, (chunk: number) => number] {
  const [gridA, gridB] = [gridShape(a), gridShape(b)];
  if (gridA.length !== gridB.length) return [(chunk) => chunk, (chunk) => chunkCount(a) + chunk];
  const common = gridA.map((side, axis) => Math.max(side, gridB[axis] ?? 1));
  const isOwn = (grid: readonly number[]): boolean => grid.every((side, axis) => axis === 0 || side === common[axis]);
  const renumber =
    (array: ZarrArray): ((chunk: number) => number) =>
    (chunk) =>
      chunkIndices(array, chunk).reduce((number, index, axis) => number * (common[axis] ?? 1) + index, 0);
  const own = (chunk: number): number => chunk;
  return [isOwn(gridA) ? own : renumber(a), isOwn(gridB) ? own : renumber(b)];
}

/** Whether two chunks are stored in the same place, or as the same bytes. */
export function sameEntry(a: ManifestEntry, b: ManifestEntry): boolean {
  if (a.kind === 'inline') {
    return (
      b.kind === 'inline' && a.bytes.length === b.bytes.length && a.bytes.every((byte, at) => byte === b.bytes[at])
    );
  }
  if (b.kind === 'inline' || a.url !== b.url || a.kind !== b.kind) return false;
  return a.kind === 'file' || b.kind === 'file' || (a.offset === b.offset && a.length === b.length);
}

function none(): ChunkChanges {
  return { count: 0, first: [] };
}

async function countEntries({ entries }: ManifestArray, giveWay: () => Promise<void>): Promise<number> {
  let count = 0;
  for (const [chunk] of entries()) {
    count++;
    if (isStop(chunk)) await giveWay();
  }
  return count;
}
