import { build } from 'esbuild';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemas } from './schemas/files.mjs';
import { buildEpsgTable } from './src/generate/epsg-table.build.mjs';

const production = process.argv.includes('--production');
const assetsModule = fileURLToPath(new URL('src/assets.ts', import.meta.url));

/**
 * numcodecs carries its wasm as base64 inside JavaScript. Taken out, it is a file of its own: a third smaller, shipped once for all
 * bundles, and read only when a chunk needs it. The build fails where the package's form is no longer what is expected here.
 */
const numcodecsWasm = {
  name: 'numcodecs-wasm',
  setup(builder) {
    builder.onLoad({ filter: /numcodecs[\\/]dist[\\/](blosc|lz4|zstd)\.js$/ }, async ({ path }) => {
      const asset = `${basename(path, '.js')}.wasm`;
      const source = await readFile(path, 'utf8');
      const inlined = /var (\w+) = __toBinary\("([^"]+)"\);/u.exec(source);
      const [statement = '', variable = '', base64 = ''] = inlined ?? [];
      const start = `({ noInitialRun: true, wasmBinary: ${variable} })`;
      if (inlined === null || !source.includes(start)) throw new Error(`${path} does not hold its wasm as it used to.`);
      await writeFile(`dist/assets/${asset}`, Buffer.from(base64, 'base64'));
      const contents = source
        .replace(statement, '')
        .replace(/var init = \(\) => (\w+)\(/u, 'var init = async () => $1(')
        .replace(start, `({ noInitialRun: true, wasmBinary: await loadAsset(${JSON.stringify(asset)}) })`);
      return { contents: `import { loadAsset } from ${JSON.stringify(assetsModule)};\n${contents}`, loader: 'js' };
    });
  },
};

/**
 * geotiff reads the tags of a TIFF here and no pixels: its decoders, a third of a host's bundle, are left out. They load on demand only,
 * and one that is ever asked for says so.
 */
const noGeotiffDecoders = {
  name: 'no-geotiff-decoders',
  setup(builder) {
    const decoders =
      /geotiff[\\/]dist-module[\\/]compression[\\/](deflate|jpeg|lerc|lzw|packbits|raw|webimage|zstd)\.js$/;
    builder.onLoad({ filter: decoders }, () => ({
      contents: "throw new Error('Pixels are decoded by the codecs of this project, not by geotiff.');",
    }));
  },
};

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  target: 'es2022',
  outdir: 'dist',
  plugins: [numcodecsWasm, noGeotiffDecoders],
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
  // libjpeg's glue requires these in a branch for Node, which a browser never enters.
  external: ['fs', 'path'],
  resolveExtensions: ['.web.ts', '.ts', '.mjs', '.js', '.json'],
};

const bundles = [
  { ...forNode, entryPoints: { extension: 'src/extension.ts' }, external: ['vscode'] },
  {
    ...forWeb,
    entryPoints: { 'extension.web': 'src/extension.ts' },
    format: 'cjs',
    external: ['vscode', 'fs', 'path'],
  },
  { ...forNode, entryPoints: { worker: 'src/worker/entry.node.ts' } },
  { ...forWeb, entryPoints: { 'worker.web': 'src/worker/entry.web.ts' }, format: 'iife' },
  { ...forWeb, entryPoints: { webview: 'src/webview/main.ts' }, format: 'iife' },
  // OpenLayers is larger than the page: it is loaded when a map is first opened.
  { ...forWeb, entryPoints: { 'webview-map': 'src/webview/editor/map/entry.ts' }, format: 'iife' },
  { ...forNode, entryPoints: { cli: 'src/cli.ts' }, banner: { js: '#!/usr/bin/env node' } },
];

// The library `vscode-kerchunk/reader`, of which nothing is in the VSIX.
const library = [
  {
    ...forNode,
    entryPoints: { reader: 'src/reader.ts' },
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    // What packages of CommonJS require of Node.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url);",
    },
  },
  { ...forWeb, entryPoints: { 'reader.web': 'src/reader.ts' }, format: 'esm', outExtension: { '.js': '.mjs' } },
];

/** The types of the library: of its entry, and of the two files that this names. */
async function writeTypes() {
  const { default: ts } = await import('typescript');
  const write = async (name) => {
    const source = await readFile(`src/${name}.ts`, 'utf8');
    const { outputText, diagnostics = [] } = ts.transpileDeclaration(source, { fileName: `${name}.ts` });
    if (diagnostics.length > 0) throw new Error(`The types of src/${name}.ts cannot be told from it alone.`);
    const text = outputText.replaceAll(/from '\.\/([\w-]+)'/gu, "from './$1.mjs'");
    await writeFile(`dist/${name}.d.mts`, text);
  };
  await Promise.all(['reader', 'reader-types', 'errors'].map(write));
}

/** Files that are read when something needs them: wasm decoders as their packages ship them, the EPSG table, and the sample. */
async function writeAssets() {
  const assets = JSON.parse(await readFile('src/codecs/assets.json', 'utf8'));
  await Promise.all(assets.map(({ name, from }) => copyFile(from, `dist/assets/${name}`)));
  await writeFile('dist/assets/epsg.bin', await buildEpsgTable());
  await copyFile('test/fixtures/sample/red.tif', 'dist/assets/red.tif');
}

async function writeSchemas() {
  const dialect = { $schema: 'http://json-schema.org/draft-07/schema#' };
  const write = ([name, schema]) => writeFile(`dist/schemas/${name}`, JSON.stringify({ ...dialect, ...schema }));
  await Promise.all(Object.entries(schemas).map(write));
}

await rm('dist', { recursive: true, force: true });
await mkdir('dist/assets', { recursive: true });
await mkdir('dist/schemas');
await Promise.all([...bundles, ...library].map((bundle) => build(bundle)));
await Promise.all([writeAssets(), writeSchemas(), writeTypes()]);
