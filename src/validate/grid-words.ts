import { countInWords, plural } from '../words';
import { chunkKey, gridShape } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';

/** How many chunks an array has: `2 x 3 chunks`, `1 chunk`, or `a single chunk, "0"` where it has no axes. */
export function gridInWords(array: ZarrArray): string {
  const grid = gridShape(array);
  const [only] = grid;
  if (only === undefined) return `a single chunk, "${chunkKey(array, [])}"`;
  return grid.length === 1 ? plural(only, 'chunk') : `${grid.map(countInWords).join(' x ')} chunks`;
}
