// Frame times of the page while the map of a 10,980 x 10,980 uint16 array with overviews is dragged, at 1400 x 900 in Chromium that renders by software,
// and the delay of the event loop in the process that stands for the extension host: `node test/bench/map.mjs [file.tif]`, after `npm run build`. Without a file
// one is made by rasterio (PYTHON names the interpreter). The references hold no overviews, so that these are the TIFF's. Each way is dragged twice: only the
// second time, when chunks and tiles are at hand, is measured. The process ends with 1 where a target is missed.
import { execFileSync } from 'node:child_process';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { drag, framesDuring, openPage, reportDelay, reportFrames } from './frames.mjs';

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
const { page, delay, close } = await openPage(references, url);

/** Frame times while the map is dragged along a way and back. */
async function dragMap() {
  const box = await page.locator('array-map').boundingBox();
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  return framesDuring(page, () =>
    drag(page, from, [
      [500, 0],
      [0, 300],
      [-400, -250],
    ]),
  );
}

const idle = () => page.locator('array-map[aria-busy=false]').waitFor();

try {
  await page.getByRole('tab', { name: 'Picture' }).click();
  await page.locator('#map-level').filter({ hasText: /./u }).waitFor();
  await idle();
  await delay();
  for (const zooms of [1, 2, 2]) {
    for (let times = 0; times < zooms; times += 1) await page.locator('array-map').press('+');
    await page.waitForTimeout(500);
    await idle();
    const cold = await dragMap();
    await idle();
    reportFrames(await page.locator('#map-level').textContent(), await dragMap(), cold);
  }
  reportDelay(await delay(), ` ${requests} requests for bytes;`);
} finally {
  await close();
  server.close();
  server.closeAllConnections();
  await file.close();
  await rm(folder, { recursive: true });
}
