import assert from 'node:assert/strict';
import { openMap } from './map-checks.mjs';
import { announced, host, lastSent, openChunk, select, sentOf, waitForAnnouncement } from './steps.mjs';

/** @typedef {import('./steps.mjs').WithPage} WithPage */
/** @typedef {import('playwright-core').Page} Page */

const compareButton = (/** @type {Page} */ page) => page.getByRole('button', { name: 'Compare', exact: true });
const outcome = (/** @type {Page} */ page) => page.locator('.compare-outcome');

/** What comparisons were asked for. */
async function asked(/** @type {Page} */ page) {
  return (await sentOf(page, 'request')).filter(({ method }) => method === 'compare').map(({ payload }) => payload);
}

/** Values of the readout by their names. */
async function readout(/** @type {Page} */ page) {
  const names = await page.locator('.readings dt').allTextContents();
  const texts = await page.locator('.readings dd').allTextContents();
  return Object.fromEntries(names.map((name, at) => [name, texts[at]]));
}

const from = (/** @type {number} */ row, /** @type {number} */ column, rows = 256, columns = rows) => [
  { start: row, stop: row + rows },
  { start: column, stop: column + columns },
];

export async function checkCompareWithTheTiff(/** @type {WithPage} */ withPage) {
  await withPage({ size: { width: 1300, height: 1000 } }, async (page) => {
    await select(page, /^drifting/u);
    await openChunk(page, ['ArrowRight']);
    await page.getByRole('button', { name: 'Compare with the TIFF' }).click();
    // Row 0 is right; of the 255 rows that are not, one sum has come around to what it should be.
    await outcome(page).getByText('65,279 of 65,536 values differ', { exact: false }).waitFor();
    await waitForAnnouncement(page, /^65,279 of 65,536 values differ, by up to/u);
    assert.deepEqual(await asked(page), [
      { first: { path: 'drifting', slices: from(0, 256), rows: 0, columns: 1 }, second: { kind: 'tiff' } },
    ]);
    assert.equal(
      await page.locator('#compare-title').evaluate((title) => title === globalThis.document.activeElement),
      true,
    );
    const captions = await page.locator('.pictures-3 figcaption').allTextContents();
    assert.deepEqual(
      captions.map((text) => text.trim()),
      ['drifting, chunk 0.1', 'elevation.tif, IFD 0 (full resolution, 1024 x 1024)', 'Difference, first less second'],
    );

    // One cursor in all three.
    const difference = page.locator('.compared-difference chunk-picture');
    await difference.focus();
    await difference.press('ArrowDown');
    await difference.press('ArrowDown');
    const heightAt = (/** @type {number} */ row) => page.evaluate((at) => globalThis.host.height(at, 256), row);
    const [above, own] = [await heightAt(0), await heightAt(1)];
    assert.deepEqual(await readout(page), {
      References: String(above + own),
      TIFF: String(own),
      Difference: String(above),
      Row: '1',
      Column: '0',
    });
    assert.equal(await announced(page), `References ${above + own}, TIFF ${own}, Difference ${above}, Row 1, Column 0`);
    const cursors = await page
      .locator('chunk-picture')
      .evaluateAll((pictures) => pictures.map(({ shown }) => shown.cursor));
    assert.deepEqual(
      cursors,
      [1, 1, 1].map((row) => ({ row, column: 0 })),
    );

    // The first row is near white; the last has a colour.
    const [first, last] = await difference.evaluate(({ shown }) => {
      const context = shown.image.getContext('2d');
      return [0, 255].map((row) => [...context.getImageData(9, row, 1, 1).data]);
    });
    assert.ok(Math.min(...first) > 235, `${first}`);
    assert.ok((last[0] ?? 0) - (last[2] ?? 0) > 60, `${last}`);
    // Both have the colours of one range, at first the TIFF's.
    const range = page.getByRole('group', { name: 'Colours of both' }).getByLabel('Range', { exact: true });
    assert.equal(await range.inputValue(), 'second');
    await page.getByRole('group', { name: 'Colours of both' }).getByLabel('Colours').selectOption('grey');
    const grey = await page.locator('.compared-second chunk-picture').evaluate(({ shown }) => {
      const data = shown.image.getContext('2d').getImageData(0, 0, 256, 256).data;
      return [Math.min(...data.filter((_, at) => at % 4 === 0)), Math.max(...data.filter((_, at) => at % 4 === 0))];
    });
    assert.deepEqual(grey, [0, 255]);

    // To the largest difference.
    await page.getByRole('button', { name: /^Go to row/u }).click();
    const largest = await readout(page);
    assert.ok(Number(largest['Difference']) > 30_000, JSON.stringify(largest));

    // Another chunk in place of the first.
    await difference.press('PageDown');
    await page.locator('.pictures-3').getByText('drifting, chunk 0.2').waitFor();
    assert.deepEqual((await asked(page)).at(-1)?.first.slices, from(0, 512));
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Chunk 0.2' }).waitFor();
    assert.equal(
      await page
        .locator('.pane-chunk button')
        .first()
        .evaluate((element) => element === globalThis.document.activeElement),
      true,
    );
  });
}

export async function checkCompareChoices(/** @type {WithPage} */ withPage) {
  await withPage({ size: { width: 1300, height: 1000 } }, async (page) => {
    await select(page, /^elevation/u);
    await openChunk(page, ['ArrowDown']);
    await compareButton(page).click();
    await outcome(page).getByText('All 65,536 values are the same.').waitFor();
    const choice = page.getByLabel('Compared with');
    await choice.selectOption('chunk');
    await page.getByText('elevation, chunk 1.1').waitFor();
    const along = page.getByLabel('Index along Chunk along y');
    await along.fill('2');
    await along.press('Enter');
    await page.getByText('elevation, chunk 2.1').waitFor();
    assert.deepEqual((await asked(page)).at(-1)?.second.window.slices, from(512, 256));
    // A chunk at the edge is smaller: the part that both have is compared, and said which it is.
    const edge = page.getByLabel('Index along Chunk along x');
    await edge.fill('5');
    await edge.press('Enter');
    await page
      .locator('.compare-cut')
      .getByText('the first 256 × 156 rows and columns of each. First: 256 × 256, Second: 256 × 156.', { exact: false })
      .waitFor();
    const widths = await page
      .locator('chunk-picture')
      .evaluateAll((pictures) => pictures.map(({ shown }) => shown.width));
    assert.deepEqual(widths, [156, 156, 156]);
    assert.deepEqual((await asked(page)).at(-1)?.second.window.slices, from(512, 1280, 256, 156));

    await choice.selectOption('array');
    const array = page.getByLabel('Array', { exact: true });
    await array.selectOption('drifting');
    await page.locator('.compared-second').getByText('drifting').waitFor();
    const start = page.getByLabel('Index along From axis 0');
    await start.fill('3');
    await start.press('Enter');
    await page.waitForFunction(() =>
      globalThis.host
        .sent('request')
        .some((/** @type {any} */ { payload }) => payload.second?.window?.slices[0].start === 3),
    );
    assert.deepEqual((await asked(page)).at(-1)?.second, {
      kind: 'window',
      window: { path: 'drifting', slices: from(3, 0), rows: 0, columns: 1 },
    });
    // What cannot be compared is said; of what is known here, without asking.
    const before = (await asked(page)).length;
    await array.selectOption('constant');
    await page
      .getByText('constant has 64 × 64 values in a plane, and the window 256 × 256', { exact: false })
      .waitFor();
    assert.equal((await asked(page)).length, before);
  });
  await withPage({}, async (page) => {
    await select(page, /^station/u);
    await openChunk(page, []);
    await compareButton(page).click();
    await page.getByRole('heading', { name: 'Not compared' }).waitFor();
    await page.locator('.outcome-refused').getByText('only numbers are compared', { exact: false }).waitFor();
  });
}

export async function checkCompareWindow(/** @type {WithPage} */ withPage) {
  await withPage({ size: { width: 1300, height: 1000 } }, async (page) => {
    await openMap(page, /^elevation/u);
    await page.getByRole('button', { name: 'Select a Window' }).click();
    const end = page.getByLabel('End of the window along y');
    await end.fill('20');
    await end.press('Enter');
    await compareButton(page).click();
    await outcome(page).getByText('All 28,720 values are the same.').waitFor();
    assert.deepEqual((await asked(page)).at(-1)?.first, {
      path: 'elevation',
      slices: from(0, 0, 20, 1436),
      rows: 0,
      columns: 1,
    });
    // Its own array, at another place.
    await page.getByLabel('Compared with').selectOption('array');
    await page.getByLabel('Array', { exact: true }).selectOption('elevation');
    const start = page.getByLabel('Index along From y');
    await start.fill('100');
    await start.press('Enter');
    await outcome(page).getByText('differ', { exact: false }).waitFor();
    assert.deepEqual((await asked(page)).at(-1)?.second.window.slices, from(100, 0, 20, 1436));
    await page.getByRole('button', { name: 'Back to the Array' }).click();
    await page.locator('array-map').waitFor();
  });
}

/** From where one is, by keyboard: the chunk or the box that is selected in the grid, the open chunk, what is in view in the map. */
export async function checkCompareFromWhereOneIs(/** @type {WithPage} */ withPage) {
  await withPage({ size: { width: 1300, height: 1000 } }, async (page) => {
    await select(page, /^elevation/u);
    const grid = page.locator('chunk-grid');
    const first = async () => (await asked(page)).at(-1)?.first.slices;
    await grid.press('ArrowRight');
    await grid.press('c');
    await outcome(page).getByText('All 65,536 values are the same.').waitFor();
    assert.deepEqual(await first(), from(0, 256));
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Chunk 0.1' }).waitFor();
    // The open chunk; nothing but its values is compared, whatever has the focus in its pane.
    await page.locator('.pane-chunk button').first().press('c');
    await page.locator('#compare-title').waitFor();
    await page.keyboard.press('Escape');
    await grid.press('Shift+ArrowDown');
    await grid.press('c');
    await page.getByText('a window of elevation', { exact: false }).waitFor();
    await outcome(page).getByText('All 131,072 values are the same.').waitFor();
    assert.deepEqual(await first(), from(0, 256, 512, 256));
    await page.keyboard.press('Escape');
    await grid.waitFor();
    await compareButton(page).first().click();
    await page.getByText('a window of elevation', { exact: false }).waitFor();
    // A field takes the letter.
    const other = page.getByLabel('Difference with the strongest colours');
    await other.press('c');
    await page.locator('#compare-title').waitFor();
  });
  await withPage({ size: { width: 1300, height: 1000 } }, async (page) => {
    await openMap(page, /^elevation/u);
    const map = page.locator('array-map');
    await map.focus();
    for (const key of ['+', '+', '+', '+']) await map.press(key);
    const box = await map.evaluate((element) => element.box);
    assert.ok(box.columns.stop - box.columns.start < 1436, JSON.stringify(box));
    await map.press('c');
    await page.locator('#compare-title').waitFor();
    await outcome(page).waitFor();
    assert.deepEqual((await asked(page)).at(-1)?.first.slices, [box.rows, box.columns]);
    await page.keyboard.press('Escape');
    await map.waitFor();
    await page.getByRole('button', { name: 'Compare What Is in View' }).click();
    await page.getByText('a window of elevation', { exact: false }).waitFor();
  });
}

export async function checkCompareFailures(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^failures/u);
    await openChunk(page, []);
    await compareButton(page).click();
    await page.getByRole('heading', { name: 'References: Not fetched' }).waitFor();
    await outcome(page).getByText('Nothing is compared: of the first no value could be read.').waitFor();
    const before = (await asked(page)).length;
    await page.getByRole('button', { name: 'Try Again' }).click();
    await page.waitForFunction(
      (count) =>
        globalThis.host.sent('request').filter((/** @type {any} */ { method }) => method === 'compare').length > count,
      before,
    );
    // Nothing of it is painted: it is striped, and so is the difference.
    const alphas = (/** @type {string} */ which) =>
      page.locator(`.compared-${which} chunk-picture`).evaluate(({ shown }) => {
        const { data } = shown.image.getContext('2d').getImageData(0, 0, 256, 256);
        return [...new Set(data.filter((_, at) => at % 4 === 3))].sort();
      });
    assert.deepEqual(
      [await alphas('first'), await alphas('second'), await alphas('difference')],
      [[0, 255], [255], [0, 255]],
    );
    const titles = [
      'Not the bytes asked for',
      'Fetched, not decoded',
      'A codec that is not known here',
      'Restricted Mode',
    ];
    for (const title of titles) {
      await page.locator('chunk-picture').first().press('PageDown');
      await page.getByRole('heading', { name: `References: ${title}` }).waitFor();
    }
    await page.locator('chunk-picture').first().press('PageDown');
    await page.getByRole('button', { name: 'Allow Reading…' }).click();
    assert.deepEqual(await lastSent(page, 'allowTarget'), { type: 'allowTarget', target: 3 });
  });
  await withPage({}, async (page) => {
    await select(page, /^pixels/u);
    await openChunk(page, []);
    await compareButton(page).click();
    await page.getByRole('heading', { name: 'Not fetched', exact: true }).waitFor();
    await waitForAnnouncement(page, /^Not fetched: .*404/u);
  });
}

export async function checkCompareLoading(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^elevation/u);
    await openChunk(page, []);
    await page.locator('chunk-picture').waitFor();
    await host(page, (steered) => (steered.compareDelay = 60_000));
    await compareButton(page).click();
    await page.getByText('Fetching, decoding and comparing…').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'Cancelled' }).waitFor();
    const { id } = (await sentOf(page, 'request')).findLast(({ method }) => method === 'compare');
    assert.equal((await lastSent(page, 'cancel')).id, id);
    await host(page, (steered) => (steered.compareDelay = 2));
    await page.getByRole('button', { name: 'Try Again' }).click();
    await outcome(page).waitFor();
  });
}

export async function checkCompareKept(/** @type {WithPage} */ withPage) {
  await withPage({ size: { width: 1300, height: 1000 } }, async (page) => {
    await select(page, /^drifting/u);
    await openChunk(page, []);
    await compareButton(page).first().click();
    await page.getByLabel('Difference with the strongest colours').fill('1234');
    await page.getByLabel('Difference with the strongest colours').press('Enter');
    const colours = page.getByRole('group', { name: 'Colours of the difference' });
    await colours.getByLabel('Scale').selectOption('symlog');
    await page.locator('.difference-scale').getByText('-1234').waitFor();
    await page.locator('.compared-first chunk-picture').press('ArrowDown');
    await page.reload();
    await outcome(page).waitFor();
    assert.equal(await page.getByLabel('Difference with the strongest colours').inputValue(), '1234');
    assert.equal(await colours.getByLabel('Scale').inputValue(), 'symlog');
    assert.equal((await readout(page))['Row'], '0');
    // Beside each other where there is room, else below each other.
    const places = () =>
      page
        .locator('.pictures-3 figure')
        .evaluateAll((figures) => figures.map((figure) => Math.round(figure.getBoundingClientRect().top)));
    assert.equal(new Set(await places()).size, 1);
    await page.setViewportSize({ width: 480, height: 900 });
    await page.waitForTimeout(100);
    const stacked = await places();
    assert.deepEqual(
      stacked,
      [...new Set(stacked)].sort((one, other) => one - other),
    );
    assert.equal(stacked.length, 3);
    const overflow = await page.evaluate(() => globalThis.document.documentElement.scrollWidth - globalThis.innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`);
  });
}
