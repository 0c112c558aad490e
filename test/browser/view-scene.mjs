/*
 * Generate Scene References as a user sees it: from three selected TIFFs and from a STAC item, with pictures in .vscode-test/screenshots/.
 *
 *   npm run package && node test/browser/view-scene.mjs
 */
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, screenshots } from '../host/paths.mjs';
import { openWorkbench } from '../host/ui.mjs';

const title = 'Generate Scene References';
const parent = await mkdtemp(join(tmpdir(), 'kerchunk-'));
const folder = join(parent, 'scene');
await mkdir(screenshots, { recursive: true });
await cp(join(root, 'test', 'fixtures', 'scene'), folder, { recursive: true });
for (const name of await readdir(folder)) if (!name.includes('20220125')) await rm(join(folder, name));
const bench = await openWorkbench({ folder, theme: 'light', size: { width: 1280, height: 800 } });
const picture = (/** @type {string} */ name) => bench.page.screenshot({ path: join(screenshots, `scene-${name}.png`) });
const entry = bench.page.locator('.monaco-menu .action-item').filter({ hasText: title });

/** Opens the menu of a file; it has the command only once the extension is known, and takes no click in its first moments. */
async function openMenu(/** @type {string} */ name) {
  const end = Date.now() + 60_000;
  while (!(await bench.contextMenu(name)).includes(title)) {
    assert.ok(Date.now() < end, `${title} is not in the menu of ${name}.`);
    await bench.page.keyboard.press('Escape');
    await bench.page.waitForTimeout(500);
  }
  await entry.hover();
  await bench.page.waitForTimeout(500);
}
try {
  const names = ['B02_10m', 'B04_10m', 'B11_20m'].map((band) => `T32TQM_20220125_${band}.tif`);
  for (const name of names) await (await bench.explorerItem(name)).click({ modifiers: ['ControlOrMeta'] });
  await openMenu(names[2] ?? '');
  await picture('menu');
  await entry.click();
  const report = await bench.pageOf('report');
  await report.getByRole('row', { name: /^20m\/B11 96 × 96 32 × 32 9/u }).waitFor();
  await picture('report');
  assert.ok((await readdir(folder)).includes('scene.kerchunk.json'));
  await openMenu('S2A_T32TQM_20220125.json');
  await entry.click();
  await report.getByRole('row', { name: /^60m\/nir09 32 × 32 32 × 32 1/u }).waitFor();
  await picture('report-stac');
  assert.ok((await readdir(folder)).includes('S2A_T32TQM_20220125.kerchunk.json'));
} catch (error) {
  await picture('failed');
  throw error;
} finally {
  await bench.close();
  await rm(parent, { recursive: true, force: true });
}
