import type { ReferenceSet } from '../references/reference-set';
import { countInWords } from '../words';
import { chunkKey, keyBelow, parseChunkKey } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import type { CheckContext } from './checks';
import { gridInWords } from './grid-words';

/** Keys of one kind below an array: the first, and how many. */
interface Keys {
  first: string;
  count: number;
}

/**
 * Reports, once for each kind, keys below a zarr v3 array that are no chunks of its grid: of another form than its chunk key encoding makes
 * (error, as the chunks read as the fill value), beyond the grid (warning), and what looks like no chunk at all (warning).
 */
export function checkZarr3ChunkKeys(array: ZarrArray, { set, reporter }: CheckContext): void {
  const { form, grid, other } = straysOf(set, array);
  const size = gridInWords(array);
  const example = chunkKey(
    array,
    array.shape.map(() => 0),
  );
  const more = (keys: Keys): string =>
    keys.count === 1 ? '' : ` The array has ${countInWords(keys.count)} keys like it.`;
  if (form !== undefined) {
    const name = array.keyEncoding.prefix === 'c' ? 'default' : 'v2';
    const message =
      `"${nameOf(array, form.first)}" is no chunk key of this array, whose chunk key encoding is "${name}": a key looks like "${example}". ` +
      `Readers do not find the chunk, and give the fill value.${more(form)}`;
    reporter.onKey(form.first, 'zarr3/chunk-key-form', message);
  }
  if (grid !== undefined) {
    const message = `Chunk "${nameOf(array, grid.first)}" is beyond the grid of ${size}; no reader asks for it.${more(grid)}`;
    reporter.onKey(grid.first, 'zarr3/chunk-key-grid', message);
  }
  if (other !== undefined) {
    const message =
      `"${nameOf(array, other.first)}" lies below an array and is no chunk key, which looks like "${example}"; no reader asks for ` +
      `it.${more(other)}`;
    reporter.onKey(other.first, 'zarr3/chunk-key-form', message, 'warning');
  }
}

function nameOf({ path }: ZarrArray, key: string): string {
  return key.slice(keyBelow(path, '').length);
}

function straysOf(set: ReferenceSet, array: ZarrArray): { form?: Keys; grid?: Keys; other?: Keys } {
  const found: { form?: Keys; grid?: Keys; other?: Keys } = {};
  for (const key of set.strayKeys(array.path)) {
    const name = nameOf(array, key);
    const kind =
      parseChunkKey(array, name) !== undefined ? 'grid' : /^(c[./]?)?\d+([./]\d+)*$|^c$/.test(name) ? 'form' : 'other';
    const keys = (found[kind] ??= { first: key, count: 0 });
    keys.count += 1;
  }
  return found;
}
