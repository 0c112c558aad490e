import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { expect } from 'vitest';
import { provideAssets } from '../../../src/assets';
import { decodeChunk } from '../../../src/codecs/decode';
import { DecodeError } from '../../../src/codecs/decode-error';
import type { JsonObject, JsonValue } from '../../../src/json';
import { parseJson } from '../../../src/references/parse';
import { parseZarrayV2 } from '../../../src/zarr/v2';
import type { ZarrArray } from '../../../src/zarr/types';
import assets from '../../../src/codecs/assets.json';

export const repoRoot = path.resolve(import.meta.dirname, '../../..');

/** Serves the wasm decoders from the packages that the build copies them from. */
export function provideAssetsFromPackages(): void {
  provideAssets(async (name) => {
    const asset = assets.find((entry) => entry.name === name);
    if (asset === undefined) throw new Error(`no asset ${name}`);
    return readFile(path.join(repoRoot, asset.from));
  });
}

export interface Case {
  name: string;
  array: ZarrArray;
  stored: Uint8Array;
  expected: Uint8Array;
  /** Largest difference of a sample from what is expected. */
  tolerance: number;
}

/** An array of one chunk. */
export function arrayOf(
  chunks: number[],
  dtype: JsonValue,
  compressor: JsonValue = null,
  filters: JsonValue = null,
  more: JsonObject = {},
): ZarrArray {
  return parseZarrayV2(
    'a',
    { zarr_format: 2, shape: chunks, chunks, dtype, compressor, filters, fill_value: null, order: 'C', ...more },
    undefined,
  );
}

interface Fixture {
  name: string;
  chunks: number[];
  dtype: string;
  compressor?: JsonObject;
  filters?: JsonObject[];
  order?: string;
  stored: string;
  expected: number;
  tolerance?: number;
}

/** The cases of test/fixtures/codecs/make.py, make_numcodecs.py and make_images.py. */
export async function readCases(...files: string[]): Promise<Case[]> {
  const all = files.length === 0 ? ['cases.json', 'numcodecs.json'] : files;
  return (await Promise.all(all.map(readFixtures))).flat();
}

async function readFixtures(file: string): Promise<Case[]> {
  const text = await readFile(path.join(repoRoot, 'test/fixtures/codecs', file));
  const { arrays, cases } = parseJson(text) as unknown as { arrays: string[]; cases: Fixture[] };
  return cases.map(({ name, chunks, dtype, compressor, filters, order, stored, expected, tolerance }) => ({
    name,
    array: arrayOf(chunks, dtype, compressor ?? null, filters ?? null, { order: order ?? 'C' }),
    stored: new Uint8Array(Buffer.from(stored, 'base64')),
    expected: new Uint8Array(inflateSync(Buffer.from(arrays[expected] ?? '', 'base64'))),
    tolerance: tolerance ?? 0,
  }));
}

/** The error of decoding a chunk, which must be one that has the stages. */
export async function failure(stored: Uint8Array, array: ZarrArray): Promise<DecodeError> {
  const error: unknown = await decodeChunk(stored, array).then(
    () => 'decoded',
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DecodeError);
  return error as DecodeError;
}

export function pseudoRandom(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}
