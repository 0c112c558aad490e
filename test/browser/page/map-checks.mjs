import assert from 'node:assert/strict';
import { picture } from './harness.mjs';
import { becomes, changes, matches, satisfies } from './soon.mjs';
import { announced, host, lastSent, select, sentOf, waitForAnnouncement } from './steps.mjs';

/** @typedef {import('./steps.mjs').WithPage} WithPage */
/** @typedef {import('playwright-core').Page} Page */

/** Opens the picture of an array, and waits until all that is seen of it has come. */
export async function openMap(/** @type {Page} */ page, /** @type {RegExp} */ name) {
  await select(page, name);
  await page.getByRole('tab', { name: 'Picture' }).click();
  await page.locator('array-map canvas').first().waitFor();
  await settled(page);
}

async function settled(/** @type {Page} */ page) {
  await page.locator('array-map[aria-busy=false]').waitFor();
  await page.waitForFunction(() => globalThis.document.querySelector('#map-level')?.textContent !== '');
  await page.waitForTimeout(200);
}

async function levelIs(/** @type {Page} */ page, /** @type {string} */ words) {
  await page.locator('#map-level').filter({ hasText: words }).waitFor();
}

/** The readout as pairs of names and values. */
async function readings(/** @type {Page} */ page) {
  const pairs = await page
    .locator('.readings > div')
    .evaluateAll((groups) =>
      groups.map((group) => [group.querySelector('dt')?.textContent, group.querySelector('dd')?.textContent]),
    );
  return Object.fromEntries(pairs);
}

/** The colour of the map at a place of it, from 0 to 1 across and down. */
async function colourAt(/** @type {Page} */ page, /** @type {number} */ across, /** @type {number} */ down) {
  return page
    .locator('array-map .ol-layer canvas')
    .evaluate(
      (canvas, [x, y]) => [
        ...canvas.getContext('2d').getImageData(Math.floor(canvas.width * x), Math.floor(canvas.height * y), 1, 1).data,
      ],
      [across, down],
    );
}

async function windowsAsked(/** @type {Page} */ page) {
  return (await sentOf(page, 'request')).filter(({ method }) => method === 'window');
}

export async function checkMapTabsByKeyboard(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    const tab = (/** @type {string} */ name) => page.getByRole('tab', { name });
    await becomes(() => tab('Chunks').getAttribute('aria-selected'), 'true');
    assert.equal((await sentOf(page, 'request')).filter(({ method }) => method === 'pyramid').length, 0);
    await tab('Chunks').focus();
    await page.keyboard.press('ArrowRight');
    await becomes(() => tab('Picture').getAttribute('aria-selected'), 'true');
    await becomes(() => tab('Picture').evaluate((element) => element === globalThis.document.activeElement), true);
    await settled(page);
    await page.keyboard.press('Home');
    await page.locator('chunk-grid').waitFor();
    await select(page, /^station/u);
    await becomes(() => page.getByRole('tab').count(), 0, 'text along one axis has no picture');
  });
}

export async function checkMapValueUnderThePointer(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openMap(page, /^elevation/u);
    await levelIs(page, '1:4, overview of the TIFF');
    await page.getByText('are read from the TIFF itself').waitFor();
    // Home shows all: the middle of the map is the middle of the array, of which an overview has every fourth value here.
    await page.locator('array-map').hover();
    await page.waitForFunction(() => globalThis.document.querySelector('.readings') !== null);
    const read = await readings(page);
    const [row, column] = JSON.parse(read.Index);
    assert.ok(Math.abs(row - 718) <= 4 && Math.abs(column - 718) <= 4, read.Index);
    const reduced = (/** @type {number} */ index) => Math.floor((index + 0.5) / 4) * 4;
    const stored = await page.evaluate(([y, x]) => globalThis.host.height(y, x), [reduced(row), reduced(column)]);
    assert.equal(read.Stored, String(stored));
    assert.equal(read.Scaled, `${Number((stored * 0.1 - 100).toPrecision(12))} m`);
    assert.equal(read.Of, '1:4, overview of the TIFF');
    assert.equal(read.CRS, 'WGS 84 / UTM zone 32N (EPSG:32632)');
    assert.equal(read.Chunk, 'elevation/2.2');
    await page.getByText(`${5_300_040 - 10 * (row + 0.5)} metre`).waitFor();
  });
}

export async function checkMapKeyboard(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openMap(page, /^elevation/u);
    const map = page.locator('array-map');
    await map.focus();
    for (const key of ['+', '+', '+']) await map.press(key);
    await levelIs(page, 'Full resolution');
    await settled(page);
    await map.press('Shift+ArrowRight');
    await map.press('Shift+ArrowDown');
    await waitForAnnouncement(page, /^Stored \d+, Scaled.*Index \[719, 718\]/u);
    const [row, column] = JSON.parse((await readings(page)).Index);
    const stored = await page.evaluate(([y, x]) => globalThis.host.height(y, x), [row, column]);
    await matches(() => announced(page), new RegExp(`^Stored ${stored}, .*Index \\[${row}, ${column}\\]`, 'u'));
    const before = column;
    await map.press('ArrowRight');
    await page.waitForFunction(
      (old) => !globalThis.document.querySelector('.readings')?.textContent?.includes(`, ${old}]`),
      before,
    );
    await satisfies(
      async () => JSON.parse((await readings(page)).Index)[1],
      (now) => now > before + 10,
      'the cursor goes along with the view',
    );
    await map.press('Home');
    await levelIs(page, '1:4, overview of the TIFF');
    await map.press('Enter');
    await page.getByRole('heading', { level: 3, name: /^Chunk 2\.\d/u }).waitFor();
    await becomes(() => page.getByRole('tab', { name: 'Chunks' }).getAttribute('aria-selected'), 'true');
  });
}

export async function checkMapColoursFetchNothing(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openMap(page, /^elevation/u);
    const before = (await windowsAsked(page)).length;
    const colour = await colourAt(page, 0.5, 0.6);
    await page.getByRole('combobox', { name: /^Colours/u }).selectOption('grey');
    await satisfies(
      () => colourAt(page, 0.5, 0.6),
      ([red, green, blue]) => red === green && green === blue,
      'grey is grey',
    );
    const grey = await colourAt(page, 0.5, 0.6);
    assert.notDeepEqual(grey, colour);
    const low = page.getByLabel('Lowest value of the range');
    await low.fill('-100000');
    await low.press('Enter');
    await changes(() => colourAt(page, 0.5, 0.6), grey, 'the picture follows the range');
    await page.getByRole('button', { name: 'Range of what is seen' }).click();
    await becomes(() => colourAt(page, 0.5, 0.6), grey);
    assert.equal((await windowsAsked(page)).length, before, 'no values were asked for again');
  });
}

export async function checkMapFailures(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openMap(page, /^elevation/u);
    const map = page.locator('array-map');
    await map.focus();
    for (const key of ['+', '+']) await map.press(key);
    await levelIs(page, 'Full resolution');
    for (let times = 0; times < 6; times += 1) for (const key of ['ArrowRight', 'ArrowUp']) await map.press(key);
    await page.getByText('1 chunk in this view could not be read').waitFor();
    await page.getByText('imagecodecs_delta: 131,070 bytes').waitFor();
    await picture(page, 'map-failures-light-1000');
    const asked = (await windowsAsked(page)).length;
    await page.locator('.map-failures').getByRole('button', { name: 'Try Again' }).click();
    await page.waitForFunction(
      (count) => globalThis.host.sent('request').filter(({ method }) => method === 'window').length > count,
      asked,
    );
  });
}

export async function checkMapSelection(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openMap(page, /^elevation/u);
    const box = await page.locator('array-map').boundingBox();
    assert.ok(box !== null);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.keyboard.down('Shift');
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 40, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    const start = page.getByLabel('Start of the window along y');
    await start.waitFor();
    await satisfies(
      () => start.inputValue(),
      (row) => Math.abs(Number(row) - 718) <= 4,
    );
    await start.fill('100');
    await start.press('Enter');
    const end = page.getByLabel('End of the window along y');
    await end.fill('300');
    await end.press('Enter');
    await page.getByRole('button', { name: 'Copy Slices' }).click();
    await matches(async () => (await lastSent(page, 'copy')).text, /^\[100:300, 7\d\d:\d+\]$/u);
    await page.getByRole('group', { name: 'Export the window as' }).getByRole('button', { name: '.npy' }).click();
    await becomes(async () => (await lastSent(page, 'take')).taken.slices[0], { start: 100, stop: 300 });
    await page.reload();
    await page.getByLabel('End of the window along y').waitFor();
    await becomes(() => page.getByLabel('End of the window along y').inputValue(), '300');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('button', { name: 'Select a Window' }).waitFor();
  });
}

export async function checkMapColourBands(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openMap(page, /^pixels/u);
    // Row and column 320 of 640, a third of each.
    await satisfies(
      () => colourAt(page, 0.5, 0.5),
      ([red, green, blue]) => Math.abs(red - 107) <= 2 && Math.abs(green - 107) <= 2 && blue === 128,
    );
    await page.getByRole('combobox', { name: /^Bands/u }).selectOption('2');
    await settled(page);
    await becomes(async () => (await windowsAsked(page)).at(-1).payload.slices[2], { start: 2, stop: 3, step: 1 });
  });
}

export async function checkMapBounds(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^cube/u);
    await page.getByRole('tab', { name: 'Picture' }).click();
    await page.getByText(/This view takes \d{3},\d{3} chunks/u).waitFor();
    await picture(page, 'map-held-light-1000');
    assert.equal((await windowsAsked(page)).length, 0, 'nothing is loaded unasked');
    const map = page.locator('array-map');
    await map.focus();
    for (let times = 0; times < 7; times += 1) await map.press('+');
    await settled(page);
    const asked = await windowsAsked(page);
    assert.ok(asked.length > 0, 'a nearer part is loaded');
    await page.getByLabel('Index along time').fill('7');
    await page.getByLabel('Index along time').press('Enter');
    await settled(page);
    await becomes(async () => (await windowsAsked(page)).at(-1).payload.slices[0], { start: 7, stop: 8, step: 1 });
  });
}

export async function checkMapCancelsWhatIsOutOfView(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openMap(page, /^elevation/u);
    await host(page, (all) => {
      all.windowDelay = 3000;
    });
    const map = page.locator('array-map');
    await map.focus();
    await map.press('+');
    await map.press('+');
    await page.getByText(/Loading: 0 of/u).waitFor();
    const asked = (await windowsAsked(page)).length;
    await map.press('Home');
    await page.waitForFunction(() => globalThis.host.sent('cancel').length > 0);
    await settled(page);
    await map.press('+');
    await map.press('+');
    await page.waitForFunction(
      (count) => globalThis.host.sent('request').filter(({ method }) => method === 'window').length > count,
      asked,
    );
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.locator('array-map[aria-busy=false]').waitFor();
  });
}

export async function checkMapComesBack(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openMap(page, /^elevation/u);
    const map = page.locator('array-map');
    await map.focus();
    for (const key of ['+', '+', 'ArrowRight']) await map.press(key);
    await page.getByRole('button', { name: 'Chunk Grid' }).click();
    await settled(page);
    const index = (await readings(page)).Index;
    await page.reload();
    await settled(page);
    await becomes(async () => (await readings(page)).Index, index);
    await levelIs(page, 'Full resolution');
    await page.getByRole('button', { name: 'Chunk Grid', pressed: true }).waitFor();
    await picture(page, 'map-grid-light-1000');
  });
}
