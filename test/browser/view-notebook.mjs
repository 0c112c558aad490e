import assert from 'node:assert/strict';

/**
 * The notebook's references to tile (7,0) show the drift down the rows and say why; the portable ones of the same COG the true picture.
 *
 * @param {import('./viewer.mjs').Viewer} viewer
 */
export async function showNotebook(viewer) {
  await viewer.open('notebook.kerchunk.json');
  await viewer.choose('red');
  await viewer.page().getByRole('button', { name: '2 errors' }).waitFor();
  await viewer.openChunk(7);
  const chunk = viewer.chunk();
  await chunk.getByText('bytes=161151032-162782871').waitFor();
  await chunk.getByText('1023 of 1024 rows are wrong').waitFor();
  await viewer.checkAccessibility();
  await viewer.pictureInThemes('view-notebook');

  await viewer.open('portable.kerchunk.json');
  await viewer.choose('red');
  await viewer.page().getByRole('button', { name: 'No findings' }).waitFor();
  await viewer.openChunk(7);
  await viewer.chunk().getByRole('heading', { name: 'Pipeline' }).waitFor();
  assert.equal(await viewer.chunk().getByText('rows are wrong').count(), 0);
  await showValue(viewer);
  await viewer.checkAccessibility();
  await viewer.pictureInThemes('view-portable');
}

/**
 * The values of row 0 that the notebook's exercises print: stored, and scaled by 0.0001 and -0.1.
 *
 * @param {import('./viewer.mjs').Viewer} viewer
 */
async function showValue(viewer) {
  const picture = viewer.chunk().getByRole('application');
  await picture.focus();
  await viewer.bench.page.keyboard.press('ArrowRight');
  await viewer.chunk().getByText('3820').first().waitFor();
  await viewer.chunk().getByText('0.282').first().waitFor();
  await viewer.bench.page.keyboard.press('ArrowRight');
  await viewer.chunk().getByText('10288').first().waitFor();
}
