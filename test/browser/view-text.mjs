import assert from 'node:assert/strict';

/**
 * From a finding to its place in the text, and an edit of the text to the viewer, which follows before anything is saved.
 *
 * @param {import('./viewer.mjs').Viewer} viewer
 */
export async function showText(viewer) {
  const { bench } = viewer;
  await viewer.closeEditors();
  await viewer.open('notebook.kerchunk.json');
  await viewer.choose('red');
  await viewer.page().getByText('2 errors about this array').click();
  await viewer.page().getByRole('button', { name: 'Line 29' }).first().click();
  await bench.page.locator('.editor-group-container').nth(1).waitFor();
  await bench.page
    .locator('.statusbar-item')
    .getByText(/^Ln (29|3[0-3]), /u)
    .waitFor();
  await viewer.picture('view-finding');

  // Ctrl+G goes to the first number of the shape.
  const text = await bench.page.locator('.editor-instance .view-line').allInnerTexts();
  assert.ok(
    text.some((line) => line.includes('"delta"')),
    'The place of the finding is not on the screen.',
  );
  await goTo(bench, '37:4');
  await bench.page.keyboard.type('2');
  await viewer.page().getByText('210,980').first().waitFor();
  await viewer.picture('view-edited');
  await bench.runCommand('Undo');
  await viewer.page().getByText('210,980').first().waitFor({ state: 'detached' });
  // Half a file is said to be one, with its place.
  await goTo(bench, '37:4');
  await bench.page.keyboard.type('#');
  await viewer
    .page()
    .getByText(/line 37/u)
    .first()
    .waitFor();
  await viewer.picture('view-broken');
  await bench.runCommand('Undo');
  await viewer.page().locator('[data-path="red"]').waitFor();
  await bench.runCommand('File: Revert File');
  await viewer.closeEditors();
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
