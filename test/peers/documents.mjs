// What the built worker answers about reference files: `node documents.mjs`. Each line of standard input is JSON `{file, method, payload}`; each
// line of standard output is the result, its buffers in base64, or `{error}`. Targets must be local files.
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { ask, worker } from './worker.mjs';

const open = new Set();

async function answer({ file, method, payload }) {
  if (!open.has(file)) {
    const text = new Uint8Array(await readFile(file)).buffer;
    await ask('open', { document: file, text, url: pathToFileURL(file).href });
    open.add(file);
  }
  return ask(method, { document: file, ...payload });
}

function plain(_, value) {
  return value instanceof ArrayBuffer ? Buffer.from(value).toString('base64') : value;
}

for await (const line of createInterface({ input: process.stdin })) {
  const result = await answer(JSON.parse(line)).catch((error) => ({ error: error.message }));
  console.log(JSON.stringify(result, plain));
}
await worker.terminate();
