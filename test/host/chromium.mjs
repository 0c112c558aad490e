import { access, constants, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { run } from './commands.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The Chromium to drive: CHROMIUM_PATH, else one on PATH, else an application of macOS, else the one Playwright has installed.
 * Where there is none, root on Debian gets Debian's package.
 *
 * @returns {Promise<string>} an absolute path
 * @throws {Error} naming the one command that installs it
 */
export async function ensureChromium() {
  const found = await findChromium();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && (await isDebian())) {
    console.log('No Chromium was found; installing the Debian package chromium (apt-get install -y chromium).');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { env });
    await run('apt-get', ['install', '-y', '-q', 'chromium'], { env });
    const installed = await findChromium();
    if (installed !== undefined) return installed;
  }
  throw new Error(`The tests in VS Code need Chromium. Install it with: ${await installCommand()}`);
}

/** @returns {Promise<string | undefined>} */
async function findChromium() {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') {
    if (await executable(given)) return given;
    throw new Error(`CHROMIUM_PATH is ${given}, which is not a file that can be run; correct it or unset it.`);
  }
  const onPath = await findOnPath(NAMES);
  if (onPath !== undefined) return onPath;
  for (const path of [...APPLICATIONS, chromium.executablePath()]) {
    if (await executable(path)) return path;
  }
  return undefined;
}

async function installCommand() {
  if (await isDebian()) return 'sudo apt-get install -y chromium';
  const libraries = process.platform === 'linux' ? '--with-deps ' : '';
  return `npx playwright-core install ${libraries}chromium`;
}

/** Ubuntu has no package of that name: there Playwright's browser is the one to install. */
async function isDebian() {
  try {
    return /^ID=debian$/mu.test(await readFile('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/**
 * The first of these programs that a folder of PATH holds.
 *
 * @param {readonly string[]} names without their ending on Windows
 * @returns {Promise<string | undefined>}
 */
export async function findOnPath(names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const name of names) {
    for (const folder of folders) {
      for (const ending of endings) {
        const path = join(folder, `${name}${ending}`);
        if (await executable(path)) return path;
      }
    }
  }
  return undefined;
}

/** @param {string} path */
async function executable(path) {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
