/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 */

/** Picks the lines of a test run (test/vscode/reporter.ts marks them) out of VS Code's output, and its counts out of the closing line. */
export class Counter {
  /** @type {Counts | undefined} */
  #counts;

  /**
   * @param {string} text one line of output
   * @returns {string | undefined} the line without its mark; undefined where it is not the test run's
   */
  read(text) {
    const [, line] = /^\[suite\] (.*)$/su.exec(text) ?? [];
    const [, passed, failed] = /^(\d+) passed, (\d+) failed$/u.exec(line ?? '') ?? [];
    if (passed !== undefined && failed !== undefined) this.#counts = { passed: Number(passed), failed: Number(failed) };
    return line;
  }

  /**
   * @returns {Counts}
   * @throws {Error} where the run has printed none: then nothing is known of its tests
   */
  closing() {
    if (this.#counts === undefined) throw new Error('The test run printed no counts.');
    return this.#counts;
  }
}
