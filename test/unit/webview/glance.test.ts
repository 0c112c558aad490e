import { describe, expect, it } from 'vitest';
import type { ArrayGlance } from '../../../src/preview/types';
import { nextSorting, sorted } from '../../../src/webview/editor/glance/sort';

function array(path: string, storedBytes: number, decodedBytes: number): ArrayGlance {
  const coverage = { total: 2, ranges: 1, inline: 1, absent: 0, broken: 0 };
  const grid = { shape: [2], chunkShape: [1], dimensions: null, dtype: '|u1', coverage, meaning: null };
  return { path, storedBytes, decodedBytes, chunkBytes: decodedBytes / 2, ...grid };
}

const arrays = [array('b10', 10, 20), array('b9', 30, 40), array('a', 0, 40)];
const paths = (list: readonly ArrayGlance[]): string[] => list.map(({ path }) => path);

describe('the order of arrays at a glance', () => {
  it('is that of the text at first', () => {
    expect(sorted(arrays, null)).toBe(arrays);
  });

  it('takes numbers in names for numbers, and keeps equal ones as they stood', () => {
    expect(paths(sorted(arrays, { column: 'path', descending: false }))).toEqual(['a', 'b9', 'b10']);
    expect(paths(sorted(arrays, { column: 'decoded', descending: true }))).toEqual(['b9', 'a', 'b10']);
    // Ratios of 2 and 1.33, and none where nothing is stored.
    expect(paths(sorted(arrays, { column: 'ratio', descending: true }))).toEqual(['b10', 'b9', 'a']);
  });

  it('goes round: numbers from the largest, names from the first, and back to the text', () => {
    const first = nextSorting(null, 'stored');
    expect(first).toEqual({ column: 'stored', descending: true });
    const second = nextSorting(first, 'stored');
    expect(second).toEqual({ column: 'stored', descending: false });
    expect(nextSorting(second, 'stored')).toBeNull();
    expect(nextSorting(second, 'path')).toEqual({ column: 'path', descending: false });
  });
});
