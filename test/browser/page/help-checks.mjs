import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { picture, themeNames } from './harness.mjs';
import { becomes } from './soon.mjs';
import { select } from './steps.mjs';

/** @typedef {import('./steps.mjs').WithPage} WithPage */
/** @typedef {import('playwright-core').Page} Page */

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const focused = (/** @type {Page} */ page) =>
  page.evaluate(() => {
    const element = globalThis.document.activeElement;
    return element?.getAttribute('data-path') ?? element?.getAttribute('aria-label') ?? element?.className ?? '';
  });

/** `?` opens the help from the tree and the grid, not from a field; the focus stays inside and goes back. */
export async function checkHelpByKeyboard(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    const dialog = page.getByRole('dialog', { name: 'Keys and outcomes' });
    const search = page.getByRole('searchbox');
    await search.press('?');
    await becomes(() => search.inputValue(), '?', 'a field takes ? as text');
    assert.equal(await dialog.count(), 0);
    await search.fill('');
    await select(page, /^axes/u);
    await page.keyboard.press('ArrowUp');
    const before = await focused(page);
    await page.keyboard.press('?');
    await dialog.waitFor();
    await page.keyboard.press('?');
    await becomes(() => dialog.count(), 1);
    const stops = [];
    for (let stop = 0; stop < 4; stop += 1) {
      stops.push(await focused(page));
      await page.keyboard.press('Tab');
    }
    assert.deepEqual(stops, ['Close', 'help-body', 'Close', 'help-body']);
    await page.keyboard.press('Shift+Tab');
    await becomes(() => focused(page), 'help-body');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await becomes(() => focused(page), before, 'the focus goes back');
    const grid = page.locator('chunk-grid');
    await select(page, /^elevation/u);
    await grid.press('?');
    await dialog.waitFor();
    await page.getByRole('button', { name: 'Close' }).press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await becomes(() => grid.evaluate((element) => element === globalThis.document.activeElement), true);
  });
}

/** The button opens it too; a click beside it closes it. It names the five outcomes, and fits a narrow page. */
export async function checkHelpByPointer(/** @type {WithPage} */ withPage) {
  await withPage({ size: { width: 420, height: 700 } }, async (page) => {
    await page.getByRole('button', { name: 'Keys and outcomes' }).click();
    const dialog = page.getByRole('dialog', { name: 'Keys and outcomes' });
    await dialog.getByText('Selects a box of chunks').waitFor();
    await becomes(
      () => dialog.locator('.help-outcomes h4').allInnerTexts(),
      ['Absent', 'Not fetched', 'Not the bytes asked for', 'Fetched, not decoded', 'All fill'],
    );
    const body = dialog.locator('.help-body');
    await becomes(
      () => body.evaluate((element) => element.scrollWidth <= element.clientWidth),
      true,
      'nothing is cut off',
    );
    await picture(page, 'help-light-420');
    await page.mouse.click(4, 4);
    await dialog.waitFor({ state: 'hidden' });
  });
}

/** axe finds nothing in it in any theme. */
export async function checkHelpInThemes(/** @type {WithPage} */ withPage) {
  for (const theme of themeNames) {
    await withPage({ theme, size: { width: 1200, height: 1000 } }, async (page) => {
      await page.evaluate(axe);
      await page.getByRole('button', { name: 'Keys and outcomes' }).click();
      await page.getByRole('dialog').waitFor();
      await picture(page, `help-${theme}`);
      const { violations } = await page.evaluate(() => globalThis.axe.run({ preload: false }));
      // axe tries out a style that the page's policy forbids.
      page.problems.length = 0;
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`),
        [],
        theme,
      );
    });
  }
}
