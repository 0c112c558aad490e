import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { becomes } from './page/soon.mjs';

/** @typedef {import('./viewer.mjs').Viewer} Viewer */

/**
 * The views that answer what is in a file, where its bytes come from and what a chunk looks like, by clicks and keys, each with a value known from
 * elsewhere.
 *
 * @param {Viewer} viewer
 */
export async function showLooking(viewer) {
  for (const show of [
    showGlance,
    showShades,
    showMap,
    showLook,
    showTable,
    showWhatIf,
    showFiles,
    takeAway,
    showHelp,
  ]) {
    console.log(`  ${show.name}`);
    await show(viewer);
  }
}

/** The sample has 34 of 36 chunks of 256 x 256 values of 2 bytes. */
async function showGlance(/** @type {Viewer} */ viewer) {
  await viewer.open('red.kerchunk.json');
  const page = viewer.page();
  await page.getByRole('button', { name: 'Overview' }).click();
  const table = page.getByRole('table');
  await table.getByRole('rowheader', { name: 'red' }).waitFor();
  await table.getByText('34 of 36').waitFor();
  await page.getByText('Open it in Python').click();
  await page.getByText('import zarr').waitFor();
  await page.getByText('xr.open_dataset').first().waitFor();
  await finish(viewer, 'view-glance');
}

/** Four chunks are selected by keys; the cost of reading them is told. */
async function showShades(/** @type {Viewer} */ viewer) {
  await viewer.choose('red');
  const page = viewer.page();
  await page.getByLabel('Colour by').selectOption('size');
  await viewer.openChunk(2, 2);
  const grid = page.getByRole('application', { name: /^Chunk grid/u });
  await grid.focus();
  for (const key of ['Shift+ArrowDown', 'Shift+ArrowRight']) await viewer.bench.page.keyboard.press(key);
  await page.locator('#grid-selected').filter({ hasText: '4 chunks from 2.2 to 3.3 selected' }).waitFor();
  await page.getByText('What reading costs').click();
  await page.getByLabel('Part of the array').selectOption('selected');
  await page
    .locator('.cost')
    .getByText(/^\d requests?, \d+ KiB/u)
    .first()
    .waitFor();
  await finish(viewer, 'view-shades');
}

/** The references hold no overviews: those of the TIFF are read. A window is dragged and its slices are told. */
async function showMap(/** @type {Viewer} */ viewer) {
  const page = viewer.page();
  await page.getByRole('tab', { name: 'Picture' }).click();
  await page.getByText('are read from the TIFF itself').waitFor();
  await page.locator('array-map[aria-busy=false]').waitFor();
  await page.getByRole('button', { name: 'Chunk Grid' }).click();
  await page.getByRole('button', { name: 'Select a Window' }).click();
  const end = page.getByLabel('End of the window along y');
  await end.fill('700');
  await end.press('Enter');
  await page.locator('array-map').hover();
  await page.getByText('EPSG:32610').first().waitFor();
  await finish(viewer, 'view-map');
  await page.getByRole('tab', { name: 'Chunks' }).click();
}

/** Stretched by hand on a scale of logarithms: numpy's percentiles of the tile are 1168 and 2740.8. */
async function showLook(/** @type {Viewer} */ viewer) {
  const page = viewer.page();
  await viewer.openChunk();
  await viewer.chunk().getByRole('heading', { name: 'Statistics' }).waitFor();
  await page.getByLabel('Stretch', { exact: true }).selectOption('percentiles');
  for (const [label, wanted] of [
    ['Lowest value of the range', '1168'],
    ['Highest value of the range', '2740.8'],
  ]) {
    await becomes(() => page.getByLabel(label).inputValue(), wanted);
  }
  await page.getByLabel('Scale', { exact: true }).selectOption('log');
  await page.getByLabel('Colours', { exact: true }).selectOption('magma');
  await page.getByLabel('Counts as logarithms').check();
  await page.getByRole('slider', { name: 'High end of the colours' }).scrollIntoViewIfNeeded();
  await finish(viewer, 'view-look');
}

/** Values of row 0 that the notebook's exercises print. */
async function showTable(/** @type {Viewer} */ viewer) {
  await viewer.open('portable.kerchunk.json');
  await viewer.choose('red');
  await viewer.openChunk(7);
  const page = viewer.page();
  await page.getByRole('button', { name: 'Table of Values' }).click();
  const table = page.getByRole('grid', { name: /^Values of red/u });
  await table.getByText('3820', { exact: true }).first().waitFor();
  await table.getByText('10288', { exact: true }).first().waitFor();
  await table.scrollIntoViewIfNeeded();
  await finish(viewer, 'view-table');
}

/** The notebook's codec is exchanged for the right one, and the values are those of the portable references. */
async function showWhatIf(/** @type {Viewer} */ viewer) {
  await viewer.open('notebook.kerchunk.json');
  await viewer.choose('red');
  await viewer.openChunk(7);
  const page = viewer.page();
  await page.getByText('What if it were encoded otherwise?').click();
  await page.getByRole('button', { name: 'imagecodecs_delta in place of delta' }).click();
  await page.locator('.tried .numbers').waitFor();
  await page.locator('.what-if').scrollIntoViewIfNeeded();
  await finish(viewer, 'view-what-if');
}

/** red.tif is a COG: its parts are mapped, as its structure was read for its overviews, and its first bytes shown. */
async function showFiles(/** @type {Viewer} */ viewer) {
  await viewer.open('red.kerchunk.json');
  const page = viewer.page();
  await page.getByRole('button', { name: 'Files', exact: true }).click();
  await page.getByText('TIFF, little-endian').waitFor();
  await page.locator('file-map').press('ArrowRight');
  await page.getByText('Header of the TIFF').first().waitFor();
  await page.getByRole('button', { name: 'Show Bytes' }).first().click();
  await page.locator('.file-hex code').first().getByText('49 49 2a 00').waitFor();
  await finish(viewer, 'view-files');
}

/** A chunk is written by clicks, under the name that is offered, as a file that numpy reads. */
async function takeAway(/** @type {Viewer} */ viewer) {
  const { bench, scene } = viewer;
  await viewer.open('portable.kerchunk.json');
  await viewer.choose('red');
  await viewer.openChunk(7);
  const page = viewer.page();
  await page.getByText('Export the chunk').click();
  await page.getByRole('group', { name: 'Export the chunk as' }).getByRole('button', { name: '.npy' }).click();
  const file = join(scene.folder, 'portable.red.7.0.npy');
  await untilThere(async () => {
    assert.equal(await bench.quickInput().inputValue(), file);
  });
  await viewer.picture('view-take-away');
  await bench.page.keyboard.press('Enter');
  const bytes = await untilThere(() => readFile(file));
  assert.equal(bytes.subarray(0, 6).toString('latin1'), '\x93NUMPY');
  const from = 10 + bytes.readUInt16LE(8);
  assert.match(bytes.subarray(10, from).toString('latin1'), /'descr': '<u2'.*'shape': \(1024, 1024\)/u);
  assert.deepEqual([bytes.readUInt16LE(from), bytes.readUInt16LE(from + 2)], [3820, 10288]);
}

async function showHelp(/** @type {Viewer} */ viewer) {
  await viewer.page().getByRole('tree').press('?');
  const dialog = viewer.page().getByRole('dialog', { name: 'Keys and outcomes' });
  await dialog.waitFor();
  await finish(viewer, 'view-help');
  await viewer.bench.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

async function finish(/** @type {Viewer} */ viewer, /** @type {string} */ name) {
  await viewer.checkAccessibility();
  await viewer.pictureInThemes(name);
}

/**
 * @template T
 * @param {() => Promise<T>} look
 */
async function untilThere(look) {
  const end = Date.now() + 30_000;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
