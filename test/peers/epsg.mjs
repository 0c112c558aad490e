// Prints every code and WKT of the EPSG table that ships, as JSON: the second reader of the table is test_epsg.py.
import { build } from 'esbuild';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const repository = path.resolve(import.meta.dirname, '../..');
const folder = await mkdtemp(path.join(tmpdir(), 'kerchunk-epsg-'));
const outfile = path.join(folder, 'epsg.mjs');
await build({
  stdin: {
    contents: "export { provideAssets } from './src/assets'; export { epsgWkt } from './src/generate/epsg-table';",
    resolveDir: repository,
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  resolveExtensions: ['.node.ts', '.ts', '.mjs', '.js'],
  outfile,
  logLevel: 'warning',
});
const { provideAssets, epsgWkt } = await import(pathToFileURL(outfile).href);
await rm(folder, { recursive: true });
provideAssets((name) => readFile(path.join(repository, 'dist/assets', name)));

const table = {};
for (let code = 1024; code < 32768; code++) {
  const wkt = await epsgWkt(code);
  if (wkt !== undefined) table[code] = wkt;
}
process.stdout.write(JSON.stringify(table));
