import type { ReferenceSet } from '../references/reference-set';
import { countInWords } from '../words';
import { chunkKey, keyBelow, parseChunkKey } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import type { CheckContext } from './checks';
import { isComplete, isLikeChunkKey } from './chunk-keys';
import { gridInWords } from './grid-words';
import { misspeltInWords } from './keys-outside';
import { isOfNczarr, misspeltMetadataName } from './metadata-names';

/** Keys of one kind below an array: the first, and how many. */
interface Keys {
  first: string;
  count: number;
}

/**
 * Reports, once for each kind, keys below a zarr v3 array that are no chunks of its grid: of another form than its chunk key encoding makes
 * (error where chunks of the grid are missing, which read as the fill value, else warning), beyond the grid (warning), nearly of the name of
 * metadata (warning), and what looks like no chunk at all (warning).
 */
export function checkZarr3ChunkKeys(array: ZarrArray, { set, reporter }: CheckContext): void {
  const { form, grid, name: misspelt, other } = straysOf(set, array);
  const size = gridInWords(array);
  const example = chunkKey(
    array,
    array.shape.map(() => 0),
  );
  const more = (keys: Keys): string =>
    keys.count === 1 ? '' : ` The array has ${countInWords(keys.count)} keys like it.`;
  if (form !== undefined) {
    const name = array.keyEncoding.prefix === 'c' ? 'default' : 'v2';
    const isHarmless = isComplete(set, array.path);
    const message =
      `"${nameOf(array, form.first)}" is no chunk key of this array, whose chunk key encoding is "${name}": a key looks like "${example}". ` +
      (isHarmless
        ? 'All chunks of the grid are there, so that no reader asks for it.'
        : 'Readers do not find the chunk, and give the fill value.') +
      more(form);
    reporter.onKey(form.first, 'zarr3/chunk-key-form', message, isHarmless ? 'warning' : 'error');
  }
  if (grid !== undefined) {
    const message = `Chunk "${nameOf(array, grid.first)}" is beyond the grid of ${size}; no reader asks for it.${more(grid)}`;
    reporter.onKey(grid.first, 'zarr3/chunk-key-grid', message);
  }
  const meant = misspelt === undefined ? undefined : misspeltMetadataName(misspelt.first);
  if (misspelt !== undefined && meant !== undefined) {
    const message = misspeltInWords({ key: misspelt.first, name: meant }) + more(misspelt);
    reporter.onKey(misspelt.first, 'kerchunk/metadata-name', message);
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

type Kind = 'form' | 'grid' | 'name' | 'other';

function straysOf(set: ReferenceSet, array: ZarrArray): Partial<Record<Kind, Keys>> {
  const found: Partial<Record<Kind, Keys>> = {};
  for (const key of set.strayKeys(array.path)) {
    if (isOfNczarr(key)) continue;
    const keys = (found[kindOf(array, key)] ??= { first: key, count: 0 });
    keys.count += 1;
  }
  return found;
}

function kindOf(array: ZarrArray, key: string): Kind {
  const name = nameOf(array, key);
  if (parseChunkKey(array, name) !== undefined) return 'grid';
  if (misspeltMetadataName(key) !== undefined) return 'name';
  return isLikeChunkKey(name) ? 'form' : 'other';
}
