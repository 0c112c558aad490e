import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import { arrayOf } from './fixtures';

const filter = { id: 'kerchunk_tiff_short_strip', axis: 0, index: 2, rows: 1 };

/** Eight rows of two pixels, in strips of three: the last one has two rows. */
const rows = { ...filter, rows: 2 };
const strips = arrayOf([3, 2], '|u1', null, [rows], { shape: [8, 2] });

describe('the last strip', () => {
  it('gets rows of zeros where it has as many rows as the configuration says', async () => {
    const { array } = await decodeChunk(Uint8Array.of(1, 2, 3, 4), strips, [2, 0]);
    expect([...array.data]).toEqual([1, 2, 3, 4, 0, 0]);
  });

  it('may have all its rows', async () => {
    const { array } = await decodeChunk(Uint8Array.of(1, 2, 3, 4, 5, 6), strips, [2, 0]);
    expect([...array.data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([
    ['of another number of rows', [2, 0], [1, 2]],
    ['of half a row', [2, 0], [1, 2, 3]],
    ['that is not the last', [1, 0], [1, 2, 3, 4]],
    ['whose place is not known', undefined, [1, 2, 3, 4]],
  ])('is no strip %s', async (_name, indices, bytes) => {
    await expect(decodeChunk(Uint8Array.from(bytes), strips, indices)).rejects.toThrow(/^The decoded bytes/u);
  });

  it('gets its rows before differences are summed, each row for itself', async () => {
    const delta = { id: 'imagecodecs_delta', axis: -1, dist: 1, shape: [3, 2], dtype: '|u1' };
    const array = arrayOf([3, 2], '|u1', null, [delta, rows], { shape: [8, 2] });
    expect([...(await decodeChunk(Uint8Array.of(1, 2, 3, 4), array, [2, 0])).array.data]).toEqual([1, 3, 3, 7, 0, 0]);
  });

  it('is the last of every plane', async () => {
    const array = arrayOf([1, 2, 2], '>u2', null, [{ ...filter, axis: 1, index: 1 }], { shape: [2, 3, 2] });
    const { array: decoded } = await decodeChunk(Uint8Array.of(1, 2, 3, 4), array, [1, 1, 0]);
    expect([...decoded.data]).toEqual([2, 1, 4, 3, 0, 0, 0, 0]);
  });

  it.each([[{ rows: 3 }], [{ rows: 0 }], [{ axis: 2 }], [{ rows: 'two' }]])('cannot be so: %j', async (wrong) => {
    const array = arrayOf([3, 2], '|u1', null, [{ ...rows, ...wrong }]);
    await expect(decodeChunk(Uint8Array.of(1, 2), array, [2, 0])).rejects.toMatchObject({ code: 'malformed-metadata' });
  });
});
