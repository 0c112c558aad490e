import { build } from 'esbuild';
import { cp, mkdir, rm } from 'node:fs/promises';

const production = process.argv.includes('--production');
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  target: 'es2022',
};
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  resolveExtensions: ['.node.ts', '.ts', '.mjs', '.js', '.json'],
};
const web = {
  ...common,
  platform: 'browser',
  mainFields: ['browser', 'module', 'main'],
  resolveExtensions: ['.web.ts', '.ts', '.mjs', '.js', '.json'],
};

await rm('dist', { recursive: true, force: true });
await mkdir('dist', { recursive: true });
await Promise.all([
  build({ ...node, entryPoints: { extension: 'src/extension.ts' }, outdir: 'dist', external: ['vscode'] }),
  build({
    ...web,
    entryPoints: { 'extension.web': 'src/extension.ts' },
    outdir: 'dist',
    format: 'cjs',
    external: ['vscode'],
  }),
  build({ ...node, entryPoints: { cli: 'src/cli.ts' }, outdir: 'dist', banner: { js: '#!/usr/bin/env node' } }),
]);
void cp;
