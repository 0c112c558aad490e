import { chunkCount, keyBelow } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { countInWords, plural } from '../words';
import type { CheckContext } from './checks';

/** Reports missing chunks of a zarr v2 array without a fill value: what they read as is undefined. */
export function checkMissingFill(array: ZarrArray, { set, reporter }: CheckContext): void {
  // An item of `gen` that is not evaluated may make them.
  if (array.zarrFormat !== 2 || array.fillValue !== null || set.mayHaveMore(array.path)) return;
  const total = chunkCount(array);
  const missing = total - set.chunkEntries(array.path);
  if (missing === 0) return;
  const message =
    `"fill_value" is null, and ${countInWords(missing)} of ${plural(total, 'chunk')} ${missing === 1 ? 'is' : 'are'} missing: ` +
    'what is read there is undefined. Write a fill value that no element has.';
  reporter.inside(keyBelow(array.path, '.zarray'), ['fill_value'], 'zarr2/null-fill-absent', message);
}
