import { describe, expect, it } from 'vitest';
import { parseSampleSize, SampleChooser, type SampleSize } from '../../../src/check/sample';

function choose(size: SampleSize, lengths: readonly number[], edges: readonly number[] = []): number[] | undefined {
  const chooser = new SampleChooser();
  lengths.forEach((length, position) => {
    chooser.see({ length, isEdge: edges.includes(position) });
  });
  const positions = chooser.positions(size);
  return positions === undefined ? undefined : [...positions].sort((a, b) => a - b);
}

describe('SampleChooser', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => (i === 41 ? 9 : 1));

  it('takes the first, the last, one at the edge and the largest', () => {
    expect(choose(4, hundred, [0, 9, 19, 99])).toEqual([0, 9, 41, 99]);
    expect(choose(1, hundred, [9])).toEqual([0]);
  });

  it('spreads the others between them', () => {
    expect(choose(4, new Array<number>(100).fill(1))).toEqual([0, 33, 66, 99]);
    const many = choose(50, hundred) ?? [];
    expect(many).toHaveLength(50);
    expect(Math.max(...many.slice(1).map((position, i) => position - (many[i] ?? 0)))).toBeLessThanOrEqual(3);
  });

  it('takes all where these are no more than asked for', () => {
    expect(choose('all', hundred)).toBeUndefined();
    expect(choose(100, hundred)).toBeUndefined();
    expect(choose(4, [])).toBeUndefined();
  });
});

describe('parseSampleSize', () => {
  it('reads numbers from 1, and all', () => {
    expect(['1', '250', 'all'].map((text) => parseSampleSize(text, '--decode'))).toEqual([1, 250, 'all']);
    for (const text of ['0', '-1', 'many', '1.5', '']) {
      expect(() => parseSampleSize(text, '--decode')).toThrow(
        `--decode ${text}: it is a number of chunks from 1, or all.`,
      );
    }
  });
});
