import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import { DecodeError } from '../../../src/codecs/decode-error';
import type { JsonObject, JsonValue } from '../../../src/json';
import { arrayOf, failure, provideAssetsFromPackages, pseudoRandom, readCases } from './fixtures';

provideAssetsFromPackages();

const MEMORY_BOUND = 300e6;
const cases = await readCases();

/** One case for each compressor: the first whose stored bytes are not trivial. */
const samples = [...new Set(cases.map(({ array }) => array.codecs.at(-1)?.id))].flatMap((id) => {
  const found = cases.find(
    ({ array, stored }) => id !== undefined && array.codecs.at(-1)?.id === id && stored.length > 20,
  );
  return found === undefined ? [] : [{ id, ...found }];
});

describe('damaged bytes give an error that names the step', () => {
  it('there is a sample of each codec', () => {
    expect(samples.length).toBeGreaterThanOrEqual(17);
  });

  it.each(samples)('$id: empty, cut off, random', async ({ id, array, stored }) => {
    const inputs = [
      new Uint8Array(),
      ...[1, 3, 8, 15, Math.floor(stored.length / 3), Math.floor(stored.length * 0.6)].map((n) =>
        stored.subarray(0, n),
      ),
      ...[1, 2, 3, 4, 5].map((seed) => pseudoRandom(500 + seed, seed)),
    ];
    for (const input of inputs) {
      const error = await failure(input, array);
      expect(error.code).toBe('decode-failed');
      expect(error.message).toContain(error.stages.length === 1 ? `"${String(id)}"` : 'bytes');
      expect(error.stages[0]).toMatchObject({ name: 'stored', bytes: input });
    }
  });

  it.each(samples)(
    '$id: changed bytes never crash, and the next chunk is right',
    async ({ array, stored, expected }) => {
      for (let i = 0; i < 60; i++) {
        const changed = stored.slice();
        const at = (i * 7919) % changed.length;
        changed[at] = (changed[at] ?? 0) ^ (1 << (i % 8));
        const result = await decodeChunk(changed, array).catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toBeInstanceOf(DecodeError);
        else expect(result).toMatchObject({ array: { shape: array.chunkShape } });
      }
      expect(Buffer.from((await decodeChunk(stored, array)).array.data).equals(Buffer.from(expected))).toBe(true);
    },
  );
});

function fromHex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}

/** `count` Zstandard blocks that each repeat one byte 131072 times, in a frame without a content size. */
function zstdBomb(count: number): Uint8Array {
  const block = [(((2 ** 17) << 3) | 2) & 0xff, ((2 ** 17) >>> 5) & 0xff, (2 ** 17) >>> 13, 0];
  const body = Array.from({ length: count }, (_unused, i) => (i === count - 1 ? [3, ...block.slice(1)] : block)).flat();
  return Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, ...body]);
}

/** LZW codes that repeat the longest string again and again, 12 bits each. */
function lzwBomb(): Uint8Array {
  const codes = [256, 0, ...Array.from({ length: 3837 }, (_unused, i) => 258 + i)];
  let width = 9;
  let free = 258;
  let bits = '';
  for (const [i, code] of codes.entries()) {
    bits += code.toString(2).padStart(width, '0');
    if (i > 1) free++;
    if (free + 1 >= 2 ** width && width < 12) width++;
  }
  for (let i = 0; i < 200_000; i++) bits += (4094).toString(2);
  return Uint8Array.from(bits.match(/.{8}/gu) ?? [], (byte) => parseInt(byte, 2));
}

const lercHeader = fromHex(
  // "Lerc2 ", version 2, 60000 x 60000 pixels, blocks of 8, blob of 200 bytes, float64, errors and range 0
  '4c6572633220 02000000 60ea0000 60ea0000 00a46b35 08000000 c8000000 07000000',
);
const jpegHeader = fromHex('ffd8 ffc0 0011 08 ea60 ea60 03 012200 021101 031101 ffda 000c 03 0100 0211 0311 003f00');

const bombs: { name: string; compressor: JsonValue; stored: () => Uint8Array; says: RegExp }[] = [
  {
    name: 'zlib',
    compressor: { id: 'zlib' },
    stored: () => deflateSync(new Uint8Array(4e8)),
    says: /more than .* need 2,000/u,
  },
  {
    name: 'gzip',
    compressor: { id: 'gzip' },
    stored: () => gzipSync(new Uint8Array(4e8)),
    says: /more than .* need 2,000/u,
  },
  {
    name: 'lz4',
    compressor: { id: 'lz4' },
    stored: () => fromHex('ffffff7f 1f00 0100 ffff'),
    says: /2,147,483,647 bytes/u,
  },
  {
    name: 'zstd, declared',
    compressor: { id: 'zstd' },
    stored: () => fromHex('28b52ffd e0 0000000000010000 030000 00'),
    says: /1,099,511,627,776 bytes/u,
  },
  {
    name: 'zstd, blocks',
    compressor: { id: 'zstd' },
    stored: () => zstdBomb(5000),
    says: /may give 655,360,000 bytes/u,
  },
  { name: 'zstd, smaller', compressor: { id: 'zstd' }, stored: () => zstdBomb(50), says: /6,553,600 bytes/u },
  {
    name: 'blosc',
    compressor: { id: 'blosc' },
    stored: () => fromHex('02 01 21 04 00000070 00000070 20000000 14000000 00000000 00000000 00000000'),
    says: /1,879,048,192 bytes/u,
  },
  { name: 'lzw', compressor: { id: 'imagecodecs_lzw' }, stored: lzwBomb, says: /more than/u },
  {
    name: 'packbits',
    compressor: { id: 'imagecodecs_packbits' },
    stored: () => new Uint8Array(4e6).fill(0x81),
    says: /more than/u,
  },
  {
    name: 'lerc',
    compressor: { id: 'imagecodecs_lerc' },
    stored: () => Buffer.concat([lercHeader, Buffer.alloc(300)]),
    says: /28,800,000,000 bytes/u,
  },
  {
    name: 'jpeg',
    compressor: { id: 'imagecodecs_jpeg' },
    stored: () => Buffer.concat([jpegHeader, Buffer.alloc(300), Buffer.from([0xff, 0xd9])]),
    says: /10,800,000,000 bytes/u,
  },
];

describe('small chunks that claim or give very much', () => {
  it.each(bombs)('$name', async ({ compressor, stored, says }) => {
    const bytes = stored();
    const before = process.memoryUsage().rss;
    const start = performance.now();
    const error = await failure(bytes, arrayOf([10, 100], '<u2', compressor));
    expect(performance.now() - start).toBeLessThan(2000);
    expect(process.memoryUsage().rss - before).toBeLessThan(MEMORY_BOUND);
    expect(error.message).toMatch(says);
  });

  it('a stream whose size nothing tells stops at a bound of its own', async () => {
    const array = arrayOf([10, 100], '<u2', { id: 'zlib' }, [{ id: 'zlib' }]);
    const error = await failure(deflateSync(new Uint8Array(4e8)), array);
    expect(error).toMatchObject({ code: 'limit-exceeded' });
    expect(error.message).toMatch(/at most 67,112,864/u);
  });

  it('a chunk shape beyond memory is refused before anything is decoded', async () => {
    const error = await failure(new Uint8Array(8), arrayOf([1e6, 1e6], '<f8'));
    expect(error).toMatchObject({ code: 'limit-exceeded' });
    expect(error.message).toContain('8,000,000,000,000 bytes');
  });
});

describe('metadata that no chunk can be decoded by', () => {
  const filters: [string, JsonObject, string, RegExp][] = [
    ['an unknown codec', { id: 'grib' }, 'unsupported-codec', /"grib"/u],
    ['a filter without dtype', { id: 'delta' }, 'malformed-metadata', /"dtype"/u],
    ['a dtype that is none', { id: 'delta', dtype: 'number' }, 'malformed-metadata', /"number"/u],
    [
      'a scale that is text',
      { id: 'fixedscaleoffset', dtype: '<u2', scale: 'x', offset: 0 },
      'malformed-metadata',
      /"scale"/u,
    ],
    [
      'an axis too far',
      { id: 'imagecodecs_delta', axis: -3, shape: [2, 3], dtype: '<u2' },
      'malformed-metadata',
      /"axis"/u,
    ],
    ['a predictor of complex', { id: 'imagecodecs_delta', shape: [2, 3], dtype: '<c8' }, 'decode-failed', /48/u],
    [
      'floatpred of integers',
      { id: 'imagecodecs_floatpred', shape: [2, 3], dtype: '<u2' },
      'malformed-metadata',
      /not a float/u,
    ],
    ['a shape of another size', { id: 'imagecodecs_delta', shape: [2, 4], dtype: '<u2' }, 'decode-failed', /need 16/u],
  ];
  it.each(filters)('%s', async (_name, filter, code, says) => {
    const error = await failure(new Uint8Array(12), arrayOf([2, 3], '<u2', null, [filter]));
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(says);
  });

  it.each([
    ['an unknown colour space', { colorspace_data: 'CIELAB' }, /CIELAB/u],
    ['RGBA', { colorspace_data: 12 }, /12/u],
    ['tables that are no base64', { tables: '?' }, /base64/u],
  ])('jpeg of %s', async (_name, config, says) => {
    const array = arrayOf([10, 100], '|u1', { id: 'imagecodecs_jpeg', ...config });
    expect((await failure(Buffer.concat([jpegHeader, Buffer.alloc(90)]), array)).message).toMatch(says);
  });
});

describe('a chunk of another size than the metadata say', () => {
  it('names whole rows as the short last strip of a TIFF', async () => {
    const error = await failure(deflateSync(new Uint8Array(7 * 200)), arrayOf([10, 100], '<u2', { id: 'zlib' }));
    expect(error.message).toContain('1,400 bytes, but the chunk shape and dtype need 2,000');
    expect(error.message).toContain('7 of 10 rows: likely the last strip of a TIFF');
    expect(error.stages.map(({ name }) => name)).toEqual(['stored', 'zlib']);
  });

  it('names both sizes where there is too much', async () => {
    const error = await failure(deflateSync(new Uint8Array(8000)), arrayOf([10, 100], '<u2', { id: 'zlib' }));
    expect(error.message).toContain('8,000 bytes, but the chunk shape and dtype need 2,000');
  });

  it('does not take a larger LZW or PackBits tile for a smaller one', async () => {
    for (const name of ['lzw', 'packbits']) {
      const found = cases.find((entry) => entry.name === name);
      const array = arrayOf([6, 7], '<u2', { id: `imagecodecs_${name}` });
      const error = await failure(found?.stored ?? new Uint8Array(), array);
      expect(error.message).toMatch(/[\d,]+ bytes, but the chunk shape and dtype need 84/u);
    }
  });
});
