// Groups at a glance and the code that opens arrays, as the built worker gives them: `node glance.mjs`. Each line of standard input is the path
// of a reference file; each line of standard output answers one: `{group, arrays: [{path, code, metadata}]}`.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const worker = new Worker(path.join(fileURLToPath(new URL('../../dist/', import.meta.url)), 'worker.js'));
const waiting = new Map();
let lastId = 0;

function ask(type, payload) {
  lastId += 1;
  worker.postMessage({ type, id: lastId, payload });
  return new Promise((resolve, reject) => waiting.set(lastId, { resolve, reject }));
}

worker.on('message', ({ type, id, ok, result, error }) => {
  if (type !== 'reply') return;
  const { resolve, reject } = waiting.get(id);
  if (ok) resolve(result);
  else reject(new Error(`${error.code}: ${error.message}`));
});

for await (const line of createInterface({ input: process.stdin })) {
  const file = JSON.parse(line);
  const text = new Uint8Array(await readFile(file)).buffer;
  await ask('open', { document: file, text, url: pathToFileURL(file).href });
  const group = await ask('glance', { document: file, path: '' });
  const arrays = [];
  for (const { path: name } of group.arrays) {
    const { code, metadata } = await ask('describeArray', { document: file, path: name });
    arrays.push({ path: name, code, metadata });
  }
  console.log(JSON.stringify({ group, arrays }));
}
await worker.terminate();
