import { FIRST_KIND, Kind, WHOLE } from '../../references/columns';
import { inlineLength, inlineText } from '../../references/inline';
import type { LimitName } from '../../references/reader-facts';
import type { ReferenceSet } from '../../references/reference-set';
import { chunkIndices, gridShape, keyBelow, parseChunkKey, storeKey } from '../../zarr/grid';
import { elementCount } from '../../zarr/shape';
import type { ZarrArray } from '../../zarr/types';
import { isComplete, isLikeChunkKey } from '../chunk-keys';
import { orUndefined } from './metadata-limits';
import type { Obstacles } from './obstacles';

const FOUR_GIB = 2 ** 32;

/** What stops readers from chunks of the array at `path`; each kind is told once, at its first chunk. */
export function entryLimits(set: ReferenceSet, text: Uint8Array, path: string, obstacles: Obstacles): void {
  const array = orUndefined(() => set.array(path));
  if (array === undefined) return;
  const first = new Map<LimitName, number>();
  const note = (name: LimitName, chunk: number): void => {
    if (!first.has(name)) first.set(name, chunk);
  };
  // Where nothing is encoded, a chunk has as many bytes as its elements.
  const decoded = elementCount(array.chunkShape) * array.dataType.itemSize;
  const bytes = array.codecs.length === 0 ? decoded : undefined;
  const isDeflatedByFilter = array.codecs.some(({ id, place }) => place === 'filter' && /^(zlib|gzip)$/u.test(id));
  const noteLength = (length: number | undefined, chunk: number): void => {
    if (bytes !== undefined && length !== undefined && length !== bytes)
      note(length < bytes ? 'chunk-short' : 'chunk-long', chunk);
  };
  const seen: boolean[] = [];
  let protocol: string | undefined;
  set.eachEntry(path, (chunk, target, offset, extent) => {
    if (target < FIRST_KIND) {
      if (offset === WHOLE) note('whole-file', chunk);
      else if (extent >= FOUR_GIB) note('length-4gib', chunk);
      if (offset !== WHOLE) noteLength(extent, chunk);
      if (isDeflatedByFilter && extent > decoded) note('filter-grown', chunk);
      if (seen[target] === true) return;
      seen[target] = true;
      const address = set.address(target);
      if (address.includes('{{')) note('template-literal', chunk);
      if (address.includes(' ')) note('address-space', chunk);
      const found = protocolOf(address);
      protocol ??= found;
      if (found !== protocol) note('protocols', chunk);
      if (found === '' && !address.startsWith('/')) note('relative', chunk);
      if (!/^(https?|s3|gs|gcs)$/iu.test(found)) note('not-http', chunk);
    } else if (target === Kind.none) {
      note('null-entry', chunk);
    } else if (target === Kind.text || target === Kind.base64) {
      note('inline', chunk);
      const span = { offset, length: extent };
      if (extent === 2) note('inline-empty', chunk);
      else if (target === Kind.text) noteText(inlineText(text, span), chunk, note, noteLength);
      else noteLength(inlineLength(text, span, true), chunk);
    } else if (target === Kind.broken) {
      note('malformed', chunk);
    }
  });
  for (const [name, chunk] of first) {
    const key = storeKey(array, chunkIndices(array, chunk));
    obstacles.at(set.innerSpan(key, []) ?? set.entrySpan(key), key, name, path);
  }
  keyLimits(set, array, obstacles);
  absentLimits(set, array, obstacles);
}

function noteText(
  bytes: Uint8Array,
  chunk: number,
  note: (name: LimitName, chunk: number) => void,
  noteLength: (length: number, chunk: number) => void,
): void {
  if (bytes.includes(0)) note('inline-nul', chunk);
  noteLength(bytes.length, chunk);
}

/** `https` of `https://…`, in the letters that it has; '' for a path. */
function protocolOf(address: string): string {
  return /^([a-z][a-z\d+.-]*)(::|:\/\/)/iu.exec(address)?.[1] ?? '';
}

function keyLimits(set: ReferenceSet, array: ZarrArray, obstacles: Obstacles): void {
  const prefix = array.path === '' ? '' : `${array.path}/`;
  const isWhole = isComplete(set, array.path);
  // Of a path with metadata of both versions zarr-python 3 takes those of zarr v3, and what is found here is of zarr v2.
  const isBoth = array.zarrFormat === 2 && set.hasMetadata(keyBelow(array.path, 'zarr.json'));
  let other: string | undefined;
  let lost: string | undefined;
  for (const key of set.strayKeys(array.path)) {
    const name = key.slice(prefix.length);
    if (parseChunkKey(array, name) !== undefined) continue;
    other ??= key;
    if (!isWhole && isLikeChunkKey(name)) lost ??= key;
    if (isWhole || lost !== undefined) break;
  }
  if (other !== undefined) obstacles.at(set.keySpan(other), other, 'key-other', array.path);
  if (lost !== undefined) obstacles.at(set.keySpan(lost), lost, isBoth ? 'key-form-v2' : 'key-form', array.path);
  if (/[^!-~]/u.test(array.path)) obstacles.at(undefined, array.path, 'name-encoded', array.path);
}

/** VirtualiZarr takes the largest indices of the chunks that are there for the shape of the grid. */
function absentLimits(set: ReferenceSet, array: ZarrArray, obstacles: Obstacles): void {
  const grid = gridShape(array);
  const { total, absent } = set.coverage(array.path);
  if (absent === 0 || absent === total) return;
  const largest = grid.map(() => -1);
  set.eachEntry(array.path, (chunk) => {
    let rest = chunk;
    for (let axis = grid.length - 1; axis >= 0; axis--) {
      const side = grid[axis] ?? 1;
      largest[axis] = Math.max(largest[axis] ?? 0, rest % side);
      rest = Math.floor(rest / side);
    }
  });
  if (grid.some((side, axis) => largest[axis] !== side - 1)) {
    const key = keyBelow(array.path, array.zarrFormat === 2 ? '.zarray' : 'zarr.json');
    obstacles.at(set.keySpan(key), key, 'last-chunk-absent', array.path);
  }
}
