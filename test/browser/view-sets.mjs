/*
 * Reference sets compared, converted and rewritten as a user does it in the explorer: what the panel shows in all themes, that it comes back
 * after a reload of the window, and that all of it works in Restricted Mode too. Pictures go to .vscode-test/screenshots/.
 *
 *   npm run package && node test/browser/view-sets.mjs
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { screenshots } from '../host/paths.mjs';
import { openWorkbench } from '../host/ui.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const submenu = 'Kerchunk References';
const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};

/** A set of images of 4 pixels along time, one after another in a file. */
function images(/** @type {number} */ count, /** @type {(index: number) => number} */ offset, units = 'K') {
  const array = { zarr_format: 2, dtype: '|u1', compressor: null, filters: null, fill_value: null, order: 'C' };
  const refs = {
    '.zgroup': '{"zarr_format":2}',
    'v/.zarray': JSON.stringify({ ...array, shape: [count, 4], chunks: [1, 4] }),
    'v/.zattrs': JSON.stringify({ _ARRAY_DIMENSIONS: ['time', 'x'], units }),
    ...Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`v/${index}.0`, ['images.bin', offset(index), 4]]),
    ),
  };
  return JSON.stringify({ version: 1, refs });
}

const parent = await mkdtemp(join(tmpdir(), 'kerchunk-'));
const folder = join(parent, 'sets');
await mkdir(screenshots, { recursive: true });
await mkdir(folder);
await writeFile(join(folder, 'images.bin'), Buffer.from(Array.from({ length: 400 }, (_, index) => index % 256)));
await writeFile(
  join(folder, 'january.kerchunk.json'),
  images(3, (index) => 4 * index),
);
await writeFile(
  join(folder, 'march.kerchunk.json'),
  images(5, (index) => (index === 1 ? 40 : 4 * index), 'C'),
);

/** Selects two files and chooses an entry of the submenu on the second. */
async function choose(/** @type {Bench} */ bench, /** @type {string[]} */ files, /** @type {string} */ entry) {
  const { page } = bench;
  const last = files.at(-1) ?? '';
  const end = Date.now() + 60_000;
  // The menu has the entry only once the extension is known; Escape lets go of what is selected.
  while (!(await bench.contextMenu(last)).includes(submenu)) {
    assert.ok(Date.now() < end, `${submenu} is not in the menu of ${last}.`);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(500);
  }
  await page.keyboard.press('Escape');
  for (const [index, name] of files.entries()) {
    await (await bench.explorerItem(name)).click(index === 0 ? {} : { modifiers: ['ControlOrMeta'] });
  }
  await bench.contextMenu(last);
  const item = (/** @type {string} */ label) => page.locator('.monaco-menu .action-item').filter({ hasText: label });
  await item(submenu).first().hover();
  await page.waitForTimeout(700);
  await item(entry).last().waitFor();
  await bench.screenshot('sets-menu');
  await item(entry).last().click();
}

/** @typedef {Awaited<ReturnType<typeof openWorkbench>>} Bench */

async function check(/** @type {boolean} */ trusted) {
  const prefix = trusted ? 'sets' : 'sets-restricted';
  const bench = await openWorkbench({ folder, theme: 'light', trusted, size: { width: 1400, height: 900 } });
  try {
    await choose(bench, ['january.kerchunk.json', 'march.kerchunk.json'], 'Compare References by Meaning');
    let panel = await bench.pageOf('differences');
    await panel.getByRole('heading', { name: 'Array: 1 changed' }).waitFor();
    // January has images 0 to 2; in March image 1 stands elsewhere, and 3 and 4 are new.
    assert.deepEqual(await panel.locator('.facts dd').allTextContents(), ['1', '2', '0', '2']);
    await panel.evaluate(axe);
    const { violations } = await panel.evaluate(() => globalThis.axe.run({ preload: false }));
    assert.deepEqual(
      violations.map(({ id }) => id),
      [],
    );
    if (trusted) {
      for (const [name, label] of Object.entries(themes)) {
        await mkdir(join(folder, '.vscode'), { recursive: true });
        const settings = { 'workbench.colorTheme': label, 'files.simpleDialog.enable': true };
        await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
        await bench.page.waitForTimeout(1500);
        await bench.screenshot(`${prefix}-${name}`);
      }
    } else {
      await bench.screenshot(prefix);
    }
    await panel.getByRole('button', { name: /^Chunk v\/1\.0 after/u }).press('Enter');
    const viewer = await bench.pageOf('editor');
    await viewer.getByText('v/1.0').first().waitFor();
    await bench.screenshot(`${prefix}-chunk`);
    if (!trusted) return;
    await panel.locator('summary').press('Enter');
    await bench.page.waitForTimeout(500);
    await bench.runCommand('Developer: Reload Window');
    await bench.page.waitForTimeout(3000);
    await bench.ready();
    panel = await bench.pageOf('differences');
    await panel.getByRole('heading', { name: 'Array: 1 changed' }).waitFor();
    // It was folded by hand, and stays so.
    assert.equal(await panel.locator('details').getAttribute('open'), null);
    // A change of the file is followed.
    await writeFile(
      join(folder, 'march.kerchunk.json'),
      images(3, (index) => 4 * index),
    );
    await panel.getByRole('heading', { name: 'No difference' }).waitFor();
    await bench.screenshot(`${prefix}-equal`);
    await bench.runCommand('View: Close All Editors');
    await choose(bench, ['january.kerchunk.json'], 'Convert References');
    await bench.quickItem('JSON with metadata of zarr v3').waitFor();
    await bench.screenshot(`${prefix}-forms`);
    await bench.quickItem('JSON with metadata of zarr v3').click();
    await bench.page.waitForTimeout(1500);
    await bench.screenshot(`${prefix}-dialog`);
    await bench.page.keyboard.press('Enter');
    await bench.notification(/january-zarr3\.kerchunk\.json was written/u);
    await bench.screenshot(`${prefix}-converted`);
    assert.ok((await readdir(folder)).includes('january-zarr3.kerchunk.json'));
    await choose(bench, ['january.kerchunk.json'], 'Rewrite Target Addresses');
    await bench.quickInput().fill('images');
    await bench.page.keyboard.press('Enter');
    await bench.page.waitForTimeout(500);
    await bench.quickInput().fill('https://data.example.org/images');
    await bench.page.keyboard.press('Enter');
    const dialog = bench.page.locator('.monaco-dialog-box');
    await dialog.getByText('Change 1 of 1 address in january.kerchunk.json? Chunks that point there: 3.').waitFor();
    await bench.screenshot(`${prefix}-rewrite`);
    await dialog.getByRole('button', { name: 'Rewrite january.kerchunk.json' }).click();
    await bench.notification(/january\.kerchunk\.json was written/u);
    assert.match(
      await readFile(join(folder, 'january.kerchunk.json'), 'utf8'),
      /https:\/\/data\.example\.org\/images\.bin/u,
    );
  } catch (error) {
    await bench.screenshot(`${prefix}-failed`);
    throw error;
  } finally {
    await bench.close();
  }
}

try {
  await check(false);
  await check(true);
} finally {
  await rm(parent, { recursive: true, force: true });
}
