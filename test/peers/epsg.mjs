// Prints every code and WKT of the EPSG table that ships, as JSON: the second reader of the table is test_epsg.py.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { importSources } from '../support/import-sources.mjs';

const repository = path.resolve(import.meta.dirname, '../..');
const { provideAssets, epsgWkt } = await importSources(
  "export { provideAssets } from './src/assets'; export { epsgWkt } from './src/generate/epsg-table';",
);
provideAssets((name) => readFile(path.join(repository, 'dist/assets', name)));

const table = {};
for (let code = 1024; code < 32768; code++) {
  const wkt = await epsgWkt(code);
  if (wkt !== undefined) table[code] = wkt;
}
process.stdout.write(JSON.stringify(table));
