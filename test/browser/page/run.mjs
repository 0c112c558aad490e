/*
 * Checks the page of the editor in Chromium, without VS Code: what it shows, what it asks the host for, the keyboard, names and contrast in
 * every theme. Ends with the list of the checks that failed. Pictures go to .vscode-test/screenshots/page/.
 *
 *   node test/browser/page/run.mjs [part of a check's name]
 *
 * KERCHUNK_SLOW=6 in the environment makes the page run six times slower and its host answer later: a check that passes only where the page
 * is faster than the check fails then.
 */
import { checkAccessibility } from './accessibility.mjs';
import * as chunkChecks from './chunk-checks.mjs';
import * as compareChecks from './compare-checks.mjs';
import * as costChecks from './cost-checks.mjs';
import * as differencesChecks from './differences-checks.mjs';
import * as documentChecks from './document-checks.mjs';
import * as filesChecks from './files-checks.mjs';
import * as gridChecks from './grid-checks.mjs';
import { picture, startHarness } from './harness.mjs';
import * as lookChecks from './look-checks.mjs';
import * as pipelineChecks from './pipeline-checks.mjs';
import * as mapChecks from './map-checks.mjs';
import * as helpChecks from './help-checks.mjs';
import * as l10nChecks from './l10n-checks.mjs';
import * as tiffChecks from './tiff-checks.mjs';

const [, , only = ''] = process.argv;
const checks = Object.entries({
  ...documentChecks,
  ...gridChecks,
  ...chunkChecks,
  ...lookChecks,
  ...filesChecks,
  ...costChecks,
  ...compareChecks,
  ...pipelineChecks,
  ...differencesChecks,
  ...tiffChecks,
  ...mapChecks,
  ...helpChecks,
  ...l10nChecks,
  checkAccessibility,
}).filter(([name]) => name.startsWith('check') && name.includes(only));

const harness = await startHarness();
/** @type {string[]} */
const failed = [];
try {
  for (const [name, check] of checks) {
    const started = Date.now();
    const took = () => `${inWords(name)} (${Date.now() - started} ms)`;
    try {
      await check((options, use) => withPage(name, options, use));
      console.log(`ok  ${took()}`);
    } catch (error) {
      failed.push(name);
      console.error(`not ok  ${took()}\n`, error);
    }
  }
  console.log(`The page passed ${checks.length - failed.length} of ${checks.length} checks.`);
  if (failed.length > 0) console.error(`It failed ${failed.join(', ')}.`);
} finally {
  await harness.close();
}
process.exitCode = failed.length > 0 ? 1 : 0;

/** Opens a page, uses it, and takes a picture of it where that fails. */
async function withPage(
  /** @type {string} */ name,
  /** @type {import('./harness.mjs').OpenOptions} */ options,
  /** @type {(page: import('playwright-core').Page) => Promise<void>} */ use,
) {
  const page = await harness.open(options);
  try {
    await use(page);
    if (page.problems.length > 0) throw new Error(`The page reports:\n${page.problems.join('\n')}`);
  } catch (error) {
    await picture(page, `failed-${name}`).catch(() => undefined);
    throw error;
  } finally {
    await page.close();
  }
}

/** `checkKeyboardOfTree`: "keyboard of tree". */
function inWords(/** @type {string} */ name) {
  return name
    .replace(/^check/u, '')
    .replace(/\B[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`)
    .toLowerCase();
}
