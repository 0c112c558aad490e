import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { provideAssets } from '../../../src/assets';
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
}

/** The cases of test/fixtures/codecs/make.py and make_numcodecs.py. */
export async function readCases(): Promise<Case[]> {
  return [...(await readFixtures('cases.json')), ...(await readFixtures('numcodecs.json'))];
}

async function readFixtures(file: string): Promise<Case[]> {
  const text = await readFile(path.join(repoRoot, 'test/fixtures/codecs', file));
  const { arrays, cases } = parseJson(text) as unknown as { arrays: string[]; cases: Fixture[] };
  return cases.map(({ name, chunks, dtype, compressor, filters, order, stored, expected }) => ({
    name,
    array: arrayOf(chunks, dtype, compressor ?? null, filters ?? null, { order: order ?? 'C' }),
    stored: new Uint8Array(Buffer.from(stored, 'base64')),
    expected: new Uint8Array(inflateSync(Buffer.from(arrays[expected] ?? '', 'base64'))),
  }));
}
