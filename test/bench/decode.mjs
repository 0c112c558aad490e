// How long decoding a tile of 1024 x 1024 pixels takes, beside imagecodecs on the same tile, turn by turn in the same run:
// `node test/bench/decode.mjs [python]`, after `npm run test:peers` has made the Python environment. That both decode to the same pixels
// is checked; the times are printed and nothing is asserted of them.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { TextEncoder } from 'node:util';
import { importSources } from '../support/import-sources.mjs';

const repository = path.resolve(import.meta.dirname, '../..');
const environment = process.platform === 'win32' ? '.venv-zarr3/Scripts/python.exe' : '.venv-zarr3/bin/python';
const python = process.argv[2] ?? path.join(repository, environment);
const rounds = 15;

/** Our reader as one bundle, as it ships. */
async function loadReader() {
  const parts = {
    './src/assets': 'provideAssets',
    './src/bytes/memory': 'MemorySource',
    './src/codecs/decode': 'decodeChunk',
    './src/generate/generate': 'generateReferences',
    './src/references/parse': 'parseReferences',
    './src/tiff/describe': 'describeTiff',
  };
  const contents = Object.entries(parts).map(([from, name]) => `export { ${name} } from '${from}';`);
  const reader = await importSources(contents.join('\n'), {
    // libjpeg's glue asks for these by require.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    define: { __dirname: '"."', __filename: '"."' },
  });
  const assets = JSON.parse(await readFile(path.join(repository, 'src/codecs/assets.json'), 'utf8'));
  reader.provideAssets((name) => readFile(path.join(repository, assets.find((asset) => asset.name === name).from)));
  return reader;
}

/** The stored bytes of the only tile of a TIFF, and the array that says how to decode them. */
async function readTile(reader, file) {
  const bytes = new Uint8Array(await readFile(file));
  const url = pathToFileURL(file).href;
  const tiff = await reader.describeTiff(new reader.MemorySource(url, bytes));
  const options = { preset: 'portable', targetUrl: url, overviews: false, coordinates: false };
  const { text, account } = await reader.generateReferences(tiff, options);
  const array = reader.parseReferences(new TextEncoder().encode(text)).array(account.levels[0].path);
  const { offsets, lengths } = tiff.levels[0];
  return { array, stored: bytes.subarray(offsets[0], offsets[0] + lengths[0]) };
}

/** The Python beside: a question is a line, and so is an answer. */
function startPeer(folder) {
  const child = spawn(python, [path.join(import.meta.dirname, 'decode.py'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const failed = new Promise((_, reject) => {
    child.on('error', () => reject(new Error(`${python} cannot be started; npm run test:peers makes it.`)));
    child.on('close', (code) => reject(new Error(`The Python beside ended with ${code}.`)));
  });
  failed.catch(() => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => JSON.parse((await Promise.race([lines.next(), failed])).value);
  return {
    first: answer,
    ask: (name) => {
      child.stdin.write(`${name}\n`);
      return answer();
    },
    end: () => child.stdin.end(),
  };
}

async function decode(reader, { stored, array }) {
  const started = performance.now();
  const decoded = await reader.decodeChunk(stored, array);
  const milliseconds = performance.now() - started;
  return { milliseconds, sha256: createHash('sha256').update(decoded.array.data).digest('hex') };
}

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

const folder = await mkdtemp(path.join(tmpdir(), 'kerchunk-bench-'));
const peer = startPeer(folder);
try {
  const { version, names } = await peer.first();
  const reader = await loadReader();
  console.log(
    `One tile of 1024 x 1024 pixels, median of ${rounds} rounds; imagecodecs ${version}, Node ${process.version}`,
  );
  for (const [number, name] of names.entries()) {
    const tile = await readTile(reader, path.join(folder, `${number}.tif`));
    const ours = [];
    const theirs = [];
    for (let round = -1; round < rounds; round++) {
      const [a, b] = [await decode(reader, tile), await peer.ask(name)];
      if (a.sha256 !== b.sha256) throw new Error(`${name}: the two do not decode to the same pixels.`);
      // The first round compiles ours and loads theirs.
      if (round < 0) continue;
      ours.push(a.milliseconds);
      theirs.push(b.milliseconds);
    }
    const [a, b] = [median(ours), median(theirs)];
    console.log(
      `${name.padEnd(30)} ${String(tile.stored.length).padStart(8)} bytes   ours ${a.toFixed(1).padStart(6)} ms   imagecodecs ${b.toFixed(1).padStart(6)} ms   ratio ${(a / b).toFixed(2)}`,
    );
  }
} finally {
  peer.end();
  await rm(folder, { recursive: true });
}
