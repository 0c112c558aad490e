import 'mocha/mocha';

/** Marks our lines among those that VS Code itself prints; the runner (test/host/run-suite.mjs) takes it off. */
const MARK = '[suite] ';

/** Prints lines into the output of the test run: the place for the reason why a test does not apply in this host. */
export function printLines(text: string): void {
  for (const line of text.split('\n')) console.log(MARK + line);
}

/** Prints a line per test, failures with their stacks, and the counts as the closing line. VS Code passes the console on. */
export class LineReporter extends Mocha.reporters.Base {
  private depth = 0;
  private passed = 0;
  private failed = 0;

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.on('suite', (suite) => {
      if (!suite.root) this.print(suite.title);
      this.depth++;
    });
    runner.on('suite end', () => {
      this.depth--;
    });
    runner.on('pass', (test) => {
      this.passed++;
      this.print(`ok ${test.title} (${test.duration ?? 0} ms)`);
    });
    runner.on('fail', (test, error: unknown) => {
      this.failed++;
      this.print(`FAILED ${test.fullTitle()}\n${stackOf(error)}`);
    });
    runner.on('end', () => {
      printLines(`${this.passed} passed, ${this.failed} failed`);
    });
  }

  private print(line: string): void {
    // The root suite has no title and counts as one level.
    printLines('  '.repeat(Math.max(this.depth - 1, 0)) + line);
  }
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? '';
  return stack.includes(error.message) ? stack : `${error.message}\n${stack}`;
}
