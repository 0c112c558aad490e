import { describe, expect, it } from 'vitest';
import { sortRows } from '../../../src/references/sort-rows';
import { runAtOnce } from '../../../src/steps';

/** Sorts the positions of values by the values. */
function sorted(values: number[]): number[] {
  const rows = Uint32Array.from(values.keys());
  runAtOnce(sortRows(rows, (a, b) => (values[a] ?? 0) > (values[b] ?? 0)));
  return [...rows];
}

describe('sorting rows', () => {
  it.each<[string, number[], number[]]>([
    ['none', [], []],
    ['one', [5], [0]],
    ['in order', [1, 2, 2, 3], [0, 1, 2, 3]],
    ['backwards', [3, 2, 1], [2, 1, 0]],
    ['equal ones keep their order', [2, 1, 2, 1], [1, 3, 0, 2]],
    ['three stretches', [4, 5, 6, 1, 2, 3, 0], [6, 3, 4, 5, 0, 1, 2]],
  ])('%s', (_name, values, expected) => {
    expect(sorted(values)).toEqual(expected);
  });

  it('sorts as the language does, also more than between two stops', () => {
    let seed = 3;
    const values = Array.from({ length: 100_000 }, () => (seed = (seed * 1103515245 + 12345) % 2147483648) % 1000);
    const expected = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
    expect(sorted(values)).toEqual(expected);
  });
});
