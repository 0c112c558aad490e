import { KerchunkError } from '../errors';
import type { ReferenceSet } from '../references/reference-set';
import { isStop, runInSlices, type Steps } from '../steps';
import { countInWords, plural } from '../words';
import { parseChunkKey } from '../zarr/grid';
import { chunkName } from '../references/resolver';

/** How much of the chunk grids of all arrays of a file is there: `chunks` is the sum of `ranges`, `inline`, `absent` and `broken`. */
export interface SetCoverage {
  /** Arrays whose metadata can be read; the others have no grid. */
  arrays: number;
  chunks: number;
  ranges: number;
  inline: number;
  absent: number;
  /** Chunks whose entry is malformed. */
  broken: number;
  /** Keys of chunks that are beyond the grids: no reader asks for them. */
  beyond: number;
}

/**
 * Counts the chunks of all arrays.
 * @throws KerchunkError `cancelled`.
 */
export function coverageOf(set: ReferenceSet, signal?: AbortSignal): Promise<SetCoverage> {
  return runInSlices(countCoverage(set), signal);
}

function* countCoverage(set: ReferenceSet): Steps<SetCoverage> {
  const sum: SetCoverage = { arrays: 0, chunks: 0, ranges: 0, inline: 0, absent: 0, broken: 0, beyond: 0 };
  let looked = 0;
  for (const path of set.arrayPaths()) {
    yield;
    if (!add(set, path, sum)) continue;
    const array = set.array(path);
    for (const key of set.strayKeys(path)) {
      if (parseChunkKey(array, chunkName(path, key)) !== undefined) sum.beyond++;
      if (isStop(looked++)) yield;
    }
  }
  return sum;
}

/** Adds the grid of one array; false where its metadata cannot be read, or it has more chunks than can be numbered. */
function add(set: ReferenceSet, path: string, sum: SetCoverage): boolean {
  try {
    const { total, ranges, inline, absent, broken } = set.coverage(path);
    sum.arrays += 1;
    sum.chunks += total;
    sum.ranges += ranges;
    sum.inline += inline;
    sum.absent += absent;
    sum.broken += broken;
    return true;
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return false;
  }
}

/** `1,000 chunks in the grids of 2 arrays: 900 ranges, 4 inline, 96 absent, 3 beyond`. */
export function coverageInWords({ arrays, chunks, ranges, inline, absent, broken, beyond }: SetCoverage): string {
  const parts = [
    plural(ranges, 'range'),
    `${countInWords(inline)} inline`,
    `${countInWords(absent)} absent`,
    ...(broken > 0 ? [`${countInWords(broken)} malformed`] : []),
    `${countInWords(beyond)} beyond`,
  ];
  return `${plural(chunks, 'chunk')} in ${arrays === 1 ? 'the grid' : 'the grids'} of ${plural(arrays, 'array')}: ${parts.join(', ')}`;
}
