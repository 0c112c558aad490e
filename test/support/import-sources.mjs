import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../host/paths.mjs';

/**
 * Bundles modules of the sources, which are TypeScript, for Node.
 *
 * @param {string} contents what the bundle exports, such as `export { parseReferences } from './src/references/parse';`, with paths from the
 *   repository's folder
 * @param {string} outfile the bundle, an ES module
 * @param {import('esbuild').BuildOptions} [options] in the place of the usual ones
 */
export async function bundleSources(contents, outfile, options = {}) {
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    resolveExtensions: ['.node.ts', '.ts', '.mjs', '.js', '.json'],
    logLevel: 'warning',
    outfile,
    ...options,
  });
}

/**
 * Imports modules of the sources: see `bundleSources`.
 *
 * @param {string} contents
 * @param {import('esbuild').BuildOptions} [options]
 * @returns {Promise<any>} what `contents` exports
 */
export async function importSources(contents, options) {
  const folder = await mkdtemp(path.join(tmpdir(), 'kerchunk-sources-'));
  try {
    const outfile = path.join(folder, 'sources.mjs');
    await bundleSources(contents, outfile, options);
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
