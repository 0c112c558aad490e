import { describe, expect, it } from 'vitest';
import { parseSlices } from '../../../src/cli/slices';

describe('parseSlices', () => {
  it('reads one range an axis and leaves axes that are not named whole', () => {
    expect(parseSlices('7168:8192,0:1024', [10980, 10980])).toEqual([
      { start: 7168, stop: 8192 },
      { start: 0, stop: 1024 },
    ]);
    expect(parseSlices('3:4', [10, 20])).toEqual([
      { start: 3, stop: 4 },
      { start: 0, stop: 20 },
    ]);
    expect(parseSlices(undefined, [2, 3])).toEqual([
      { start: 0, stop: 2 },
      { start: 0, stop: 3 },
    ]);
    expect(parseSlices('', [])).toEqual([]);
  });

  it('follows Python where a bound is left out, negative, or beyond the axis', () => {
    expect(parseSlices(':', [5])).toEqual([{ start: 0, stop: 5 }]);
    expect(parseSlices('2:', [5])).toEqual([{ start: 2, stop: 5 }]);
    expect(parseSlices(':2', [5])).toEqual([{ start: 0, stop: 2 }]);
    expect(parseSlices('-2:', [5])).toEqual([{ start: 3, stop: 5 }]);
    expect(parseSlices('1:-1', [5])).toEqual([{ start: 1, stop: 4 }]);
    expect(parseSlices('3:99', [5])).toEqual([{ start: 3, stop: 5 }]);
    expect(parseSlices('4', [5])).toEqual([{ start: 4, stop: 5 }]);
    expect(parseSlices('-1', [5])).toEqual([{ start: 4, stop: 5 }]);
  });

  it.each([
    ['5:5', 'holds no index'],
    ['5:9', 'holds no index'],
    ['-9:2', 'holds no index'],
    ['1:2:3', 'no slice'],
    ['a:b', 'no slice'],
    ['1 2', 'no slice'],
    ['1.5:2', 'no slice'],
    ['0:1,0:1', 'names 2 axes; the array has 1'],
  ])('refuses %s', (text, reason) => {
    expect(() => parseSlices(text, [5])).toThrow(reason);
  });
});
