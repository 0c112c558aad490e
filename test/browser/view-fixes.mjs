import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = 'faults.refs.json';

/** References with a fault of several kinds, one of them thirty times. */
function faultsText() {
  const zarray = (/** @type {string} */ name, /** @type {string} */ more) => [
    `  "${name}/.zattrs": {"_ARRAY_DIMENSIONS": ["y", "x"]},`,
    `  "${name}/.zarray": {`,
    '    "zarr_format": 2,',
    '    "shape": [8, 8],',
    '    "chunks": [1, 1],',
    ...more.split('\n').map((line) => `    ${line}`),
    '    "dtype": "<f4"',
    '  },',
  ];
  const chunk = (/** @type {string} */ key, /** @type {number} */ i, /** @type {number} */ length) =>
    `  "${key}": ["https://example.org/red.tif", ${4000 + 64 * i}, ${length}]`;
  const chunks = Array.from({ length: 64 }, (_, i) =>
    chunk(`red/${Math.floor(i / 8)}.${i % 8}`, i, i % 2 === 0 && i < 60 ? 0 : 4),
  );
  const lines = [
    '{',
    '  ".zgroup": {"zarr_format": 2},',
    ...zarray('red', '"compressor": null,\n"filters": null,\n"fill_value": NaN,\n"order": "C",'),
    ...zarray('nir', '"fill_value": NaN,'),
    `${chunks.join(',\n')},`,
    '  "nir/0.0": null',
    '}',
    '',
  ];
  return lines.join('\n');
}

/**
 * Findings in the viewer, the Problems panel and the text, what explains them, and quick fixes: from the menu in the text, and from the
 * viewer with a comparison before the file is written.
 *
 * @param {import('./viewer.mjs').Viewer} viewer
 */
export async function showFixes(viewer) {
  const { bench, scene } = viewer;
  const path = join(scene.folder, NAME);
  const before = faultsText();
  await writeFile(path, before);
  await viewer.closeEditors();

  await viewer.open(NAME);
  await viewer.page().locator('.findings-button').click();
  await viewer.page().getByRole('button', { name: 'Fix All 30…' }).waitFor();
  await viewer.checkAccessibility();
  await viewer.pictureInThemes('findings');

  await viewer.page().getByRole('button', { name: 'Fix All 30…' }).click();
  await bench.page.locator('.monaco-diff-editor:visible').waitFor();
  await bench.quickItem(/Apply/u).waitFor();
  await bench.page.locator('.monaco-diff-editor .line-delete:visible').first().waitFor();
  await viewer.pictureInThemes('fix-compared');
  assert.equal(await readFile(path, 'utf8'), before, 'The file was written before the user said so.');
  await bench.quickItem(/Apply/u).click();
  await viewer.page().getByRole('button', { name: 'Fix All 30…' }).waitFor({ state: 'detached' });
  const after = before
    .split('\n')
    .filter((line) => !line.endsWith(', 0],'))
    .join('\n');
  // The viewer follows the edit, which is saved behind it.
  await until(async () => (await readFile(path, 'utf8')) === after, 'The entries are gone from the file.');
  await viewer.picture('fix-applied');
  await viewer.closeEditors();

  await writeFile(path, before);
  await viewer.open(NAME);
  await viewer.page().getByRole('button', { name: 'Open Text' }).click();
  await bench.page.locator('.editor-instance .view-line').first().waitFor();
  await bench.page.locator('.squiggly-warning, .squiggly-error').first().waitFor();
  await bench.runCommand('Problems: Focus on Problems View');
  await bench.page.locator('.markers-panel .monaco-list-row').nth(2).waitFor();
  await viewer.pictureInThemes('problems');
  await bench.runCommand('View: Toggle Panel Visibility');

  await goTo(bench, '10:20');
  await bench.page.keyboard.press('Control+k');
  await bench.page.keyboard.press('Control+i');
  const hover = bench.page.locator('.monaco-hover:visible');
  await hover.getByText('json/bare-nan').first().waitFor();
  for (const theme of Object.keys(viewer.themes)) {
    await viewer.setThemeByName(theme);
    await goTo(bench, '10:20');
    await bench.page.keyboard.press('Control+k');
    await bench.page.keyboard.press('Control+i');
    await hover.getByText('json/bare-nan').first().waitFor();
    await viewer.picture(`finding-hover-${theme}`);
  }
  await viewer.setThemeByName('light');
  await goTo(bench, '10:20');
  await bench.page.keyboard.press('Control+k');
  await bench.page.keyboard.press('Control+i');
  await hover.locator('a.code-link').first().click();
  await viewer.bench.webview().getByRole('heading', { name: 'json/bare-nan' }).waitFor();
  await viewer.picture('rule-page');
  await bench.runCommand('View: Close Editor');

  for (const theme of [...Object.keys(viewer.themes).filter((name) => name !== 'light'), 'light']) {
    await viewer.setThemeByName(theme);
    await goTo(bench, '10:20');
    await bench.page.keyboard.press('Control+.');
    await bench.page.locator('.action-widget:visible').waitFor();
    await bench.page.locator('.action-widget').getByText('Write "NaN"').first().waitFor();
    await viewer.picture(`quick-fix-${theme}`);
    await bench.page.keyboard.press('Escape');
  }
  await goTo(bench, '10:20');
  await bench.page.keyboard.press('Control+.');
  await bench.page
    .locator('.action-widget')
    .getByText(/^Fix all 2 of this kind/u)
    .first()
    .click();
  await bench.runCommand('File: Save');
  await until(
    async () => (await readFile(path, 'utf8')) === before.replaceAll('NaN', '"NaN"'),
    'All NaN are in quotes.',
  );
  await bench.runCommand('Undo');
  await bench.runCommand('File: Save');
  await until(async () => (await readFile(path, 'utf8')) === before, 'One Undo takes all back.');
  await viewer.closeEditors();
}

/**
 * @param {() => Promise<boolean>} test
 * @param {string} what
 */
async function until(test, what) {
  const end = Date.now() + 20_000;
  while (!(await test())) {
    assert.ok(Date.now() < end, `Not so: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * @param {import('../host/workbench.mjs').Workbench} bench
 * @param {string} place line:column
 */
async function goTo(bench, place) {
  await bench.page.keyboard.press('F1');
  await bench.quickInput().fill(`:${place}`);
  await bench.page.waitForTimeout(300);
  await bench.page.keyboard.press('Enter');
  await bench.page
    .locator('.statusbar-item')
    .getByText(`Ln ${place.split(':')[0]}, Col ${place.split(':')[1]}`)
    .waitFor();
}
