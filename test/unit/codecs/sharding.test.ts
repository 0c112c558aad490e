import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import { ShardWork } from '../../../src/codecs/shard-work';
import type { JsonObject, JsonValue } from '../../../src/json';
import { parseZarrJson } from '../../../src/zarr/v3';

const bytesCodec = { name: 'bytes' };

function sharding(chunk: number, codecs: JsonValue[]): JsonObject {
  const configuration = {
    chunk_shape: [chunk],
    codecs,
    index_codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
  };
  return { name: 'sharding_indexed', configuration };
}

/** An array of bytes that is one shard. */
function arrayOf(size: number, codec: JsonObject) {
  return parseZarrJson('a', {
    zarr_format: 3,
    node_type: 'array',
    shape: [size],
    data_type: 'uint8',
    chunk_grid: { name: 'regular', configuration: { chunk_shape: [size] } },
    chunk_key_encoding: { name: 'default' },
    fill_value: 9,
    codecs: [codec],
  });
}

/** `inside`, and an index in which each of `count` chunks is the bytes [0, length). */
function shard(inside: Uint8Array, count: number, length = inside.length): Uint8Array {
  const bytes = new Uint8Array(inside.length + 16 * count);
  bytes.set(inside);
  const index = new DataView(bytes.buffer, inside.length);
  for (let i = 0; i < count; i++) index.setBigUint64(16 * i + 8, BigInt(length), true);
  return bytes;
}

describe('shards', () => {
  it('chunks inside may be the same bytes', async () => {
    const stored = shard(Uint8Array.of(5, 6), 3);
    const { array } = await decodeChunk(stored, arrayOf(6, sharding(2, [bytesCodec])));
    expect([...array.data]).toEqual([5, 6, 5, 6, 5, 6]);
  });

  it('decoding one gives others their turn, and ends when it is cancelled', async () => {
    const count = 2 ** 18;
    const stored = shard(Uint8Array.of(7), count);
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort();
    }, 0);
    const decoding = decodeChunk(stored, arrayOf(count, sharding(1, [bytesCodec])), [0], { signal: stop.signal });
    await expect(decoding).rejects.toMatchObject({ code: 'cancelled', message: 'Cancelled.' });
  });

  it('one of more than 2^20 chunks is refused, those of shards inside counted', async () => {
    const count = 2 ** 20 + 1;
    const decoding = decodeChunk(new Uint8Array(16 * count), arrayOf(count, sharding(1, [bytesCodec])));
    await expect(decoding).rejects.toMatchObject({
      code: 'limit-exceeded',
      message: expect.stringContaining('with larger chunks inside its shards') as string,
    });
    const work = new ShardWork(100, undefined);
    work.addChunks(2 ** 19);
    work.addChunks(2 ** 19);
    expect(() => {
      work.addChunks(1);
    }).toThrow('at most 1,048,576 are decoded');
  });

  it('one whose chunks are all the same many bytes is refused', async () => {
    // 2,048 shards of one absent chunk, each of which takes the 64 KiB in front: 128 MiB of a shard of 96 KiB.
    const inner = new Uint8Array(2 ** 16 + 16).fill(255);
    const codec = sharding(1, [sharding(1, [bytesCodec])]);
    await expect(decodeChunk(shard(inner, 2048), arrayOf(2048, codec))).rejects.toMatchObject({
      code: 'limit-exceeded',
      message: expect.stringContaining('its index names the same bytes many times') as string,
    });
    const { array } = await decodeChunk(shard(inner, 2), arrayOf(2, codec));
    expect([...array.data]).toEqual([9, 9]);
  });
});
