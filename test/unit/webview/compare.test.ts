import { describe, expect, it } from 'vitest';
import type { OutlineNode } from '../../../src/preview/types';
import {
  comparedWith,
  compareOfAnother,
  firstWindow,
  freshCompare,
  otherArray,
  otherChunk,
  planeOfChunk,
  stretchOfPair,
  windowOfArray,
} from '../../../src/webview/editor/compare/compare-state';

const picture = { plane: [], band: 'colours' } as const;
const red = { path: 'red', shape: [500, 700], chunkShape: [256, 256], grid: [2, 3] };
const cube = { path: 'cube', shape: [9, 500, 700], chunkShape: [4, 256, 256], grid: [3, 2, 3] };
const pixels = { path: 'pixels', shape: [500, 700, 3], chunkShape: [256, 256, 3], grid: [2, 3, 1] };

describe('the window that is compared', () => {
  it('is the part of the open chunk inside the array', () => {
    expect(planeOfChunk(red, [1, 2], picture)).toEqual({
      path: 'red',
      slices: [
        { start: 256, stop: 500 },
        { start: 512, stop: 700 },
      ],
      rows: 0,
      columns: 1,
    });
  });

  it('is the plane and the sample that the picture shows', () => {
    const plane = planeOfChunk(cube, [2, 0, 0], { plane: [3, 0, 0], band: 'colours' });
    // Of the last chunk along time one index lies inside the array.
    expect(plane.slices[0]).toEqual({ start: 8, stop: 9 });
    expect([plane.rows, plane.columns]).toEqual([1, 2]);
    const sample = planeOfChunk(pixels, [0, 0, 0], { plane: [], band: 2 });
    expect(sample.slices[2]).toEqual({ start: 2, stop: 3 });
    expect([sample.rows, sample.columns]).toEqual([0, 1]);
  });

  it('of one axis is a row, of none a single value', () => {
    const line = planeOfChunk({ path: 'x', shape: [10], chunkShape: [4], grid: [3] }, [2], picture);
    expect(line).toEqual({ path: 'x', slices: [{ start: 8, stop: 10 }], rows: null, columns: 0 });
    const scalar = planeOfChunk({ path: 's', shape: [], chunkShape: [], grid: [] }, [], picture);
    expect(scalar).toEqual({ path: 's', slices: [], rows: null, columns: null });
  });

  it('is the selected one where there is one, of this array', () => {
    const window = planeOfChunk(red, [0, 0], picture);
    const state = { compare: { ...freshCompare, window }, chunk: [1, 1], picture };
    expect(firstWindow(state, red)).toBe(window);
    expect(firstWindow(state, cube)).toBeNull();
    expect(firstWindow({ compare: freshCompare, chunk: null, picture }, red)).toBeNull();
  });
});

describe('what it is compared with', () => {
  const state = { compare: { ...freshCompare, choice: 'chunk' as const }, chunk: [1, 2], picture };

  it('is the next chunk at first, at the end the one before', () => {
    expect(otherChunk({ ...state, chunk: [1, 1] }, red)).toEqual([1, 2]);
    expect(otherChunk(state, red)).toEqual([1, 1]);
    expect(otherChunk({ ...state, compare: { ...state.compare, chunk: [0, 0] } }, red)).toEqual([0, 0]);
    const one = { path: 'one', shape: [4], chunkShape: [4], grid: [1] };
    const first = planeOfChunk(one, [0], picture);
    expect(comparedWith({ ...state, chunk: [0] }, one, [], first)).toMatch(/has one chunk/u);
  });

  const nodes: OutlineNode[] = [
    { kind: 'group', path: '' },
    { kind: 'array', path: 'x', shape: [700], dtype: '<f8' },
    { kind: 'array', path: 'red', shape: [500, 700], dtype: '<u2' },
    { kind: 'array', path: 'other', shape: [100, 100], dtype: '<u2' },
    { kind: 'array', path: 'blue', shape: [500, 700], dtype: '<u2' },
  ];

  it('is an array of the same shape at first', () => {
    expect(otherArray(nodes, freshCompare, red)?.path).toBe('blue');
    expect(otherArray(nodes, { ...freshCompare, array: 'x' }, red)?.path).toBe('x');
    expect(otherArray(nodes.slice(0, 3), freshCompare, red)?.path).toBe('red');
  });

  it('is as large as the first, at the same place, within the array', () => {
    const first = planeOfChunk(red, [1, 2], picture);
    expect(windowOfArray({ path: 'blue', shape: [500, 700] }, first, null)).toMatchObject({ slices: first.slices });
    // 244 x 188 values: as far down and right as there is room.
    expect(windowOfArray({ path: 'small', shape: [300, 200] }, first, null)).toMatchObject({
      slices: [
        { start: 56, stop: 300 },
        { start: 12, stop: 200 },
      ],
    });
    expect(windowOfArray({ path: 'deep', shape: [5, 500, 700] }, first, [3, 7, 9])).toMatchObject({
      slices: [
        { start: 3, stop: 4 },
        { start: 7, stop: 251 },
        { start: 9, stop: 197 },
      ],
      rows: 1,
      columns: 2,
    });
    expect(windowOfArray({ path: 'x', shape: [700] }, first, null)).toBe(
      'x has 1 × 700 values in a plane, and the window 244 × 188: only windows of one shape are compared.',
    );
  });

  it('of a selected window is another window in place of another chunk', () => {
    const window = planeOfChunk(red, [0, 0], picture);
    const compare = { ...freshCompare, choice: 'chunk' as const, window };
    expect(comparedWith({ ...state, compare }, red, nodes, window)).toMatchObject({
      kind: 'window',
      window: { path: 'blue' },
    });
  });

  it('has the range of the TIFF at first, else that of both', () => {
    expect(stretchOfPair(freshCompare)).toBe('second');
    expect(stretchOfPair(state.compare)).toBe('both');
    expect(stretchOfPair({ ...freshCompare, stretch: 'first' })).toBe('first');
  });

  it('is chosen anew for another array', () => {
    const kept = compareOfAnother({ ...freshCompare, choice: 'array', array: 'blue', limit: 5, scale: 'symlog' });
    expect(kept).toMatchObject({ choice: 'tiff', array: null, limit: null, scale: 'symlog' });
  });
});
