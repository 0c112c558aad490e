// What opening a large reference file costs, in the worker and in the host that asks it: `node test/bench/open.mjs [references]`, after
// `npm run build`; the same of a file of many arrays. Then how long hovers over chunks take, their bytes on a server of this machine. The targets stand beside what was
// measured; the process ends with 1 where one is missed.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { TextEncoder } from 'node:util';
import { deflateSync } from 'node:zlib';
import { importSources } from '../support/import-sources.mjs';

const count = Number(process.argv[2] ?? 1_000_000);
const side = Math.round(Math.sqrt(count));
const repository = path.resolve(import.meta.dirname, '../..');
const HOVERS = 200;
const TILE = 512;
const ARRAYS = 100_000;

const zgroup = '".zgroup":"{\\"zarr_format\\":2}"';

function zarray(shape, chunks, compressor) {
  const metadata = {
    zarr_format: 2,
    shape,
    chunks,
    dtype: '<u2',
    compressor,
    filters: null,
    fill_value: 0,
    order: 'C',
  };
  return JSON.stringify(JSON.stringify(metadata));
}

/** A version 1 file with one array of side x side chunks, each in one of 24 files. */
function largeText() {
  const parts = [`{"version":1,"refs":{${zgroup}`, `"a/.zarray":${zarray([side * 10, side * 10], [10, 10], null)}`];
  let offset = 1000;
  for (let i = 0; i < side; i++) {
    for (let j = 0; j < side; j++) {
      const length = 1000 + ((i * 31 + j * 17) % 5000);
      parts.push(
        `"a/${i}.${j}":["s3://bucket/some/long/path/to/a/directory/of/files/file_${j % 24}.nc",${offset},${length}]`,
      );
      offset += length;
    }
  }
  return new TextEncoder().encode(`${parts.join(',')}}}`);
}

/** Tiles of 512 x 512 uint16 behind one another in one file, and the references to them, one a line. */
function tiles(address) {
  const stored = Array.from({ length: HOVERS }, (_, tile) => {
    const values = Uint16Array.from({ length: TILE * TILE }, (_, i) => {
      const [row, column] = [Math.floor(i / TILE), i % TILE];
      return 3000 + 1500 * Math.sin((row + tile) / 40) + 1000 * Math.cos(column / 25) + ((i * 2654435761) % 257);
    });
    return deflateSync(values, { level: 1 });
  });
  const lines = [`"t/.zarray":${zarray([HOVERS * TILE, TILE], [TILE, TILE], { id: 'zlib', level: 1 })}`];
  let offset = 0;
  for (const [tile, bytes] of stored.entries()) {
    lines.push(`"t/${tile}.0":["${address}",${offset},${bytes.length}]`);
    offset += bytes.length;
  }
  return { file: Buffer.concat(stored), text: `{"version":1,"refs":{${zgroup},\n${lines.join(',\n')}\n}}` };
}

/** The host's end of the worker, its way to bytes and the test server, bundled from their sources. */
const loadHost = () =>
  importSources(`
    export { WorkerClient } from './src/worker/client';
    export { startWorker } from './src/worker/start';
    export { createOpener } from './src/bytes/open';
    export { startServer } from './test/support/servers';`);

const bufferOf = (bytes) => new Uint8Array(bytes).buffer;
const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
const percentile = (values, part) => values.sort((a, b) => a - b)[Math.ceil(values.length * part) - 1];

function report(what, milliseconds, target) {
  const missed = milliseconds >= target;
  if (missed) process.exitCode = 1;
  console.log(
    `${what.padEnd(58)} ${milliseconds.toFixed(1).padStart(8)} ms   target ${target} ms${missed ? '   MISSED' : ''}`,
  );
}

async function benchOpen(client) {
  await client.request('close', { document: 'none' });
  const before = process.memoryUsage().rss;
  const text = bufferOf(largeText());
  console.log(`${side * side} references, ${(text.byteLength / 1e6).toFixed(1)} MB of JSON`);
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const timed = async (what, type, payload, transfer = []) => {
    const begin = performance.now();
    const result = await client.request(type, payload, { transfer });
    console.log(`  ${what.padEnd(56)} ${(performance.now() - begin).toFixed(1).padStart(8)} ms`);
    return result;
  };
  const begin = performance.now();
  await timed('open', 'open', { document: 'large', text, url: null }, [text]);
  await timed('describeArray', 'describeArray', { document: 'large', path: 'a' });
  const axis = (number) => ({ axis: number, start: 0, stop: side });
  const window = { path: 'a', at: [0, 0], rows: axis(0), columns: axis(1) };
  const { cells } = await timed('grid', 'grid', { document: 'large', window });
  const total = performance.now() - begin;
  delays.disable();
  if (!new Uint8Array(cells).every((cell) => cell === 1))
    throw new Error('The grid does not hold a range in every cell.');
  report('open, describeArray and grid of the first array', total, 3000);
  report('event loop delay of the host meanwhile, 99th percentile', delays.percentile(99) / 1e6, 50);
  console.log(`  the longest ${(delays.max / 1e6).toFixed(1)} ms`);
  console.log(
    `memory of host and worker: ${megabytes(before)} before there was a text, ${megabytes(process.memoryUsage().rss)} with the file open`,
  );
  await timed('validate', 'validate', { document: 'large', text: null, fetch: false });
  await timed('hover in the middle', 'hover', {
    document: 'large',
    line: 1,
    column: Math.round(text.byteLength / 2) || 4e7,
  });
  await client.request('close', { document: 'large' });
}

/** The outline of many arrays comes to the host as bytes. */
async function benchOutline(client) {
  const metadata = zarray([10, 10], [10, 10], null);
  const entries = Array.from({ length: ARRAYS }, (_, i) => `"group/array_${i}/.zarray":${metadata}`);
  const text = bufferOf(new TextEncoder().encode(`{"version":1,"refs":{${zgroup},${entries.join(',')}}}`));
  await wait(100);
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const begin = performance.now();
  const { nodes } = await client.request('open', { document: 'arrays', text, url: null }, { transfer: [text] });
  const total = performance.now() - begin;
  delays.disable();
  console.log(`${ARRAYS} arrays, ${megabytes(nodes.byteLength)} of outline`);
  report('open', total, 3000);
  report('event loop delay of the host meanwhile, the longest', delays.max / 1e6, 50);
  await client.request('close', { document: 'arrays' });
}

async function benchHover(client, text) {
  const buffer = bufferOf(new TextEncoder().encode(text));
  await client.request('open', { document: 'tiles', text: buffer, url: null }, { transfer: [buffer] });
  const times = { first: [], second: [] };
  const processor = process.cpuUsage();
  for (const round of ['first', 'second']) {
    for (let tile = 0; tile < HOVERS; tile++) {
      const begin = performance.now();
      const { chunk } = await client.request('hover', { document: 'tiles', line: tile + 3, column: 5 });
      times[round].push(performance.now() - begin);
      if (chunk.result.kind !== 'picture') throw new Error(`Chunk ${chunk.key}: ${JSON.stringify(chunk.result)}`);
      await wait(1);
    }
  }
  const { user, system } = process.cpuUsage(processor);
  console.log(`  processor time of a hover and its repetition: ${((user + system) / 1000 / HOVERS).toFixed(1)} ms`);
  report(`hover, ${TILE} x ${TILE} uint16, 95th percentile of ${HOVERS}`, percentile(times.first, 0.95), 100);
  report('the same again', percentile(times.second, 0.95), 100);
  const [first, second] = [percentile(times.first, 0.5), percentile(times.second, 0.5)];
  console.log(`  half of them within ${first.toFixed(1)} ms, and ${second.toFixed(1)} ms the second time`);
}

const host = await loadHost();
let file = Buffer.alloc(0);
const server = await host.startServer({
  content: { size: 2 ** 30, read: (offset, length) => file.subarray(offset, offset + length) },
});
const opener = host.createOpener();
const client = new host.WorkerClient(
  (listener) => host.startWorker({ path: path.join(repository, 'dist/worker.js') }, listener),
  (name) => readFile(path.join(repository, 'dist/assets', name)),
  {
    openSource: (_document, url) => opener.open(url),
  },
);
try {
  await benchOpen(client);
  await benchOutline(client);
  const made = tiles(`${server.url}/tiles.bin`);
  file = made.file;
  await benchHover(client, made.text);
} finally {
  client.dispose();
  await server.close();
}
