/*
 * Checks the page of the editor in Chromium, without VS Code: what it shows, what it asks the host for, the keyboard, names and contrast in
 * every theme. Ends at the first fault. Pictures go to .vscode-test/screenshots/page/.
 *
 *   node test/browser/page/run.mjs [part of a check's name]
 */
import { checkAccessibility } from './accessibility.mjs';
import * as chunkChecks from './chunk-checks.mjs';
import * as compareChecks from './compare-checks.mjs';
import * as costChecks from './cost-checks.mjs';
import * as documentChecks from './document-checks.mjs';
import * as filesChecks from './files-checks.mjs';
import * as gridChecks from './grid-checks.mjs';
import { picture, startHarness } from './harness.mjs';
import * as lookChecks from './look-checks.mjs';
import * as pipelineChecks from './pipeline-checks.mjs';
import * as mapChecks from './map-checks.mjs';
import * as helpChecks from './help-checks.mjs';
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
  ...tiffChecks,
  ...mapChecks,
  ...helpChecks,
  checkAccessibility,
}).filter(([name]) => name.startsWith('check') && name.includes(only));

const harness = await startHarness();
try {
  for (const [name, check] of checks) {
    const started = Date.now();
    await check(async (options, use) => {
      const page = await harness.open(options);
      try {
        await use(page);
        if (page.problems.length > 0) throw new Error(`The page reports:\n${page.problems.join('\n')}`);
      } catch (error) {
        await picture(page, `failed-${name}`);
        throw error;
      } finally {
        await page.close();
      }
    });
    console.log(`ok  ${inWords(name)} (${Date.now() - started} ms)`);
  }
  console.log(`The page passed ${checks.length} of ${checks.length} checks.`);
} finally {
  await harness.close();
}

/** `checkKeyboardOfTree`: "keyboard of tree". */
function inWords(/** @type {string} */ name) {
  return name
    .replace(/^check/u, '')
    .replace(/\B[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`)
    .toLowerCase();
}
