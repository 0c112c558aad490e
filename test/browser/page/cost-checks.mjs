import assert from 'node:assert/strict';
import { becomes } from './soon.mjs';
import { openChunk, sentOf } from './steps.mjs';

/** @typedef {import('./steps.mjs').WithPage} WithPage */

export async function checkCostOfReading(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    const slices = async () =>
      (await sentOf(page, 'request')).filter(({ method }) => method === 'cost').map(({ payload }) => payload.slices);
    await openChunk(page, ['ArrowDown', 'ArrowRight']);
    assert.deepEqual(await slices(), [], 'nothing is planned before it is asked for');
    const heading = page.locator('.cost > summary');
    await heading.focus();
    await heading.press('Enter');
    // 1,436 rows and columns in chunks of 256.
    await page.locator('.cost').getByText('36', { exact: true }).first().waitFor();
    const whole = { start: 0, stop: 1436 };
    await becomes(async () => (await slices()).at(-1), [whole, whole]);
    await page.getByLabel('Part of the array').selectOption('selected');
    await page.locator('.cost').getByText('1 request, 39 KiB').first().waitFor();
    await becomes(
      async () => (await slices()).at(-1),
      [
        { start: 256, stop: 512 },
        { start: 256, stop: 512 },
      ],
    );
    // A box of chunks.
    await page.locator('chunk-grid').focus();
    await page.locator('chunk-grid').press('Shift+ArrowRight');
    await page.locator('.cost').getByText('1 request, 78 KiB').first().waitFor();
    await becomes(
      async () => (await slices()).at(-1),
      [
        { start: 256, stop: 512 },
        { start: 256, stop: 768 },
      ],
    );
    await page.locator('chunk-grid').press('Enter');
    // Typing goes on from there.
    await page.getByLabel('Part of the array').selectOption('typed');
    const stop = page.getByLabel('Index behind the last along y');
    await becomes(() => stop.inputValue(), '512');
    await stop.fill('5000');
    await stop.press('Enter');
    await page.locator('.cost').getByText('5', { exact: true }).first().waitFor();
    await becomes(
      async () => (await slices()).at(-1),
      [
        { start: 256, stop: 1436 },
        { start: 512, stop: 768 },
      ],
    );
    await becomes(() => stop.inputValue(), '1436');
  });
}
