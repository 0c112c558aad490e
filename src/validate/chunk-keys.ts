import type { ReferenceSet } from '../references/reference-set';
import { whyUnreachable } from '../references/unreachable';
import { gridShape, parseChunkKey } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import type { Reporter } from './reporter';

/** Reports chunk keys that the grid does not have: beyond it (warning, no reader asks for them), or not of its form (error). */
export function checkChunkKeys(set: ReferenceSet, array: ZarrArray, reporter: Reporter): void {
  const grid = gridShape(array);
  const prefix = array.path === '' ? '' : `${array.path}/`;
  for (const key of set.strayKeys(array.path)) {
    // A rule of its own says why.
    if (whyUnreachable(key) !== undefined) continue;
    const name = key.slice(prefix.length);
    const indices = parseChunkKey(array, name);
    const size = grid.length === 0 ? 'a single chunk, 0' : `${grid.join(' x ')} chunks`;
    if (indices === undefined) {
      const { separator } = array.keyEncoding;
      const example = grid.length === 0 ? '0' : grid.map(() => '0').join(separator);
      const message = `"${name}" is no chunk key of this array, which has ${size}; a key looks like "${example}".`;
      reporter.onKey(key, 'zarr2/chunk-key-form', message);
    } else {
      const message = `Chunk "${name}" is beyond the grid of ${size}; no reader asks for it.`;
      reporter.onKey(key, 'zarr2/chunk-key-grid', message);
    }
  }
}
