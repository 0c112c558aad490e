import { writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { version } from '../package.json';
import { provideAssets } from './assets';
import { filesOnDisk } from './cli/files';
import { run } from './cli/program';
import { exitCodes, type Terminal } from './cli/terminal';
import { KerchunkError } from './errors';

const cancel = new AbortController();

const terminal: Terminal = {
  ...filesOnDisk(process.cwd(), cancel.signal),
  print: (text) => {
    writeAll(1, text);
  },
  tell: (text) => {
    writeAll(2, `${text}\n`);
  },
};

/**
 * Waits until a pipe has taken all, so that no result is lost when the process ends. A reader that has gone away ends it without a word, and
 * not as a success: what was not printed may have been errors.
 */
function writeAll(descriptor: number, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') process.exit(exitCodes.cutOff);
      if (code !== 'EAGAIN') throw error;
    }
  }
}

provideAssets((name) => readFile(join(__dirname, 'assets', name)));
process.once('SIGINT', () => {
  cancel.abort(new KerchunkError('cancelled', 'Cancelled; nothing was written.'));
});
void run(process.argv.slice(2), terminal, version).then(end);

/**
 * Ends the process, all output being written. Node waits for the threads that optimise code, and one of them waits for ever where it needs
 * a garbage collection, which is the main thread's to make (nodejs/node#54918): so one is made, and nothing more is optimised.
 */
function end(exitCode: number): never {
  setFlagsFromString('--no-opt');
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  collectGarbage();
  process.exit(exitCode);
}
