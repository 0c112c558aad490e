/*
 * Generate Kerchunk as a user sees it, step by step, with a picture of each: those for the README in media/screenshots/, the others in
 * .vscode-test/screenshots/. Every step waits for what must be on the screen and fails without it.
 *
 *   npm run package && npm run screenshots
 */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root, screenshots } from '../host/paths.mjs';
import { openWorkbench } from '../host/ui.mjs';
import { makeScene, serveSlowly } from './scenes.mjs';

const published = join(root, 'media', 'screenshots');
const forReadme = [
  'explorer-menu',
  'progress',
  'refused',
  'report-dark',
  'report-light',
  'report-notebook',
  'report-several',
];
const title = 'Generate Kerchunk';
const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

/** @typedef {import('../host/workbench.mjs').Workbench} Workbench */

for (const folder of [published, screenshots]) await mkdir(folder, { recursive: true });
await showGenerating();
await showRestrictedMode();

async function showGenerating() {
  const scene = await makeScene();
  const bench = await openWorkbench({ folder: scene.folder, theme: 'light', size: { width: 1280, height: 800 } });
  try {
    await showPalette(bench);
    await showProgress(bench, scene);
    await showMenu(bench);
    await showReport(bench, scene);
    await showOverwriteQuestion(bench);
    await showSeveral(bench, scene);
    await showRefusal(bench);
    await showNotebook(bench, scene);
    await showReload(bench);
    await showEditorTitle(bench);
  } catch (error) {
    await picture(bench, 'failed');
    throw error;
  } finally {
    await bench.close();
    await scene.remove();
  }
}

/** @param {Workbench} bench */
async function showPalette(bench) {
  await findCommand(bench);
  await picture(bench, 'palette');
  await bench.quickItem(title).click();
  await bench.quickItem('camera.tif').waitFor();
  await bench.quickItem('Enter an Address…').waitFor();
  await picture(bench, 'sources');
  await bench.quickItem(/^Preset/u).click();
  await bench.quickItem('notebook').waitFor();
  await picture(bench, 'presets');
  await bench.quickItem('portable').click();
  await bench.quickItem('red.tif').waitFor();
}

/**
 * From an address that answers slowly: the progress, and cancelling it, which leaves nothing.
 *
 * @param {Workbench} bench
 * @param {Awaited<ReturnType<typeof makeScene>>} scene
 */
async function showProgress(bench, scene) {
  const server = await serveSlowly(5000);
  try {
    const before = await scene.names();
    await bench.quickItem('Enter an Address…').click();
    const field = bench.page.locator('.quick-input-widget:visible input[placeholder^="https:"]');
    await field.fill('ftp://data.example.org/red.tif');
    await bench.page.getByText('Nothing here reads ftp').waitFor();
    await picture(bench, 'address-refused');
    await field.fill(`${server.url}/green.tif`);
    await field.press('Enter');
    const progress = await bench.notification(/Reading headers of green\.tif/u);
    await picture(bench, 'progress');
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await bench.notification(/Cancelled; nothing was written/u);
    assert.deepEqual(await scene.names(), before);
    await clearNotifications(bench);
  } finally {
    await server.stop();
  }
}

/** @param {Workbench} bench */
async function showMenu(bench) {
  assert.ok((await bench.contextMenu('red.tif')).includes(title));
  await settle(bench);
  await bench.page.locator('.monaco-menu .action-item').filter({ hasText: title }).hover();
  await picture(bench, 'explorer-menu');
  await chooseFromMenu(bench);
}

/**
 * @param {Workbench} bench
 * @param {Awaited<ReturnType<typeof makeScene>>} scene
 */
async function showReport(bench, scene) {
  await bench.notification(/red\.kerchunk\.json: references to 34 chunks of red\.tif/u);
  await bench.page
    .locator('.tab')
    .filter({ hasText: /^red\.kerchunk\.json$/u })
    .waitFor();
  const page = await bench.pageOf('report');
  await page.getByRole('heading', { level: 1, name: 'red.kerchunk.json' }).waitFor();
  await page.getByRole('row', { name: /^red 1536 × 1536 256 × 256 36 2$/u }).waitFor();
  await page.getByRole('row', { name: /^GDAL No/u }).waitFor();
  await picture(bench, 'report-with-notification');
  await clearNotifications(bench);
  for (const [name, theme] of Object.entries(themes)) {
    await scene.settings({ 'workbench.colorTheme': theme });
    await bench.page.waitForTimeout(1500);
    await picture(bench, `report-${name}`);
  }
  await scene.settings({ 'workbench.colorTheme': themes.light });
  await checkKeyboard(bench);
  await page.getByRole('button', { name: 'Copy xarray Code' }).click();
  await page.getByText('Copied', { exact: true }).waitFor();
  await picture(bench, 'report-code');
}

/**
 * Every button can be reached by keyboard alone, in the order of reading, and shows that it has the focus.
 *
 * @param {Workbench} bench
 */
async function checkKeyboard(bench) {
  const page = await bench.pageOf('report');
  await page.getByRole('heading', { level: 1 }).click();
  const reached = [];
  for (let step = 0; step < 8; step += 1) {
    await bench.page.keyboard.press('Tab');
    reached.push(
      await page.locator(':focus').evaluate((element) => ({
        name: element.getAttribute('aria-label') ?? element.textContent,
        outline: globalThis.getComputedStyle(element).outlineStyle,
      })),
    );
    if (step === 0) await picture(bench, 'report-focus');
    if (reached.at(-1)?.name === 'Copy xarray Code') break;
  }
  const names = reached.map(({ name }) => name);
  for (const name of ['Open Reference File', 'Reveal TIFF', 'Copy xarray Code'])
    assert.ok(names.includes(name), `${names}`);
  for (const { name, outline } of reached) assert.notEqual(outline, 'none', `${name} shows no focus`);
}

/** @param {Workbench} bench */
async function showOverwriteQuestion(bench) {
  await bench.contextMenu('red.tif');
  await chooseFromMenu(bench);
  const dialog = bench.page.getByRole('dialog').filter({ hasText: 'red.kerchunk.json exists already' });
  await dialog.waitFor();
  await picture(bench, 'replace');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
}

/**
 * @param {Workbench} bench
 * @param {Awaited<ReturnType<typeof makeScene>>} scene
 */
async function showSeveral(bench, scene) {
  await clearSelection(bench);
  // A plain click would open the file.
  for (const name of ['camera.tif', 'nir.tif', 'swir.tif']) {
    await (await bench.explorerItem(name)).click({ modifiers: ['ControlOrMeta'] });
  }
  await (await bench.explorerItem('swir.tif')).click({ button: 'right' });
  await settle(bench);
  await picture(bench, 'explorer-menu-several');
  await chooseFromMenu(bench);
  const page = await bench.pageOf('report');
  await page.getByRole('heading', { level: 1, name: '2 of 3 reference files generated' }).waitFor();
  await page.getByRole('row', { name: /camera\.tif Not generated/u }).waitFor();
  await clearNotifications(bench);
  await picture(bench, 'report-several');
  await page.getByRole('link', { name: 'nir.tif' }).click();
  await page.getByRole('heading', { level: 3, name: 'Who can open it' }).first().waitFor();
  await picture(bench, 'report-several-open');
  assert.ok((await scene.names()).includes('nir.kerchunk.json'));
  assert.ok(!(await scene.names()).includes('camera.kerchunk.json'));
}

/** @param {Workbench} bench */
async function showRefusal(bench) {
  await clearSelection(bench);
  await bench.contextMenu('camera.tif');
  await chooseFromMenu(bench);
  await (await bench.pageOf('report')).getByRole('heading', { level: 1, name: 'Not generated' }).waitFor();
  await bench.notification(/Not generated\. camera\.tif: it is compressed with CCITT Group 4/u);
  // The progress stays for a moment after the end.
  await bench.page.waitForTimeout(1500);
  await picture(bench, 'refused');
  await clearNotifications(bench);
}

/**
 * @param {Workbench} bench
 * @param {Awaited<ReturnType<typeof makeScene>>} scene
 */
async function showNotebook(bench, scene) {
  await scene.settings({ 'workbench.colorTheme': themes.light, 'kerchunk.generate.preset': 'notebook' });
  await bench.page.waitForTimeout(1500);
  await clearSelection(bench);
  await bench.contextMenu('red.tif');
  await chooseFromMenu(bench);
  await bench.page.getByRole('dialog').getByRole('button', { name: 'Replace' }).click();
  const page = await bench.pageOf('report');
  await page.getByText('254 of 256 rows are wrong').waitFor();
  await page.getByRole('row', { name: /^GDAL Yes, to wrong values/u }).waitFor();
  await clearNotifications(bench);
  await picture(bench, 'report-notebook');
}

/**
 * The report comes back with the window.
 *
 * @param {Workbench} bench
 */
async function showReload(bench) {
  await bench.runCommand('Developer: Reload Window');
  await bench.page.waitForEvent('load');
  await bench.ready();
  const page = await bench.pageOf('report');
  await page.getByText('254 of 256 rows are wrong').waitFor({ timeout: 40_000 });
  await page.getByRole('button', { name: 'Reveal TIFF' }).click();
  await bench.page.locator('.explorer-folders-view .monaco-list-row.selected').filter({ hasText: 'red.tif' }).waitFor();
  await picture(bench, 'reloaded');
}

/** @param {Workbench} bench */
async function showEditorTitle(bench) {
  await bench.openFile('swir.tif');
  await bench.page.locator('.editor-actions').getByRole('button', { name: title }).first().waitFor();
  await picture(bench, 'editor-title');
}

async function showRestrictedMode() {
  const scene = await makeScene();
  const bench = await openWorkbench({ folder: scene.folder, trusted: false, size: { width: 1280, height: 800 } });
  try {
    await findCommand(bench);
    await bench.quickItem(title).click();
    await bench.quickItem('red.tif').waitFor();
    await bench.quickItem('Enter an Address…').click();
    const message = await bench.notification(/Nothing was generated: this workspace is in Restricted Mode/u);
    await picture(bench, 'restricted-mode');
    await message.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await bench.page.locator('.workspace-trust-header').waitFor();
    await bench.page.keyboard.press('Escape');
    // Files of the workspace are read in Restricted Mode too.
    await bench.contextMenu('red.tif');
    await chooseFromMenu(bench);
    await bench.notification(/red\.kerchunk\.json: references to 34 chunks/u);
  } finally {
    await bench.close();
    await scene.remove();
  }
}

/** Clicks the command in the menu that is open; a menu takes no click in its first moments. */
async function chooseFromMenu(/** @type {Workbench} */ bench) {
  const entry = bench.page.locator('.monaco-menu .action-item').filter({ hasText: title });
  await settle(bench);
  await entry.click();
  await entry.waitFor({ state: 'hidden' });
}

/** The menu acts on all that is selected. */
async function clearSelection(/** @type {Workbench} */ bench) {
  await bench.page.locator('.explorer-folders-view .monaco-list').first().focus();
  await bench.page.keyboard.press('Escape');
}

/** @param {Workbench} bench */
async function clearNotifications(bench) {
  await bench.runCommand('Notifications: Clear All Notifications');
}

/** Waits for what fades in or out. */
async function settle(/** @type {Workbench} */ bench) {
  await bench.page.waitForTimeout(500);
}

/**
 * @param {Workbench} bench
 * @param {string} name
 */
async function picture(bench, name) {
  await settle(bench);
  const folder = forReadme.includes(name) ? published : screenshots;
  await bench.page.screenshot({ path: join(folder, `${name}.png`) });
}

/** Types the command into the palette, which lists it only once the extension is known. */
async function findCommand(/** @type {Workbench} */ bench) {
  const end = Date.now() + 30_000;
  for (;;) {
    await bench.page.keyboard.press('Escape');
    await bench.page.keyboard.press('F1');
    await bench.quickInput().fill('>Generate Ker');
    try {
      await bench.quickItem(title).waitFor({ timeout: 1000 });
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
