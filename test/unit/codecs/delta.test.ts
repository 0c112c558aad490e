import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import { emptyNumbers, writeNumbers } from '../../../src/codecs/elements';
import { parseDataType } from '../../../src/zarr/data-type';
import { toTypedArray } from '../../../src/zarr/values';
import { arrayOf } from './fixtures';

const TINY = 2 ** -24;

describe('delta sums in the type that numpy takes for dtype and astype together', () => {
  // The sums are arithmetic: where they are rounded follows from numpy's promotion; numcodecs 0.16.6 gives the same.
  it.each<[string, string, number[], number[]]>([
    ['<f4', '<f8', [1, TINY, TINY], [1, 1, 1 + 2 * TINY]],
    ['>f4', '>f8', [1, TINY, TINY], [1, 1, 1 + 2 * TINY]],
    ['<f4', '<f4', [1, TINY, TINY], [1, 1, 1]],
    ['<f8', '<f4', [1, TINY, TINY], [1, 1 + TINY, 1 + 2 * TINY]],
    ['<i2', '<f4', [0.5, 0.5, 0.5, 0.5], [0, 1, 1, 2]],
    ['|u1', '<f2', [0.5, 0.5, 0.5, 0.5], [0, 1, 1, 2]],
    ['<i4', '<f2', [2048, 1, 1], [2048, 2049, 2050]],
    ['<f2', '<i2', [2048, 1, 1], [2048, 2048, 2050]],
    ['<f2', '<i4', [40000, 40000, -40000, -40000], [40000, Infinity, 40000, 0]],
    ['<f4', '<i4', [2 ** 24, 1, 1], [2 ** 24, 2 ** 24, 2 ** 24 + 2]],
    ['|b1', '|i1', [1, -1, 1], [1, 0, 1]],
    ['|i1', '|b1', [1, 1, 1], [1, 2, 3]],
    ['<u4', '<i2', [5, -3, -2], [5, 2, 0]],
    ['<i8', '<u8', [2 ** 53, 1, 1], [2 ** 53, 2 ** 53, 2 ** 53]],
  ])('%s as %s: %j', async (dtype, astype, stored, expected) => {
    const type = parseDataType(astype);
    const numbers = emptyNumbers(type, stored.length);
    stored.forEach((value, i) => {
      numbers[i] = numbers instanceof BigUint64Array ? BigInt(value) : value;
    });
    const array = arrayOf([stored.length], dtype, null, [{ id: 'delta', dtype, astype }]);
    const decoded = await decodeChunk(writeNumbers(numbers, type), array);
    expect(Array.from(toTypedArray(decoded.array), Number)).toEqual(expected);
  });
});

describe('a dtype of a configuration', () => {
  // numpy.dtype of each is <u2 on a little-endian machine; the sums are arithmetic.
  it.each(['<u2', 'u2', '=u2', '|u2', 'uint16'])('is what numpy takes for one: %s', async (dtype) => {
    const array = arrayOf([4], '<u2', null, [{ id: 'delta', dtype }]);
    const decoded = await decodeChunk(new Uint8Array([10, 0, 1, 0, 1, 0, 8, 0]), array);
    expect(Array.from(toTypedArray(decoded.array), Number)).toEqual([10, 11, 12, 20]);
  });
});
