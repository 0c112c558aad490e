import assert from 'node:assert/strict';

/**
 * Hovers in the JSON text: the picture of a chunk over its key and over its range, the array in words over its metadata, and nothing
 * fetched the second time.
 *
 * @param {import('./viewer.mjs').Viewer} viewer
 */
export async function showHovers(viewer) {
  const { bench, scene } = viewer;
  await openAsText(viewer, 'notebook.kerchunk.json');
  await reveal(bench, 'red/7.0');
  const first = await hover(bench, '"red/7.0"');
  await first.getByText('bytes=161151032-162782871').waitFor();
  await first.getByText('rows are wrong').first().waitFor();
  const picture = first.locator('img');
  await picture.waitFor();
  const { natural, shown } = await picture.evaluate((image) => ({
    natural: image.naturalWidth,
    shown: image.clientWidth,
  }));
  assert.ok(natural > 0, 'The picture is broken.');
  assert.ok(shown >= 64, `The picture is ${shown} pixels wide.`);
  await viewer.picture('hover-wrong');
  const requests = scene.server.requests.length;
  await away(bench);
  await (await hover(bench, '161151032')).getByText('bytes=161151032-162782871').waitFor();
  await away(bench);
  await (await hover(bench, '"red/7.0"')).locator('img').waitFor();
  assert.equal(scene.server.requests.length, requests, 'A second hover fetched something.');
  await away(bench);

  await openAsText(viewer, 'elevation.kerchunk.json', 'rgb.kerchunk.json');
  await bench.page.keyboard.press('Alt+z');
  await reveal(bench, 'band_data/0.0');
  const true_ = await hover(bench, 'band_data/0.');
  await true_.locator('img').waitFor();
  await viewer.picture('hover-chunk');
  await true_.getByText('Open in Kerchunk Viewer').click();
  await viewer
    .chunk()
    .getByRole('heading', { name: /^Chunk/u })
    .waitFor();
  await viewer.picture('hover-opened');
  await viewer.closeEditors();
}

/**
 * @param {import('./viewer.mjs').Viewer} viewer
 * @param {...string} names of which the first that exists is opened
 */
export async function openAsText(viewer, ...names) {
  const { bench, scene } = viewer;
  const name = names.find((candidate) => scene.names.includes(candidate)) ?? names[0] ?? '';
  await viewer.open(name);
  await viewer.page().getByRole('button', { name: 'Open Text' }).click();
  await bench.page.locator('.editor-instance .view-line').first().waitFor();
}

/**
 * Brings a piece of text on the screen with VS Code's search.
 *
 * @param {import('../host/workbench.mjs').Workbench} bench
 * @param {string} text
 */
export async function reveal(bench, text) {
  await bench.page.keyboard.press('ControlOrMeta+f');
  const field = bench.page.locator('.find-widget.visible textarea').first();
  await field.fill(text);
  await bench.page.keyboard.press('Enter');
  await bench.page.keyboard.press('Escape');
  await bench.page.waitForTimeout(300);
}

/**
 * @param {import('../host/workbench.mjs').Workbench} bench
 * @param {string} text
 */
export async function hover(bench, text) {
  const found = bench.page.locator('.editor-instance .view-line span span').filter({ hasText: text }).last();
  const box = await found.boundingBox();
  assert.ok(box, `${text} is not on the screen.`);
  await bench.page.mouse.move(box.x + 4, box.y + box.height / 2);
  await bench.page.mouse.move(box.x + 12, box.y + box.height / 2, { steps: 4 });
  const shown = bench.page.locator('.monaco-hover:visible').filter({ hasText: 'Kerchunk Viewer' });
  await shown.first().waitFor();
  return shown.first();
}

/** @param {import('../host/workbench.mjs').Workbench} bench */
export async function away(bench) {
  await bench.page.mouse.move(5, 5);
  await bench.page.keyboard.press('Escape');
  await bench.page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
}
