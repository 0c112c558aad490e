import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KerchunkError } from '../../../src/errors';
import { describeTiff } from '../../../src/tiff/describe';
import type { TiffDescription } from '../../../src/tiff/types';
import { CountingSource } from './counting-source';
import { fixtures } from './facts';

const corpus = process.env.KERCHUNK_CORPUS ?? path.resolve(import.meta.dirname, '../../../../shared/corpus');
const folder = path.join(corpus, 'hostile');
const present = existsSync(folder);
if (!present) console.log(`malformed public TIFFs are left out: there is no ${folder}`);

const CODES = ['not-a-tiff', 'malformed-tiff', 'short-read', 'limit-exceeded'];

/** Describes bytes; fails unless that ends within 2 seconds in a sound description or one clear error. */
async function describeOrRefuse(bytes: Uint8Array): Promise<TiffDescription | KerchunkError> {
  const source = CountingSource.of(bytes);
  const started = performance.now();
  const outcome: unknown = await describeTiff(source).catch((error: unknown) => error);
  expect(performance.now() - started).toBeLessThan(2000);
  expect(source.bytesRead).toBeLessThanOrEqual(2 * bytes.length);
  if (outcome instanceof KerchunkError) {
    expect(CODES).toContain(outcome.code);
    expect(outcome.message).not.toMatch(/undefined|NaN|\[object|DataView|MAX_SAFE_INTEGER|github/);
    return outcome;
  }
  if (outcome instanceof Error) throw outcome;
  const description = outcome as TiffDescription;
  expectSound(description);
  return description;
}

function expectSound({ images, levels, size }: TiffDescription): void {
  expect(levels.length).toBeGreaterThan(0);
  expect(size).toBeDefined();
  for (const image of images) {
    const { width, height, chunkWidth, chunkHeight, chunksAcross, chunksDown, samplesPerPixel, planar } = image;
    for (const count of [width, height, chunkWidth, chunkHeight, samplesPerPixel]) {
      expect(Number.isInteger(count) && count > 0).toBe(true);
    }
    expect([chunksAcross, chunksDown]).toEqual([Math.ceil(width / chunkWidth), Math.ceil(height / chunkHeight)]);
    const chunks = chunksAcross * chunksDown * (planar ? samplesPerPixel : 1);
    expect([image.offsets.length, image.lengths.length]).toEqual([chunks, chunks]);
    expect([image.bitsPerSample.length, image.sampleFormat.length]).toEqual([samplesPerPixel, samplesPerPixel]);
    expect(image.offsets.every(Number.isSafeInteger) && image.lengths.every(Number.isSafeInteger)).toBe(true);
  }
}

/** A small generator with a seed, so that a failure can be repeated. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe.runIf(present)('malformed public TIFFs', () => {
  const names = present ? readdirSync(folder).sort() : [];

  it('are all there', () => {
    expect(names).toHaveLength(77);
  });

  it.each(names)('%s', async (name) => {
    await describeOrRefuse(readFileSync(path.join(folder, name)));
  });

  it.each([
    ['cog_sparse_strile_arrays_zeroified_when_possible.tif', 1],
    ['byte_zstd_corrupted2.tif', 0],
    ['unsupported_codec_unknown.tif', 0],
    ['one_strip_nobytecount.tif', 1],
    ['byte_truncated.tif', 1],
    ['tiled_bad_offset.tif', 1],
  ])('%s has sound headers, and %d warnings', async (name, warnings) => {
    const description = await describeTiff(CountingSource.of(readFileSync(path.join(folder, name))));
    expect(description.warnings ?? []).toHaveLength(warnings);
  });
});

describe('damaged files', () => {
  const small = readdirSync(fixtures)
    .filter((name) => name.endsWith('.tif'))
    .map((name) => ({ name, bytes: readFileSync(path.join(fixtures, name)) }))
    .filter(({ bytes }) => bytes.length < 1500);

  it('cut off at any byte: an error that says so, or all headers and a warning', async () => {
    expect(small.length).toBeGreaterThan(10);
    for (const { name, bytes } of small) {
      for (let length = 0; length < bytes.length; length += 1) {
        const outcome = await describeOrRefuse(bytes.subarray(0, length));
        if (outcome instanceof KerchunkError) {
          expect([name, length, outcome.code]).toEqual([name, length, length < 4 ? 'not-a-tiff' : 'short-read']);
        } else {
          expect([name, length, outcome.warnings?.join()]).toEqual([
            name,
            length,
            expect.stringContaining('beyond the end'),
          ]);
        }
      }
    }
  }, 60_000);

  it('with random bytes changed', async () => {
    const below = generator(20251125);
    let refused = 0;
    for (let round = 0; round < 4000; round += 1) {
      const { bytes } = small[below(small.length)] ?? { bytes: Buffer.alloc(0) };
      const changed = Uint8Array.from(bytes);
      const changes = 1 + below(8);
      for (let change = 0; change < changes; change += 1) changed[below(Math.min(changed.length, 400))] = below(256);
      if ((await describeOrRefuse(changed)) instanceof KerchunkError) refused += 1;
    }
    expect(refused).toBeGreaterThan(100);
    expect(refused).toBeLessThan(3900);
  }, 60_000);

  it('of noise behind a header', async () => {
    const below = generator(7);
    for (let round = 0; round < 2000; round += 1) {
      const noise = Uint8Array.from({ length: 16 + below(600) }, () => below(below(3) === 0 ? 256 : 20));
      noise.set(
        [
          [0x49, 0x49, 42, 0, 8, 0, 0, 0],
          [0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
        ][below(2)] ?? [],
      );
      await describeOrRefuse(noise);
    }
  }, 60_000);
});
