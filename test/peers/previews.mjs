// Chunks as the built worker previews them: `node previews.mjs`. Each line of standard input is a JSON list of a reference file and a folder;
// each line of standard output answers one, a JSON list with an entry for each chunk of each array. The values lie in the folder, one file
// for each chunk, and so do the drift's. Targets must be local files.
import { open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { TextDecoder } from 'node:util';
import { Worker } from 'node:worker_threads';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const worker = new Worker(path.join(dist, 'worker.js'));
const waiting = new Map();
let lastId = 0;

function ask(type, payload) {
  lastId += 1;
  worker.postMessage({ type, id: lastId, payload });
  return new Promise((resolve, reject) => waiting.set(lastId, { resolve, reject }));
}

async function readRange({ url, offset, length }) {
  const file = await open(url.replace(/^file:\/\//u, ''));
  const { size } = await file.stat();
  const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
  await file.read(bytes, 0, bytes.length, offset);
  await file.close();
  return { bytes: bytes.buffer, known: { size, validator: null, ignoresRanges: null } };
}

worker.on('message', async (message) => {
  if (message.type === 'wantAsset') {
    const bytes = new Uint8Array(await readFile(path.join(dist, 'assets', message.name))).buffer;
    worker.postMessage({ type: 'asset', name: message.name, ok: true, bytes });
  } else if (message.type === 'wantBytes') {
    worker.postMessage({ type: 'bytes', id: message.id, ok: true, ...(await readRange(message)) });
  } else if (message.type === 'reply') {
    const { resolve, reject } = waiting.get(message.id);
    if (message.ok) resolve(message.result);
    else reject(new Error(`${message.error.code}: ${message.error.message}`));
  }
});

/** All places in a grid, the last axis fastest. */
function places(grid) {
  return grid.reduce((list, side) => list.flatMap((place) => [...Array(side).keys()].map((i) => [...place, i])), [[]]);
}

let files = 0;
async function keep(folder, buffer) {
  const name = path.join(folder, `${(files += 1)}.bin`);
  await writeFile(name, new Uint8Array(buffer));
  return name;
}

async function previewOf(document, array, indices, folder) {
  const preview = await ask('chunk', { document, path: array, indices });
  const { outcome, coordinates, coordinateProblem, drift } = preview;
  const values =
    outcome.kind === 'values' ? { ...outcome.values, data: await keep(folder, outcome.values.data) } : null;
  const perRow = drift && [...new Float64Array(drift.perRow)];
  const drifted = drift && { ...drift, truth: await keep(folder, drift.truth), perRow };
  return { path: array, indices, outcome: { ...outcome, values }, coordinates, coordinateProblem, drift: drifted };
}

async function previewsOf(references, folder) {
  const text = new Uint8Array(await readFile(references)).buffer;
  const outline = await ask('open', { document: references, text, url: `file://${path.resolve(references)}` });
  const nodes = JSON.parse(new TextDecoder().decode(outline.nodes));
  const found = [];
  for (const { path: array } of nodes.filter(({ kind }) => kind === 'array')) {
    const { grid } = await ask('describeArray', { document: references, path: array });
    for (const indices of places(grid)) found.push(await previewOf(references, array, indices, folder));
  }
  await ask('close', { document: references });
  return found;
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await previewsOf(...JSON.parse(line))));
}
await worker.terminate();
