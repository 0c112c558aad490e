import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';

const production = process.argv.includes('--production');

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  target: 'es2022',
  outdir: 'dist',
};
/** The Node twin of a file (`inflate.node.ts`) stands in for the plain import. */
const forNode = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  resolveExtensions: ['.node.ts', '.ts', '.mjs', '.js', '.json'],
};
/** The web twin (`inflate.web.ts`) does. */
const forWeb = {
  ...common,
  platform: 'browser',
  resolveExtensions: ['.web.ts', '.ts', '.mjs', '.js', '.json'],
};

const bundles = [
  { ...forNode, entryPoints: { extension: 'src/extension.ts' }, external: ['vscode'] },
  { ...forWeb, entryPoints: { 'extension.web': 'src/extension.ts' }, format: 'cjs', external: ['vscode'] },
  { ...forNode, entryPoints: { worker: 'src/worker/entry.node.ts' } },
  { ...forWeb, entryPoints: { 'worker.web': 'src/worker/entry.web.ts' }, format: 'iife' },
  { ...forWeb, entryPoints: { webview: 'src/webview/report.ts' }, format: 'iife' },
  { ...forNode, entryPoints: { cli: 'src/cli.ts' }, banner: { js: '#!/usr/bin/env node' } },
];

/** Files that are read when something needs them: wasm decoders as their packages ship them, and the EPSG table. */
async function writeAssets() {
  await mkdir('dist/assets', { recursive: true });
  const assets = JSON.parse(await readFile('src/codecs/assets.json', 'utf8'));
  await Promise.all(assets.map(({ name, from }) => copyFile(from, `dist/assets/${name}`)));
  const { buildEpsgTable } = await import('./src/generate/epsg-table.build.mjs');
  await writeFile('dist/assets/epsg.bin', await buildEpsgTable());
}

await rm('dist', { recursive: true, force: true });
await Promise.all([...bundles.filter((b) => Object.values(b.entryPoints).every(existsSync)).map((bundle) => build(bundle)), existsSync('src/codecs/assets.json') && existsSync('src/generate/epsg-table.build.mjs') && writeAssets()]);
