/*
 * Steps that the checks share. `page` has the host of `host.mjs` as `globalThis.host`.
 */
import { satisfies } from './soon.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {(options: import('./harness.mjs').OpenOptions, use: (page: Page) => Promise<void>) => Promise<void>} WithPage */

/**
 * Steers the host.
 *
 * @param {Page} page
 * @param {(host: any) => void} change runs in the page
 */
export async function host(page, change) {
  await page.evaluate(`(${change})(globalThis.host)`);
}

/**
 * Sends a message of the host.
 *
 * @param {Page} page
 * @param {unknown} message
 */
export async function tell(page, message) {
  await page.evaluate((sent) => globalThis.host.send(sent), message);
}

/**
 * The messages of a kind that the page has sent.
 *
 * @param {Page} page
 * @param {string} type
 * @returns {Promise<any[]>}
 */
export async function sentOf(page, type) {
  return page.evaluate((wanted) => globalThis.host.sent(wanted), type);
}

/**
 * The last message of a kind, once there is one.
 *
 * @param {Page} page
 * @param {string} type
 */
export async function lastSent(page, type) {
  await satisfies(
    () => sentOf(page, type),
    (messages) => messages.length > 0,
    `The page sends ${type}`,
  );
  return (await sentOf(page, type)).at(-1);
}

/**
 * Selects a row of the tree by its name.
 *
 * @param {Page} page
 * @param {RegExp} name
 */
export async function select(page, name) {
  await page.getByRole('treeitem', { name }).click();
}

/**
 * Opens the chunk that keys lead to from the selected one.
 *
 * @param {Page} page
 * @param {readonly string[]} keys
 */
export async function openChunk(page, keys) {
  const grid = page.locator('chunk-grid');
  await grid.focus();
  for (const key of keys) await grid.press(key);
  await grid.press('Enter');
}

/**
 * What screen readers were told last.
 *
 * @param {Page} page
 */
export async function announced(page) {
  return (await page.locator('body > .unseen[role=status]').textContent())?.trim();
}

/**
 * Waits until screen readers were told something.
 *
 * @param {Page} page
 * @param {RegExp} words
 */
export async function waitForAnnouncement(page, words) {
  await page.locator('body > .unseen[role=status]').filter({ hasText: words }).waitFor({ state: 'attached' });
}
