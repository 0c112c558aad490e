// `npm test`: everything that must hold, on a fresh machine. Only Node's own modules are imported before the dependencies are installed.
import { join } from 'node:path';
import { npm, run } from './commands.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { root } from './paths.mjs';

/** @type {{ passed: number, failed: number }} */
const total = { passed: 0, failed: 0 };

/** @param {{ passed: number, failed: number }} counts */
function add({ passed, failed }) {
  total.passed += passed;
  total.failed += failed;
}

/**
 * Runs one step; where it fails, names it and ends.
 *
 * @param {string} title
 * @param {() => Promise<unknown>} work
 */
async function step(title, work) {
  console.log(`\n== ${title}`);
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(`\nFailed at: ${title}`);
    console.log(`${total.passed} passed, ${total.failed + 1} failed`);
    process.exit(1);
  }
}

/** vitest's own closing line counts its tests. */
async function unitTests() {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const output = await run(process.execPath, [vitest, 'run', '--reporter=default'], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
    onText: (text) => process.stdout.write(text),
  });
  add({ passed: Number(/Tests\s+.*?(\d+) passed/u.exec(output)?.[1] ?? 0), failed: 0 });
}

/** The page of the viewer in Chromium alone; its closing line counts the checks. */
async function pageChecks() {
  const output = await run(process.execPath, [join(root, 'test', 'browser', 'page', 'run.mjs')], {
    cwd: root,
    onText: (text) => process.stdout.write(text),
  });
  add({ passed: Number(/passed (\d+) of \d+ checks/u.exec(output)?.[1] ?? 0), failed: 0 });
}

await step('dependencies', ensureDependencies);
await step('build', () => npm(['run', 'build'], { cwd: root }));
await step('lint and format', () => npm(['run', 'lint'], { cwd: root }));
await step('types', () => npm(['run', 'typecheck'], { cwd: root }));
await step('unit tests', unitTests);
await step('package', async () => {
  const { describePackage, packageExtension } = await import('./vsix.mjs');
  console.log(describePackage(await packageExtension()));
});
await step('the page of the viewer, in Chromium', pageChecks);
if (process.platform === 'win32') {
  // VS Code's server of the npm registry does not run on Windows.
  await step('VS Code, desktop', async () => add(await (await import('./desktop.mjs')).runDesktop()));
} else {
  const { runSuite } = await import('./run-suite.mjs');
  await step('VS Code, extension host in Node', async () => add(await runSuite('node')));
  await step('VS Code, extension host in a web worker', async () => add(await runSuite('web')));
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
