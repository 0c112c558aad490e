// `npm run test:desktop`: the suite in desktop VS Code, an installed one that VSCODE_PATH names, else one that is downloaded.
import { pathToFileURL } from 'node:url';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { run } from './commands.mjs';
import { Counter } from './counts.mjs';
import { cache, unpackedExtension } from './paths.mjs';
import { bundleTests } from './test-bundle.mjs';
import { packageExtension } from './vsix.mjs';
import { makeWorkspace } from './workspace.mjs';

/** The version that is downloaded: the one whose server the other suites run in. */
const VERSION = '1.139.1';

/**
 * Runs `test/vscode/` in desktop VS Code.
 *
 * @returns {Promise<import('./counts.mjs').Counts>}
 * @throws {Error} where there is no VS Code to be had, or the tests do not end well
 */
export async function runDesktop() {
  const executable = process.env.VSCODE_PATH ?? (await download());
  const [tests, workspace] = await Promise.all([bundleTests('node'), makeWorkspace('desktop')]);
  const counter = new Counter();
  const args = [
    workspace,
    `--extensionDevelopmentPath=${unpackedExtension}`,
    `--extensionTestsPath=${tests}`,
    `--user-data-dir=${cache}/desktop-data`,
    `--extensions-dir=${cache}/desktop-extensions`,
    ...['--disable-workspace-trust', '--skip-welcome', '--disable-updates', '--no-sandbox'],
  ];
  await run(executable, args, {
    minutes: 10,
    onText: (text) => {
      for (const part of text.split('\n')) {
        const line = counter.read(part.trimEnd());
        if (line !== undefined) console.log(line);
      }
    },
  });
  return counter.closing();
}

async function download() {
  try {
    return await downloadAndUnzipVSCode({ version: VERSION, cachePath: cache });
  } catch (error) {
    throw new Error(
      `VS Code ${VERSION} cannot be downloaded (${error.message}). Name an installed one: VSCODE_PATH=/path/to/code npm run test:desktop`,
      { cause: error },
    );
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await packageExtension();
    const { passed, failed } = await runDesktop();
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
