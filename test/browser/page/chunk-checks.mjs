import assert from 'node:assert/strict';
import { picture } from './harness.mjs';
import { becomes, changes, matches, satisfies } from './soon.mjs';
import { announced, host, lastSent, openChunk, select, sentOf, waitForAnnouncement } from './steps.mjs';

/** @typedef {import('./steps.mjs').WithPage} WithPage */
/** @typedef {import('playwright-core').Page} Page */

/** The frame of the picture, once it was drawn. */
async function frameOf(/** @type {Page} */ page) {
  const frame = await page.waitForFunction(() => globalThis.document.querySelector('chunk-picture')?.frame);
  return frame.jsonValue();
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

export async function checkValueUnderThePointer(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openChunk(page, ['ArrowDown', 'ArrowRight']);
    const picture = page.locator('chunk-picture');
    await picture.waitFor();
    const frame = await frameOf(page);
    const row = 30;
    const column = 41;
    await picture.hover({
      position: { x: 3 + (column + 0.5) * frame.unitWidth, y: 3 + (row + 0.5) * frame.unitHeight },
    });
    const stored = await page.evaluate(([y, x]) => globalThis.host.height(y, x), [256 + row, 256 + column]);
    await becomes(() => readings(page), {
      Stored: String(stored),
      Scaled: `${Number((stored * 0.1 - 100).toPrecision(12))} m`,
      Row: String(row),
      Column: String(column),
      'Index in the array': `[${256 + row}, ${256 + column}]`,
      y: `${5_300_040 - 2560 - 10 * (row + 0.5)} metre`,
      x: `${600_000 + 2560 + 10 * (column + 0.5)} metre`,
      CRS: 'WGS 84 / UTM zone 32N (EPSG:32632)',
    });
    await page.mouse.move(5, 5);
    await page.getByText('Point at a value to read it').waitFor();
  });
}

export async function checkChunksInsideAShard(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^constant/u);
    await openChunk(page, []);
    const shard = page.locator('details.shard');
    await shard.getByText('Shard: 4 chunks of 32 × 32, 1 absent').click();
    await becomes(
      () => shard.locator('dd').evaluateAll((values) => values.map(({ textContent }) => textContent?.trim())),
      ['1,048,576 to 1,049,599', 'absent, fill values', '1,049,600 to 1,050,623', '1,050,624 to 1,051,647'],
    );
    await becomes(
      () => shard.locator('dt').evaluateAll((names) => names.map(({ textContent }) => textContent)),
      ['0.0', '0.1', '1.0', '1.1'],
    );
    await shard.scrollIntoViewIfNeeded();
    await picture(page, 'shard');
  });
}

export async function checkCursorByKeyboard(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openChunk(page, ['ArrowDown', 'ArrowRight']);
    const picture = page.locator('chunk-picture');
    await picture.waitFor();
    await picture.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowDown', 'ArrowDown']) await picture.press(key);
    const stored = await page.evaluate(() => globalThis.host.height(256 + 11, 256 + 1));
    await becomes(async () => (await readings(page)).Stored, String(stored));
    await matches(() => announced(page), new RegExp(`^Stored ${stored}, Scaled .* Row 11, Column 1,`, 'u'));
    await page.getByRole('button', { name: 'Copy Value' }).click();
    await becomes(async () => (await lastSent(page, 'copy')).text, String(stored));
    await picture.press('+');
    await becomes(() => picture.evaluate((element) => element.shown.viewport.zoom), 2);
    await picture.press('0');
    await becomes(() => picture.evaluate((element) => element.shown.viewport.zoom), 1);
  });
}

export async function checkNodataAndTheEdge(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openChunk(page, ['Control+End']);
    await page.getByText('the last 100 rows and the last 100 columns: filling beyond the edge of elevation').waitFor();
    const picture = page.locator('chunk-picture');
    const frame = await frameOf(page);
    await picture.hover({ position: { x: 3 + 200 * frame.unitWidth, y: 3 + 10 * frame.unitHeight } });
    await becomes(async () => (await readings(page)).Value, 'none: beyond the edge of the array');
    await openChunk(page, ['Home', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowRight']);
    await page.getByText('elevation/2.1', { exact: true }).waitFor();
    await matches(() => page.locator('.chunk .legend').innerText(), /nodata \(0\): 10,467/u);
    // Row 700 - 512, column 520 - 256 lies just beyond; 250 is within the lake.
    await picture.hover({ position: { x: 3 + 250.5 * frame.unitWidth, y: 3 + 188.5 * frame.unitHeight } });
    await becomes(async () => (await readings(page)).Stored, '0 (nodata)');
  });
}

export async function checkRange(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openChunk(page, ['ArrowDown']);
    const low = page.getByLabel('Lowest value of the range');
    const high = page.getByLabel('Highest value of the range');
    await low.waitFor();
    const own = await low.inputValue();
    const pixel = () =>
      page.evaluate(() => {
        const { image } = globalThis.document.querySelector('chunk-picture').shown;
        return [...image.getContext('2d').getImageData(0, 0, 1, 1).data];
      });
    const before = await pixel();
    await low.fill('-20000');
    await low.press('Enter');
    await changes(() => pixel(), before, 'the picture follows the range');
    await page.getByRole('button', { name: 'Lock Range' }).click();
    await page.getByRole('button', { name: 'Chunk below' }).click();
    await page.getByText('elevation/2.0', { exact: true }).waitFor();
    await becomes(() => low.inputValue(), '-20000');
    await page.getByRole('button', { name: 'Range of this chunk' }).click();
    await changes(() => low.inputValue(), '-20000');
    await page.getByRole('button', { name: 'Chunk above' }).click();
    await page.getByText('elevation/1.0', { exact: true }).waitFor();
    await becomes(() => low.inputValue(), own);
    await page.getByLabel('Colours', { exact: true }).selectOption('grey');
    await satisfies(pixel, ([red, green, blue]) => red === green && green === blue, 'grey is grey');
    await satisfies(
      () => high.inputValue(),
      (top) => Number(top) > Number(own),
    );
  });
}

export async function checkNeighbours(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openChunk(page, ['ArrowDown']);
    const picture = page.locator('chunk-picture');
    await picture.waitFor();
    await picture.focus();
    const goes = async (/** @type {string} */ key, /** @type {string} */ to) => {
      await page.keyboard.press(key);
      await page.getByText(`elevation/${to}`, { exact: true }).waitFor();
    };
    await goes('Alt+ArrowRight', '1.1');
    await goes('Alt+ArrowDown', '2.1');
    await goes('Alt+ArrowLeft', '2.0');
    await goes('PageUp', '1.5');
    await goes('PageDown', '2.0');
    const button = page.getByRole('button', { name: 'Chunk above' });
    await button.focus();
    for (const to of ['1.0', '0.0']) await goes('Enter', to);
    await becomes(
      () => button.evaluate((element) => element === globalThis.document.activeElement),
      true,
      'the focus stays at the edge',
    );
    await becomes(() => button.getAttribute('aria-disabled'), 'true');
  });
}

export async function checkFocusStaysWhileChunksCome(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openChunk(page, []);
    const picture = page.locator('chunk-picture');
    await picture.focus();
    await host(page, (all) => {
      all.delay = Number.POSITIVE_INFINITY;
    });
    await page.keyboard.press('Alt+ArrowRight');
    await page.getByText('Fetching and decoding chunk 0.1…').waitFor();
    await page.keyboard.press('Alt+ArrowRight');
    await page.getByText('Fetching and decoding chunk 0.2…').waitFor();
    await host(page, (all) => {
      all.answerLate();
    });
    await page.getByText('elevation/0.2', { exact: true }).waitFor();
    await becomes(() => picture.evaluate((element) => element === globalThis.document.activeElement), true);
  });
}

export async function checkExactRequest(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openChunk(page, []);
    await page.getByText('bytes=1048576-1089808').waitFor();
    await page.getByRole('button', { name: 'Copy Key' }).click();
    await becomes(async () => (await lastSent(page, 'copy')).text, 'elevation/0.0');
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await becomes(() => lastSent(page, 'copyCurl'), { type: 'copyCurl', key: 'elevation/0.0' });
    await page.locator('.request').getByRole('button', { name: 'Show in Text' }).click();
    await becomes(async () => (await lastSent(page, 'showText')).range.line, 40);
  });
}

export async function checkStages(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openChunk(page, []);
    await page.getByText('40 KiB in, 128 KiB out').waitFor();
    await page.getByRole('button', { name: 'Bytes of Stored' }).click();
    await matches(() => page.locator('.hex code').first().innerText(), /^0000\s+11 30 4f 6e 8d ac cb ea {2}0a 29/u);
    await becomes(() => page.locator('.hex code').count(), 16);
  });
}

export async function checkFailuresAreTold(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^failures/u);
    const titles = ['Not fetched', 'Not the bytes asked for', 'Fetched, not decoded', 'A codec that is not known here'];
    titles.push('Restricted Mode', 'A file outside this workspace', 'Too large to show');
    const looks = new Set();
    for (const [index, title] of titles.entries()) {
      const keys = index === 0 ? [] : index === 4 ? ['Home', 'ArrowDown'] : ['ArrowRight'];
      await openChunk(page, keys);
      await page.locator('.outcome').getByRole('heading', { name: title, exact: true }).waitFor();
      looks.add(await page.locator('.outcome > .icon').evaluate((sign) => sign.outerHTML));
      await becomes(() => page.locator('chunk-picture').count(), 0, 'a failure shows no picture');
      const exports = page.getByText('Export the chunk');
      if (title === 'Not fetched') await becomes(() => exports.count(), 0, 'without bytes there is nothing to export');
      if (title === 'Fetched, not decoded') await exports.waitFor();
      if (title === 'Fetched, not decoded') {
        await page.getByText('Decoding stopped here').waitFor();
        await becomes(() => page.locator('.hex').count(), 1, 'the bytes at which it stopped are shown');
      }
    }
    assert.ok(looks.size >= 5, 'signs differ');
    await openChunk(page, ['ArrowLeft']);
    await page.getByRole('button', { name: 'Allow Reading…' }).click();
    await becomes(() => lastSent(page, 'allowFile'), { type: 'allowFile', key: 'failures/1.1' });
    await openChunk(page, ['ArrowLeft']);
    await page.locator('.outcome').getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await lastSent(page, 'manageTrust');
    await openChunk(page, ['ArrowUp']);
    const before = (await sentOf(page, 'request')).length;
    await page.getByRole('button', { name: 'Try Again' }).click();
    await page.waitForFunction((count) => globalThis.host.sent('request').length === count + 1, before);
    await select(page, /^constant/u);
    await openChunk(page, []);
    await page.getByRole('heading', { name: 'All fill' }).waitFor();
  });
}

async function chunksAsked(/** @type {Page} */ page) {
  return (await sentOf(page, 'request'))
    .filter(({ method }) => method === 'chunk')
    .map(({ payload }) => payload.indices.join('.'));
}

/** Has the page note in `spinnerAfter` how many milliseconds after a key a spinner appears. */
async function timeTheSpinner(/** @type {Page} */ page) {
  await page.evaluate(() => {
    let from = 0;
    globalThis.addEventListener('keydown', () => (from = globalThis.performance.now()), { capture: true });
    new globalThis.MutationObserver(() => {
      if (globalThis.document.querySelector('.spinner') === null) return;
      globalThis.spinnerAfter ??= globalThis.performance.now() - from;
    }).observe(globalThis.document.body, { subtree: true, childList: true });
  });
}

export async function checkWaitingAndCancelling(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openChunk(page, []);
    await page.locator('chunk-picture').waitFor();
    await host(page, (all) => {
      all.delay = Number.POSITIVE_INFINITY;
    });
    await timeTheSpinner(page);
    await openChunk(page, ['ArrowRight']);
    await page.getByText('Fetching and decoding chunk 0.1…').waitFor();
    await satisfies(
      () => page.evaluate(() => globalThis.spinnerAfter),
      (milliseconds) => milliseconds > 140,
      'a moment is no waiting',
    );
    await becomes(
      () => page.locator('.spinner').evaluate((sign) => globalThis.getComputedStyle(sign).animationName),
      'none',
    );
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'Cancelled' }).waitFor();
    await lastSent(page, 'cancel');
    // The answer to what was cancelled comes and is passed over.
    await host(page, (all) => {
      all.answerLate();
    });
    await page.waitForTimeout(100);
    await page.getByRole('heading', { name: 'Cancelled' }).waitFor();
    // Opened once more, it is asked for again.
    await openChunk(page, []);
    await becomes(() => chunksAsked(page), ['0.0', '0.1', '0.1']);
    await host(page, (all) => {
      all.answerLate();
    });
    await page.getByText('elevation/0.1', { exact: true }).waitFor();
    await openChunk(page, ['ArrowRight']);
    await openChunk(page, ['ArrowRight']);
    await becomes(() => chunksAsked(page), ['0.0', '0.1', '0.1', '0.2', '0.3']);
    await host(page, (all) => {
      all.answerLate();
    });
    await page.getByText('elevation/0.3', { exact: true }).waitFor();
    const requests = (await sentOf(page, 'request')).filter(({ method }) => method === 'chunk');
    const superseded = requests.find(({ payload }) => payload.indices.join('.') === '0.2');
    await becomes(
      async () => (await lastSent(page, 'cancel')).id,
      superseded?.id,
      'what is not wanted any more is taken back',
    );
  });
}

export async function checkDrift(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^drifting/u);
    await openChunk(page, []);
    await page.getByText('255 of 256 rows are wrong').last().waitFor();
    await becomes(() => page.locator('chunk-picture').count(), 2);
    const picture = page.locator('chunk-picture').first();
    await picture.focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await picture.press(key);
    const heights = await page.evaluate(() => [0, 1, 2].map((row) => globalThis.host.height(row, 0)));
    await becomes(
      async () => {
        const got = await readings(page);
        return [got['In the file'], got['Readers get'], got['Off by']];
      },
      [heights[2], heights[0] + heights[1] + heights[2], heights[0] + heights[1]].map(String),
    );
    const title = page.locator('.drift h4');
    await becomes(
      () => title.innerText(),
      'Readers sum the differences down the rows, which the file stores along the rows.',
    );
    await changes(
      () =>
        page.locator('.drift-message p:not(.actions)').evaluate((rest) => globalThis.getComputedStyle(rest).fontWeight),
      '600',
    );
    await page.getByRole('radio', { name: 'As stored' }).check();
    await becomes(() => page.locator('chunk-picture').count(), 1);
    await becomes(async () => (await readings(page))['In the file'], String(heights[2]));
    await page.getByRole('radio', { name: 'As readers decode it' }).check();
    await becomes(() => page.getByRole('columnheader').filter({ hasText: 'As readers decode it' }).count(), 1);
  });
}

/** Tops of the lines in which the parts of an element stand. */
async function linesOf(/** @type {Page} */ page, /** @type {string} */ selector) {
  return page
    .locator(selector)
    .evaluateAll((parts) => parts.map((part) => Math.round(part.getBoundingClientRect().top)));
}

export async function checkLinesOfNarrowPages(/** @type {WithPage} */ withPage) {
  await withPage({ size: { width: 400, height: 900 } }, async (page) => {
    await select(page, /^drifting/u);
    await openChunk(page, []);
    await page.locator('.choices').waitFor();
    await becomes(
      async () => new Set(await linesOf(page, '.choices label')).size,
      1,
      'three choices stand in one line',
    );
    await becomes(
      () => page.locator('.url span').allInnerTexts(),
      ['https://data-1.example.org/', 'scenes/', '2023-06/', 'elevation.tif'],
    );
    const heights = await page
      .locator('.url span')
      .evaluateAll((parts) => parts.map(({ offsetHeight }) => offsetHeight));
    assert.equal(new Set(heights).size, 1, 'no part of the address is broken');
    await page.locator('.drift').scrollIntoViewIfNeeded();
    await picture(page, 'drift-light-400');
  });
}

export async function checkSpinnerTurns(/** @type {WithPage} */ withPage) {
  await withPage({ motion: true }, async (page) => {
    await host(page, (all) => {
      all.delay = 1000;
    });
    await openChunk(page, []);
    const spinner = page.locator('.spinner');
    await spinner.waitFor();
    await becomes(() => spinner.evaluate((sign) => globalThis.getComputedStyle(sign).animationName), 'turn');
  });
}

export async function checkBandsAndPlanes(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    const pixel = () =>
      page.evaluate(() => {
        const { image } = globalThis.document.querySelector('chunk-picture').shown;
        return [...image.getContext('2d').getImageData(63, 63, 1, 1).data];
      });
    await select(page, /^pixels/u);
    await openChunk(page, []);
    await page.locator('chunk-picture').waitFor();
    await becomes(() => pixel(), [252, 252, 128, 255]);
    await page.locator('chunk-picture').press('ArrowRight');
    await becomes(async () => Object.keys(await readings(page)).slice(0, 3), ['Red', 'Green', 'Blue']);
    await page.getByLabel('Bands').selectOption('2');
    await changes(() => pixel(), [252, 252, 128, 255]);
    await becomes(async () => (await readings(page)).Stored, '128');
    await select(page, /^cube/u);
    await openChunk(page, []);
    await page.getByText('The coordinates along x are not shown: x/0 was not fetched.').waitFor();
    const plane = page.getByLabel('Index along time in the chunk');
    await plane.fill('4');
    await plane.press('Enter');
    await page.locator('chunk-picture').press('ArrowRight');
    await becomes(async () => (await readings(page))['Index in the array'], '[4, 0, 0]');
    await becomes(async () => (await readings(page)).Stored, '290 K');
  });
}

export async function checkLinesScalarsAndText(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^x array/u);
    const line = page.locator('.curve-box');
    await line.waitFor();
    await becomes(
      async () => (await sentOf(page, 'request')).at(-1).method,
      'chunk',
      'a lone inline chunk opens by itself',
    );
    await line.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowRight']) await line.press(key);
    await becomes(async () => (await readings(page)).Place, '11');
    await waitForAnnouncement(page, /Place 11/u);
    await line.press('End');
    await becomes(async () => (await readings(page)).Place, '1435');
    await line.press('ArrowRight');
    await becomes(async () => (await readings(page)).Place, '1435', 'there is none after the last');
    await line.press('Home');
    await becomes(async () => (await readings(page)).Place, '0');
    // A quarter of the way along the line itself, of 1436 values.
    const { x, y, width, height } = await line.locator('svg').boundingBox();
    await page.mouse.move(x + width / 4, y + height / 2);
    await becomes(async () => (await readings(page)).Place, '359');
    await page.mouse.move(0, 0);
    await becomes(() => axesOfLine(page), ['x (metre)', '0', 'Index along x', '1435']);
    await select(page, /^hours/u);
    await openChunk(page, []);
    await becomes(() => axesOfLine(page), ['hours, as stored', '2020-01-01T00:00', 'hours', '2020-01-02T23:00']);
    await select(page, /^spatial_ref/u);
    await page.getByText('9007199254740993', { exact: true }).waitFor();
    await select(page, /^station/u);
    await openChunk(page, []);
    await page.locator('.values').waitFor();
    await becomes(
      () => page.locator('.values code').allInnerTexts(),
      ['Zürich', 'Genève', 'Lugano', '', '<script>alert(1)</script>'],
    );
    await select(page, /^big/u);
    await openChunk(page, []);
    const picture = page.locator('chunk-picture');
    await picture.press('ArrowRight');
    await becomes(async () => (await readings(page)).Stored, '18446744073709551600 (nodata)');
    await picture.press('ArrowRight');
    await becomes(async () => (await readings(page)).Stored, '18446744073709551601');
  });
}

/** What stands at the axes of the line of a chunk. */
function axesOfLine(/** @type {import('playwright-core').Page} */ page) {
  return page.locator('.line-values, .line-places span').allInnerTexts();
}

export async function checkTakeAway(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openChunk(page, []);
    await page.locator('chunk-picture').waitFor();
    await page.getByText('Export the chunk').click();
    const as = page.getByRole('group', { name: 'Export the chunk as' });
    await as.getByRole('button', { name: '.npy' }).click();
    await becomes(async () => (await lastSent(page, 'take')).taken, {
      format: 'npy',
      name: 'elevation.0.0',
      path: 'elevation',
      slices: [
        { start: 0, stop: 256 },
        { start: 0, stop: 256 },
      ],
    });
    await as.getByRole('button', { name: 'Stored Bytes' }).click();
    await becomes(async () => (await lastSent(page, 'take')).taken.indices, [0, 0]);
    await as.getByRole('button', { name: 'PNG' }).click();
    await page.waitForFunction(() => globalThis.host.sent('take').at(-1)?.taken.format === 'png');
    const size = await page.evaluate(async () => {
      const { png } = globalThis.host.sent('take').at(-1).taken;
      const image = await globalThis.createImageBitmap(new globalThis.Blob([png]));
      return [image.width, image.height];
    });
    assert.deepEqual(size, [256, 256]);
    const grid = page.locator('chunk-grid');
    await grid.focus();
    await grid.press('Shift+ArrowRight');
    await page
      .getByRole('group', { name: 'Export the selected chunks as' })
      .getByRole('button', { name: 'CSV' })
      .click();
    await becomes(
      async () => (await lastSent(page, 'take')).taken.slices,
      [
        { start: 0, stop: 256 },
        { start: 0, stop: 512 },
      ],
    );
  });
}
