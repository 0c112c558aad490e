import { KerchunkError } from '../errors';
import { elementCount } from './shape';
import type { ZarrArray } from './types';

const ZERO = 0x30;
const NINE = 0x39;

type Grid = Pick<ZarrArray, 'path' | 'shape' | 'chunkShape' | 'keyEncoding'>;

/** Chunks along every axis: shape / chunkShape, rounded up. [] for an array without axes, which has one chunk. */
export function gridShape(array: Pick<Grid, 'shape' | 'chunkShape'>): number[] {
  return array.shape.map((side, axis) => Math.ceil(side / (array.chunkShape[axis] ?? 1)));
}

/**
 * Chunks in the whole grid: 1 for an array without axes, 0 where an axis has length 0.
 * @throws KerchunkError `limit-exceeded` above 2^53 - 1.
 */
export function chunkCount(array: Grid): number {
  const count = elementCount(gridShape(array));
  if (count <= Number.MAX_SAFE_INTEGER) return count;
  throw new KerchunkError('limit-exceeded', `Array "${array.path}" has more than 2^53 - 1 chunks, too many to number.`);
}

/** Whether the indices, one per axis, name a chunk of the grid. */
export function isInGrid(array: Grid, indices: readonly number[]): boolean {
  const grid = gridShape(array);
  return (
    indices.length === grid.length &&
    indices.every((index, axis) => Number.isSafeInteger(index) && index >= 0 && index < (grid[axis] ?? 0))
  );
}

/** Name of a chunk inside its array, without the array's path: `1.2`, `1/2`, `c/1/2`; `0` or `c` for an array without axes. */
export function chunkKey(array: Grid, indices: readonly (number | string)[]): string {
  const { prefix, separator } = array.keyEncoding;
  if (prefix === 'c') return [prefix, ...indices].join(separator);
  return indices.length === 0 ? '0' : indices.join(separator);
}

/** As `chunkKey`, by the number of the chunk in C order: for those who name millions of chunks of one array. */
export function chunkNames(array: Grid): (number: number) => string {
  const grid = gridShape(array);
  const { prefix, separator } = array.keyEncoding;
  if (grid.length === 0) return () => chunkKey(array, []);
  const start = prefix === 'c' ? prefix + separator : '';
  return (number) => {
    let name = '';
    let rest = number;
    for (let axis = grid.length - 1; axis > 0; axis--) {
      const side = grid[axis] ?? 1;
      const index = rest % side;
      name = separator + String(index) + name;
      rest = (rest - index) / side;
    }
    return start + String(rest) + name;
  };
}

/** Key of a chunk in the reference set: the array's path, a slash, `chunkKey`; only `chunkKey` for an array at the root. */
export function storeKey(array: Grid, indices: readonly number[]): string {
  return keyBelow(array.path, chunkKey(array, indices));
}

/** Key of what stands under `name` at a path, as `.zarray` does; the name itself at the root, whose path is ''. */
export function keyBelow(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}

/** Key of the document that holds an array's metadata: its `.zarray` or its `zarr.json`. */
export function metadataKey({ path, zarrFormat }: Pick<ZarrArray, 'path' | 'zarrFormat'>): string {
  return keyBelow(path, zarrFormat === 3 ? 'zarr.json' : '.zarray');
}

/**
 * The indices that a chunk's name inside its array stands for, the inverse of `chunkKey`; undefined where the name is no chunk
 * name of this array: another count of indices, another separator, a sign, a leading zero, or an index above 2^53 - 1. Indices
 * beyond the grid are returned as they stand; ask `isInGrid`.
 */
export function parseChunkKey(array: Grid, name: string): number[] | undefined {
  const { prefix, separator } = array.keyEncoding;
  const rank = array.shape.length;
  if (rank === 0) return name === (prefix === 'c' ? 'c' : '0') ? [] : undefined;
  if (prefix === 'c' && !name.startsWith(`c${separator}`)) return undefined;
  const between = separator.charCodeAt(0);
  const indices: number[] = [];
  let start = prefix === 'c' ? 2 : 0;
  let index = 0;
  // A million keys may be looked at so.
  for (let at = start; at <= name.length; at++) {
    const code = at === name.length ? between : name.charCodeAt(at);
    if (code === between) {
      const digits = at - start;
      const hasLeadingZero = digits > 1 && name.charCodeAt(start) === ZERO;
      if (digits === 0 || hasLeadingZero || !Number.isSafeInteger(index) || indices.length === rank) return undefined;
      indices.push(index);
      start = at + 1;
      index = 0;
    } else if (code >= ZERO && code <= NINE) {
      index = index * 10 + code - ZERO;
    } else {
      return undefined;
    }
  }
  return indices.length === rank ? indices : undefined;
}

/**
 * Number of a chunk in C order (last axis fastest), from 0.
 * @throws KerchunkError `invalid-argument` where the indices are outside the grid.
 */
export function chunkNumber(array: Grid, indices: readonly number[]): number {
  if (!isInGrid(array, indices)) {
    throw new KerchunkError(
      'invalid-argument',
      `Array "${array.path}" has no chunk [${indices.join(', ')}]; its grid is [${gridShape(array).join(', ')}].`,
    );
  }
  return gridShape(array).reduce((number, side, axis) => number * side + (indices[axis] ?? 0), 0);
}

/** The indices of the chunk with this number in C order, the inverse of `chunkNumber`; `number` must be below `chunkCount`. */
export function chunkIndices(array: Pick<Grid, 'shape' | 'chunkShape'>, number: number): number[] {
  const grid = gridShape(array);
  let rest = number;
  for (let axis = grid.length - 1; axis >= 0; axis--) {
    const side = grid[axis] ?? 1;
    const index = rest % side;
    grid[axis] = index;
    rest = (rest - index) / side;
  }
  return grid;
}
