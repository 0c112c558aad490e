import { readFile } from 'node:fs/promises';
import path from 'node:path';
import assets from '../../src/codecs/assets.json';
import { buildEpsgTable } from '../../src/generate/epsg-table.build.mjs';

const repository = path.resolve(import.meta.dirname, '../..');
let epsg: Promise<Uint8Array> | undefined;

/** The assets as the build makes them, straight from their packages, so that unit tests need no build. */
export function readTestAsset(name: string): Promise<Uint8Array> {
  if (name === 'epsg.bin') return (epsg ??= buildEpsgTable());
  const asset = assets.find((candidate) => candidate.name === name);
  return asset === undefined
    ? Promise.reject(new Error(`There is no asset ${name}.`))
    : readFile(path.join(repository, asset.from));
}
