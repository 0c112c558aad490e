// One stack of many COGs (150 scenes of 12 bands, 10980 x 10980 pixels, headers alone) from a server of this machine that answers after 20 ms: ours beside tifffile with
// kerchunk and virtual-tiff with VirtualiZarr and obstore, on the same files with the same concurrency. After `npm run build`:
//   node test/bench/stack.mjs [python with kerchunk] [python with virtual-tiff] [files]
// Prints requests, bytes, wall time, CPU time and memory, and ratios of ours to each; nothing is asserted.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

const repository = path.resolve(import.meta.dirname, '../..');
const [
  ,
  ,
  kerchunk = path.join(repository, '.venv-zarr3/bin/python'),
  virtual = path.join(repository, '.venv-others/bin/python'),
  count = '1800',
] = process.argv;
const CONCURRENCY = 16;
const DELAY = 20;
const BANDS = 12;
const [SIDE, TILE] = [10980, 1024];
const TILES = Math.ceil(SIDE / TILE) ** 2;

/** The header of a COG as GDAL lays it out, one level of uint16 with Deflate, without a predictor, which VirtualiZarr cannot write; tiles follow it in order, and are never read. */
function header() {
  const entries = [
    [256, 4, [SIDE]],
    [257, 4, [SIDE]],
    [258, 3, [16]],
    [259, 3, [8]],
    [262, 3, [1]],
    [277, 3, [1]],
    [284, 3, [1]],
    [322, 3, [TILE]],
    [323, 3, [TILE]],
    [324, 4, Array.from({ length: TILES }, (_, tile) => 65536 + tile * 1_600_000)],
    [325, 4, Array.from({ length: TILES }, (_, tile) => 1_500_000 + tile)],
    [339, 3, [1]],
    [33550, 12, [10, 10, 0]],
    [33922, 12, [0, 0, 0, 600000, 5100000, 0]],
    [34735, 3, [1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32632]],
    [42113, 2, [...Buffer.from('0\0')]],
  ];
  const sizes = { 2: 1, 3: 2, 4: 4, 12: 8 };
  const bytes = Buffer.alloc(65536);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(entries.length, 8);
  let free = 8 + 2 + entries.length * 12 + 4;
  entries.forEach(([tag, type, values], index) => {
    const at = 10 + index * 12;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(values.length, at + 4);
    const length = values.length * sizes[type];
    const place = length <= 4 ? at + 8 : free;
    if (length > 4) {
      bytes.writeUInt32LE(place, at + 8);
      free += length + (length % 2);
    }
    values.forEach((value, number) => {
      const here = place + number * sizes[type];
      if (type === 2) bytes.writeUInt8(value, here);
      else if (type === 3) bytes.writeUInt16LE(value, here);
      else if (type === 4) bytes.writeUInt32LE(value, here);
      else bytes.writeDoubleLE(value, here);
    });
  });
  return bytes;
}

async function serve() {
  const content = header();
  const size = 65536 + TILES * 1_600_000;
  const cost = { requests: 0, bytes: 0 };
  const server = createServer((request, response) => {
    cost.requests += 1;
    const [, start, end] = /^bytes=(\d+)-(\d*)$/u.exec(request.headers.range ?? '') ?? [];
    setTimeout(() => {
      const headers = { 'Accept-Ranges': 'bytes', ETag: '"one"', 'Last-Modified': 'Sat, 01 Jan 2022 00:00:00 GMT' };
      if (request.method === 'HEAD' || start === undefined) {
        response.writeHead(200, { ...headers, 'Content-Length': size }).end();
        return;
      }
      const last = Math.min(end === '' ? Infinity : Number(end), size - 1);
      const body = Buffer.alloc(last + 1 - Number(start));
      if (Number(start) < content.length) content.copy(body, 0, Number(start), last + 1);
      cost.bytes += body.length;
      response
        .writeHead(206, {
          ...headers,
          'Content-Range': `bytes ${start}-${last}/${size}`,
          'Content-Length': body.length,
        })
        .end(body);
    }, DELAY);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    cost,
    close: () => (server.close(), server.closeAllConnections()),
  };
}

/** Runs a command; gives its exit code, what it printed, and the wall time. */
function run(command, args) {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(command, args);
    const out = [];
    const told = [];
    child.stdout.on('data', (data) => out.push(data));
    child.stderr.on('data', (data) => told.push(data));
    child.on('error', (error) => resolve({ code: -1, told: error.message, out: '', wall: 0 }));
    child.on('close', (code) =>
      resolve({
        code,
        out: Buffer.concat(out).toString(),
        told: Buffer.concat(told).toString(),
        wall: (performance.now() - started) / 1000,
      }),
    );
  });
}

/** Prints the CPU time and memory of the command line as it ends, which then include its start. */
const MEASURE = `process.on('exit', () => { const { user, system } = process.cpuUsage(); require('fs').writeSync(2, JSON.stringify({ cpu: (user + system) / 1e6, memory: process.resourceUsage().maxRSS / 1024 }) + '\\n'); });`;

const folder = await mkdtemp(path.join(tmpdir(), 'kerchunk-bench-'));
const server = await serve();
try {
  const first = Date.UTC(2020, 0, 1);
  const urls = Array.from({ length: Number(count) }, (_, index) => {
    const date = new Date(first + Math.floor(index / BANDS) * 86_400_000)
      .toISOString()
      .slice(0, 10)
      .replaceAll('-', '');
    return `${server.url}/T32TQM_${date}_B${String((index % BANDS) + 1).padStart(2, '0')}.tif`;
  });
  const listed = path.join(folder, 'urls.txt');
  await writeFile(listed, urls.join('\n'));
  const measure = path.join(folder, 'measure.cjs');
  await writeFile(measure, MEASURE);
  const peer = path.join(import.meta.dirname, 'stack.py');
  const cli = path.join(repository, 'dist/cli.js');
  const pattern = '*_{time:%Y%m%d}_{band}.tif';
  const contestants = [
    [
      'ours',
      process.execPath,
      [
        '-r',
        measure,
        cli,
        'stack',
        listed,
        '--pattern',
        pattern,
        '--concurrency',
        String(CONCURRENCY),
        '-o',
        path.join(folder, 'ours.json'),
      ],
    ],
    [
      'tifffile + kerchunk',
      kerchunk,
      [peer, 'kerchunk', listed, path.join(folder, 'kerchunk.json'), String(CONCURRENCY)],
    ],
    [
      'virtual-tiff + VirtualiZarr + obstore',
      virtual,
      [peer, 'virtualizarr', listed, path.join(folder, 'virtualizarr.json'), String(CONCURRENCY)],
    ],
  ];
  const results = [];
  for (const [name, command, args] of contestants) {
    Object.assign(server.cost, { requests: 0, bytes: 0 });
    const { code, out, told, wall } = await run(command, args);
    if (code !== 0) {
      console.log(`${name}: exit code ${code}\n${told.slice(-1500)}`);
      continue;
    }
    const measured = JSON.parse((name === 'ours' ? told : out).trim().split('\n').at(-1));
    results.push({ name, ...server.cost, wall, ...measured });
  }
  const [ours] = results;
  const number = (value, digits = 1) => value.toFixed(digits).padStart(11);
  console.log(`${count} COGs, ${CONCURRENCY} at once, ${DELAY} ms for each answer`);
  console.log(
    `${''.padEnd(40)}${['requests', 'MiB', 'wall s', 'CPU s', 'memory MiB'].map((text) => text.padStart(11)).join('')}`,
  );
  for (const { name, requests, bytes, wall, cpu, memory } of results) {
    console.log(
      `${name.padEnd(40)}${number(requests, 0)}${number(bytes / 2 ** 20)}${number(wall)}${number(cpu)}${number(memory, 0)}`,
    );
  }
  for (const { name, requests, bytes, wall, cpu, memory } of results.slice(1)) {
    const ratios = [
      ours.requests / requests,
      ours.bytes / bytes,
      ours.wall / wall,
      ours.cpu / cpu,
      ours.memory / memory,
    ];
    console.log(`${`ours / ${name}`.padEnd(40)}${ratios.map((ratio) => number(ratio, 2)).join('')}`);
  }
} finally {
  server.close();
  await rm(folder, { recursive: true, force: true });
}
