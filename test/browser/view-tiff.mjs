import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../host/paths.mjs';

/**
 * TIFFs themselves in the viewer: one that references can hold, and one that they cannot, which the refusal of generating leads to.
 *
 * @param {import('./viewer.mjs').Viewer} viewer
 */
export async function showTiffs(viewer) {
  const { bench, scene } = viewer;
  const refused = join(root, 'test', 'fixtures', 'tiffs', 'refused-jpeg-u8-short-strip.tif');
  await copyFile(refused, join(scene.folder, 'strips.tif'));
  await viewer.closeEditors();
  await choose(bench, 'red.tif', 'Show Pixels of TIFF');
  await viewer.page().getByText('This is the TIFF itself. References can hold it too.').waitFor();
  await viewer.choose('0/red');
  await viewer.openChunk(2, 3);
  await viewer.chunk().getByRole('heading', { name: 'Statistics' }).waitFor();
  for (const name of ['Open Text', 'Show in Text', 'Copy xarray Code']) {
    assert.equal(await viewer.page().getByRole('button', { name }).count(), 0, name);
  }
  await viewer.checkAccessibility();
  await viewer.pictureInThemes('view-tiff');
  await viewer.closeEditors();

  await choose(bench, 'strips.tif', 'Generate Kerchunk');
  if (viewer.inBrowser) {
    // The report has the button too.
    await viewer.page().getByRole('button', { name: 'Show Its Pixels' }).click();
  } else {
    const notification = await bench.notification(/Not generated\. strips\.tif/u);
    await viewer.picture('tiff-refused');
    await notification.getByRole('button', { name: 'Show Its Pixels' }).click();
  }
  await viewer.page().getByText('References cannot hold it, and only this viewer shows its pixels.').waitFor();
  await viewer.choose('band_data');
  // A grid of one column is laid out in a row.
  await viewer.openChunk(0, 2);
  await viewer.chunk().getByRole('heading', { name: 'Statistics' }).waitFor();
  await viewer.checkAccessibility();
  await viewer.pictureInThemes('view-tiff-refused');
  await viewer.closeEditors();
}

/**
 * Chooses an entry of a file's menu; a click that comes while the menu still opens only moves to the entry.
 *
 * @param {import('../host/workbench.mjs').Workbench} bench
 * @param {string} file
 * @param {string} entry
 */
async function choose(bench, file, entry) {
  await bench.contextMenu(file, entry);
  await bench.page.waitForTimeout(500);
  if (await bench.page.locator('.monaco-menu').isVisible()) await bench.page.keyboard.press('Enter');
}
