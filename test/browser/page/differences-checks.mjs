import assert from 'node:assert/strict';
import { checkWithAxe } from './accessibility.mjs';
import { picture, themeNames } from './harness.mjs';
import { lastSent, tell } from './steps.mjs';

/** @typedef {import('./steps.mjs').WithPage} WithPage */
/** @typedef {import('playwright-core').Page} Page */

const open = (/** @type {import('./harness.mjs').OpenOptions} */ options = {}) => ({ ...options, kind: 'differences' });
const array = (/** @type {Page} */ page, /** @type {string} */ path) =>
  page.locator('details').filter({ has: page.getByRole('heading', { name: path, exact: true }) });

/** What two sets differ in is told by array, and every chunk that is named leads to itself on its own side. */
export async function checkDifferences(/** @type {WithPage} */ withPage) {
  await withPage(open(), async (page) => {
    await page.getByRole('heading', { name: 'Arrays: 4 changed, 1 added, 1 lost', level: 1 }).waitFor();
    // 4 x 30 moved, 4 x 1 added and lost, 4 x 76 in the same place.
    assert.deepEqual(await page.locator('.facts dd').allTextContents(), ['120', '4', '4', '304']);
    await page.getByText('5 arrays are the same.').waitFor();
    const rows = page.getByRole('table', { name: 'Chunks of 10m/red that differ' }).getByRole('row');
    // Below their headings 20 that moved, one added, one lost.
    assert.equal(await rows.count(), 23);
    await array(page, '10m/red').getByText('10 more moved. 76 chunks are in the same place.').waitFor();
    await page.getByRole('button', { name: /^Chunk 10m\/red\/0\.0\.1 after/u }).click();
    assert.deepEqual(await lastSent(page, 'open'), {
      type: 'open',
      side: 'after',
      path: '10m/red',
      indices: [0, 0, 1],
    });
    await page.getByRole('button', { name: /^Chunk 10m\/red\/2\.5\.5 before/u }).click();
    assert.deepEqual(await lastSent(page, 'open'), {
      type: 'open',
      side: 'before',
      path: '10m/red',
      indices: [2, 5, 5],
    });
    await page.getByRole('button', { name: '10m/blue' }).click();
    assert.deepEqual(await lastSent(page, 'open'), { type: 'open', side: 'before', path: '10m/blue', indices: null });
    await page.getByRole('button', { name: 'Swap Sides' }).click();
    assert.deepEqual(await lastSent(page, 'swap'), { type: 'swap' });
  });
}

/** What is unfolded, and how far the page is scrolled, is kept when the page is made anew. */
export async function checkDifferencesKept(/** @type {WithPage} */ withPage) {
  await withPage(open(), async (page) => {
    const [first, last] = [array(page, '10m/red'), array(page, 'time')];
    assert.deepEqual([await first.getAttribute('open'), await last.getAttribute('open')], ['', null]);
    await first.locator('summary').press('Enter');
    await last.locator('summary').press('Enter');
    await page.getByRole('table', { name: 'Values of time' }).waitFor();
    await page.evaluate(() => globalThis.scrollTo(0, 400));
    await page.waitForTimeout(200);
    await page.reload();
    await page.getByRole('table', { name: 'Values of time' }).waitFor();
    assert.deepEqual([await first.getAttribute('open'), await last.getAttribute('open')], [null, '']);
    assert.equal(await page.evaluate(() => globalThis.scrollY), 400);
  });
}

/** While sets are compared anew what was found stays where it is; a failure says what to do. */
export async function checkDifferencesComparing(/** @type {WithPage} */ withPage) {
  await withPage(open(), async (page) => {
    const heading = page.getByRole('heading', { name: 'Arrays lost (1)' });
    const before = await heading.boundingBox();
    const { sets, files } = await page.evaluate(() => globalThis.host.differences);
    await tell(page, {
      type: 'comparing',
      sets,
      files,
      message: '40 %',
    });
    await page.getByText('Comparing… 40 %').waitFor();
    assert.deepEqual(await heading.boundingBox(), before);
    const message = 'b.json was not read: in Restricted Mode nothing is fetched.';
    await tell(page, {
      type: 'failed',
      sets,
      files,
      message,
      restricted: true,
    });
    await page.getByRole('heading', { name: 'Not compared' }).waitFor();
    await page.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    assert.deepEqual(await lastSent(page, 'manageTrust'), { type: 'manageTrust' });
    assert.equal(await page.locator('body > [role=status]').textContent(), message);
  });
}

/** axe finds nothing in any theme, and nothing is wider than a narrow page. */
export async function checkDifferencesAccessibility(/** @type {WithPage} */ withPage) {
  for (const theme of themeNames) {
    await withPage(open({ theme }), async (page) => {
      await picture(page, `differences-${theme}`);
      await checkWithAxe(page, `differences in ${theme}`);
    });
  }
  await withPage(open({ size: { width: 360, height: 800 } }), async (page) => {
    await picture(page, 'differences-narrow');
    const wide = await page.evaluate(() => globalThis.document.documentElement.scrollWidth);
    assert.ok(wide <= 360, `The page is ${wide} pixels wide.`);
  });
}
