import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import type { NdArray } from '../../../src/zarr/types';
import { toTypedArray } from '../../../src/zarr/values';
import { provideAssetsFromPackages, readCases } from './fixtures';

provideAssetsFromPackages();
const cases = await readCases('images.json');

function numbers(array: NdArray): number[] {
  return Array.from(toTypedArray(array) as Iterable<number | bigint>, Number);
}

describe('image codecs give what imagecodecs gives', () => {
  it('there are cases of every codec', () => {
    const ids = new Set(cases.map(({ array }) => array.codecs[0]?.id));
    expect([...ids].sort()).toEqual([
      'imagecodecs_jpeg',
      'imagecodecs_jpeg2k',
      'imagecodecs_jpegxl',
      'imagecodecs_png',
      'imagecodecs_webp',
    ]);
  });

  it.each(cases)('$name', async ({ array, stored, expected, tolerance }) => {
    const decoded = await decodeChunk(stored, array);
    if (tolerance === 0) {
      expect(Buffer.from(decoded.array.data).equals(Buffer.from(expected))).toBe(true);
      return;
    }
    const found = numbers(decoded.array);
    const wanted = numbers({ ...decoded.array, data: expected });
    const apart = wanted.map((value, i) => Math.abs(value - (found[i] ?? Infinity)));
    expect(found).toHaveLength(wanted.length);
    expect(Math.max(...apart)).toBeLessThanOrEqual(tolerance);
  });
});
