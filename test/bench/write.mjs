// How long writing a reference set takes, and how much memory beyond that of the set itself:
// `node test/bench/write.mjs [references...]`, by default 1,000,000 and 10,000,000, each row in a process of its own.
// Beside it, on 1,000,000: json.dumps of the references as Python has them, and fsspec's LazyReferenceMapper, by the Python of PYTHON or
// .venv-zarr3/bin/python. 24 files in turn stand behind the references.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { kinds, referenceText } from './reference-texts.mjs';

const here = import.meta.dirname;
const ways = {
  json: { form: 'json1', gzip: false },
  'json.gz': { form: 'json1', gzip: true },
  templates: { form: 'json1', gzip: false, templates: { given: [], chosen: true } },
  gen: { form: 'json1', gzip: false, gen: true },
  parquet: { form: 'parquet', gzip: false },
};
const MIB = 2 ** 20;

if (process.argv[2] === '--one') await one(process.argv[3], process.argv[4], Number(process.argv[5]), process.argv[6]);
else await all(process.argv.slice(2).map(Number));

async function all(counts) {
  const folder = await mkdtemp(path.join(tmpdir(), 'kerchunk-bench-'));
  const bundle = path.join(folder, 'write.mjs');
  await build({
    stdin: {
      contents: `
        export { parseReferences } from './src/references/parse';
        export { manifestOfReferences } from './src/manifest/from-references';
        export { writeManifest } from './src/manifest/write-manifest';
        export { writeFileInPieces, writeFolderInPieces } from './src/bytes/file-output.node';`,
      resolveDir: path.resolve(here, '../..'),
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    resolveExtensions: ['.node.ts', '.ts', '.mjs', '.js'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    outfile: bundle,
    logLevel: 'warning',
  });
  const row = (name, count, { wall, cpu, before, beyond, bytes }) => {
    console.log(
      `${name.padEnd(28)} ${count.toLocaleString('en-US').padStart(10)}   ${wall.toFixed(1).padStart(6)} s   ${cpu.toFixed(1).padStart(6)} s CPU   set ${before.toFixed(0).padStart(5)} MiB   beyond it ${beyond.toFixed(0).padStart(5)} MiB   written ${(bytes / 1e6).toFixed(1).padStart(7)} MB`,
    );
  };
  const run = (command, args) => {
    const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8', cwd: here });
    if (status !== 0) throw new Error(stderr || `${command} ended with ${status}`);
    return JSON.parse(stdout);
  };
  try {
    for (const count of counts.length > 0 ? counts : [1_000_000, 10_000_000]) {
      for (const way of Object.keys(ways)) {
        const options = [
          '--expose-gc',
          '--max-old-space-size=8192',
          import.meta.filename,
          '--one',
          bundle,
          way,
          count,
          folder,
        ];
        row(way, count, run(process.execPath, options.map(String)));
      }
    }
    const python = process.env.PYTHON ?? path.resolve(here, '../../.venv-zarr3/bin/python');
    if (!existsSync(python)) {
      console.log('No Python for the peers: run npm run test:peers once, or name one in PYTHON.');
      return;
    }
    for (const way of ['json', 'parquet']) {
      const name = way === 'json' ? 'json.dumps (Python)' : 'LazyReferenceMapper (fsspec)';
      row(name, 1_000_000, run(python, ['write.py', way, '1000000', folder]));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** One row: parses a reference file, then writes it, looking at the memory of the process all the while. */
async function one(bundle, way, count, folder) {
  const { parseReferences, manifestOfReferences, writeManifest, writeFileInPieces, writeFolderInPieces } = await import(
    pathToFileURL(bundle).href
  );
  const set = parseReferences(Buffer.concat([...referenceText(count, kinds['24 targets in turn'])]));
  const manifest = manifestOfReferences(set);
  globalThis.gc();
  const output = path.join(folder, `out-${way}-${count}`);
  const place = { path: output, shown: output };
  const { signal } = new AbortController();
  const before = process.memoryUsage.rss();
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 5);
  const [start, cpuStart] = [performance.now(), process.cpuUsage()];
  await writeManifest(
    manifest,
    {
      writeInPieces: (fill) => writeFileInPieces(place, signal, fill),
      writeFolder: (fill) => writeFolderInPieces(place, signal, fill),
    },
    { ...ways[way], signal },
  );
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpuStart);
  clearInterval(look);
  const bytes = await sizeOf(output);
  await rm(output, { recursive: true });
  console.log(
    JSON.stringify({ wall, cpu: (user + system) / 1e6, before: before / MIB, beyond: (most - before) / MIB, bytes }),
  );
}

async function sizeOf(output) {
  const found = await stat(output);
  if (!found.isDirectory()) return found.size;
  const names = await readdir(output, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(output, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
