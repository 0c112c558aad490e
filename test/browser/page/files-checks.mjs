import assert from 'node:assert/strict';
import { becomes, matches } from './soon.mjs';
import { announced, host, lastSent, openChunk, sentOf } from './steps.mjs';

/** @typedef {import('./steps.mjs').WithPage} WithPage */
/** @typedef {import('playwright-core').Page} Page */

/** CSS pixels: the margin of a drawing, and from one row of the map to the next. */
const margin = 3;
const pitch = 25;

async function openFiles(/** @type {Page} */ page) {
  await page.getByRole('button', { name: 'Files', exact: true }).click();
  await page.locator('file-map').waitFor();
}

async function readStructure(/** @type {Page} */ page) {
  await page.getByRole('button', { name: 'Read the File’s Structure' }).click();
  await page.getByText('TIFF, little-endian').waitFor();
}

const requestsFor = async (/** @type {Page} */ page, /** @type {string} */ method) =>
  (await sentOf(page, 'request')).filter((request) => request.method === method);

export async function checkFilesByKeyboard(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openFiles(page);
    // Nothing is fetched before the user asks for it.
    await becomes(async () => (await requestsFor(page, 'targetMap')).map(({ payload }) => payload.read), [false]);
    await readStructure(page);
    await becomes(async () => (await requestsFor(page, 'targetMap')).at(-1).payload.read, true);
    const map = page.locator('file-map');
    await map.focus();
    const speaks = async (/** @type {string} */ key, /** @type {RegExp} */ words) => {
      await map.press(key);
      await matches(() => announced(page), words);
    };
    await speaks('ArrowRight', /^header of the TIFF, bytes 0 to 7, 8 bytes\. Region 1 of 101\.$/u);
    await speaks('ArrowRight', /^ghost area: .*, bytes 8 to 190, 183 bytes\. Region 2 of 101\.$/u);
    await speaks('ArrowRight', /^IFD 0, bytes 191 to 400, 210 bytes/u);
    await speaks('ArrowRight', /^ModelPixelScale \(tag 33550\) of IFD 0, bytes 401 to 448/u);
    await speaks('End', /^chunk 5\.5 of elevation, tile 35 of IFD 0, .* Region 101 of 101\.$/u);
    await speaks('ArrowRight', /Region 101 of 101\.$/u);
    await map.press('Enter');
    await page.getByRole('heading', { name: 'Chunk 5.5', exact: true }).waitFor();
    await becomes(async () => (await lastSent(page, 'request')).payload, { path: 'elevation', indices: [5, 5] });
    // And back, where it was.
    await page.getByRole('button', { name: 'Files', exact: true }).click();
    await page.getByText('Chunk 5.5 of elevation, tile 35 of IFD 0').waitFor();
  });
}

export async function checkFilesByPointer(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openFiles(page);
    await readStructure(page);
    const map = page.locator('file-map');
    const box = await map.boundingBox();
    assert.ok(box !== null);
    // The last row ends with the last tile.
    const position = { x: box.width - margin - 2, y: margin + 11 * pitch + 5 };
    await map.hover({ position });
    await page.getByText(/^Pointer: chunk 5\.5 of elevation, tile 35 of IFD 0, bytes/u).waitFor();
    await map.click({ position });
    await page.locator('#region-selected').getByText('Chunk 5.5 of elevation, tile 35 of IFD 0').waitFor();
    await page.getByRole('button', { name: 'Copy Range' }).click();
    await matches(async () => (await lastSent(page, 'copy')).text, /^bytes=\d+-\d+$/u);
    // A second click opens it.
    await map.click({ position });
    await page.getByRole('heading', { name: 'Chunk 5.5', exact: true }).waitFor();
  });
}

export async function checkChunkInItsFile(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openChunk(page, ['ArrowDown', 'ArrowDown', 'ArrowRight']);
    await page.getByRole('button', { name: 'Show in File' }).click();
    await page.locator('#region-selected').getByText('Chunk 2.1 of elevation').waitFor();
    await becomes(async () => (await requestsFor(page, 'targetMap')).at(-1).payload.place, {
      kind: 'chunk',
      path: 'elevation',
      indices: [2, 1],
    });
  });
}

export async function checkBytesOfFile(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openFiles(page);
    assert.equal((await requestsFor(page, 'targetBytes')).length, 0);
    const offset = page.getByLabel('Offset of the first byte');
    await offset.fill('0x1004');
    await offset.press('Enter');
    const dump = page.locator('.file-hex');
    await dump.waitFor();
    const first = async () => (await dump.locator('code').first().innerText()).replace(/\s+/gu, ' ');
    // The line that the byte stands in: 4,096 is 0x1000.
    await matches(() => first(), /^00001000 4,096 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f \.{16}$/u);
    await becomes(() => dump.locator('code').count(), 256);
    await page.getByRole('button', { name: 'Next 4,096 bytes' }).click();
    await dump.getByText('00002000').waitFor();
    await dump.focus();
    await dump.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await dump.press('PageDown');
    await dump.getByText('00003000').waitFor();
    // A key scrolls in the browser's own time: the next one comes when the dump has stood at its beginning for 20 frames.
    await dump.evaluate(async (element) => {
      for (let still = 0; still < 20; still += 1) {
        if (element.scrollTop !== 0) still = 0;
        element.scrollTop = 0;
        await new Promise((resolve) => globalThis.requestAnimationFrame(resolve));
      }
    });
    await dump.press('PageUp');
    await dump.getByText('00002000').waitFor();
    await offset.fill('12 apples');
    await offset.press('Enter');
    await matches(() => announced(page), /^12 apples is no offset/u);
    await becomes(async () => (await requestsFor(page, 'targetBytes')).at(-1).payload.offset, 0x2000);
  });
}

export async function checkMillionRegions(/** @type {WithPage} */ withPage) {
  await withPage({ size: { width: 1400, height: 900 } }, async (page) => {
    await openFiles(page);
    await page.locator('.targets button').nth(1).click();
    await page.getByText('1,000,000 regions').waitFor();
    await page.getByText('It is no TIFF').waitFor();
    const map = page.locator('file-map');
    await map.focus();
    await map.press('End');
    await matches(() => announced(page), /Region 1,000,000 of 1,000,000\.$/u);
    await map.press('ArrowLeft');
    await matches(() => announced(page), /^chunk 499999 of series, .*Region 999,999/u);
    for (const key of ['+', '+', '+', '-']) await map.press(key);
    await map.press('ArrowLeft');
    await matches(() => announced(page), /Region 999,998/u);
    await page.getByRole('button', { name: 'Show the whole file' }).click();
    await page.getByRole('button', { name: 'Strip' }).click();
    await page.getByText(/^Bytes 0 to /u).waitFor();
  });
}

export async function checkFilesKept(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openFiles(page);
    await readStructure(page);
    const map = page.locator('file-map');
    await map.focus();
    await map.press('End');
    await page.reload();
    await page.locator('#region-selected').getByText('Chunk 5.5 of elevation, tile 35 of IFD 0').waitFor();
  });
}

export async function checkFilesRestricted(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await host(page, (steered) => {
      steered.trusted = false;
      steered.sendDocument();
    });
    await openFiles(page);
    await page.getByText('Restricted Mode: its headers are not fetched').waitFor();
    await becomes(() => page.getByRole('button', { name: 'Read the File’s Structure' }).count(), 0);
  });
}
