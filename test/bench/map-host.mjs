// The extension host's part of `map.mjs`, in a process of its own: it holds the worker, fetches bytes, answers the page over HTTP as VS Code's
// messages do (raw bytes stay bytes), and measures how long its event loop is held up.
import { build } from 'esbuild';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

const repository = path.resolve(import.meta.dirname, '../..');
const [, , references, tiffUrl] = process.argv;

const folder = await mkdtemp(path.join(tmpdir(), 'kerchunk-bench-'));
const outfile = path.join(folder, 'host.mjs');
await build({
  stdin: {
    contents: [
      "export { WorkerClient } from './src/worker/client';",
      "export { startWorker } from './src/worker/start';",
      "export { createOpener } from './src/bytes/open';",
    ].join('\n'),
    resolveDir: repository,
    loader: 'ts',
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  resolveExtensions: ['.node.ts', '.ts', '.mjs', '.js'],
  outfile,
  logLevel: 'warning',
});
const host = await import(pathToFileURL(outfile).href);
const opener = host.createOpener();
const client = new host.WorkerClient(
  (listener) => host.startWorker({ path: path.join(repository, 'dist/worker.js') }, listener),
  (name) => readFile(path.join(repository, 'dist/assets', name)),
  { openSource: (_document, url) => opener.open(url) },
);
let outline;
const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();

const files = {
  '/webview.js': ['text/javascript', 'dist/webview.js'],
  '/webview-map.js': ['text/javascript', 'dist/webview-map.js'],
};
const html = `<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8" /><link rel="stylesheet" href="/media/editor.css" /></head>
  <body class="vscode-light"><main id="page" data-page="editor"></main><script src="/bridge.js"></script><script src="/webview.js"></script></body></html>`;
const bridge = `
globalThis.acquireVsCodeApi = () => ({ getState: () => undefined, setState: () => undefined, postMessage: (message) => void receive(message) });
const running = new Map();
async function receive({ type, id, method, payload }) {
  if (type === 'cancel') running.get(id)?.abort();
  if (type === 'ready') {
    const outline = await (await fetch('/outline')).json();
    outline.nodes = new TextEncoder().encode(JSON.stringify(outline.nodes)).buffer;
    globalThis.postMessage({ type: 'document', revision: 1, state: { kind: 'outline', name: 'map.kerchunk.json', outline }, trusted: true }, '*');
  }
  if (type !== 'request') return;
  const stop = new AbortController();
  running.set(id, stop);
  const answer = await fetch('/ask', { method: 'POST', body: JSON.stringify({ method, payload }), signal: stop.signal }).catch(() => undefined);
  running.delete(id);
  if (answer === undefined) return;
  const [length, bytes] = [Number(answer.headers.get('x-json')), await answer.arrayBuffer()];
  const message = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 0, length)));
  if (message.ok && method === 'window') message.result.data = bytes.slice(length);
  if (message.ok && method === 'grid') message.result.cells = bytes.slice(length);
  globalThis.postMessage({ type: 'reply', id, ...message }, '*');
}`;

async function answer(request, response) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const { method, payload } = JSON.parse(Buffer.concat(parts).toString());
  const stop = new AbortController();
  response.on('close', () => stop.abort());
  let message;
  let raw = Buffer.alloc(0);
  try {
    const { data, cells, ...result } = await client.request(
      method,
      { document: 'map', ...payload },
      { signal: stop.signal },
    );
    raw = Buffer.from(data ?? cells ?? new ArrayBuffer(0));
    message = { ok: true, result };
  } catch (error) {
    message = { ok: false, error: { code: error.code ?? 'decode-failed', message: error.message } };
  }
  const json = Buffer.from(JSON.stringify(message));
  response.writeHead(200, { 'x-json': String(json.length) });
  response.write(json);
  response.end(raw);
}

const server = createServer(async (request, response) => {
  const name = new URL(request.url, 'http://x').pathname;
  if (name === '/ask') return answer(request, response);
  if (name === '/delay') {
    const milliseconds = { p99: delays.percentile(99) / 1e6, max: delays.max / 1e6 };
    delays.reset();
    return response.end(JSON.stringify(milliseconds));
  }
  if (name === '/outline') return response.end(JSON.stringify(outline));
  if (name === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end(html);
  if (name === '/bridge.js') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(bridge);
  const [type, file] = files[name] ?? ['text/css', name.slice(1)];
  if (!/\.(js|css)$/u.test(name)) return response.writeHead(404).end();
  return response.writeHead(200, { 'content-type': type }).end(await readFile(path.join(repository, file)));
});
// It also keeps the process alive, which a worker does not.
server.listen(0, '127.0.0.1');
const text = new Uint8Array(await readFile(references)).buffer;
outline = await client.request('open', { document: 'map', text, url: tiffUrl }, { transfer: [text] });
outline.nodes = JSON.parse(Buffer.from(outline.nodes).toString());
process.send({ port: server.address().port });
process.on('message', async () => {
  client.dispose();
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true });
  process.disconnect();
});
