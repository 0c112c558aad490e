import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cache, root, sampleFolder } from './paths.mjs';

/** Files made for the tests in VS Code. */
const suiteFiles = join(root, 'test', 'fixtures', 'vscode');

/** TIFFs whose tiles take each a decoder of its own, most of them in WebAssembly. */
const DECODED = [
  'webp-u8-3band',
  'jpegxl-u16',
  'jpeg2000-u16',
  'png-u16',
  'jpeg-u12',
  'refused-lerc-f32',
  'lzma-u16',
  'zstd-u8',
];

/**
 * A fresh folder to open: copies of the sample and of the suite's own fixtures, so that tests may write into it.
 *
 * @param {string} name
 * @returns {Promise<string>} absolute path
 */
export async function makeWorkspace(name) {
  const folder = join(cache, 'workspace', name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const source of [sampleFolder, suiteFiles]) {
    for (const entry of await entriesOf(source))
      await cp(join(source, entry), join(folder, entry), { recursive: true });
  }
  for (const name of DECODED) {
    await cp(join(root, 'test', 'fixtures', 'tiffs', `${name}-tiled.tif`), join(folder, 'decoders', `${name}.tif`));
  }
  await cp(join(root, 'test', 'fixtures', 'scene'), join(folder, 'scene'), { recursive: true });
  await cp(join(root, 'test', 'fixtures', 'parquet', 'sets', 'kerchunk'), join(folder, 'set.parq'), {
    recursive: true,
  });
  // The same with a record file of another set, whose first row says that its chunk has -2 bytes.
  await cp(join(folder, 'set.parq'), join(folder, 'broken.parq'), { recursive: true });
  const record = join(root, 'test', 'fixtures', 'parquet', 'records', 'negative-size.parq');
  await cp(record, join(folder, 'broken.parq', 'red', 'refs.1.parq'));
  return folder;
}

/** @param {string} folder */
async function entriesOf(folder) {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}
