// Frame times of the page while the map of 10,000,000 chunks is dragged, zoomed by the wheel and walked over by keys, at 1400 x 900 in Chromium that renders
// by software, and the delay of the event loop in the process that stands for the extension host: `node test/bench/grid.mjs [references]`, after
// `npm run build`. The array has 4,000 x 2,500 chunks; the file has references of 1,000,000 of them, scattered over all of it (the argument says
// how many, up to all), half a dozen targets and stored sizes of all magnitudes. What is drawn is one cell for each chunk or block of chunks in view,
// absent or not, so that the number of references only counts where the worker sums them up. Everything is done twice: only the second time is measured.
// The process ends with 1 where a target is missed.
import { mkdtemp, rm, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { drag, framesDuring, openPage, reportDelay, reportFrames } from './frames.mjs';

const rows = 4000;
const columns = 2500;
const references = Number(process.argv[2] ?? 1_000_000);
const folder = await mkdtemp(path.join(tmpdir(), 'kerchunk-bench-grid-'));
const file = path.join(folder, 'grid.json');
await writeReferences();

async function writeReferences() {
  const out = await open(file, 'w');
  const array = {
    zarr_format: 2,
    shape: [rows * 100, columns * 100],
    chunks: [100, 100],
    dtype: '<u2',
    compressor: null,
    filters: null,
    fill_value: 0,
    order: 'C',
  };
  const every = (rows * columns) / references;
  await out.write(`{"version": 1, "refs": {"grid/.zarray": ${JSON.stringify(JSON.stringify(array))}`);
  let lines = [];
  for (let at = 0; at < references; at += 1) {
    const chunk = Math.floor(at * every);
    const [row, column] = [Math.floor(chunk / columns), chunk % columns];
    const length = 20 + ((chunk * 7919) % 20_000);
    lines.push(`,\n"grid/${row}.${column}": ["https://data.example.org/${chunk % 6}.nc", ${at * 20_020}, ${length}]`);
    if (lines.length < 20_000 && at < references - 1) continue;
    await out.write(lines.join(''));
    lines = [];
  }
  await out.write('}}');
  await out.close();
}

const { page, delay, close } = await openPage(file);
const grid = page.locator('chunk-grid');

const settled = async () => {
  await page.waitForFunction(() => globalThis.waiting === 0);
  await page.waitForTimeout(300);
};

/** Does something twice, from the same place, and tells how the second time went. */
async function measure(what, act, prepare = async () => undefined) {
  const times = [];
  for (let turn = 0; turn < 2; turn += 1) {
    await prepare();
    await settled();
    times.push(await framesDuring(page, act));
    await settled();
  }
  reportFrames(what, times[1], times[0]);
}

async function zoom(times) {
  for (let turn = 0; turn < times; turn += 1) await grid.press('+');
}

async function showAll() {
  const button = page.getByRole('button', { name: 'Show the whole grid' });
  if ((await button.getAttribute('aria-disabled')) === 'false') await button.click();
  await grid.focus();
}

try {
  await grid.waitFor();
  await grid.focus();
  await settled();
  await delay();
  const box = await grid.boundingBox();
  const middle = { x: box.x + box.width / 2, y: Math.min(box.y + box.height / 2, 640) };
  const ways = [
    [300, 0],
    [0, 200],
    [-260, -160],
  ];
  for (const shade of ['', 'size', 'target']) {
    if (shade !== '') await page.getByLabel('Colour by').selectOption(shade);
    await grid.focus();
    const by = shade === '' ? 'by state' : `by ${shade}`;
    for (const zooms of [3, 6, 9]) {
      await showAll();
      await zoom(zooms);
      await measure(`${by}, zoomed ${zooms} times: dragged`, () => drag(page, middle, ways));
    }
    await showAll();
    await page.mouse.move(middle.x, middle.y);
    await measure(`${by}: zoomed in and out by the wheel`, async () => {
      for (const way of [-100, 100]) {
        for (let turn = 0; turn < 20; turn += 1) {
          await page.mouse.wheel(0, way);
          await page.waitForTimeout(20);
        }
      }
    });
    await measure(`${by}: the selection walks`, async () => {
      for (const key of ['ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowLeft']) {
        for (let turn = 0; turn < 20; turn += 1) await page.keyboard.press(key);
      }
    });
  }
  reportDelay(await delay());
} finally {
  await close();
  await rm(folder, { recursive: true });
}
