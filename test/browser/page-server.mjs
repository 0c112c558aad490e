/*
 * The page of the editor before the real worker, in place of VS Code: serves the page as it was built, and answers what it asks as VS Code's
 * host does, over HTTP in place of messages. Needs `npm run build`.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { URLSearchParams } from 'node:url';
import { root } from '../host/paths.mjs';
import { importSources } from '../support/import-sources.mjs';

const scripts = new Set(['webview.js', 'webview-map.js']);

/**
 * @typedef {object} PageServer
 * @property {(name: string, what: { text: Uint8Array, url: string | null, isParquet?: boolean } | { tiff: string }) => Promise<any>} open gives a
 *   document to the worker, references, the `.zmetadata` of a set in parquet, or the address of a TIFF; its state as the page is told it
 * @property {(name: string) => string} address of the page that shows a document
 * @property {(method: string, payload: object) => Promise<any>} ask asks the worker
 * @property {() => Promise<void>} close
 */

/**
 * Starts the worker and serves the page.
 *
 * @param {(host: { createOpener: () => { open: (url: string) => any } }) => (url: string) => any} opening gives what opens the addresses in the
 *   documents as sources of bytes (`ByteSource`), from the project's own opener
 * @returns {Promise<PageServer>}
 */
export async function servePage(opening) {
  const host = await loadHost();
  const open = opening(host);
  const client = new host.WorkerClient(
    (listener) => host.startWorker({ path: path.join(root, 'dist/worker.js') }, listener),
    (name) => readFile(path.join(root, 'dist/assets', name)),
    { openSource: (_document, url) => open(url) },
  );
  const states = new Map();
  const server = createServer((request, response) => {
    respond(request, response, states, client, host).catch((error) => response.destroy(error));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const base = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`;
  return {
    async open(name, what) {
      const state = await openDocument(client, host, name, what);
      states.set(name, state);
      return state;
    },
    address: (name) => `${base}?${new URLSearchParams({ document: name })}`,
    ask: (method, payload) => client.request(method, payload),
    async close() {
      client.dispose();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The project's modules that the host runs. */
const loadHost = () =>
  importSources(`
    export { WorkerClient } from './src/worker/client';
    export { startWorker } from './src/worker/start';
    export { createOpener } from './src/bytes/open';
    export { describeError, KerchunkError } from './src/errors';
    export { ShownRequests } from './src/vscode/shown-requests';`);

async function openDocument(client, host, name, what) {
  try {
    if (what.tiff !== undefined) {
      return { kind: 'outline', name, outline: await client.request('openTiff', { document: name, url: what.tiff }) };
    }
    const text = new Uint8Array(what.text).buffer;
    const method = what.isParquet ? 'openParquet' : 'open';
    const outline = await client.request(method, { document: name, text, url: what.url }, { transfer: [text] });
    return { kind: 'outline', name, outline };
  } catch (error) {
    const failure = host.describeError(error, 'fetch-failed');
    return { kind: 'failed', name, error: failure, range: null, tiff: what.tiff !== undefined };
  }
}

async function respond(request, response, states, client, host) {
  const { pathname, searchParams } = new URL(request.url, 'http://page');
  const name = searchParams.get('document') ?? '';
  if (pathname === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end(html);
  if (pathname === '/bridge.js') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(bridge);
  if (pathname === '/state') return send(response, states.get(name));
  if (pathname === '/ask') return answer(request, response, name, client, host);
  const file = pathname.slice(1);
  const isScript = scripts.has(file);
  if (!isScript && !/^media\/[a-z-]+\.css$/u.test(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/css' });
  return response.end(await readFile(path.join(root, isScript ? 'dist' : '', file)));
}

async function answer(request, response, document, client, host) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const { method, payload } = JSON.parse(Buffer.concat(parts).toString());
  const stop = new AbortController();
  response.on('close', () => stop.abort());
  try {
    const result = await client.request(method, { document, ...payload }, { signal: stop.signal });
    const shown = {
      chunk: () => new host.ShownRequests().keep(result),
      encoding: () => ({ ...result, notWritable: result.notWritable ?? 'Nothing is written here.' }),
    };
    send(response, { ok: true, result: shown[method]?.() ?? result });
  } catch (error) {
    send(response, { ok: false, error: host.describeError(error, 'decode-failed') });
  }
}

/** Sends a value as JSON with the bytes of its buffers behind it, and numbers that JSON has no words for as text. */
function send(response, value) {
  const buffers = [];
  let at = 0;
  const json = Buffer.from(
    JSON.stringify(value, (_key, part) => {
      if (typeof part === 'number' && !Number.isFinite(part)) return { $number: String(part) };
      if (!(part instanceof ArrayBuffer)) return part;
      buffers.push(Buffer.from(part));
      at += part.byteLength;
      return { $bytes: [at - part.byteLength, at] };
    }),
  );
  response.writeHead(200, { 'x-json': String(json.length) });
  response.write(json);
  response.end(Buffer.concat(buffers));
}

const html = `<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8" /><link rel="icon" href="data:," /><link rel="stylesheet" href="/media/editor.css" /></head>
  <body class="vscode-light"><main id="page" data-page="editor"></main><script src="/bridge.js"></script><script src="/webview.js"></script></body></html>`;

/** Stands for VS Code in the page. `globalThis.sent` are the messages that ask for nothing; `globalThis.waiting` counts requests under way. */
const bridge = `
globalThis.sent = [];
globalThis.waiting = 0;
const running = new Map();
globalThis.acquireVsCodeApi = () => ({ getState: () => undefined, setState: () => undefined, postMessage: (message) => void receive(message) });
async function read(answer) {
  const [length, bytes] = [Number(answer.headers.get('x-json')), await answer.arrayBuffer()];
  return JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 0, length)), (key, part) => {
    if (part?.$number !== undefined) return Number(part.$number);
    return part?.$bytes === undefined ? part : bytes.slice(length + part.$bytes[0], length + part.$bytes[1]);
  });
}
async function receive(message) {
  const { type, id, method, payload } = message;
  if (type === 'cancel') running.get(id)?.abort();
  else if (type === 'ready') {
    const state = await read(await fetch('/state' + location.search));
    globalThis.postMessage({ type: 'document', revision: 1, state, trusted: true }, '*');
  } else if (type !== 'request') globalThis.sent.push(message);
  if (type !== 'request') return;
  const stop = new AbortController();
  running.set(id, stop);
  globalThis.waiting += 1;
  try {
    const answer = await fetch('/ask' + location.search, { method: 'POST', body: JSON.stringify({ method, payload }), signal: stop.signal });
    const reply = await read(answer);
    if (!stop.signal.aborted) globalThis.postMessage({ type: 'reply', id, ...reply }, '*');
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    running.delete(id);
    globalThis.waiting -= 1;
  }
}`;
