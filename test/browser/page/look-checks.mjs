import assert from 'node:assert/strict';
import { picture } from './harness.mjs';
import { becomes, changes, matches, satisfies } from './soon.mjs';
import { announced, lastSent, openChunk, select, sentOf } from './steps.mjs';

/** @typedef {import('./steps.mjs').WithPage} WithPage */
/** @typedef {import('playwright-core').Page} Page */

/** Red, green, blue and alpha of a pixel of the picture. */
async function pixel(/** @type {Page} */ page, x = 0, y = 0) {
  return page.evaluate(
    ([column, row]) => {
      const { image } = globalThis.document.querySelector('chunk-picture').shown;
      return [...image.getContext('2d').getImageData(column, row, 1, 1).data];
    },
    [x, y],
  );
}

const choose = (/** @type {Page} */ page, /** @type {string} */ label, /** @type {string} */ name) =>
  page.getByLabel(label, { exact: true }).selectOption(name);

export async function checkColourMapsAndScales(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^cube/u);
    await openChunk(page, []);
    await page.locator('chunk-picture').waitFor();
    await choose(page, 'Stretch', 'extremes');
    await choose(page, 'Colours', 'grey');
    // A grey, of the first value of the cube: 270 of 270 to 338.2 or so is the darkest.
    await satisfies(
      () => pixel(page, 0, 0),
      ([red, green, blue]) => red === green && green === blue,
      'grey is grey',
    );
    const [plain] = await pixel(page, 0, 0);
    await page.getByLabel('Reversed').check();
    await becomes(async () => (await pixel(page, 0, 0))[0], 255 - (plain ?? 0), 'reversed is the other way round');
    await page.getByLabel('Reversed').uncheck();
    const low = page.getByLabel('Lowest value of the range');
    await low.fill('100');
    await low.press('Enter');
    const high = page.getByLabel('Highest value of the range');
    await high.fill('1000');
    await high.press('Enter');
    // The first value of the cube is 270: log10(2.7) = 0.4314 of the way from 100 to 1000, 18.9 % on a plain scale.
    await becomes(async () => (await pixel(page, 0, 0))[0], 48);
    await choose(page, 'Scale', 'log');
    await becomes(async () => (await pixel(page, 0, 0))[0], 110);
    await choose(page, 'Scale', 'symlog');
    // ln(1 + x) of x = 100, 270 and 1000 (thousandths of the larger end): (5.6021 - 4.6151) / (6.9088 - 4.6151) = 0.4303.
    await becomes(async () => (await pixel(page, 0, 0))[0], 110);
    await becomes(() => pixel(page, 30, 20), [0, 0, 0, 0], 'NaN is transparent');
  });
}

export async function checkStretches(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^scene/u);
    await openChunk(page, []);
    await page.locator('chunk-picture').waitFor();
    const range = async () => {
      const low = await page.getByLabel('Lowest value of the range').inputValue();
      return [Number(low), Number(await page.getByLabel('Highest value of the range').inputValue())];
    };
    // Each of 64 columns is 1000 + 100 c, 64 times: numpy's mean is 4150, std 1847.29, percentiles 10 and 90 are 1600 and 6700.
    await choose(page, 'Stretch', 'extremes');
    await becomes(() => range(), [1000, 7300]);
    await choose(page, 'Stretch', 'deviations');
    const count = page.getByLabel('Standard deviations to each side');
    await count.fill('1');
    await count.press('Enter');
    await becomes(async () => (await range()).map(Math.round), [2303, 5997]);
    await choose(page, 'Stretch', 'percentiles');
    for (const [name, value] of [
      ['Lower percentile', '10'],
      ['Upper percentile', '90'],
    ]) {
      const field = page.getByLabel(name ?? '');
      await field.fill(value ?? '');
      await field.press('Enter');
    }
    await becomes(() => range(), [1600, 6700]);
    const upper = page.getByLabel('Upper percentile');
    await upper.fill('5');
    await upper.press('Enter');
    await becomes(() => upper.inputValue(), '90', 'an upper percentile below the lower one is not taken');
    await page.getByText('Standard deviation', { exact: true }).waitFor();
    await page.getByText('the metadata declare no nodata, so none is left out').waitFor();
  });
}

/** CSS pixels from the marks at the ends of the range to the middles of their thumbs. */
async function thumbsBesideMarks(/** @type {Page} */ page) {
  return page.evaluate(() => {
    const marks = [...globalThis.document.querySelectorAll('.histogram .mark')];
    return [...globalThis.document.querySelectorAll('.stretch')].map((slider, at) => {
      const { left, width } = slider.getBoundingClientRect();
      const thumb = 0.8 * Number.parseFloat(globalThis.getComputedStyle(globalThis.document.documentElement).fontSize);
      const middle = left + thumb / 2 + (Number(slider.value) / 1000) * (width - thumb);
      return middle - marks[at].getBoundingClientRect().left;
    });
  });
}

export async function checkHistogramIsDragged(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^scene/u);
    await openChunk(page, []);
    await page.locator('chunk-picture').waitFor();
    const low = page.getByRole('slider', { name: 'Low end of the colours' });
    const high = page.getByRole('slider', { name: 'High end of the colours' });
    const field = page.getByLabel('Lowest value of the range');
    await low.focus();
    await low.press('Home');
    await becomes(() => field.inputValue(), '1000');
    // A step is a thousandth of 1000 to 7300.
    await low.press('ArrowRight');
    await becomes(() => field.inputValue(), '1006');
    await becomes(() => low.getAttribute('aria-valuetext'), '1006');
    const [before] = await pixel(page, 20, 0);
    const box = await high.boundingBox();
    assert.ok(box);
    const place = Number(await high.inputValue()) / 1000;
    await page.mouse.move(box.x + 6 + place * (box.width - 12), box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await satisfies(
      async () => Number(await page.getByLabel('Highest value of the range').inputValue()),
      (dragged) => dragged > 3900 && dragged < 4400,
      'the middle of 1000 to 7300',
    );
    await changes(async () => (await pixel(page, 20, 0))[0], before, 'the picture follows');
    await choose(page, 'Scale', 'log');
    await low.press('Home');
    await becomes(() => field.inputValue(), '1000', 'the sliders go over the values on a logarithmic scale too');
    await page.getByLabel('Counts as logarithms').check();
    await choose(page, 'Stretch', 'percentiles');
    await satisfies(
      () => thumbsBesideMarks(page),
      (distances) => distances.length === 2 && distances.every((pixels) => Math.abs(pixels) < 1.5),
      'the thumbs stand on the ends of the range, whatever the width',
    );
    await picture(page, 'histogram-light');
  });
}

export async function checkClasses(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^landcover/u);
    await openChunk(page, []);
    await page.getByText('evergreen_forest (3): 1,260').waitFor();
    await page.getByText('of no class: 616').waitFor();
    await becomes(() => pixel(page, 0, 1), [0, 104, 55, 255]);
    await becomes(() => pixel(page, 40, 60), [128, 128, 128, 255]);
    await becomes(() => pixel(page, 0, 0), [0, 0, 0, 0], 'nodata is transparent');
    await page.locator('chunk-picture').press('ArrowRight');
    await page.locator('chunk-picture').press('ArrowDown');
    await matches(() => announced(page), /^Stored 3, Class evergreen_forest/u);
    await choose(page, 'Colours', 'grey');
    await becomes(() => pixel(page, 0, 1), [0, 0, 0, 255], 'the smallest value is black');
    await choose(page, 'Colours', 'classes');
    await becomes(() => pixel(page, 0, 1), [0, 104, 55, 255]);
  });
}

export async function checkBandsOfThreeChunks(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^scene/u);
    await openChunk(page, []);
    await page.locator('chunk-picture').waitFor();
    await choose(page, 'Bands', 'composite');
    // The attribute color_interpretation names bands 4, 3 and 2.
    await page.getByText('Red: Band 4').waitFor();
    await page.locator('chunk-picture').waitFor();
    const asked = async () =>
      (await sentOf(page, 'request'))
        .filter(({ method }) => method === 'chunk')
        .map(({ payload }) => payload.indices.join('.'));
    await becomes(asked, ['0.0.0', '3.0.0', '2.0.0', '1.0.0'], 'the open chunk is not asked for again');
    await choose(page, 'Stretch', 'extremes');
    await becomes(() => pixel(page, 0, 0), [0, 0, 0, 255]);
    await becomes(() => pixel(page, 63, 0), [255, 255, 255, 255]);
    await choose(page, 'Blue', '0');
    await page.getByText('Blue: Band 1').waitFor();
    await page.locator('chunk-picture').press('ArrowRight');
    await matches(() => announced(page), /^Red \(Band 4\) 4000, Green \(Band 3\) 3000, Blue \(Band 1\) 1000,/u);
    await picture(page, 'composite-light');
    await page.getByRole('button', { name: 'Chunk below' }).click();
    await page.getByRole('heading', { name: 'Not fetched' }).waitFor();
    await openChunk(page, ['Home', 'ArrowDown', 'ArrowRight']);
  });
}

export async function checkTableOfValues(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openChunk(page, ['ArrowDown', 'ArrowRight']);
    await page.getByRole('button', { name: 'Table of Values' }).click();
    const table = page.getByRole('grid', { name: /^Values of elevation/u });
    await table.waitFor();
    await becomes(() => table.getAttribute('aria-rowcount'), '257');
    const cell = (/** @type {number} */ row, /** @type {number} */ column) => page.locator(`#value-${row}-${column}`);
    const height = (/** @type {number} */ row, /** @type {number} */ column) =>
      page.evaluate(([y, x]) => globalThis.host.height(y, x), [256 + row, 256 + column]);
    await becomes(() => cell(2, 1).textContent(), String(await height(2, 1)));
    await becomes(() => page.getByRole('columnheader').filter({ hasText: /^256$/u }).count(), 1);
    await table.focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await table.press(key);
    await becomes(() => page.evaluate(() => globalThis.document.querySelector('chunk-picture').shown.cursor), {
      row: 2,
      column: 1,
    });
    await table.press('Control+End');
    await cell(255, 255).waitFor();
    await becomes(() => cell(255, 255).textContent(), String(await height(255, 255)));
    await becomes(
      async () => (await page.locator('.table-cell').count()) < 800,
      true,
      'only what is seen is in the page',
    );
    await table.press('Control+Home');
    await table.press('Shift+ArrowDown');
    await table.press('Shift+ArrowRight');
    await becomes(() => announced(page), '2 by 2 values selected');
    await table.press('Control+c');
    const [a, b, c, d] = await Promise.all([height(0, 0), height(0, 1), height(1, 0), height(1, 1)]);
    await becomes(async () => (await lastSent(page, 'copy')).text, `${a}\t${b}\n${c}\t${d}`);
    await page.getByLabel('Scaled in m').check();
    await becomes(() => cell(0, 0).textContent(), String(Number((a * 0.1 - 100).toPrecision(12))));
    await table.press('Control+a');
    await table.press('Control+c');
    await becomes(async () => (await lastSent(page, 'copy')).text.split('\n').length, 256);
    await page.locator('chunk-picture').press('Home');
    await table.scrollIntoViewIfNeeded();
    await picture(page, 'table-light');
  });
}

export async function checkTableOfOtherSlicesAndDates(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^cube/u);
    await openChunk(page, []);
    await page.getByRole('button', { name: 'Table of Values' }).click();
    await choose(page, 'Down', '0');
    const table = page.getByRole('grid', { name: /^Values of cube/u });
    await becomes(() => table.getAttribute('aria-rowcount'), '6');
    // Along time the values grow by 5.
    const texts = async (/** @type {number} */ row) => Number(await page.locator(`#value-${row}-0`).textContent());
    await satisfies(
      async () => (await texts(1)) - (await texts(0)),
      (step) => Math.abs(step - 5) < 1e-3,
    );
    await page.getByText('At y 0: the picture’s cursor and fields choose it.').waitFor();
    await table.focus();
    await table.press('ArrowDown');
    await becomes(() => page.getByLabel('Index along time in the chunk').inputValue(), '1', 'the picture goes along');
    await select(page, /^hours/u);
    await openChunk(page, []);
    await page.getByRole('grid', { name: /^Values of hours/u }).waitFor();
    await page.getByLabel('As dates').check();
    await becomes(() => page.locator('#value-1-0').textContent(), '2020-01-01T01:00:00');
    await page.locator('.curve-box').press('ArrowRight');
    await matches(() => announced(page), /^Stored 1051896, Date 2020-01-01, Place 0/u);
  });
}

export async function checkLargeTable(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^wide/u);
    await openChunk(page, []);
    await page.getByRole('button', { name: 'Table of Values' }).click();
    const table = page.getByRole('grid', { name: /^Values of wide/u });
    await table.waitFor();
    const slowest = await table.evaluate(async (element) => {
      let worst = 0;
      for (let i = 0; i < 60; i += 1) {
        element.scrollTop = i * 1400;
        element.scrollLeft = i * 1900;
        const from = globalThis.performance.now();
        await new Promise((resolve) => {
          globalThis.requestAnimationFrame(() => globalThis.requestAnimationFrame(resolve));
        });
        worst = Math.max(worst, globalThis.performance.now() - from);
      }
      return worst;
    });
    await table.press('Control+End');
    await becomes(() => page.locator('#value-4095-4095').textContent(), String((4095 * 7 + 4095) & 65535));
    console.log(`    the slowest of 60 scrolls over 4096 x 4096 values took ${Math.round(slowest)} ms for two frames`);
  });
}

/** Of a chunk that is too large to be sent whole the host's own range is exact; the page's other ranges are of what was sent. */
export async function checkRangeOfPart(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^wide/u);
    await openChunk(page, ['ArrowRight']);
    await page.getByText('Every 2nd row and column is shown').waitFor();
    const approximate = page.getByText('approximate: of every 2nd row and column');
    assert.equal(await approximate.count(), 0);
    await choose(page, 'Stretch', 'extremes');
    await approximate.waitFor();
    await choose(page, 'Stretch', 'hand');
    await approximate.waitFor({ state: 'detached' });
    await openChunk(page, ['ArrowLeft']);
    await choose(page, 'Stretch', 'deviations');
    await page.getByLabel('Standard deviations to each side').waitFor();
    assert.equal(await approximate.count(), 0, 'of a chunk that was sent whole');
  });
}

export async function checkLookIsKept(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openChunk(page, []);
    await page.locator('chunk-picture').waitFor();
    await choose(page, 'Colours', 'magma');
    await choose(page, 'Scale', 'symlog');
    await choose(page, 'Stretch', 'extremes');
    await page.getByLabel('Reversed').check();
    await page.getByRole('button', { name: 'Table of Values' }).click();
    await page.reload();
    await page.locator('value-table').waitFor();
    await becomes(() => page.getByLabel('Colours', { exact: true }).inputValue(), 'magma');
    await becomes(() => page.getByLabel('Scale', { exact: true }).inputValue(), 'symlog');
    await becomes(() => page.getByLabel('Stretch', { exact: true }).inputValue(), 'extremes');
    await becomes(() => page.getByLabel('Reversed').isChecked(), true);
    await select(page, /^scene/u);
    await openChunk(page, []);
    await page.locator('chunk-picture').waitFor();
    await becomes(() => page.getByLabel('Colours', { exact: true }).inputValue(), 'magma');
    await becomes(
      () => page.getByLabel('Scale', { exact: true }).inputValue(),
      'linear',
      'another array, another scale',
    );
  });
}
