import { type ArrayDiff, type ChunkChanges, diffManifests } from '../combine/diff';
import { placeOf } from '../combine/diff-in-words';
import type { Manifest } from '../manifest/types';
import { parseChunkKey } from '../zarr/grid';

/** Chunks of each kind that are named for each array. */
const MOST_NAMED = 20;

/** A property in which the sets differ: its value in the first and in the second, in words. */
export interface ValueDifference {
  property: string;
  values: [before: string, after: string];
}

/** Chunks of one kind: how many, and the first of them. */
export interface ChunkDifferences {
  count: number;
  first: ChunkDifference[];
}

/** One chunk, and where its bytes are in the first set and in the second, in words; null where that set has it not. */
export interface ChunkDifference {
  key: string;
  /** One per axis. */
  indices: number[];
  before: string | null;
  after: string | null;
}

/** What two arrays of one path differ in. */
export interface ArrayDifferences {
  path: string;
  metadata: ValueDifference[];
  attributes: ValueDifference[];
  moved: ChunkDifferences;
  added: ChunkDifferences;
  lost: ChunkDifferences;
  /** Chunks that are in the same place in both. */
  same: number;
}

/** What two reference sets differ in, as a page shows it: all text, nothing that is bytes. */
export interface SetDifferences {
  groups: { lost: string[]; added: string[]; changed: { path: string; attributes: ValueDifference[] }[] };
  lost: { path: string; chunks: number }[];
  added: { path: string; chunks: number }[];
  changed: ArrayDifferences[];
  /** Arrays that are equal. */
  same: number;
}

/**
 * Compares two reference sets by what they mean, see diffManifests.
 * @throws KerchunkError as it.
 */
export async function setDifferences(before: Manifest, after: Manifest, signal: AbortSignal): Promise<SetDifferences> {
  const { changed, ...others } = await diffManifests(before, after, signal, MOST_NAMED);
  return { ...others, changed: changed.map((array) => inWords(array, before, after)) };
}

function inWords(diff: ArrayDiff, before: Manifest, after: Manifest): ArrayDifferences {
  const named = (changes: ChunkChanges, side: Manifest): ChunkDifferences => ({
    count: changes.count,
    first: changes.first.map((chunk) => ({
      key: chunk.key,
      indices: indicesOf(side, diff.path, chunk.key),
      before: chunk.before === undefined ? null : placeOf(chunk.before),
      after: chunk.after === undefined ? null : placeOf(chunk.after),
    })),
  });
  const { moved, added, lost } = diff;
  return { ...diff, moved: named(moved, before), added: named(added, after), lost: named(lost, before) };
}

/** The indices of a chunk that a set names so. */
function indicesOf({ arrays }: Manifest, path: string, key: string): number[] {
  const array = arrays.find((one) => one.array.path === path)?.array;
  const name = path === '' ? key : key.slice(path.length + 1);
  return (array === undefined ? undefined : parseChunkKey(array, name)) ?? [];
}
