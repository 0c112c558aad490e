import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser, remoteAddress, workbenchAddress } from './browser.mjs';
import { Counter } from './counts.mjs';
import { logs, screenshots, unpackedExtension } from './paths.mjs';
import { startServer } from './server.mjs';
import { bundleTests } from './test-bundle.mjs';
import { copyForWebHost } from './web-extension.mjs';
import { makeWorkspace } from './workspace.mjs';

/** The workbench has this long to start the tests, and the tests to end, in ms. */
const START_WITHIN = 90_000;
const END_WITHIN = 10 * 60_000;

/**
 * Runs `test/vscode/` in a real VS Code: the server's workbench in Chromium.
 *
 * @param {'node' | 'web'} kind the extension host: Node on the server, or a web worker in the page
 * @param {{ extension?: string }} [options] `extension`: the folder of the extension, by default the unpacked package
 * @returns {Promise<import('./counts.mjs').Counts>}
 * @throws {Error} where VS Code does not start, or the tests do not start or end in time
 */
export async function runSuite(kind, { extension = unpackedExtension } = {}) {
  const tested = kind === 'web' ? await copyForWebHost(extension, 'suite') : extension;
  const [tests, workspace] = await Promise.all([
    kind === 'web' ? bundleTests(kind, join(tested, 'suite')) : bundleTests(kind),
    makeWorkspace(kind),
  ]);
  const server = await startServer({ name: `suite-${kind}` });
  try {
    const browser = await launchBrowser();
    try {
      const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
      const address = workbenchAddress(server, workspace, [
        ['extensionDevelopmentPath', remoteAddress(server, tested)],
        ['extensionTestsPath', remoteAddress(server, tests)],
      ]);
      return await drive(page, address, kind);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

/**
 * Opens the workbench and waits for the end of the tests. What VS Code itself prints goes to a log file, the tests' lines to the terminal.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} address
 * @param {string} kind
 */
async function drive(page, address, kind) {
  const counter = new Counter();
  const all = createWriteStream(join(logs, `suite-${kind}.console.log`));
  /** @type {(code: number) => void} */
  let exit = () => undefined;
  const ended = new Promise((done) => {
    exit = done;
  });
  // The workbench calls these two; they must be there before it loads.
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
    const text = args.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(' ');
    all.write(`${text}\n`);
    const line = counter.read(text);
    if (line !== undefined) console.log(line);
  });
  await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => exit(code));
  try {
    await page.goto(address, { timeout: START_WITHIN });
    const code = await within(
      ended,
      END_WITHIN,
      `The tests (${kind} host) did not end within ${END_WITHIN / 60_000} minutes.`,
    );
    const counts = counter.closing();
    if (code !== 0 && counts.failed === 0)
      throw new Error(`The tests (${kind} host) ended with code ${code} without a failed test.`);
    if (counts.failed > 0) await takePicture(page, kind);
    return counts;
  } catch (error) {
    await takePicture(page, kind);
    throw new Error(`${error.message} Logs: ${logs}`, { cause: error });
  } finally {
    all.end();
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} kind
 */
async function takePicture(page, kind) {
  const path = join(screenshots, `suite-${kind}-failed.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path });
  console.log(`The window at that moment: ${path}`);
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {number} ms
 * @param {string} message
 * @returns {Promise<T>}
 */
function within(promise, ms, message) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(message)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [kind = 'node', extension] = process.argv.slice(2);
  if (kind !== 'node' && kind !== 'web') throw new Error(`The host is node or web, not ${kind}.`);
  const counts = await runSuite(kind, extension === undefined ? {} : { extension: resolve(extension) });
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}
