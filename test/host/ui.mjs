import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser, remoteAddress, workbenchAddress } from './browser.mjs';
import { unpackedExtension } from './paths.mjs';
import { startServer } from './server.mjs';
import { copyForWebHost } from './web-extension.mjs';
import { Workbench } from './workbench.mjs';

/*
 * A window of VS Code for checks of what a user sees:
 *
 *   import { makeWorkspace } from '../host/workspace.mjs';
 *   import { openWorkbench } from '../host/ui.mjs';
 *
 *   const bench = await openWorkbench({ folder: await makeWorkspace('ui'), theme: 'dark' });
 *   try {
 *     await bench.contextMenu('red.tif', 'Generate Kerchunk');
 *     await bench.quickItem('portable').click();
 *     await bench.notification(/references/);
 *     await bench.webview().getByRole('heading').first().waitFor();
 *     await bench.screenshot('generated');
 *     bench.page; // Playwright's page, for all the rest
 *   } finally {
 *     await bench.close();
 *   }
 *
 * The extension is the unpacked package: run `npm run package` after a change. One open takes about ten seconds; one window serves many
 * checks.
 */

/** VS Code's own themes, one of each kind. */
const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};

/** What would ask, move or draw beside what is looked at. */
const quiet = {
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/**
 * Opens VS Code on a folder with the extension installed.
 *
 * @param {object} options
 * @param {string} options.folder absolute path
 * @param {keyof typeof themes} [options.theme] light by default
 * @param {boolean} [options.trusted] false: Restricted Mode, as for a folder the user has not trusted; true by default
 * @param {'node' | 'web'} [options.host] where the extension runs: on the server (default) or in a web worker of the page
 * @param {Record<string, unknown>} [options.settings] user settings
 * @param {{ width: number, height: number }} [options.size] of the window, 1400 by 900 by default
 * @param {string} [options.extension] its folder, by default the unpacked package
 * @returns {Promise<Workbench>} close it at the end, also after an error
 */
export async function openWorkbench(options) {
  const { folder, theme = 'light', trusted = true, host = 'node', extension = unpackedExtension } = options;
  const server = await startServer({
    name: `ui-${host}`,
    trust: trusted,
    development: host === 'web',
    settings: { ...quiet, 'workbench.colorTheme': themes[theme], ...options.settings },
    prepare: host === 'node' ? (extensions) => install(extension, extensions) : undefined,
  });
  try {
    const browser = await launchBrowser();
    const close = async () => {
      await browser.close();
      await server.stop();
    };
    try {
      const context = await browser.newContext({ viewport: options.size ?? { width: 1400, height: 900 } });
      const bench = new Workbench(await context.newPage(), folder, close);
      await bench.page.goto(workbenchAddress(server, folder, host === 'web' ? await inWebHost(server, extension) : []));
      await bench.ready();
      return bench;
    } catch (error) {
      await browser.close();
      throw error;
    }
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * A server's workbench runs an installed extension on the server; only one under development can be sent to the page's host.
 *
 * @param {import('./server.mjs').RunningServer} server
 * @param {string} extension
 * @returns {Promise<(readonly [string, string])[]>}
 */
async function inWebHost(server, extension) {
  const folder = await copyForWebHost(extension, 'ui');
  return [['extensionDevelopmentPath', remoteAddress(server, folder)]];
}

/**
 * Installs an unpacked package the way VS Code would: as a folder named by publisher, name and version.
 *
 * @param {string} extension
 * @param {string} extensions
 */
async function install(extension, extensions) {
  const { publisher, name, version } = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8'));
  await cp(extension, join(extensions, `${publisher}.${name}-${version}`), { recursive: true });
}
