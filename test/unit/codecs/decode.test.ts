import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import type { JsonObject } from '../../../src/json';
import { parseDataType } from '../../../src/zarr/data-type';
import type { CodecStep } from '../../../src/zarr/types';
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

describe('codecs of kerchunk', () => {
  const chunkOf = (dataType: string, codec: CodecStep) => ({
    chunkShape: [2],
    dataType: parseDataType(dataType),
    order: 'C' as const,
    codecs: [codec],
  });

  it('deflate is a member of a zip with its local file header', async () => {
    const deflated = deflateRawSync(Uint8Array.of(7, 9));
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt32LE(deflated.length, 18);
    header.writeUInt16LE(3, 26);
    header.writeUInt16LE(2, 28);
    const stored = Buffer.concat([header, Buffer.from('a/0..'), deflated, Buffer.from('next')]);
    const array = chunkOf('|u1', { id: 'deflate', place: 'compressor', config: {} });
    expect([...(await decodeChunk(stored, array)).array.data]).toEqual([7, 9]);
    await expect(decodeChunk(deflated, array)).rejects.toThrow('the local file header of a member of a zip');
  });

  it('fill_hdf_strings has the texts that its map names, or one for all', async () => {
    const strings = (config: JsonObject) =>
      chunkOf('|O', { id: 'fill_hdf_strings', place: 'filter', config: { dtype: 'S3', ...config } });
    // kerchunk.codecs.FillStringsCodec(dtype="S3", id_map={"a": "first", "bcd": "ä"}).decode(b"a\0\0bcd")
    const stored = Uint8Array.from(Buffer.from('a\0\0bcd'));
    const map = { a: 'first', bcd: 'ä' };
    expect((await decodeChunk(stored, strings({ id_map: map }))).array.objects).toEqual(['first', 'ä']);
    expect((await decodeChunk(stored, strings({}))).array.objects).toEqual([null, null]);
    await expect(decodeChunk(stored, strings({ id_map: { a: 'first' } }))).rejects.toThrow('no text for element 1');
    await expect(decodeChunk(stored.subarray(0, 5), strings({}))).rejects.toThrow('no whole number of 3');
    const records = strings({ dtype: "[('x', 'S16')]" });
    await expect(decodeChunk(stored, records)).rejects.toThrow('fill_hdf_strings of records is not decoded here');
  });

  it('record_member is one member of every record', async () => {
    const record = [
      ['x', '|u1'],
      ['y', '<i2', [1]],
      ['z', '|u1'],
    ];
    const array = (member: string) =>
      chunkOf(member === 'y' ? '<i2' : '|u1', {
        id: 'record_member',
        place: 'filter',
        config: { member, dtype: record },
      });
    const stored = Uint8Array.of(1, 2, 0, 3, 4, 5, 0, 6);
    expect([...(await decodeChunk(stored, array('z'))).array.data]).toEqual([3, 6]);
    expect([...(await decodeChunk(stored, array('y'))).array.data]).toEqual([2, 0, 5, 0]);
    const byName = { names: ['x', 'y', 'z'], formats: ['|u1', '<i2', '|u1'] };
    const named = chunkOf('|u1', { id: 'record_member', place: 'filter', config: { member: 'z', dtype: byName } });
    expect([...(await decodeChunk(stored, named)).array.data]).toEqual([3, 6]);
    await expect(decodeChunk(stored, array('w'))).rejects.toThrow('its "dtype" has no member "w"');
    // numpy.frombuffer: "buffer size must be a multiple of element size".
    await expect(decodeChunk(stored.subarray(0, 7), array('z'))).rejects.toThrow(
      '7 bytes are no whole number of records of 4',
    );
  });
});
