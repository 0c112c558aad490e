import assert from 'node:assert/strict';
import { picture } from './harness.mjs';
import { becomes, matches } from './soon.mjs';
import { host, lastSent, openChunk, select, sentOf, waitForAnnouncement } from './steps.mjs';

/** @typedef {import('./steps.mjs').WithPage} WithPage */
/** @typedef {import('playwright-core').Page} Page */

async function openDrifting(/** @type {Page} */ page) {
  await select(page, /^drifting/u);
  await openChunk(page, []);
  await page.getByRole('heading', { name: 'Pipeline' }).waitFor();
}

async function openWhatIf(/** @type {Page} */ page) {
  await openDrifting(page);
  const summary = page.locator('.what-if > summary');
  await summary.focus();
  await summary.press('Enter');
  await page.getByRole('heading', { name: 'Likely' }).waitFor();
}

/** The statistics of both sides by their names. */
async function statistics(/** @type {Page} */ page) {
  const rows = await page
    .locator('.tried .numbers tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
  return Object.fromEntries(rows.map(([name, ...cells]) => [name, cells]));
}

export async function checkPipelineSteps(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openDrifting(page);
    const steps = page.locator('.pipeline > .steps > .step');
    await becomes(() => steps.count(), 4);
    const inflated = steps.nth(1);
    await matches(() => inflated.innerText(), /zlib: inflates\s+40 KiB in, 128 KiB out, × 3\.18, 4\.2 ms/u);
    await inflated.getByText('Configuration').click();
    await becomes(() => inflated.locator('pre').innerText(), '{"level": 6}');
    // The stored bytes are no array; what comes behind them is.
    await becomes(() => page.locator('.pipeline > .steps canvas').count(), 3);
    await matches(() => inflated.getByRole('img').getAttribute('aria-label'), /^zlib as <u2, colours from /u);
    const [differences, made] = await page
      .locator('.pipeline > .steps canvas')
      .evaluateAll((all) => all.slice(0, 2).map((canvas) => canvas.toDataURL()));
    assert.notEqual(differences, made, 'the pictures of the steps differ');
  });
}

export async function checkPipelineBytes(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openDrifting(page);
    await page.getByRole('button', { name: 'Bytes of zlib' }).click();
    const bytes = page.locator('stage-bytes');
    await bytes.getByText('0 to 255 of 131,072').waitFor();
    assert.equal((await sentOf(page, 'request')).filter(({ method }) => method === 'stageBytes').length, 0);
    const offset = bytes.getByLabel('Offset');
    await offset.fill('0x1008');
    await offset.press('Enter');
    await bytes.getByText('4,096 to 4,351 of 131,072').waitFor();
    await matches(() => bytes.locator('code').first().innerText(), /^1000\s+00 01 02 03/u);
    const { payload } = await lastSent(page, 'request');
    assert.deepEqual(payload, {
      path: 'drifting',
      indices: [0, 0],
      encoding: null,
      stage: 1,
      offset: 4096,
      length: 256,
    });
    await bytes.locator('pre').press('PageDown');
    await bytes.getByText('4,352 to 4,607').waitFor();
    await becomes(() => page.locator('.chunk h3').innerText(), 'Chunk 0.0', 'Page Down stays in the bytes');
    await offset.fill('here');
    await offset.press('Enter');
    await bytes.getByText('"here" is no offset').waitFor();
  });
}

export async function checkWhatIf(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openWhatIf(page);
    assert.equal((await sentOf(page, 'request')).filter(({ method }) => method === 'whatIf').length, 0);
    await page.getByRole('button', { name: 'imagecodecs_delta in place of delta' }).click();
    await page.locator('.tried .numbers').waitFor();
    await waitForAnnouncement(page, /^The values would be from \d+ to \d+\.$/u);
    const truth = await page.evaluate(() => {
      const all = Array.from({ length: 256 * 256 }, (_, at) => globalThis.host.height(at >> 8, at & 255));
      return [String(Math.min(...all)), String(Math.max(...all))];
    });
    const { Minimum, Maximum } = await statistics(page);
    assert.deepEqual([Minimum[1], Maximum[1]], truth);
    assert.notEqual(Maximum[0], truth[1], 'the file’s side is as readers get it');
    await becomes(() => page.locator('.tried canvas').count(), 2);
    await becomes(() => page.locator('.what-if .steps .step').count(), 4);
    await picture(page, 'what-if-wide');
    await page.getByRole('button', { name: 'Write to the File…' }).click();
    const { path, encoding } = await lastSent(page, 'rewrite');
    assert.equal(path, 'drifting');
    assert.match(encoding.codecs[0].text, /imagecodecs_delta/u);
    await page.getByRole('button', { name: 'Back to What the File Says' }).click();
    await page.getByText('Choose or change something').waitFor();
    await becomes(() => page.getByRole('button', { name: 'Write to the File…' }).count(), 0);
  });
}

export async function checkWhatIfByTyping(/** @type {WithPage} */ withPage) {
  await withPage({ size: { width: 480, height: 900 } }, async (page) => {
    await openWhatIf(page);
    const first = page.getByLabel('JSON of step 1, zlib');
    await first.fill('{"id": "zlib"');
    await page.locator('.fault').getByText('This is not JSON').waitFor();
    await becomes(() => page.locator('.codec-field textarea').first().getAttribute('aria-invalid'), 'true');
    await becomes(() => page.getByRole('button', { name: 'Write to the File…' }).count(), 0);
    await page.locator('.codec-field textarea').first().fill('{"id": "imagecodecs_lzw"}');
    await page.locator('.tried').getByText('begins with no clear code').waitFor();
    await page.locator('.what-if .step-stopped').getByText('at imagecodecs_lzw').waitFor();
    await picture(page, 'what-if-narrow');
    await page.getByRole('button', { name: 'Remove step 1, imagecodecs_lzw' }).click();
    await page.getByLabel('JSON of step 1, delta').waitFor();
    await page.getByLabel('Add a codec').selectOption({ label: 'zlib' });
    await page.getByText('Choose or change something').waitFor();
    await page.getByRole('button', { name: 'Undo step 1, zlib, later' }).press('Enter');
    await waitForAnnouncement(page, /^zlib is now step 2 of 2\.|^The values would be/u);
    const { codecs } = (await lastSent(page, 'request')).payload.encoding;
    assert.deepEqual(
      codecs.map(({ place, text }) => [place, JSON.parse(text).id]),
      [
        ['filter', 'zlib'],
        ['compressor', 'delta'],
      ],
    );
    await page.getByLabel('Data type').fill('>u2');
    await page.waitForFunction(() => globalThis.host.sent('request').at(-1).payload.encoding?.dtype === '">u2"');
  });
}

export async function checkWhatIfIsKept(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openWhatIf(page);
    await page.getByRole('button', { name: 'imagecodecs_delta in place of delta' }).click();
    await page.locator('.tried .numbers').waitFor();
    await page.reload();
    await page.locator('.tried .numbers').waitFor();
    await matches(() => page.getByLabel(/^JSON of step 2/u).inputValue(), /imagecodecs_delta/u);
    await host(page, (state) => {
      state.notWritable = 'The file is read-only.';
      state.revision += 1;
      state.sendDocument();
    });
    await page.getByText('It cannot be written. The file is read-only.').waitFor();
    await becomes(() => page.getByRole('button', { name: 'Write to the File…' }).count(), 0);
  });
}
