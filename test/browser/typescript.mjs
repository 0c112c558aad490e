import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cache, root } from '../host/paths.mjs';

/**
 * Imports a TypeScript module of the tests: what serves files to the unit tests serves them to VS Code in a browser too.
 *
 * @param {string} path from the repository's folder
 * @returns {Promise<any>} its exports
 */
export async function importTypeScript(path) {
  const outfile = join(cache, 'browser', `${path.replaceAll('/', '-')}.mjs`);
  await build({
    entryPoints: [join(root, path)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    resolveExtensions: ['.node.ts', '.ts', '.mjs', '.js', '.json'],
  });
  return import(pathToFileURL(outfile).href);
}
