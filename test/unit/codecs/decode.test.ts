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
});
