import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { picture, themeNames } from './harness.mjs';
import { openMap } from './map-checks.mjs';
import { openChunk, select } from './steps.mjs';

/** @typedef {import('./steps.mjs').WithPage} WithPage */
/** @typedef {import('playwright-core').Page} Page */

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What is looked at in every theme; each finds its way also where the page speaks another language (`l10n-checks.mjs`). */
export const scenes = {
  chunk: async (/** @type {Page} */ page) => {
    await openChunk(page, ['ArrowDown', 'ArrowDown', 'ArrowRight']);
    await page.locator('chunk-picture').press('ArrowRight');
    await page.getByRole('button', { name: /Bytes of \W*Stored/u }).click();
  },
  drift: async (/** @type {Page} */ page) => {
    await select(page, /^drifting/u);
    await openChunk(page, []);
    await page.locator('chunk-picture').first().waitFor();
  },
  compare: async (/** @type {Page} */ page) => {
    await select(page, /^drifting/u);
    await openChunk(page, []);
    await page.getByRole('button', { name: 'Compare with the TIFF' }).click();
    await page.locator('.compared-difference chunk-picture').press('ArrowDown');
    await page.locator('.compared-difference chunk-picture').press('Shift+ArrowDown');
  },
  'compare-nodata': async (/** @type {Page} */ page) => {
    await select(page, /^elevation/u);
    await openChunk(page, ['ArrowDown', 'ArrowDown', 'ArrowRight']);
    await page.locator('.request').getByRole('button', { name: 'Compare' }).click();
    await page.getByLabel('Compared with').selectOption('chunk');
    await page
      .getByText(/nodata in \W*the first.* alone/u)
      .first()
      .waitFor();
  },
  'compare-failure': async (/** @type {Page} */ page) => {
    await select(page, /^failures/u);
    await openChunk(page, []);
    await page.locator('.request').getByRole('button', { name: 'Compare' }).click();
    await page.getByLabel('Compared with').selectOption('tiff');
    await page.locator('.outcome-fetch-failed').waitFor();
  },
  'what-if': async (/** @type {Page} */ page) => {
    await select(page, /^drifting/u);
    await openChunk(page, []);
    await page.getByText('What if it were encoded otherwise?').click();
    await page.getByRole('button', { name: 'imagecodecs_delta in place of delta' }).click();
    await page.locator('.tried .numbers').waitFor();
    await page.locator('.what-if').scrollIntoViewIfNeeded();
  },
  cube: async (/** @type {Page} */ page) => {
    await select(page, /^cube/u);
    await openChunk(page, []);
    await page.locator('chunk-picture').waitFor();
  },
  line: async (/** @type {Page} */ page) => {
    await select(page, /^x \W?array/u);
    await page.locator('.curve-box').waitFor();
  },
  classes: async (/** @type {Page} */ page) => {
    await select(page, /^landcover/u);
    await openChunk(page, []);
    await page.getByText('evergreen_forest').waitFor();
  },
  bands: async (/** @type {Page} */ page) => {
    await select(page, /^scene/u);
    await openChunk(page, []);
    await page.getByLabel(/^\W?Bands/u).selectOption('composite');
    await page
      .locator('.legend li')
      .filter({ hasText: /Red.*: .*Band \W?4/u })
      .waitFor();
    await page.getByRole('button', { name: 'Table of Values' }).click();
    await page.locator('value-table').waitFor();
  },
  failure: async (/** @type {Page} */ page) => {
    await select(page, /^failures/u);
    await openChunk(page, []);
    await page.getByRole('heading', { name: 'Not fetched' }).waitFor();
  },
  text: async (/** @type {Page} */ page) => {
    await select(page, /^station/u);
    await openChunk(page, []);
    await page.locator('.values').waitFor();
  },
  files: async (/** @type {Page} */ page) => {
    await page.getByRole('button', { name: /^\W?Files/u }).click();
    await page.getByRole('button', { name: 'Read the File’s Structure' }).click();
    await page.getByText('TIFF, little-endian').waitFor();
    await page.locator('file-map').press('End');
    await page.getByRole('button', { name: 'Show Bytes' }).first().click();
    await page.locator('.file-hex').waitFor();
  },
  cost: async (/** @type {Page} */ page) => {
    await select(page, /^elevation/u);
    await page.getByText('What reading costs').click();
    await page.getByRole('table', { name: 'The same part in chunks of other sizes' }).waitFor();
  },
  map: async (/** @type {Page} */ page) => {
    await openMap(page, /^elevation/u);
    await page.locator('array-map').press('Shift+ArrowDown');
    await page.getByRole('button', { name: 'Select a Window' }).click();
    await page.getByRole('button', { name: 'Chunk Grid' }).click();
    await page.waitForTimeout(300);
  },
  glance: async (/** @type {Page} */ page) => {
    await page.getByRole('button', { name: 'Overview' }).click();
    await page.getByRole('table').waitFor();
    await page.getByText('Open it in Python').click();
  },
  findings: async (/** @type {Page} */ page) => {
    await page.getByRole('button', { name: /errors/u }).click();
  },
  readers: async (/** @type {Page} */ page) => {
    await page.getByRole('region', { name: 'Readers' }).evaluate((section) => section.scrollIntoView());
  },
};

/** axe finds nothing in any theme; every stop of Tab has a name and shows that it has the focus. */
export async function checkAccessibility(/** @type {WithPage} */ withPage) {
  for (const theme of themeNames) {
    await withPage({ theme, size: { width: 1200, height: 1000 } }, async (page) => {
      for (const [name, show] of Object.entries(scenes)) {
        await show(page);
        await picture(page, `${name}-${theme}`);
        assert.deepEqual(page.problems, []);
        await checkWithAxe(page, `${name} in ${theme}`);
      }
    });
  }
  await withPage({}, checkTabStops);
}

/** What axe finds in the page is an error. */
export async function checkWithAxe(/** @type {Page} */ page, /** @type {string} */ what) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ preload: false }));
  // axe tries out a style that the page's policy forbids.
  page.problems.length = 0;
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message}`).join('\n  ')}`,
  );
  assert.deepEqual(found, [], what);
}

async function checkTabStops(/** @type {Page} */ page) {
  await scenes.chunk(page);
  await page.locator('.findings-button').focus();
  const names = [];
  for (let stop = 0; stop < 75; stop += 1) {
    await page.keyboard.press('Tab');
    const { name, shown } = await page.evaluate(() => {
      const element = globalThis.document.activeElement;
      const style = globalThis.getComputedStyle(element);
      return {
        name: element.getAttribute('aria-label') ?? element.textContent.replace(/\s+/gu, ' ').trim(),
        shown: style.outlineStyle !== 'none' || element === globalThis.document.body,
      };
    });
    assert.ok(shown, `${name} does not show that it has the focus`);
    names.push(name);
  }
  for (const wanted of [
    'Open Text',
    /^elevation\s*array/u,
    /^Chunk grid of elevation/u,
    /^Picture of chunk/u,
    'Copy as curl',
    'Chunk below',
  ]) {
    const reached = names.some((name) => (typeof wanted === 'string' ? name === wanted : wanted.test(name)));
    assert.ok(reached, `Tab does not reach ${wanted}: ${names.join(' | ')}`);
  }
}
