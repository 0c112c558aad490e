import { describe, expect, it } from 'vitest';
import { thinnedToLimit } from '../../../src/preview/thin';
import { nd } from '../picture/arrays';

const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => i);

describe('thinnedToLimit', () => {
  // numpy.arange(…).reshape(shape)[…].ravel()
  it.each<[string, number[], number[], number[]]>([
    ['rows and columns', [4, 4], [2, 2], [0, 2, 8, 10]],
    ['rows and columns of every plane before them', [2, 4, 4], [2, 2, 2], [0, 2, 8, 10, 16, 18, 24, 26]],
    ['rows and columns, not samples', [4, 4, 2], [2, 2, 2], [0, 1, 4, 5, 16, 17, 20, 21]],
    ['rows and columns, not the one sample', [4, 4, 1], [2, 2, 1], [0, 2, 8, 10]],
    ['the one axis', [5], [3], [0, 2, 4]],
  ])('leaves out every second of %s', (_, shape, thin, values) => {
    const whole = nd('|u1', shape, bytes(shape.reduce((product, side) => product * side, 1)));
    const { array, step } = thinnedToLimit(whole, values.length);
    expect(step).toBe(2);
    expect(array.shape).toEqual(thin);
    expect([...array.data]).toEqual(values);
  });

  it('says that the chunk was decoded where the axes that are left out cannot make it small', () => {
    expect(() => thinnedToLimit(nd('|u1', [8, 1, 1], bytes(8)), 4)).toThrow(
      expect.objectContaining({
        code: 'limit-exceeded',
        message: expect.stringContaining('was decoded') as string,
      }),
    );
  });
});
