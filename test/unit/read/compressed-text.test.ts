import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { provideAssets } from '../../../src/assets';
import { plainText } from '../../../src/read/compressed-text';
import { readTestAsset } from '../assets';

const folder = path.resolve(import.meta.dirname, '../../fixtures/compressed');
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(folder, name)));
const plain = read('plain.json');
const GIGABYTE = 2 ** 30;

beforeAll(() => {
  provideAssets(readTestAsset);
});

/** A Zstandard frame without a content size whose blocks are one byte, repeated 131,072 times each (RFC 8878, section 3.1.1.2). */
function repeated(blocks: number): Uint8Array {
  const header = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x48];
  const block = (last: number): number[] => {
    const word = (131_072 << 3) | (1 << 1) | last;
    return [word & 0xff, (word >>> 8) & 0xff, word >>> 16, 0x20];
  };
  return new Uint8Array([...header, ...Array.from({ length: blocks - 1 }, () => block(0)).flat(), ...block(1)]);
}

/** A Zstandard frame that declares `size` bytes and holds one raw block of three. */
function declaring(size: bigint): Uint8Array {
  const bytes = new Uint8Array(4 + 1 + 8 + 3 + 3);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xfd2fb528, true);
  view.setUint8(4, 0xe0);
  view.setBigUint64(5, size, true);
  view.setUint8(13, (3 << 3) | 1);
  bytes.set([0x7b, 0x7d, 0x20], 16);
  return bytes;
}

const twins = [
  ['Node', () => import('../../../src/codecs/inflate.node')],
  ['a browser', () => import('../../../src/codecs/inflate.web')],
] as const;

describe.each(twins)('A compressed text, by the inflate of %s', (_, load) => {
  let open: typeof plainText;
  beforeAll(async () => {
    vi.resetModules();
    const twin = await load();
    vi.doMock('../../../src/codecs/inflate', () => twin);
    ({ plainText: open } = await import('../../../src/read/compressed-text'));
    const { provideAssets: provide } = await import('../../../src/assets');
    provide(readTestAsset);
  });

  it.each([
    ['plain.json', undefined],
    ['one.json.gz', 'gzip'],
    ['members.json.gz', 'gzip'],
    ['one.json.zst', 'zstd'],
    ['unsized.json.zst', 'zstd'],
    ['frames.json.zst', 'zstd'],
  ])('is read whole from %s', async (name, compression) => {
    const opened = await open(read(name));
    expect(opened.compression).toBe(compression);
    expect(Buffer.from(opened.text).equals(plain)).toBe(true);
  });

  it('is refused at the limit, and not one byte below it', async () => {
    const bytes = new Uint8Array(gzipSync(Buffer.alloc(1000, 0x20)));
    expect((await open(bytes, undefined, 1000)).text.length).toBe(1000);
    await expect(open(bytes, undefined, 999)).rejects.toMatchObject({ code: 'limit-exceeded' });
  });

  it('that is cut off or damaged says so', async () => {
    const gzip = read('one.json.gz');
    const cut = open(gzip.subarray(0, gzip.length - 20));
    await expect(cut).rejects.toMatchObject({ code: 'decode-failed' });
    await expect(cut).rejects.toThrow(/gzip.*cannot be decompressed.*(?:unexpected end of file|buffer error)/u);
    const damaged = gzip.slice();
    damaged[gzip.length - 6] = (damaged[gzip.length - 6] ?? 0) ^ 0xff;
    await expect(open(damaged)).rejects.toThrow(/incorrect (?:data|length) check|data error/u);
  });
});

describe('A compressed text', () => {
  it('in gzip that gives 2 GiB is refused before so much is held', async () => {
    // 2 MiB of zeros compress to about 2 kB; members follow one another.
    const member = gzipSync(Buffer.alloc(2 ** 21));
    const bytes = new Uint8Array(Buffer.concat(Array.from({ length: 1024 }, () => member)));
    await expect(plainText(bytes, undefined, 2 ** 24)).rejects.toThrow(/more than 16 MiB once decompressed/u);
  });

  it('in Zstandard whose blocks give 4 GiB is refused unread', async () => {
    const bytes = repeated(32_768);
    expect(bytes.length).toBeLessThan(140_000);
    const held = process.memoryUsage().arrayBuffers;
    await expect(plainText(bytes)).rejects.toMatchObject({ code: 'limit-exceeded' });
    expect(process.memoryUsage().arrayBuffers - held).toBeLessThan(GIGABYTE / 16);
  });

  it('in Zstandard without a size is read to the limit, and refused above it', async () => {
    expect((await plainText(repeated(2), undefined, 262_144)).text.length).toBe(262_144);
    await expect(plainText(repeated(2), undefined, 262_143)).rejects.toMatchObject({ code: 'limit-exceeded' });
  });

  it('in Zstandard that declares more than its blocks can give is damaged', async () => {
    await expect(plainText(declaring(2n ** 40n))).rejects.toThrow(
      /declares 1,099,511,627,776 bytes, but its blocks give 3/u,
    );
  });

  it('in Zstandard that is cut off or damaged says so, and where', async () => {
    const bytes = read('frames.json.zst');
    await expect(plainText(bytes.subarray(0, bytes.length - 5))).rejects.toThrow(/end inside a Zstandard frame/u);
    await expect(plainText(bytes.subarray(0, 40))).rejects.toMatchObject({ code: 'decode-failed' });
    const followed = new Uint8Array([...read('one.json.zst'), 0x7b, 0x7d, 0, 0, 0]);
    const at = read('one.json.zst').length;
    await expect(plainText(followed)).rejects.toThrow(new RegExp(`from byte ${at} on are no Zstandard frame`, 'u'));
    // The checksum of the first frame, whose size the skippable frame of 12 bytes in front of it does not change.
    const unsized = read('unsized.json.zst');
    unsized[unsized.length - 1] = (unsized[unsized.length - 1] ?? 0) ^ 0xff;
    await expect(plainText(unsized)).rejects.toThrow(/checksum/u);
  });

  it('is read in the time of its signal', async () => {
    await expect(plainText(read('one.json.gz'), AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
