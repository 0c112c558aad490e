import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root, screenshots } from '../host/paths.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const published = join(root, 'media', 'screenshots');
const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};
/** Pictures that the README shows. */
const forReadme = [
  'view-notebook-dark',
  'view-portable-dark',
  'view-elevation-light',
  'view-tiff-refused-dark',
  'hover-chunk',
];

/** The viewer in a window of VS Code, and what a user does in it. */
export class Viewer {
  /**
   * @param {import('../host/workbench.mjs').Workbench} bench
   * @param {Awaited<ReturnType<import('./viewer-scene.mjs').makeViewerScene>>} scene
   * @param {string} prefix of its pictures' names
   */
  constructor(bench, scene, prefix) {
    this.bench = bench;
    this.scene = scene;
    this.prefix = prefix;
    /** Whether the extension runs in the browser. */
    this.inBrowser = prefix === 'web-';
  }

  /** Waits until VS Code knows the viewer: a file opened before comes up as text. */
  async ready() {
    const end = Date.now() + 60_000;
    for (;;) {
      await this.bench.openFile('red.kerchunk.json');
      const shown = this.page().getByRole('tree');
      if (
        await shown.waitFor({ timeout: 10_000 }).then(
          () => true,
          () => false,
        )
      )
        return;
      assert.ok(Date.now() < end, 'The viewer does not open.');
      await this.closeEditors();
    }
  }

  /** The document of the page on top. */
  page() {
    return this.bench.webview();
  }

  /** The part of the page with the chunk that is open. */
  chunk() {
    return this.page().getByRole('region', { name: 'Chunk', exact: true });
  }

  /** @param {string} name of a file in the folder */
  async open(name) {
    await this.bench.openFile(name);
    await this.page()
      .getByRole('heading', { level: 1, name: name.replaceAll('.', '. ') })
      .or(this.page().getByRole('heading', { level: 1, name }))
      .waitFor();
  }

  /** @param {string} [path] of an array in the tree; without it the first array */
  async choose(path) {
    const rows = this.page().getByRole('treeitem');
    const row =
      path === undefined ? rows.filter({ hasText: 'array' }) : rows.and(this.page().locator(`[data-path="${path}"]`));
    await row.first().click();
    await this.page().locator('article h2').first().waitFor();
  }

  /** Opens a chunk of the array that is shown, by the arrow keys of the grid from its first chunk. */
  async openChunk(/** @type {number} */ down = 0, /** @type {number} */ right = 0) {
    const grid = this.page().getByRole('application', { name: /^Chunk grid/u });
    await grid.focus();
    await this.bench.page.keyboard.press('Control+Home');
    for (let step = 0; step < down; step += 1) await this.bench.page.keyboard.press('ArrowDown');
    for (let step = 0; step < right; step += 1) await this.bench.page.keyboard.press('ArrowRight');
    await this.bench.page.keyboard.press('Enter');
    await this.chunk()
      .getByRole('heading', { name: /^Chunk/u })
      .waitFor();
  }

  /** Opens the first chunk of the grid that has stored bytes. */
  async openFirstPresent() {
    for (let right = 0; right < 8; right += 1) {
      await this.openChunk(0, right);
      const absent = this.chunk().getByText('reads as the fill value').first();
      const stages = this.chunk().getByRole('heading', { name: 'Pipeline' });
      await absent.or(stages).first().waitFor();
      if (await stages.isVisible()) return;
    }
    throw new Error('None of the first chunks is present.');
  }

  async closeEditors() {
    await this.bench.runCommand('View: Close All Editors');
  }

  /** What axe finds serious in the page is an error. */
  async checkAccessibility() {
    const found = await this.page().locator('body').evaluate(runAxe, axe);
    assert.deepEqual(found, []);
  }

  /** The themes that pictures are made in, by the names in those of the pictures. */
  get themes() {
    return themes;
  }

  /** @param {string} name of `themes` */
  async setThemeByName(name) {
    await this.setTheme(themes[name]);
  }

  /** @param {string} theme */
  async setTheme(theme) {
    await this.scene.settings({ 'workbench.colorTheme': theme });
    await this.bench.page.waitForTimeout(1500);
  }

  /**
   * A picture in each theme; the theme is light afterwards.
   *
   * @param {string} name
   */
  async pictureInThemes(name) {
    for (const [theme, label] of Object.entries(themes)) {
      await this.setTheme(label);
      await this.picture(`${name}-${theme}`);
    }
    await this.setTheme(themes.light);
  }

  /** @param {string} name */
  async picture(name) {
    await this.bench.page.waitForTimeout(300);
    const folder = this.prefix === '' && forReadme.includes(name) ? published : screenshots;
    await this.bench.page.screenshot({ path: join(folder, `${this.prefix}${name}.png`) });
  }
}

/**
 * Runs in the page.
 *
 * @param {HTMLElement} _body
 * @param {string} source of axe-core
 */
async function runAxe(_body, source) {
  if (globalThis.axe === undefined) (0, globalThis.eval)(source);
  const { violations } = await globalThis.axe.run();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, any }) => `${target.join(' ')} (${any.map(({ message }) => message).join('; ')})`).join(', ')}`,
    );
}
