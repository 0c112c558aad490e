import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { screenshots } from './paths.mjs';

const WAIT = 20_000;

/** A window of VS Code, and what a user does in it. Every step waits for what it names and throws where it does not come within 20 s. */
export class Workbench {
  /**
   * @param {import('playwright-core').Page} page
   * @param {string} folder the folder that is open
   * @param {() => Promise<void>} close
   */
  constructor(page, folder, close) {
    this.page = page;
    this.folder = folder;
    this.close = close;
    page.setDefaultTimeout(WAIT);
  }

  /** Waits until the window can be used. */
  async ready() {
    await this.page.locator('.monaco-workbench .explorer-folders-view .monaco-list').waitFor({ timeout: 3 * WAIT });
    // The status bar's remote entry gets its tooltip once the server's extension host is reached.
    await this.page.locator('.statusbar-item[id="status.host"]').waitFor();
  }

  /**
   * Runs a command by its name, through the palette.
   *
   * @param {string} title as the palette shows it, e.g. `Kerchunk: Generate Kerchunk`
   */
  async runCommand(title) {
    await this.page.keyboard.press('F1');
    const input = this.quickInput();
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.quickItem(title).click();
  }

  /** The text field of the palette, a quick pick or an input box. */
  quickInput() {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input');
  }

  /** @param {string | RegExp} label of an entry in the palette or a quick pick; a string must be the whole label */
  quickItem(label) {
    const entry = this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
    const text = this.page.locator('.label-name').filter({ hasText: typeof label === 'string' ? whole(label) : label });
    return entry.filter({ has: text }).first();
  }

  /** @param {string} path below the open folder, with forward slashes: the row of the explorer, its folders opened one by one */
  async explorerItem(path) {
    const rows = this.page.locator('.explorer-folders-view .monaco-list-row');
    const names = path.split('/');
    for (const [level, name] of names.entries()) {
      // Level 1 is the open folder's content.
      const row = rows
        .and(this.page.locator(`[aria-level="${level + 1}"]`))
        .filter({ has: this.page.getByText(name, { exact: true }) });
      await row.first().waitFor();
      if (level === names.length - 1) return row.first();
      if ((await row.first().getAttribute('aria-expanded')) === 'false') await row.first().click();
    }
    throw new Error('A path names at least one entry.');
  }

  /**
   * Opens a file with a double click in the explorer, in whatever editor VS Code takes for it.
   *
   * @param {string} path below the open folder
   */
  async openFile(path) {
    await (await this.explorerItem(path)).dblclick();
    const name = path.split('/').at(-1) ?? path;
    await this.page.locator('.tabs-container .tab.active').filter({ hasText: name }).waitFor();
  }

  /**
   * Opens the context menu of a file in the explorer; with `entry`, chooses that entry.
   *
   * @param {string} path below the open folder
   * @param {string} [entry]
   * @returns {Promise<string[]>} what the menu offered
   */
  async contextMenu(path, entry) {
    await (await this.explorerItem(path)).click({ button: 'right' });
    const labels = this.page.locator('.monaco-menu .action-label:not(.separator)');
    await labels.first().waitFor();
    const offered = await labels.allInnerTexts();
    if (entry !== undefined)
      await this.page.locator('.monaco-menu .action-item').filter({ hasText: entry }).first().click();
    return offered;
  }

  /**
   * Waits for a notification.
   *
   * @param {string | RegExp} text part of it
   * @returns {Promise<import('playwright-core').Locator>} it, e.g. for `.getByRole('button', { name: 'Open' }).click()`
   */
  async notification(text) {
    const toast = this.page
      .locator('.notification-toast, .notifications-center .notification-list-item')
      .filter({ hasText: text });
    await toast.first().waitFor();
    return toast.first();
  }

  /** The document inside the webview on top: `bench.webview().getByRole('button', { name: 'Next' })`. */
  webview() {
    return this.page.frameLocator('iframe.webview.ready:visible').last().frameLocator('iframe');
  }

  /**
   * The document of one of the extension's pages, where more than one is on the screen.
   *
   * @param {'report' | 'editor' | 'differences'} kind
   * @returns {Promise<import('playwright-core').Frame>}
   */
  async pageOf(kind) {
    const end = Date.now() + 2 * WAIT;
    for (;;) {
      for (const frame of this.page.frames()) {
        const main = frame.locator(`main[data-page="${kind}"]`);
        if (await main.isVisible().catch(() => false)) return frame;
      }
      if (Date.now() > end) throw new Error(`No page of the kind ${kind} is on the screen.`);
      await this.page.waitForTimeout(100);
    }
  }

  /**
   * Moves the mouse over a piece of text in the active text editor and waits for the hover.
   *
   * @param {string} text as it stands in a line, at most 50 characters
   */
  async hover(text) {
    const found = this.page.locator('.editor-instance .view-line span').filter({ hasText: text }).last();
    await found.hover();
    const hover = this.page.locator('.monaco-hover:visible');
    await hover.first().waitFor();
    return hover.first();
  }

  /**
   * Writes a picture of the window to `.vscode-test/screenshots/name.png`.
   *
   * @param {string} name
   * @returns {Promise<string>} the file
   */
  async screenshot(name) {
    await mkdir(screenshots, { recursive: true });
    const path = join(screenshots, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }
}

/** @param {string} text */
function whole(text) {
  return new RegExp(`^${text.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&')}$`, 'u');
}
