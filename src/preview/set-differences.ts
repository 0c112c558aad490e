import { type ArrayDiff, type ChunkChanges, diffManifests } from '../combine/diff';
import type { Manifest, ManifestEntry } from '../manifest/types';
import { parseChunkKey } from '../zarr/grid';
import type { ArrayDifferences, ChunkDifferences, ChunkPlace, SetDifferences } from './set-difference-types';

/** Chunks of each kind that are named for each array. */
const MOST_NAMED = 20;

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
      before: placeOf(chunk.before),
      after: placeOf(chunk.after),
    })),
  });
  const { moved, added, lost } = diff;
  return {
    ...diff,
    moved: named(moved, before),
    added: named(added, after),
    lost: named(lost, before),
    values: valuesInWords(diff),
  };
}

function placeOf(entry: ManifestEntry | undefined): ChunkPlace | null {
  if (entry === undefined) return null;
  if (entry.kind === 'inline') return { kind: 'inline', length: entry.bytes.length };
  if (entry.kind === 'file') return { kind: 'file', url: entry.url };
  const { url, offset, length } = entry;
  return { kind: 'range', url, start: offset, end: offset + length };
}

function valuesInWords({ values }: ArrayDiff): ArrayDifferences['values'] {
  if (values === undefined) return null;
  const all = [values.changed, values.added, values.lost];
  const first = all.flatMap((changes) =>
    changes.first.map(({ index, before = '', after = '' }) => ({
      property: `[${index.join(', ')}]`,
      values: [before, after] as [string, string],
    })),
  );
  return { count: all.reduce((sum, { count }) => sum + count, 0), first };
}

/** The indices of a chunk that a set names so. */
function indicesOf({ arrays }: Manifest, path: string, key: string): number[] {
  const array = arrays.find((one) => one.array.path === path)?.array;
  const name = path === '' ? key : key.slice(path.length + 1);
  return (array === undefined ? undefined : parseChunkKey(array, name)) ?? [];
}
