import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import { DecodeError } from '../../../src/codecs/decode-error';
import type { ZarrArray } from '../../../src/zarr/types';
import { arrayOf, type Case, failure, provideAssetsFromPackages, pseudoRandom, readCases } from './fixtures';

provideAssetsFromPackages();
const MEMORY_BOUND = 300e6;
const cases = await readCases('images.json');
const lercCases = await readCases('cases.json');

function named(name: string): Case {
  const found = cases.find((entry) => entry.name === name);
  if (found === undefined) throw new Error(`no case "${name}"`);
  return found;
}

const samples = [
  'webp lossless, 3 bands',
  'webp lossy, 4 bands',
  'jpeg 2000 u1, 3 bands',
  'jpeg 2000 u2, 4 bands',
  'jpeg 2000 i2, lossy',
  'jpeg 2000 in a JP2 file, 3 bands',
  'jpeg xl u1, 3 bands',
  'jpeg xl u2, 4 bands, lossy',
  'jpeg xl in a container',
  'png u2, 4 bands',
  'jpeg of 12 bits, 3 bands, 420',
  'jpeg lossless, 16 bits, predictor 7',
].map(named);

describe('damaged images give an error', () => {
  it.each(samples)('$name: empty, cut off, random', async ({ array, stored }) => {
    const parts = [0, 1, 8, 13, 25, 0.3 * stored.length, 0.6 * stored.length, 0.9 * stored.length, stored.length - 6];
    const inputs = [
      ...parts.map((length) => stored.subarray(0, length)),
      ...[1, 2, 3].map((seed) => pseudoRandom(500 + seed, seed)),
      Uint8Array.from([...stored.subarray(0, 30), ...pseudoRandom(500, 4)]),
    ];
    for (const input of inputs) {
      const error = await failure(input, array);
      expect(['decode-failed', 'unsupported-codec']).toContain(error.code);
      expect(error.message).toContain(array.codecs[0]?.id);
    }
  });

  it.each(samples)('$name: changed bytes never crash, and the next image is right', async (sample) => {
    const { array, stored } = sample;
    const before = (await decodeChunk(stored, array)).array.data;
    for (let i = 0; i < 60; i++) {
      const changed = stored.slice();
      const at = (i * 7919) % changed.length;
      changed[at] = (changed[at] ?? 0) ^ (1 << (i % 8));
      const result = await decodeChunk(changed, array).catch((error: unknown) => error);
      if (result instanceof Error) expect(result).toBeInstanceOf(DecodeError);
      else expect(result).toMatchObject({ array: { shape: array.chunkShape } });
    }
    expect((await decodeChunk(stored, array)).array.data).toEqual(before);
  });
});

/** The image with bytes of it written over. */
function patched({ stored }: Case, at: number, hex: string): Uint8Array {
  const bytes = stored.slice();
  bytes.set(Buffer.from(hex.replaceAll(' ', ''), 'hex'), at);
  return bytes;
}

const sizeAt = ({ stored }: Case, ...bytes: number[]): number =>
  stored.findIndex((_byte, i) => bytes.every((wanted, k) => stored[i + k] === wanted));

const huge: [string, () => Uint8Array][] = [
  ['webp lossless, 3 bands', () => patched(named('webp lossless, 3 bands'), 21, 'ff ff ff 0f')],
  ['webp lossy, 3 bands', () => patched(named('webp lossy, 3 bands'), 26, 'ff 3f ff 3f')],
  ['webp lossy, 4 bands', () => patched(named('webp lossy, 4 bands'), 24, 'ff ff ff ff ff ff')],
  ['jpeg 2000 u1, 3 bands', () => patched(named('jpeg 2000 u1, 3 bands'), 8, '7fffffff 7fffffff')],
  // Of a codestream: not the small size (bit 0), 30 bits for the height (bits 1 and 2), all of them set.
  ['jpeg xl u1, 3 bands', () => patched(named('jpeg xl u1, 3 bands'), 2, 'fe ff ff ff ff ff ff ff ff')],
  ['png u2, 4 bands', () => patched(named('png u2, 4 bands'), 16, '7fffffff 7fffffff')],
  [
    'jpeg of 12 bits, 3 bands, 420',
    () =>
      patched(
        named('jpeg of 12 bits, 3 bands, 420'),
        sizeAt(named('jpeg of 12 bits, 3 bands, 420'), 0xff, 0xc1) + 5,
        'ffffffff',
      ),
  ],
  [
    'jpeg lossless, 16 bits, predictor 7',
    () =>
      patched(
        named('jpeg lossless, 16 bits, predictor 7'),
        sizeAt(named('jpeg lossless, 16 bits, predictor 7'), 0xff, 0xc3) + 5,
        'ffffffff',
      ),
  ],
];

describe('a header that claims very much is refused before anything is set aside', () => {
  it.each(huge)('%s', async (name, bytes) => {
    const { array } = named(name);
    await decodeChunk(named(name).stored, array);
    const before = process.memoryUsage().rss;
    const start = performance.now();
    const error = await failure(bytes(), array);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(process.memoryUsage().rss - before).toBeLessThan(MEMORY_BOUND);
    expect(error.message).toMatch(/It gives [\d,]{9,} bytes, but the chunk shape and dtype need/u);
  });

  it('JPEG 2000 with a tile for every pixel', async () => {
    const sample = named('jpeg 2000 u1, 1 bands');
    const bytes = patched(sample, 8, '00000100 00000100 00000000 00000000 00000001 00000001');
    const error = await failure(bytes, arrayOf([256, 256], '|u1', { id: 'imagecodecs_jpeg2k' }));
    expect(error.code).toBe('limit-exceeded');
    expect(error.message).toContain('65536 tiles');
  });

  it.each<[string, string, Parameters<typeof arrayOf>]>([
    ['webp lossy, 3 bands', 'WebP', [[8192, 8192, 3], '|u1', { id: 'imagecodecs_webp' }]],
    ['webp lossless, 3 bands', 'WebP', [[8192, 8192, 3], '|u1', { id: 'imagecodecs_webp' }]],
  ])('%s of more than 64 MiB, before it is decoded', async (name, format, array) => {
    const isLossy = name.includes('lossy');
    // 8192 = 0x2000; lossless has 14 bits for each side less one.
    const bytes = patched(named(name), isLossy ? 26 : 21, isLossy ? '00 20 00 20' : 'ff df ff 07');
    const error = await failure(bytes, arrayOf(...array));
    expect(error.code).toBe('limit-exceeded');
    expect(error.message).toContain(`The ${format} image has 8192 x 8192 pixels of 8 bits, 256 MiB`);
  });

  it('a PNG whose rows inflate to more than its header says', async () => {
    const sample = named('png u1, 1 bands');
    const bytes = patched(sample, 16, '00000003 00000003');
    const error = await failure(bytes, arrayOf([3, 3], '|u1', { id: 'imagecodecs_png' }));
    expect(error.message).toContain('at most 12');
  });
});

describe('an image that is not the chunk', () => {
  const shapes: [string, (array: ZarrArray) => number[]][] = [
    ['rows and columns changed', ({ chunkShape: [a = 0, b = 0, ...rest] }) => [b, a, ...rest]],
    ['one row more', ({ chunkShape: [a = 0, ...rest] }) => [a + 1, ...rest]],
    ['one column less', ({ chunkShape: [a = 0, b = 0, ...rest] }) => [a, b - 1, ...rest]],
  ];
  for (const sample of samples) {
    it.each(shapes)(`${sample.name}: %s`, async (_name, change) => {
      const chunkShape = change(sample.array);
      const error = await failure(sample.stored, { ...sample.array, shape: chunkShape, chunkShape });
      expect(error.code).toBe('decode-failed');
      expect(error.message).toMatch(/but the chunk/u);
    });
  }

  const lerc = ['lerc 2.6 <u2', 'lerc <i2, three bands interleaved', 'lerc <u2, three bands apart, masked'];
  it.each(lerc)('%s, with rows and columns changed', async (name) => {
    const sample = lercCases.find((entry) => entry.name === name);
    if (sample === undefined) throw new Error(`no case "${name}"`);
    const chunkShape = sample.array.chunkShape.toReversed();
    const error = await failure(sample.stored, { ...sample.array, shape: chunkShape, chunkShape });
    expect(error.message).toMatch(
      /The LERC image is \d+ rows by \d+ columns of [13] samples with 16 bits, but the chunk/u,
    );
  });

  it('LERC of another width', async () => {
    const stored = lercCases.find(({ name }) => name === 'lerc 2.6 <u2')?.stored ?? new Uint8Array();
    const error = await failure(stored, arrayOf([9, 5], '<u4', { id: 'imagecodecs_lerc' }));
    expect(error.message).toContain('16 bits, but the chunk is [9, 5] with 32 bits');
  });

  it('samples of another width', async () => {
    const { stored } = named('png u1, 2 bands');
    const error = await failure(stored, arrayOf([13, 15], '<u2', { id: 'imagecodecs_png' }));
    expect(error.message).toMatch(/2 samples with 8 bits, but the chunk is \[13, 15\] with 16 bits/u);
  });
});
