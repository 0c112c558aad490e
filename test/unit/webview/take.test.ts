import { describe, expect, it } from 'vitest';
import { slicesOfBox } from '../../../src/webview/editor/take/slices';

describe('the elements of a box of chunks', () => {
  it('are cut at the edge of the array, whichever corner was chosen first', () => {
    const array = { shape: [100, 50], chunkShape: [64, 16] };
    expect(slicesOfBox(array, [1, 0], [1, 0])).toEqual([
      { start: 64, stop: 100 },
      { start: 0, stop: 16 },
    ]);
    const box = [
      { start: 0, stop: 100 },
      { start: 16, stop: 50 },
    ];
    expect(slicesOfBox(array, [0, 3], [1, 1])).toEqual(box);
    expect(slicesOfBox(array, [1, 1], [0, 3])).toEqual(box);
    expect(slicesOfBox({ shape: [], chunkShape: [] }, [], [])).toEqual([]);
  });
});
