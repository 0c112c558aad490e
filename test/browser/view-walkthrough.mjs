import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openWorkbench } from '../host/ui.mjs';
import { makeWorkspace } from '../host/workspace.mjs';
import { Viewer } from './viewer.mjs';

/** Titles of the steps, and the button that each is done with. */
const steps = [
  ['Generate references of a COG', 'Generate References'],
  ['Open them', 'Open in Kerchunk Viewer'],
  ['Find the fault', 'Show the Fault in the Text'],
  ['See it', 'Open a Chunk'],
  ['Mend it', 'Show the Quick Fixes'],
];

/**
 * The walkthrough from its first button to its last, by clicks alone: every step is ticked when it is done, and the file is mended at the end.
 *
 * @param {'node' | 'web'} host
 */
export async function showWalkthrough(host) {
  const folder = await makeWorkspace(`walkthrough-${host}`);
  const bench = await openWorkbench({ folder, host, size: { width: 1440, height: 900 } });
  const settings = async (/** @type {Record<string, unknown>} */ values) => {
    await mkdir(join(folder, '.vscode'), { recursive: true });
    await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(values));
  };
  const prefix = host === 'web' ? 'web-' : '';
  const viewer = new Viewer(bench, /** @type {any} */ ({ settings }), prefix);
  const { page } = bench;
  try {
    await page.keyboard.press('F1');
    await bench.quickInput().fill('>Welcome: Open Walkthrough');
    await bench.quickItem(/^Welcome: Open Walkthrough/u).click();
    await bench.quickInput().fill('Find and mend a fault');
    await bench.quickItem(/Find and mend a fault/u).waitFor();
    await page.keyboard.press('Enter');
    const welcome = page.locator('.gettingStartedContainer');
    const ticked = welcome.locator('.codicon-getting-started-step-checked:visible');
    // While it has the window for itself, it shows the media of its steps.
    await welcome.getByText('See it', { exact: true }).first().click();
    await viewer.pictureInThemes('walkthrough');
    for (const [at, [title = '', button = '']] of steps.entries()) {
      await welcome.getByText(title, { exact: true }).first().click();
      await viewer.picture(`walkthrough-${at + 1}`);
      await welcome.getByRole('button', { name: button, exact: true }).click();
      if (button === 'Show the Quick Fixes') {
        await page.getByText('Replace "delta" by "imagecodecs_delta"').first().waitFor();
        await viewer.picture('walkthrough-quick-fix');
        await page.keyboard.press('Enter');
      }
      await ticked.nth(at).waitFor();
      if (button === 'Open a Chunk') await viewer.chunk().getByRole('heading', { name: 'Statistics' }).waitFor();
      await viewer.picture(`walkthrough-${at + 1}-done`);
    }
    assert.equal(await ticked.count(), steps.length);
    await welcome.getByText('See it', { exact: true }).click();
    await viewer.pictureInThemes('walkthrough');
  } catch (error) {
    await viewer.picture('walkthrough-failed');
    throw error;
  } finally {
    await bench.close();
  }
}
