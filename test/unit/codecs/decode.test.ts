import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import { provideAssetsFromPackages, readCases } from './fixtures';

provideAssetsFromPackages();
const cases = await readCases();

describe('chunks that numcodecs and imagecodecs decode', () => {
  it('there are cases of every kind', () => {
    expect(cases.length).toBeGreaterThan(300);
  });

  it.each(cases)('$name', async ({ array, stored, expected }) => {
    const { array: decoded, stages } = await decodeChunk(stored, array);
    expect(Buffer.from(decoded.data).equals(Buffer.from(expected))).toBe(true);
    expect(decoded.shape).toEqual(array.chunkShape);
    expect(stages.map(({ name }) => name)).toEqual(['stored', ...array.codecs.map(({ id }) => id).reverse(), 'array']);
  });

  it('from a Node Buffer in the middle of a larger one, which stays as it is', async () => {
    for (const { array, stored, expected } of cases) {
      const larger = Buffer.concat([Buffer.alloc(3, 1), stored, Buffer.alloc(5, 2)]);
      const before = Buffer.from(larger);
      const part = larger.subarray(3, 3 + stored.length);
      const { array: decoded, stages } = await decodeChunk(part, array);
      expect(Buffer.from(decoded.data).equals(Buffer.from(expected))).toBe(true);
      expect(stages.every(({ bytes }) => bytes.constructor === Uint8Array)).toBe(true);
      expect(larger.equals(before)).toBe(true);
    }
  });
});
