// What `generate` costs: requests, bytes and time for COGs over HTTP on this machine, beside one ranged GET of 64 KiB, which no way of
// reading their headers can do without. `node test/bench/generate.mjs`, after `npm run build`. Prints a table; nothing is asserted.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

const repository = path.resolve(import.meta.dirname, '../..');
const cli = path.join(repository, 'dist/cli.js');
const corpus = path.join(process.env.KERCHUNK_CORPUS ?? path.resolve(repository, '../shared/corpus'), 'tiff');
const rounds = 5;

function cogs() {
  const own = path.join(repository, 'test/fixtures/tiffs');
  const files = [path.join(repository, 'test/fixtures/sample/red.tif')];
  files.push(
    ...readdirSync(own)
      .filter((name) => name.startsWith('cog-'))
      .map((name) => path.join(own, name)),
  );
  if (existsSync(corpus)) {
    files.push(
      ...readdirSync(corpus)
        .filter((name) => /cog/iu.test(name))
        .map((name) => path.join(corpus, name)),
    );
  } else console.log(`Other people's COGs are not at hand (${corpus}).`);
  return files.slice(0, 10);
}

/** Serves /0, /1, ... by range. */
async function serve(files) {
  const handles = await Promise.all(files.map((file) => open(file)));
  const sizes = await Promise.all(handles.map(async (handle) => (await handle.stat()).size));
  const server = createServer(async (request, response) => {
    const index = Number(request.url?.slice(1));
    const [, start, end] = /^bytes=(\d+)-(\d+)$/u.exec(request.headers.range ?? '') ?? [];
    const handle = handles[index];
    if (handle === undefined || start === undefined) {
      response.writeHead(400).end();
      return;
    }
    const last = Math.min(Number(end), sizes[index] - 1);
    const { buffer } = await handle.read(Buffer.alloc(last + 1 - Number(start)), 0, undefined, Number(start));
    response.writeHead(206, { 'Content-Range': `bytes ${start}-${last}/${sizes[index]}` }).end(buffer);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await Promise.all(handles.map((handle) => handle.close()));
    },
  };
}

function generate(url, folder) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, 'generate', url, '-o', `${folder}/`, '--json'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    child.stdout.on('data', (data) => (text += data));
    child.on('error', reject);
    child.on('close', () => resolve(JSON.parse(text)[0]));
  });
}

async function floor(url) {
  const started = performance.now();
  await (await fetch(url, { headers: { Range: 'bytes=0-65535' } })).arrayBuffer();
  return performance.now() - started;
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

const files = cogs();
const folder = await mkdtemp(path.join(tmpdir(), 'kerchunk-bench-'));
const server = await serve(files);
try {
  console.log('requests    bytes   generate   GET 64 KiB  file');
  for (const [index, file] of files.entries()) {
    const url = `${server.url}/${index}`;
    const floors = [];
    const times = [];
    let result;
    for (let round = 0; round < rounds; round++) {
      floors.push(await floor(url));
      result = await generate(url, folder);
      if (result.ok) times.push(result.account.milliseconds);
    }
    const name = path.basename(file).split('__').at(-1);
    if (!result.ok) console.log(`refused: ${result.error.message.split('\n')[0]}  ${name}`);
    else {
      const { requests, bytes } = result.account;
      console.log(
        `${String(requests).padStart(8)} ${String(bytes).padStart(8)} ${median(times).toFixed(1).padStart(7)} ms ${median(floors).toFixed(1).padStart(9)} ms  ${name}`,
      );
    }
  }
} finally {
  await server.close();
  await rm(folder, { recursive: true });
}
