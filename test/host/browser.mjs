import { chromium } from 'playwright-core';
import { ensureChromium } from './chromium.mjs';

/**
 * Starts Chromium without a window.
 *
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser() {
  const executablePath = await ensureChromium();
  // Chromium's sandbox refuses to run as root.
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: asRoot ? ['--no-sandbox'] : [] });
}

/**
 * The address of a workbench with a folder open.
 *
 * @param {import('./server.mjs').RunningServer} server
 * @param {string} folder absolute path
 * @param {readonly (readonly [string, string])[]} [payload] what VS Code takes in place of command line options
 */
export function workbenchAddress(server, folder, payload = []) {
  const settings = JSON.stringify([['skipWelcome', 'true'], ...payload]);
  return `${server.address}/?folder=${encodeURIComponent(slashed(folder))}&payload=${encodeURIComponent(settings)}`;
}

/**
 * A path as the server's workbench names it.
 *
 * @param {import('./server.mjs').RunningServer} server
 * @param {string} path absolute path
 */
export function remoteAddress(server, path) {
  return `vscode-remote://${server.authority}${encodeURI(slashed(path))}`;
}

/** @param {string} path */
function slashed(path) {
  const forward = path.replaceAll('\\', '/');
  return forward.startsWith('/') ? forward : `/${forward}`;
}
