import assert from 'node:assert/strict';
import { picture } from './harness.mjs';
import { becomes, matches, satisfies } from './soon.mjs';
import { announced, lastSent, select, sentOf, tell, waitForAnnouncement } from './steps.mjs';

/** @typedef {import('./steps.mjs').WithPage} WithPage */

/** CSS pixels: the margin of a drawing, and a cell of a small grid. */
const margin = 3;
const cell = 26;

export async function checkGridByKeyboard(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    const grid = page.locator('chunk-grid');
    await grid.focus();
    const speaks = async (/** @type {string} */ key, /** @type {RegExp} */ words) => {
      await grid.press(key);
      await matches(() => announced(page), words);
    };
    await speaks('ArrowRight', /^chunk 0\.1, in file$/u);
    await speaks('ArrowDown', /^chunk 1\.1, inline$/u);
    await speaks('End', /^chunk 1\.5, in file$/u);
    await speaks('ArrowUp', /^chunk 0\.5, malformed$/u);
    await speaks('Control+End', /^chunk 5\.5, in file$/u);
    await speaks('Home', /^chunk 5\.0, absent$/u);
    assert.equal((await sentOf(page, 'request')).filter(({ method }) => method === 'chunk').length, 0);
    await grid.press('ArrowUp');
    await grid.press('Enter');
    await waitForAnnouncement(page, /^Chunk 4\.0, in file, 40 KiB, from \d+ to \d+$/u);
    await becomes(async () => (await lastSent(page, 'request')).payload, { path: 'elevation', indices: [4, 0] });
  });
}

export async function checkGridByPointer(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    const grid = page.locator('chunk-grid');
    const at = (/** @type {number} */ row, /** @type {number} */ column) => ({
      x: margin + (column + 0.5) * cell,
      y: margin + (row + 0.5) * cell,
    });
    await grid.hover({ position: at(0, 5) });
    await page.getByText('Pointer: chunk 0.5, malformed').waitFor();
    await grid.click({ position: at(5, 0) });
    await page.getByRole('heading', { name: 'Absent' }).waitFor();
    await page.getByText('all of the chunk reads as the fill value, 0').waitFor();
    // Beside the grid there is nothing to open.
    const before = (await sentOf(page, 'request')).length;
    await grid.click({ position: { x: margin + 8 * cell, y: 20 } });
    assert.equal((await sentOf(page, 'request')).length, before);
  });
}

export async function checkLegendAndAxes(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await page.locator('chunk-grid').waitFor();
    await becomes(
      () => page.locator('.grid .legend li').allInnerTexts(),
      ['33 in file', '1 inline', '1 absent', '1 malformed'],
    );
    await select(page, /^cube/u);
    await page.getByRole('button', { name: 'Next along time' }).click();
    await page.getByLabel('Index along time', { exact: true }).fill('72');
    await page.getByLabel('Index along time', { exact: true }).press('Enter');
    const windows = async () =>
      (await sentOf(page, 'request')).filter(({ method }) => method === 'grid').map(({ payload }) => payload.window);
    await becomes(
      async () => (await windows()).filter(({ path }) => path === 'cube').map(({ at }) => at[0]),
      [0, 1, 72],
    );
    await becomes(async () => (await windows()).at(-1).rows, { axis: 1, start: 0, stop: 1000 });
    await becomes(() => page.getByRole('button', { name: 'Next along time' }).getAttribute('aria-disabled'), 'true');
    // A chunk that is open goes along with the index.
    await page.locator('chunk-grid').press('Enter');
    await page.getByRole('button', { name: 'Previous along time', exact: true }).click();
    await page.getByRole('heading', { name: /^Chunk 71\./u }).waitFor();
    await page.getByRole('button', { name: 'Next along time', exact: true }).click();
    await page.getByRole('heading', { name: /^Chunk 72\./u }).waitFor();
    // Of (y, x, band) the first two axes are drawn.
    await select(page, /^pixels/u);
    await becomes(async () => {
      const { path, rows, columns } = (await windows()).at(-1);
      return [path, rows.axis, columns.axis];
    }, ['pixels', 0, 1]);
  });
}

export async function checkMillionChunks(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^cube/u);
    const grid = page.locator('chunk-grid');
    await grid.waitFor();
    const asked = async () => (await sentOf(page, 'request')).filter(({ method }) => method === 'grid').length;
    const before = await asked();
    await grid.focus();
    for (const key of ['ArrowRight', 'ArrowDown', '+', '+', '-']) await page.keyboard.press(key);
    await page.evaluate(() => new Promise((resolve) => globalThis.requestAnimationFrame(resolve)));
    assert.ok((await asked()) <= before + 1, 'a million chunks are asked for as a whole, and once more from near by');
  });
}

/** Pixels of the screen in which the grid has the colour of malformed chunks. */
async function malformedPixels(/** @type {import('playwright-core').Page} */ page) {
  return page.evaluate(() => {
    const canvas = globalThis.document.querySelector('chunk-grid canvas');
    const sample = globalThis.document.createElement('canvas').getContext('2d');
    sample.fillStyle = globalThis.getComputedStyle(canvas).getPropertyValue('--cell-broken');
    sample.fillRect(0, 0, 1, 1);
    const [red, green, blue] = sample.getImageData(0, 0, 1, 1).data;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) count += 1;
    }
    return count;
  });
}

export async function checkOneMalformedOfAMillion(/** @type {WithPage} */ withPage) {
  for (const width of [500, 800, 1200]) {
    for (const scale of [1, 1.25, 2]) {
      await withPage({ size: { width, height: 900 }, scale }, async (page) => {
        await select(page, /^cube/u);
        const grid = page.locator('chunk-grid');
        await grid.waitFor();
        const side = Math.round(3 * scale);
        const isSeen = async (/** @type {string} */ where) => {
          await satisfies(
            () => malformedPixels(page),
            (count) => count >= side * side,
            `${where}, ${width} pixels wide at ${scale}, the malformed chunk is not seen`,
          );
        };
        await isSeen('At first');
        // Right beside it stands the frame of the selection, which is larger than a cell.
        await tell(page, { type: 'show', path: 'cube', indices: [0, 444, 550] });
        await page.getByText('chunk 0.444.550, in file', { exact: true }).waitFor();
        await isSeen('Beside the selection');
      });
    }
  }
}

export async function checkBlocksOfChunks(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^vast/u);
    const grid = page.locator('chunk-grid');
    await grid.waitFor();
    await grid.focus();
    await grid.press('ArrowDown');
    await becomes(() => announced(page), '4 by 4 chunks at 4.0, in file');
    await grid.press('Enter');
    await page.waitForFunction(() => globalThis.host.sent('request').at(-1).payload.window?.columns?.stop < 3000);
    await page.getByText('chunk 4.0, in file', { exact: true }).waitFor();
    await grid.press('ArrowDown');
    await becomes(() => announced(page), 'chunk 5.0, in file');
    await grid.press('Enter');
    await page.getByText('vast/5.0', { exact: true }).waitFor();
  });
}

export async function checkLists(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^series/u);
    const grid = page.locator('chunk-grid');
    await grid.focus();
    await grid.press('End');
    await becomes(() => announced(page), 'chunk 99, in file');
    await grid.press('ArrowRight');
    await becomes(() => announced(page), 'chunk 100, in file');
    await grid.press('Control+End');
    await becomes(() => announced(page), 'chunk 5431, in file');
  });
}

export async function checkZoomAndDrag(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^cube/u);
    const grid = page.locator('chunk-grid');
    await grid.waitFor();
    const saved = () => page.evaluate(() => JSON.parse(globalThis.sessionStorage.getItem('kept') ?? '').gridView);
    const position = { x: 103, y: 103 };
    await grid.hover({ position });
    await page.mouse.wheel(0, -100);
    await page.waitForTimeout(50);
    assert.equal((await saved()).zoom, 1, 'without the focus the wheel scrolls the page');
    await grid.focus();
    for (let turn = 0; turn < 8; turn += 1) await page.mouse.wheel(0, -100);
    await page.waitForFunction(() => JSON.parse(globalThis.sessionStorage.getItem('kept') ?? '').gridView.zoom > 5);
    const near = await saved();
    const box = await grid.boundingBox();
    assert.ok(box !== null);
    await page.mouse.move(box.x + 100, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 80, { steps: 4 });
    await page.mouse.up();
    await satisfies(saved, (dragged) => dragged.x > near.x && dragged.y > near.y, 'the grid follows the drag');
    assert.equal(
      (await sentOf(page, 'request')).filter(({ method }) => method === 'chunk').length,
      0,
      'a drag opens nothing',
    );
    await page.getByRole('button', { name: 'Show the whole grid' }).click();
    await becomes(async () => (await saved()).zoom, 1);
  });
}

/** How far a byte of the grid's picture is from what it was when this was asked last with `keep`, at most; 255 at first. */
async function pixelChange(/** @type {import('playwright-core').Page} */ page, /** @type {boolean} */ keep) {
  return page.evaluate(async (keeps) => {
    // What changed is drawn at the next frame.
    for (let frame = 0; frame < 2; frame += 1)
      await new Promise((resolve) => globalThis.requestAnimationFrame(resolve));
    const canvas = globalThis.document.querySelector('chunk-grid canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const before = globalThis.keptPixels;
    const change = data.reduce((most, byte, at) => Math.max(most, Math.abs(byte - (before?.[at] ?? 255 - byte))), 0);
    if (keeps) globalThis.keptPixels = data;
    return change;
  }, keep);
}

/** What was drawn before is moved in a drag: it must be the picture that is drawn there anew. */
export async function checkDraggedGridAsDrawnAnew(/** @type {WithPage} */ withPage) {
  for (const scale of [1, 1.25, 2]) {
    await withPage({ size: { width: 1200, height: 900 }, scale }, async (page) => {
      const grid = page.locator('chunk-grid');
      await grid.waitFor();
      // Chunks of every kind, each with its mark.
      await checkDrag(page, scale, 1);
      await select(page, /^cube/u);
      // Beside the malformed chunk.
      await tell(page, { type: 'show', path: 'cube', indices: [0, 444, 550] });
      await page.getByText('chunk 0.444.550, in file', { exact: true }).waitFor();
      // Cells smaller than four pixels, then such as are drawn one by one: without marks, and with them.
      for (const zooms of [2, 4, 6]) await checkDrag(page, scale, zooms);
    });
  }
}

async function checkDrag(
  /** @type {import('playwright-core').Page} */ page,
  /** @type {number} */ scale,
  /** @type {number} */ zooms,
) {
  const grid = page.locator('chunk-grid');
  const box = await grid.boundingBox();
  assert.ok(box !== null);
  await grid.press('0');
  for (let turn = 0; turn < zooms; turn += 1) await grid.press('+');
  await pixelChange(page, true);
  await page.mouse.move(box.x + 200, box.y + 150);
  await page.mouse.down();
  for (const [x, y] of [
    [180, 130],
    [173, 107],
    [211, 114],
  ]) {
    await page.mouse.move(box.x + x, box.y + y, { steps: 3 });
    assert.ok((await pixelChange(page, true)) > 30, 'the grid follows the drag');
  }
  await page.mouse.up();
  await pixelChange(page, true);
  // With other cells, and with the first again, all of it is drawn anew.
  await page.getByLabel('Colour by').selectOption('size');
  await page.getByText('2.0 KiB').waitFor();
  assert.ok((await pixelChange(page, false)) > 30, 'the grid is drawn in other colours');
  await page.getByLabel('Colour by').selectOption('');
  await page.getByText('2.0 KiB').waitFor({ state: 'detached' });
  await grid.focus();
  await satisfies(
    () => pixelChange(page, false),
    (change) => change === 0,
    `at ${scale}, zoomed ${zooms} times, it is not the same picture`,
  );
}

export async function checkShadesAndSelection(/** @type {WithPage} */ withPage) {
  await withPage({ theme: 'dark', size: { width: 1200, height: 900 } }, async (page) => {
    const grid = page.locator('chunk-grid');
    await grid.waitFor();
    await page.getByLabel('Colour by').selectOption('size');
    await page.getByText('2.0 KiB').waitFor();
    await picture(page, 'shades-size-dark');
    await page.getByLabel('Colour by').selectOption('target');
    await page.getByText('elevation.tif', { exact: true }).waitFor();
    await page.getByText('and 10 more, whose colours repeat').waitFor();
    await becomes(
      async () => (await sentOf(page, 'request')).findLast(({ method }) => method === 'grid').payload.window.shade,
      'target',
    );
    await grid.focus();
    await grid.press('ArrowRight');
    await grid.press('Shift+ArrowDown');
    await grid.press('Shift+ArrowRight');
    await becomes(() => page.locator('#grid-selected').innerText(), '4 chunks from 0.1 to 1.2 selected');
    await picture(page, 'shades-target-dark');
    await grid.press('ArrowDown');
    await matches(() => page.locator('#grid-selected').innerText(), /^chunk 2\.2, /u);
    await select(page, /^cube/u);
    await page.getByText('2020-01-01 to 2020-01-05').waitFor();
    await page.getByLabel('Index along time').fill('3');
    await page.getByLabel('Index along time').press('Enter');
    await page.getByText('2020-01-16 to 2020-01-20').waitFor();
  });
}
