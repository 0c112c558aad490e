// Bytes as our encoders write them: `node encode.mjs id input output` encodes the file `input` with the codec of that id.
import { build } from 'esbuild';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [id, input, output] = process.argv.slice(2);
const repository = path.resolve(import.meta.dirname, '../..');
const folder = await mkdtemp(path.join(tmpdir(), 'kerchunk-encode-'));
const outfile = path.join(folder, 'encode.mjs');
await build({
  stdin: { contents: "export { encodeChunk } from './src/codecs/encode';", resolveDir: repository },
  bundle: true,
  format: 'esm',
  platform: 'node',
  resolveExtensions: ['.node.ts', '.ts', '.mjs', '.js'],
  outfile,
  logLevel: 'warning',
});
const { encodeChunk } = await import(pathToFileURL(outfile).href);
await rm(folder, { recursive: true });
const data = new Uint8Array(await readFile(input));
const dataType = { kind: 'u', itemSize: 1, byteOrder: 'none' };
const codecs = [{ id, place: 'compressor', config: {} }];
await writeFile(
  output,
  await encodeChunk({ data, shape: [data.length], dataType }, { chunkShape: [data.length], codecs }),
);
