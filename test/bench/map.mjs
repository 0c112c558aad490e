// Frame times of the page while the map of a 10,980 x 10,980 uint16 array with overviews is dragged, at 1400 x 900 in Chromium that renders by software,
// and the delay of the event loop in the process that stands for the extension host: `node test/bench/map.mjs [file.tif]`, after `npm run build`. Without a file
// one is made by rasterio (PYTHON names the interpreter). The references hold no overviews, so that these are the TIFF's. Each way is dragged twice: only the
// second time, when chunks and tiles are at hand, is measured. The process ends with 1 where a target is missed.
import { execFileSync, fork } from 'node:child_process';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { launchBrowser } from '../host/browser.mjs';

const repository = path.resolve(import.meta.dirname, '../..');
const folder = await mkdtemp(path.join(tmpdir(), 'kerchunk-bench-map-'));
const tiff = process.argv[2] ?? path.join(folder, 'map.tif');
if (process.argv[2] === undefined) {
  execFileSync(process.env.PYTHON ?? 'python3', [path.join(import.meta.dirname, 'map.py'), tiff], { stdio: 'inherit' });
}

const { size } = await stat(tiff);
const file = await open(tiff);
let requests = 0;
/** Serves the TIFF by ranges. */
const server = createServer(async (request, response) => {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/u.exec(request.headers.range ?? '') ?? [];
  requests += 1;
  if (first === undefined || last === undefined) return response.writeHead(416).end();
  const end = Math.min(size - 1, Number(last));
  const bytes = Buffer.alloc(end - Number(first) + 1);
  await file.read(bytes, 0, bytes.length, Number(first));
  response.writeHead(206, { 'content-range': `bytes ${first}-${end}/${size}`, etag: '"map"' });
  return response.end(bytes);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/map.tif`;
const references = path.join(folder, 'map.kerchunk.json');
execFileSync(process.execPath, [
  path.join(repository, 'dist/cli.js'),
  'generate',
  tiff,
  '-o',
  references,
  '--url',
  url,
]);
const host = fork(path.join(import.meta.dirname, 'map-host.mjs'), [references, url]);
const { port } = await new Promise((resolve) => host.once('message', resolve));

const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });

/** Drags the map along a way and back, and gives the milliseconds between frames meanwhile. */
async function drag(way) {
  const box = await page.locator('array-map').boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.evaluate(() => {
    globalThis.frames = [];
    let last = globalThis.performance.now();
    const frame = (now) => {
      globalThis.frames.push(now - last);
      last = now;
      globalThis.going = globalThis.requestAnimationFrame(frame);
    };
    globalThis.going = globalThis.requestAnimationFrame(frame);
  });
  for (const [dx, dy] of [...way, ...way.map(([a, b]) => [-a, -b])]) {
    await page.mouse.move(x - dx / 2, y - dy / 2);
    await page.mouse.down();
    await page.mouse.move(x + dx / 2, y + dy / 2, { steps: 40 });
    await page.mouse.up();
  }
  return page.evaluate(() => {
    globalThis.cancelAnimationFrame(globalThis.going);
    return globalThis.frames.slice(1);
  });
}

const idle = () => page.locator('array-map[aria-busy=false]').waitFor();
const percentile = (values, part) => values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1];

function report(what, milliseconds, target) {
  const missed = milliseconds >= target;
  if (missed) process.exitCode = 1;
  console.log(
    `${what.padEnd(70)} ${milliseconds.toFixed(1).padStart(7)} ms   target ${target} ms${missed ? '   MISSED' : ''}`,
  );
}

try {
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.getByRole('tab', { name: 'Picture' }).click();
  await page.locator('#map-level').filter({ hasText: /./u }).waitFor();
  await idle();
  const way = [
    [500, 0],
    [0, 300],
    [-400, -250],
  ];
  await fetch(`http://127.0.0.1:${port}/delay`);
  for (const zooms of [1, 2, 2]) {
    for (let times = 0; times < zooms; times += 1) await page.locator('array-map').press('+');
    await page.waitForTimeout(500);
    await idle();
    const cold = await drag(way);
    await idle();
    const warm = await drag(way);
    const level = await page.locator('#map-level').textContent();
    report(`${level}: between frames, 95th percentile of ${warm.length}`, percentile(warm, 0.95), 33);
    console.log(
      `  median ${percentile(warm, 0.5).toFixed(1)} ms; cold: ${percentile(cold, 0.95).toFixed(1)} ms (95th percentile of ${cold.length})`,
    );
  }
  const delay = await (await fetch(`http://127.0.0.1:${port}/delay`)).json();
  report('event loop delay of the host meanwhile, 99th percentile', delay.p99, 50);
  console.log(
    `  the longest ${delay.max.toFixed(1)} ms; ${requests} requests for bytes; load ${loadavg()[0].toFixed(1)}`,
  );
} finally {
  await browser.close();
  host.send('end');
  server.close();
  server.closeAllConnections();
  await file.close();
  await rm(folder, { recursive: true });
}
