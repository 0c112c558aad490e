import { describe, expect, it } from 'vitest';
import { checkSteppedSlices, chunksOfSteppedWindow, copyStepped, steppedShape } from '../../../src/read/stepped';
import { parseDataType } from '../../../src/zarr/data-type';
import type { NdArray } from '../../../src/zarr/types';

const array = { path: 'a', shape: [7, 10], chunkShape: [3, 4] };

/** Elements numbered in C order. */
function numbered(shape: number[]): NdArray {
  const count = shape.reduce((product, side) => product * side, 1);
  const data = new Uint8Array(Uint16Array.from({ length: count }, (_, at) => at).buffer);
  return { dataType: parseDataType('<u2'), shape, data };
}

/** A whole array read through its chunks, as numpy's `a[slices]` gives it. */
function read(slices: { start: number; stop: number; step: number }[]): number[] {
  const shape = steppedShape(slices);
  const target = { ...numbered(shape), data: new Uint8Array(2 * shape.reduce((product, side) => product * side, 1)) };
  for (const { indices, region } of chunksOfSteppedWindow(array, slices, 100)) {
    const chunk = numbered(array.chunkShape);
    const values = new Uint16Array(chunk.data.buffer);
    values.forEach((_, at) => {
      const [row, column] = [(indices[0] ?? 0) * 3 + Math.floor(at / 4), (indices[1] ?? 0) * 4 + (at % 4)];
      values[at] = row * 10 + column;
    });
    copyStepped(chunk, target, region);
  }
  return [...new Uint16Array(target.data.buffer)];
}

describe('a stepped window', () => {
  // np.arange(70).reshape(7, 10)[1:7:2, 3:10:3]
  it('has every so many elements from its start on, across chunks', () => {
    expect(
      read([
        { start: 1, stop: 7, step: 2 },
        { start: 3, stop: 10, step: 3 },
      ]),
    ).toEqual([13, 16, 19, 33, 36, 39, 53, 56, 59]);
  });

  // np.arange(70).reshape(7, 10)[2:5, 3:6]
  it('of step 1 is the window', () => {
    expect(
      read([
        { start: 2, stop: 5, step: 1 },
        { start: 3, stop: 6, step: 1 },
      ]),
    ).toEqual([23, 24, 25, 33, 34, 35, 43, 44, 45]);
  });

  it('leaves out the chunks that a step jumps over', () => {
    const slices = [
      { start: 0, stop: 7, step: 6 },
      { start: 0, stop: 10, step: 9 },
    ];
    const found = chunksOfSteppedWindow(array, slices, 100).map(({ indices }) => indices);
    expect(found).toEqual([
      [0, 0],
      [0, 2],
      [2, 0],
      [2, 2],
    ]);
  });

  it('has no chunks where it is empty', () => {
    const slices = [
      { start: 2, stop: 2, step: 1 },
      { start: 0, stop: 10, step: 1 },
    ];
    expect(chunksOfSteppedWindow(array, slices, 100)).toEqual([]);
  });

  it('of too many chunks is refused before any of them is listed', () => {
    const huge = { path: 'a', chunkShape: [1, 1] };
    const slice = { start: 0, stop: 2 ** 40, step: 1 };
    expect(() => chunksOfSteppedWindow(huge, [slice, slice], 100)).toThrow(/at most 100 are read at once/);
  });

  it.each([0, -1, 1.5, NaN])('refuses a step of %s', (step) => {
    const slice = { start: 0, stop: 7, step };
    expect(() => {
      checkSteppedSlices(array, [slice, { ...slice, step: 1 }]);
    }).toThrow(/no whole number from 1 on/);
  });
});
