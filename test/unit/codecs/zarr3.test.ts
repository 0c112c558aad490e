import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import type { JsonObject, JsonValue } from '../../../src/json';
import { parseZarrJson } from '../../../src/zarr/v3';
import { provideAssetsFromPackages } from './fixtures';

provideAssetsFromPackages();

/** An array of one chunk. */
function arrayOf(shape: number[], dataType: JsonValue, codecs: JsonValue[], fill: JsonValue = 0) {
  return parseZarrJson('a', {
    zarr_format: 3,
    node_type: 'array',
    shape,
    data_type: dataType,
    chunk_grid: { name: 'regular', configuration: { chunk_shape: shape } },
    chunk_key_encoding: { name: 'default' },
    fill_value: fill,
    codecs,
  });
}

const codec = (name: string, configuration: JsonObject = {}) => ({ name, configuration });
const decode = async (stored: number[], ...array: Parameters<typeof arrayOf>) => [
  ...(await decodeChunk(Uint8Array.from(stored), arrayOf(...array))).array.data,
];

describe('codecs of zarr v3', () => {
  it("virtual-tiff's predictor runs along each row", async () => {
    const codecs = [codec('HorizontalDeltaCodec'), codec('bytes')];
    expect(await decode([1, 1, 1, 2, 0, 1], [2, 3], 'uint8', codecs)).toEqual([1, 2, 3, 2, 2, 3]);
    const big = [codec('virtual_tiff.HorizontalDeltaCodec'), codec('bytes', { endian: 'big' })];
    expect(await decode([1, 0, 0, 1, 0, 2, 255, 255], [2, 2], 'uint16', big)).toEqual([0, 1, 1, 1, 2, 0, 1, 0]);
  });

  it("virtual-tiff's chunky bytes have the first axis fastest", async () => {
    expect(await decode([1, 4, 2, 5, 3, 6], [2, 3], 'uint8', [codec('ChunkyCodec')])).toEqual([1, 2, 3, 4, 5, 6]);
    const big = [codec('ChunkyCodec', { endian: 'big' })];
    expect(await decode([0, 1, 0, 3, 0, 2, 0, 4], [2, 2], 'uint16', big)).toEqual([1, 0, 2, 0, 3, 0, 4, 0]);
  });

  it('a codec after a transpose finds the axes where it has put them', async () => {
    // The predictor of imagecodecs runs along the last axis, which are the columns of the array.
    const codecs = [
      codec('transpose', { order: [1, 0] }),
      codec('imagecodecs_delta', { axis: -1, dist: 1 }),
      codec('bytes'),
    ];
    expect(await decode([1, 1, 1, 10, 10, 10], [3, 2], 'uint8', codecs)).toEqual([1, 10, 2, 20, 3, 30]);
  });

  it('big-endian records turn field by field', async () => {
    const record = codec('struct', {
      fields: [
        { name: 'a', data_type: 'uint16' },
        { name: 'b', data_type: 'uint8' },
      ],
    });
    const codecs = [codec('bytes', { endian: 'big' })];
    expect(await decode([1, 2, 3, 4, 5, 6], [2], record, codecs, { a: 0, b: 0 })).toEqual([2, 1, 3, 5, 4, 6]);
  });

  it.each([
    [[codec('bytes', { endian: 'middle' })], [0, 1], '"endian" is neither'],
    [[codec('transpose', { order: [0, 0] }), codec('bytes')], [0, 1], '"order" is no permutation'],
    [[codec('transpose', { order: [1, 0] }), codec('bytes')], [0, 1, 2], 'It was given 3 bytes'],
    [[codec('bytes', { endian: 'big' })], [0, 1, 2], 'no whole number'],
    [[codec('sharding_indexed')], [0, 1], '"chunk_shape" does not divide the shard'],
    [[codec('numcodecs.grib')], [0, 1], '"grib" is not decoded, because each chunk is a whole GRIB message'],
    [[codec('packbits')], [0, 1], 'no decoder for the codec "zarr.packbits"'],
  ])('%j of %j fails with the reason', async (codecs, stored, message) => {
    await expect(decode(stored, [1, 1], 'uint16', codecs)).rejects.toThrow(message);
  });
});
