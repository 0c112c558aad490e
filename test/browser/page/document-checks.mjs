import assert from 'node:assert/strict';
import { picture } from './harness.mjs';
import { becomes, satisfies } from './soon.mjs';
import { lastSent, host, openChunk, select, sentOf, tell } from './steps.mjs';

/** @typedef {import('./steps.mjs').WithPage} WithPage */

export async function checkTreeByKeyboard(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    const focused = () => page.evaluate(() => globalThis.document.activeElement?.getAttribute('data-path'));
    await page.getByRole('searchbox').focus();
    await page.keyboard.press('ArrowDown');
    await becomes(() => focused(), 'elevation');
    await page.keyboard.press('ArrowDown');
    await becomes(() => focused(), 'drifting');
    await page.keyboard.type('ax');
    await becomes(() => focused(), 'axes');
    await page.keyboard.press('ArrowLeft');
    await becomes(() => page.getByRole('treeitem', { name: /^x array 1,436 <f8/u }).count(), 0);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await becomes(() => focused(), 'axes/x');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'axes/x' }).waitFor();
    await becomes(() => focused(), 'axes/x', 'the focus stays in the tree');
    await becomes(() => page.locator('[role=treeitem][tabindex="0"]').count(), 1, 'one stop for Tab');
  });
}

export async function checkSearch(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await page.getByRole('searchbox').fill('S/X');
    await becomes(
      () => page.getByRole('treeitem').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-path'))),
      ['', 'axes', 'axes/x'],
    );
    await page.getByRole('searchbox').fill('no such thing');
    await page.getByText('Nothing has this in its path.').waitFor();
  });
}

export async function checkGroupsAndUnreadableArrays(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^\/ group/u);
    await page.getByRole('heading', { level: 2, name: 'Root group' }).waitFor();
    await page.getByRole('button', { name: 'pixels' }).click();
    await page.getByRole('heading', { level: 2, name: 'pixels' }).waitFor();
    await select(page, /^damaged/u);
    await page.getByText('"chunks" has 1 length where "shape" has 2.').waitFor();
    await page.getByRole('button', { name: 'Show in Text' }).click();
    await becomes(async () => (await lastSent(page, 'showText')).range.line, 210);
    await select(page, /^none/u);
    await page.getByText('The array has no elements, and no chunks.').waitFor();
  });
}

export async function checkGlance(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await page.getByRole('button', { name: 'Overview' }).click();
    const table = page.getByRole('table');
    await table.getByRole('rowheader', { name: 'elevation' }).waitFor();
    const names = () =>
      table.getByRole('rowheader').evaluateAll((cells) => cells.map((cell) => cell.querySelector('button')?.innerText));
    const before = await names();
    const stored = table.getByRole('columnheader', { name: 'Stored' });
    await stored.getByRole('button').press('Enter');
    await becomes(() => stored.getAttribute('aria-sort'), 'descending');
    // 4,000,000 x 3,000,000 values of 2 bytes.
    await becomes(async () => (await names())[0], 'vast');
    await picture(page, 'glance');
    await page.getByText('Open it in Python').click();
    await page.setViewportSize({ width: 700, height: 1000 });
    await picture(page, 'glance-700');
    await page.setViewportSize({ width: 1000, height: 900 });
    await stored.getByRole('button').press('Enter');
    await becomes(() => stored.getAttribute('aria-sort'), 'ascending');
    await stored.getByRole('button').press('Enter');
    await becomes(() => names(), before);
    await table.getByText('34 of 36, 1 malformed').waitFor();
    await page.getByRole('button', { name: 'Copy zarr Code' }).click();
    await becomes(async () => (await lastSent(page, 'copy')).text, 'import zarr\n');
    await table.getByRole('button', { name: 'pixels' }).click();
    await page.getByRole('heading', { level: 2, name: 'pixels' }).waitFor();
    await page.getByRole('button', { name: 'Copy Metadata' }).click();
    await becomes(async () => (await lastSent(page, 'copy')).text, '{"zarr_format": 2}');
  });
}

export async function checkFindings(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await page.getByRole('button', { name: '2 errors 16 warnings 1 note' }).click();
    await page.getByRole('heading', { name: 'Findings' }).waitFor();
    await page.getByRole('button', { name: 'Line 88' }).click();
    await becomes(async () => (await lastSent(page, 'showText')).range.line, 88);
    await page.getByText('The first 2 of 16 places').click();
    await page.getByRole('button', { name: 'drifting/0.1' }).click();
    await becomes(async () => (await lastSent(page, 'showText')).range.line, 91);
    await page.getByRole('button', { name: 'Show Chunk' }).nth(1).click();
    await page.getByRole('heading', { level: 2, name: 'drifting' }).waitFor();
    await page.getByRole('button', { name: '2 errors 16 warnings 1 note' }).click();
    await page.getByRole('button', { name: 'damaged', exact: true }).click();
    await page.getByText('"chunks" has 1 length where "shape" has 2.').waitFor();
    await page.getByRole('button', { name: '2 errors 16 warnings 1 note' }).click();
    // A choice in the tree leads back from the findings.
    await select(page, /^elevation/u);
    await page.getByRole('heading', { level: 2, name: 'elevation' }).waitFor();
    await page.getByText('about this array').click();
    await page.getByText('elevation/0.5 has two elements').waitFor();
  });
}

export async function checkReaders(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    const findings = page.locator('.findings-button');
    await findings.click();
    const section = page.getByRole('region', { name: 'Readers' });
    const rows = section.locator('.reader');
    const inWords = (/** @type {number} */ at) => rows.nth(at).locator('p').first().innerText();
    await becomes(() => inWords(0), 'fsspec + zarr-python 3: reads all 9 arrays.');
    await becomes(() => inWords(1), 'zarrita: 8 of 9 arrays, it has no codec imagecodecs_delta.');
    await becomes(() => inWords(2), 'GDAL: cannot, it refuses templates.');
    await becomes(() => rows.nth(2).getByRole('button').count(), 1, 'what stops it from the file leads to no array');
    // The keyboard alone: to the entry in the text, and to the array.
    await rows.nth(2).getByRole('button', { name: 'Line 3, templates' }).press('Enter');
    await becomes(async () => (await lastSent(page, 'showText')).range.line, 3);
    await section.getByText('The first 100 places that stop VirtualiZarr').press('Enter');
    await section.evaluate((element) => element.scrollIntoView());
    await picture(page, 'reader-places-light-1000');
    await rows.nth(3).getByRole('button', { name: 'Line 91, drifting/1.0' }).press('Enter');
    await becomes(async () => (await lastSent(page, 'showText')).range.line, 91);
    await section.scrollIntoViewIfNeeded();
    await rows.nth(1).getByRole('button', { name: 'elevation', exact: true }).press('Enter');
    await page.getByRole('heading', { level: 2, name: 'elevation' }).waitFor();
    // An entry that names a chunk opens it.
    await findings.click();
    await rows.nth(3).getByRole('button', { name: 'drifting', exact: true }).first().click();
    await page.getByRole('heading', { level: 3, name: 'Chunk 0.0' }).waitFor();
    // Also where nothing is wrong; and not as long as the file is not checked.
    await findings.click();
    await host(page, (all) => {
      all.send({ type: 'findings', revision: all.revision, findings: [], readers: all.readers.slice(0, 1) });
    });
    await page.getByText('Nothing was found that is wrong with this file.').waitFor();
    await becomes(() => rows.count(), 1);
    await tell(page, { type: 'notChecked', revision: 1, error: { code: 'fetch-failed', message: 'No worker.' } });
    await section.waitFor({ state: 'detached' });
  });
}

export async function checkFindingsThatFail(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    const error = { code: 'fetch-failed', message: 'The worker has ended with code 1.' };
    await tell(page, { type: 'notChecked', revision: 1, error });
    await page.getByRole('button', { name: 'Not checked' }).click();
    await page.getByText('The worker has ended with code 1.').waitFor();
    await picture(page, 'not-checked-light-1000');
    await page.getByRole('button', { name: 'Try Again' }).click();
    await becomes(() => lastSent(page, 'check'), { type: 'check' });
    await page.getByText('The file is being checked…').waitFor();
    await tell(page, { type: 'findings', revision: 1, findings: [], readers: [] });
    await page.getByText('Nothing was found that is wrong with this file.').waitFor();
  });
}

export async function checkLongLists(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await select(page, /^big/u);
    await page.getByRole('heading', { name: '99,001 attributes' }).waitFor();
    await page.getByText('99,000 more attributes: the text has them.').waitFor();
    await host(page, (all) => {
      const groups = Array.from({ length: 50_000 }, (_, at) => ({ kind: 'group', path: `a${at}` }));
      const text = JSON.stringify([{ kind: 'group', path: '' }, ...groups]);
      const nodes = new globalThis.TextEncoder().encode(text).buffer;
      const outline = { version: 1, bytes: 1, nodes, targets: { count: 0, first: [] } };
      all.document = { kind: 'outline', name: 'elevation.kerchunk.json', outline };
      all.revision += 1;
      all.sendDocument();
    });
    await page.locator('.subtitle').filter({ hasText: '50,001 groups' }).waitFor();
    const rows = page.getByRole('treeitem');
    const drawn = async () => (await rows.count()) < 500;
    assert.ok(await drawn(), 'rows far out of view are not in the page');
    await page.locator('[role=treeitem][data-path=""]').click();
    await page.getByText('49,000 more members: search to see them.').waitFor();
    await becomes(() => page.locator('.children li').count(), 1000);
    await host(page, (all) => {
      const range = { line: 3, column: 5, endLine: 3, endColumn: 30 };
      const finding = {
        code: 'a/b',
        title: 'Much is wrong.',
        severity: 'error',
        message: 'Wrong.',
        range,
        count: 1,
        samples: [],
      };
      const findings = Array.from({ length: 20_000 }, (_, at) => ({ ...finding, path: `a${at}` }));
      all.send({ type: 'findings', revision: all.revision, findings, readers: [] });
    });
    await page.getByRole('button', { name: '20,000 errors' }).waitFor();
    await page.getByRole('button', { name: '20,000 errors' }).click();
    await page.getByText('20,000 times in 20,000 arrays and groups').waitFor();
    await becomes(() => page.locator('.finding').count(), 501, 'the row of the rule, and its first 500');
    await page.getByText('Much is wrong.').click();
    await page.getByText('19,500 more findings: mend those above first.').waitFor();
  });
}

/** Fifty thousand arrays in the root group, of which few rows are in the page. */
export async function checkLongTree(/** @type {WithPage} */ withPage) {
  await withPage({ size: { width: 1000, height: 700 } }, async (page) => {
    await host(page, (all) => {
      const array = { kind: 'array', shape: [4], dtype: '<u2' };
      const arrays = Array.from({ length: 50_000 }, (_, at) => ({ ...array, path: `a${at}` }));
      const text = JSON.stringify([{ kind: 'group', path: '' }, ...arrays]);
      const nodes = new globalThis.TextEncoder().encode(text).buffer;
      all.document = {
        kind: 'outline',
        name: 'elevation.kerchunk.json',
        outline: { version: 1, bytes: 1, nodes, targets: { count: 0, first: [] } },
      };
      all.revision += 1;
      all.sendDocument();
    });
    await page.locator('.subtitle').filter({ hasText: '50,000 arrays' }).waitFor();
    const tree = page.getByRole('tree');
    const inPage = () => page.getByRole('treeitem').count();
    const focused = () => page.evaluate(() => globalThis.document.activeElement?.getAttribute('data-path'));
    const inView = () =>
      page.evaluate(() => {
        const { top, bottom } = globalThis.document.querySelector('.tree').getBoundingClientRect();
        const rows = [...globalThis.document.querySelectorAll('[role=treeitem]')].map((row) => ({
          path: row.dataset.path,
          box: row.getBoundingClientRect(),
        }));
        return rows.filter(({ box }) => box.top >= top - 1 && box.bottom <= bottom + 1).map(({ path }) => path);
      });
    assert.ok((await inPage()) <= 401, 'rows far out of view are not in the page');
    const height = await tree.evaluate((element) => element.scrollHeight);
    await page.locator('[role=treeitem][data-path="a2"]').click();
    await page.keyboard.press('ArrowDown');
    await becomes(focused, 'a3');
    await page.keyboard.press('End');
    await becomes(focused, 'a49999');
    await satisfies(inView, (paths) => paths.includes('a49999'), 'the row with the focus is in view');
    const last = page.locator('[role=treeitem][data-path="a49999"]');
    assert.deepEqual(
      [await last.getAttribute('aria-posinset'), await last.getAttribute('aria-setsize')],
      ['50000', '50000'],
    );
    await page.keyboard.press('ArrowUp');
    await becomes(focused, 'a49998');
    // A place that is scrolled to is drawn without a gap; the focus stays where it was, and keys go on from there.
    await tree.evaluate((element) =>
      element.scrollTo(0, (20_000 * element.querySelector('.tree-rows').clientHeight) / 50_001),
    );
    await satisfies(
      inView,
      (paths) => paths.length >= 20 && paths.every((path, index) => path === `a${19_999 + index}`),
      'all rows in view are drawn',
    );
    await becomes(focused, 'a49998');
    assert.ok((await inPage()) <= 402, 'few rows are in the page');
    assert.equal(await tree.evaluate((element) => element.scrollHeight), height, 'the scroll bar does not jump');
    await page.keyboard.press('ArrowUp');
    await becomes(focused, 'a49997');
    await page.keyboard.press('Home');
    await becomes(focused, '');
    await page.keyboard.type('a4321', { delay: 20 });
    await becomes(focused, 'a4321');
    await satisfies(inView, (paths) => paths.includes('a4321'), 'what was typed is in view');
    await page.getByRole('searchbox').fill('a4998');
    await becomes(inPage, 12, 'the root, a4998 and a49980 to a49989');
    await becomes(async () => (await inView()).length, 12, 'what is found is in view');
    await page.getByRole('searchbox').press('ArrowDown');
    await becomes(focused, '');
  });
}

export async function checkArrayInWords(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await page.getByText('y 1,436 × x 1,436, unsigned 16-bit integers, little-endian. Chunks of 256 × 256.').waitFor();
    await page.getByText('imagecodecs_delta: sums the differences along axis -1').waitFor();
    await page.getByRole('button', { name: 'Copy xarray Code' }).click();
    const copied = await lastSent(page, 'copy');
    assert.match(copied.text, /xr\.open_dataset/u);
    assert.equal(copied.what, 'The xarray code');
    await page.getByRole('button', { name: 'Open Text' }).click();
    await lastSent(page, 'openText');
    await select(page, /^failures/u);
    await page.getByText('Not known here').waitFor();
  });
}

export async function checkFailedDocument(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await host(page, (all) => {
      const range = { line: 7, column: 3, endLine: 7, endColumn: 9 };
      const error = { code: 'not-json', message: 'Line 7 has a comma too many.' };
      all.document = { kind: 'failed', name: 'elevation.kerchunk.json', error, range };
      all.revision += 1;
      all.sendDocument();
    });
    await page.getByRole('heading', { name: 'elevation.kerchunk.json cannot be shown' }).waitFor();
    await page.getByText('Line 7, column 3.').waitFor();
    await page.getByRole('button', { name: 'Show in Text' }).click();
    await becomes(async () => (await lastSent(page, 'showText')).range.line, 7);
    // It opens the text at that place; a second button beside it would do the same.
    await becomes(() => page.getByRole('button', { name: 'Open Text' }).count(), 0);
    const hint = page.getByText('References are written by Generate Kerchunk');
    assert.equal(await hint.count(), 0);
    await host(page, (all) => {
      const error = { code: 'malformed-reference', message: 'The file is JSON, and its "refs" is empty.' };
      all.document = { kind: 'failed', name: 'elevation.kerchunk.json', error, range: null };
      all.revision += 1;
      all.sendDocument();
    });
    await hint.waitFor();
    await page.getByRole('button', { name: 'Open Text' }).click();
    await lastSent(page, 'openText');
  });
}

export async function checkRestrictedMode(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await host(page, (all) => {
      all.trusted = false;
      all.sendDocument();
    });
    await page.getByText('Restricted Mode: nothing is fetched.').waitFor();
    await page.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await lastSent(page, 'manageTrust');
  });
}

export async function checkChangesOfTheText(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openChunk(page, ['ArrowDown', 'ArrowDown']);
    await page.getByText('elevation/2.0', { exact: true }).waitFor();
    const before = (await sentOf(page, 'request')).length;
    await host(page, (all) => {
      all.revision += 1;
      all.sendDocument();
    });
    await page.waitForFunction((count) => globalThis.host.sent('request').length >= count + 3, before);
    const methods = (await sentOf(page, 'request')).slice(before).map(({ method }) => method);
    assert.deepEqual(methods, ['describeArray', 'grid', 'chunk'], 'what is shown is asked for anew, the array first');
    await page.getByText('elevation/2.0', { exact: true }).waitFor();
    await host(page, (all) => {
      all.revision += 1;
      all.without = ['elevation'];
      all.sendDocument();
    });
    await page.getByRole('heading', { level: 2, name: 'drifting' }).waitFor();
  });
}

export async function checkLinksFromOutside(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await tell(page, { type: 'show', path: 'pixels', indices: [3, 4, 0] });
    await page.getByRole('heading', { level: 3, name: 'Chunk 3.4.0' }).waitFor();
    await page.getByText('pixels/3.4.0', { exact: true }).waitFor();
    await tell(page, { type: 'show', path: 'big', indices: null });
    await page.getByRole('heading', { level: 2, name: 'big' }).waitFor();
  });
}

export async function checkReturnAfterHiding(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await openChunk(page, ['ArrowDown', 'ArrowRight']);
    await page.getByLabel('Colours', { exact: true }).selectOption('grey');
    await page.getByRole('button', { name: 'Lock Range' }).click();
    const range = await page.getByLabel('Lowest value of the range').inputValue();
    await page.locator('chunk-grid').press('+');
    await page.reload();
    await page.getByText('elevation/1.1', { exact: true }).waitFor();
    await becomes(() => page.getByLabel('Lowest value of the range').inputValue(), range);
    await page.getByRole('button', { name: 'Range Locked', pressed: true }).waitFor();
    await becomes(() => page.getByLabel('Colours', { exact: true }).inputValue(), 'grey');
    await becomes(() => page.getByRole('button', { name: 'Zoom out' }).first().getAttribute('aria-disabled'), 'false');
  });
}

export async function checkNarrowPages(/** @type {WithPage} */ withPage) {
  await withPage({ size: { width: 500, height: 900 } }, async (page) => {
    for (const name of [/^elevation/u, /^cube/u, /^drifting/u]) {
      await select(page, name);
      await openChunk(page, []);
      await page.locator('chunk-picture').first().waitFor();
      const wide = await page.evaluate(() =>
        [...globalThis.document.querySelectorAll('body *')]
          .filter(
            (element) =>
              element.getBoundingClientRect().right > globalThis.innerWidth + 1 && !element.closest('pre, .tree'),
          )
          .map((element) => element.outerHTML.slice(0, 120)),
      );
      assert.deepEqual(wide, [], 'nothing is wider than the page');
    }
  });
}
