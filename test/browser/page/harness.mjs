import { build } from 'esbuild';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '../../host/browser.mjs';
import { root, screenshots } from '../../host/paths.mjs';
import { patience } from './soon.mjs';

/** Colours of VS Code's own themes, as its workbench gives them to webviews. */
const themes = JSON.parse(await readFile(new URL('themes.json', import.meta.url), 'utf8'));

export const themeNames = /** @type {const} */ (['light', 'dark', 'high-contrast', 'high-contrast-light']);
/** @typedef {(typeof themeNames)[number]} ThemeName */

const bodyClasses = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  'high-contrast': 'vscode-high-contrast',
  'high-contrast-light': 'vscode-high-contrast vscode-high-contrast-light',
};
const fonts = {
  '--vscode-font-family': 'system-ui, Ubuntu, "Droid Sans", sans-serif',
  '--vscode-font-size': '13px',
  '--vscode-editor-font-family': '"Droid Sans Mono", monospace',
  '--vscode-editor-font-size': '14px',
};
/** How many times slower than the machine a page runs, for finding what is read too soon. */
const slowness = Number(process.env['KERCHUNK_SLOW'] ?? '1');
/** No such host is asked: every request is answered here. */
const address = 'http://page.invalid/';

/**
 * The page of the editor in Chromium, without VS Code: under the policy that webviews have, in the theme's colours, before a host of
 * made-up data (`host.mjs`).
 *
 * @returns {Promise<{ open: (options?: OpenOptions) => Promise<import('playwright-core').Page>, close: () => Promise<void> }>}
 */
export async function startHarness() {
  const files = await bundles();
  const browser = await launchBrowser();
  return {
    open: (options) => openPage(browser, files, options),
    close: () => browser.close(),
  };
}

/**
 * @typedef {object} OpenOptions
 * @property {ThemeName} [theme]
 * @property {{ width: number, height: number }} [size]
 * @property {boolean} [motion]
 * @property {number} [scale] pixels of the screen for each of the page
 * @property {Record<string, string>} [messages] those of the page in another language, by the English ones
 * @property {'editor' | 'report' | 'differences'} [kind] which page; the editor's by default
 */

/**
 * @param {import('playwright-core').Browser} browser
 * @param {Map<string, { contentType: string, body: string }>} files
 * @param {OpenOptions} [options]
 */
async function openPage(
  browser,
  files,
  { theme = 'light', size = { width: 1000, height: 900 }, motion = false, scale = 1, messages, kind = 'editor' } = {},
) {
  const page = await browser.newPage({
    viewport: size,
    reducedMotion: motion ? 'no-preference' : 'reduce',
    deviceScaleFactor: scale,
  });
  page.setDefaultTimeout(patience);
  if (slowness > 1) await slowDown(page);
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.route('**/*', (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === '') return route.fulfill({ contentType: 'text/html', body: html(theme, kind, messages) });
    const file = files.get(name);
    return file === undefined ? route.fulfill({ status: 404 }) : route.fulfill(file);
  });
  await page.goto(address);
  await page
    .getByRole(kind === 'editor' ? 'tree' : 'heading')
    .first()
    .waitFor();
  return Object.assign(page, { problems });
}

/** Slows the page's script down, and has its host think for a while before each answer. */
async function slowDown(/** @type {import('playwright-core').Page} */ page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  await page.addInitScript((delay) => {
    globalThis.hostThinks = delay;
  }, 25 * slowness);
}

async function bundles() {
  const bundled = async (/** @type {string} */ entry) => {
    const { outputFiles } = await build({
      entryPoints: [join(root, entry)],
      bundle: true,
      write: false,
      format: 'iife',
      target: 'es2022',
      resolveExtensions: ['.web.ts', '.ts', '.mjs', '.js', '.json'],
    });
    return outputFiles[0]?.text ?? '';
  };
  const files = new Map();
  const script = (/** @type {string} */ body) => ({ contentType: 'text/javascript', body });
  files.set('webview.js', script(await bundled('src/webview/main.ts')));
  files.set('webview-map.js', script(await bundled('src/webview/editor/map/entry.ts')));
  files.set('host.js', script(await bundled('test/browser/page/host.mjs')));
  const styles = (await readdir(join(root, 'media'))).filter((name) => name.endsWith('.css'));
  for (const name of styles) {
    files.set(name, { contentType: 'text/css', body: await readFile(join(root, 'media', name), 'utf8') });
  }
  return files;
}

/** As `src/vscode/webview-html.ts` writes it; the theme's variables stand where VS Code puts them. */
function html(
  /** @type {ThemeName} */ theme,
  /** @type {'editor' | 'report' | 'differences'} */ kind,
  /** @type {Record<string, string> | undefined} */ messages,
) {
  const nonce = 'page-test';
  const variables = Object.entries({ ...fonts, ...themes[theme] }).map(([name, value]) => `${name}: ${value};`);
  const policy = `default-src 'none'; style-src 'self' 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <title>elevation.kerchunk.json</title>
    <style nonce="${nonce}">:root { ${variables.join(' ')} } body { background: var(--vscode-editor-background); }</style>
    <link rel="stylesheet" href="${address}${kind}.css" />
  </head>
  <body class="${bodyClasses[theme]}">
    <main id="page" data-page="${kind}"></main>
    ${messages === undefined ? '' : `<script type="application/json" id="l10n">${JSON.stringify(messages)}</script>`}
    <script nonce="${nonce}" src="${address}host.js"></script>
    <script nonce="${nonce}" src="${address}webview.js"></script>
  </body>
</html>`;
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
export async function picture(page, name) {
  const folder = join(screenshots, 'page');
  await mkdir(folder, { recursive: true });
  await page.waitForTimeout(150);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
