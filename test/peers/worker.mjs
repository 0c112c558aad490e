// The built worker, with local files behind it: `ask(method, payload)`.
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
export const worker = new Worker(path.join(dist, 'worker.js'));
const waiting = new Map();
let lastId = 0;

/** The result of a request; rejects with its code and message. */
export function ask(type, payload) {
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
