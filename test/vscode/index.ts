import 'mocha/mocha';
import { loadEveryTest } from 'every-test';
import { LineReporter } from './reporter';

/** A test that waits for the window, a file or the network may take this long, in ms. */
const TIMEOUT = 30_000;

/**
 * What VS Code calls to run the tests, in a Node and in a web worker extension host alike: mocha's browser build needs no file system
 * and runs in both.
 *
 * @throws {Error} where tests failed, or none ran
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: TIMEOUT, reporter: LineReporter });
  mocha.suite.emit('pre-require', globalThis, null, mocha);
  loadEveryTest();
  const failures = await new Promise<number>((resolve) => {
    // The browser build's own run() wants a page's location.
    Mocha.prototype.run.call(mocha, resolve);
  });
  if (mocha.suite.total() === 0) throw new Error('No test ran.');
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
