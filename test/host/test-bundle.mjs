import { readdir, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { build } from 'esbuild';
import { cache, root } from './paths.mjs';

const suite = join(root, 'test', 'vscode');

/**
 * Bundles `test/vscode/index.ts` with every `*.test.ts` under its folder for one extension host.
 *
 * @param {'node' | 'web'} kind the host that will load it
 * @param {string} [folder] where the bundle goes; what stands there is removed
 * @returns {Promise<string>} the bundle
 */
export async function bundleTests(kind, folder = join(cache, 'suite', kind)) {
  await rm(folder, { recursive: true, force: true });
  const outfile = join(folder, 'index.js');
  const tests = await testFiles();
  if (tests.length === 0) throw new Error('test/vscode/ holds no *.test.ts.');
  await build({
    entryPoints: [join(suite, 'index.ts')],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: kind === 'node' ? 'node' : 'browser',
    target: 'es2022',
    sourcemap: 'inline',
    logLevel: 'warning',
    external: ['vscode'],
    resolveExtensions: [`.${kind}.ts`, '.ts', '.mjs', '.js', '.json'],
    plugins: [everyTest(tests)],
  });
  return outfile;
}

/** @returns {Promise<string[]>} every test file, relative to test/vscode/, with forward slashes */
async function testFiles() {
  const names = await readdir(suite, { recursive: true });
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => name.split(sep).join('/'))
    .sort();
}

/**
 * The module `every-test`: loads all test files, in the order of their names, when it is asked to. No list by hand, so none is forgotten.
 *
 * @param {readonly string[]} tests
 * @returns {import('esbuild').Plugin}
 */
function everyTest(tests) {
  const lines = tests.map((name) => `  require(${JSON.stringify(`./${name}`)});`);
  return {
    name: 'every-test',
    setup(builder) {
      builder.onResolve({ filter: /^every-test$/ }, () => ({ path: 'every-test', namespace: 'every-test' }));
      builder.onLoad({ filter: /.*/, namespace: 'every-test' }, () => ({
        contents: ['export function loadEveryTest() {', ...lines, '}'].join('\n'),
        resolveDir: suite,
      }));
    },
  };
}
