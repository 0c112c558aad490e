import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflate as inflateInNode } from '../../../src/codecs/inflate.node';
import { inflate as inflateOnTheWeb } from '../../../src/codecs/inflate.web';

const data = Uint8Array.from({ length: 9_000 }, (_unused, i) => (i * i) >>> 7);
const rest = Uint8Array.of(0, 1, 2, 0x78, 0x9c, 3);
const encode = { zlib: deflateSync, gzip: gzipSync, raw: deflateRawSync };
const formats = ['zlib', 'gzip', 'raw'] as const;

describe.each([
  ['node', inflateInNode],
  ['web', inflateOnTheWeb],
])('inflate in the %s twin', (_name, inflate) => {
  it.each(formats)('%s: whole, up to a limit that is exact or larger', async (format) => {
    const stream = encode[format](data);
    for (const limit of [data.length, data.length + 1, 10 * data.length]) {
      expect(await inflate(stream, format, limit)).toEqual({ bytes: data });
    }
  });

  it.each(formats)('%s: counts what is too long, keeps none of it, and stops counting', async (format) => {
    expect(await inflate(encode[format](data), format, data.length - 1)).toEqual({ total: data.length, more: false });
    const bomb = encode[format](new Uint8Array(25e6));
    const counted = await inflate(bomb, format, 1000);
    expect(counted).toMatchObject({ more: true });
    expect('total' in counted && counted.total > 2 ** 24 && counted.total < 2 ** 25).toBe(true);
  });

  it.each(formats)('%s: nothing, empty, cut off, damaged', async (format) => {
    const stream = encode[format](data);
    expect(await inflate(encode[format](new Uint8Array()), format, 0)).toEqual({ bytes: new Uint8Array() });
    // A raw stream has no checksum: changed bytes may go unnoticed.
    const damaged = format === 'raw' ? [] : [stream.subarray().map((byte, i) => (i === 700 ? byte ^ 0xff : byte))];
    for (const bad of [new Uint8Array(), stream.subarray(0, stream.length - 9), stream.subarray(0, 1), ...damaged]) {
      await expect(inflate(bad, format, data.length)).rejects.toMatchObject({ code: 'decode-failed' });
    }
  });

  it('takes neither format for the other', async () => {
    await expect(inflate(gzipSync(data), 'zlib', data.length)).rejects.toThrow('not a whole zlib stream');
    await expect(inflate(deflateSync(data), 'gzip', data.length)).rejects.toThrow('not a whole gzip stream');
  });

  it('leaves what follows a zlib or raw stream alone', async () => {
    for (const format of ['zlib', 'raw'] as const) {
      const stream = Buffer.concat([encode[format](data), rest]);
      expect(await inflate(stream, format, data.length)).toEqual({ bytes: data });
    }
  });

  it('reads gzip members one after another, and zeros after them', async () => {
    const stream = Buffer.concat([gzipSync(data.subarray(0, 7_000)), gzipSync(data.subarray(7_000)), Buffer.alloc(20)]);
    expect(await inflate(stream, 'gzip', data.length)).toEqual({ bytes: data });
    await expect(inflate(Buffer.concat([stream, rest]), 'gzip', data.length)).resolves.toEqual({ bytes: data });
  });
});
