import { describe, expect, it } from 'vitest';
import {
  chunkCount,
  chunkIndices,
  chunkKey,
  chunkNumber,
  gridShape,
  isInGrid,
  parseChunkKey,
  storeKey,
} from '../../../src/zarr/grid';
import type { ZarrArray } from '../../../src/zarr/types';

const grid = (
  shape: number[],
  chunkShape: number[],
  separator: '.' | '/' = '.',
  prefix: '' | 'c' = '',
): Pick<ZarrArray, 'path' | 'shape' | 'chunkShape' | 'keyEncoding'> => ({
  path: 'g/a',
  shape,
  chunkShape,
  keyEncoding: { separator, prefix },
});

describe('the chunk grid', () => {
  const array = grid([5, 7], [2, 3]);

  it('rounds up and counts', () => {
    expect(gridShape(array)).toEqual([3, 3]);
    expect(chunkCount(array)).toBe(9);
    expect(gridShape(grid([], []))).toEqual([]);
    expect(chunkCount(grid([], []))).toBe(1);
    expect(chunkCount(grid([0, 7], [2, 3]))).toBe(0);
    expect(chunkCount(grid([1e6, 1e6], [1, 1]))).toBe(1e12);
    expect(() => chunkCount(grid([1e9, 1e9], [1, 1]))).toThrow('more than 2^53 - 1 chunks');
  });

  it('numbers chunks in C order, and back', () => {
    expect(chunkNumber(array, [0, 2])).toBe(2);
    expect(chunkNumber(array, [2, 1])).toBe(7);
    expect(chunkIndices(array, 7)).toEqual([2, 1]);
    expect(chunkNumber(grid([], []), [])).toBe(0);
    expect(chunkIndices(grid([], []), 0)).toEqual([]);
    expect(chunkNumber(grid([2 ** 26, 2 ** 26], [1, 1]), [2 ** 26 - 1, 5])).toBe((2 ** 26 - 1) * 2 ** 26 + 5);
    expect(chunkIndices(grid([2 ** 26, 2 ** 26], [1, 1]), (2 ** 26 - 1) * 2 ** 26 + 5)).toEqual([2 ** 26 - 1, 5]);
    expect(() => chunkNumber(array, [3, 0])).toThrow('has no chunk [3, 0]; its grid is [3, 3]');
    expect(() => chunkNumber(array, [0])).toThrow('has no chunk [0]');
  });

  it('knows what lies in the grid', () => {
    expect(isInGrid(array, [2, 2])).toBe(true);
    expect(isInGrid(array, [2, 3])).toBe(false);
    expect(isInGrid(array, [-1, 0])).toBe(false);
    expect(isInGrid(array, [0.5, 0])).toBe(false);
    expect(isInGrid(array, [0, 0, 0])).toBe(false);
    expect(isInGrid(grid([], []), [])).toBe(true);
  });

  it('names chunks', () => {
    expect(chunkKey(array, [1, 2])).toBe('1.2');
    expect(chunkKey(grid([5, 7], [2, 3], '/'), [1, 2])).toBe('1/2');
    expect(chunkKey(grid([], []), [])).toBe('0');
    expect(chunkKey(grid([5, 7], [2, 3], '/', 'c'), [1, 2])).toBe('c/1/2');
    expect(chunkKey(grid([], [], '/', 'c'), [])).toBe('c');
    expect(storeKey(array, [1, 2])).toBe('g/a/1.2');
    expect(storeKey({ ...array, path: '' }, [1, 2])).toBe('1.2');
  });

  it('reads names of chunks, in the grid or not', () => {
    expect(parseChunkKey(array, '1.2')).toEqual([1, 2]);
    expect(parseChunkKey(array, '10.0')).toEqual([10, 0]);
    expect(parseChunkKey(grid([], []), '0')).toEqual([]);
    expect(parseChunkKey(grid([], [], '/', 'c'), 'c')).toEqual([]);
    expect(parseChunkKey(grid([5, 7], [2, 3], '/', 'c'), 'c/1/2')).toEqual([1, 2]);
  });

  it.each([
    '1',
    '1.2.3',
    '1/2',
    '01.2',
    '-1.2',
    '+1.2',
    '1.',
    '.',
    '',
    '1.2 ',
    '1e1.0',
    '9007199254740992.0',
    '.zarray',
  ])('%j is no chunk of two axes', (name) => {
    expect(parseChunkKey(array, name)).toBeUndefined();
  });

  it.each(['c', '1', '0.0', ''])('%j is no chunk of an array without axes', (name) => {
    expect(parseChunkKey(grid([], []), name)).toBeUndefined();
  });

  it('wants the prefix of the default encoding', () => {
    expect(parseChunkKey(grid([5, 7], [2, 3], '/', 'c'), '1/2')).toBeUndefined();
    expect(parseChunkKey(grid([], [], '/', 'c'), '0')).toBeUndefined();
  });
});
