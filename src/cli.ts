import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { version } from '../package.json';
import { provideAssets } from './assets';
import { fileTarget } from './bytes/file-url';
import { run } from './cli/program';
import type { Terminal } from './cli/terminal';
import { KerchunkError } from './errors';

const cancel = new AbortController();

const terminal: Terminal = {
  print: (text) => {
    writeAll(1, text);
  },
  tell: (text) => {
    writeAll(2, `${text}\n`);
  },
  readFile: async (path) => {
    try {
      return await readFile(path);
    } catch (error) {
      throw new KerchunkError('fetch-failed', `${path} cannot be read: ${reasonOf(error)}.`, { cause: error });
    }
  },
  writeFile: writeThroughTemporary,
  isFolder: async (path) => (await stat(path).catch(() => undefined))?.isDirectory() === true,
  makeFolder: async (path) => {
    try {
      await mkdir(path, { recursive: true });
    } catch (error) {
      throw new KerchunkError('write-failed', `${path} cannot be created: ${reasonOf(error)}.`, { cause: error });
    }
  },
  absolute: (path) => resolve(path),
  join,
  folderOf: dirname,
  fileUrl: (path) => fileTarget(resolve(path)),
  signal: cancel.signal,
};

async function writeThroughTemporary(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await writeFile(temporary, content, { signal: cancel.signal });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    if (cancel.signal.aborted)
      throw new KerchunkError('cancelled', 'Cancelled; nothing was written.', { cause: error });
    throw new KerchunkError('write-failed', `${path} cannot be written: ${reasonOf(error)}.`, { cause: error });
  }
}

/** Waits until a pipe has taken all, so that no result is lost when the process ends; a reader that has gone away ends it quietly. */
function writeAll(descriptor: number, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') process.exit(0);
      if (code !== 'EAGAIN') throw error;
    }
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const words: Record<string, string> = {
    ENOENT: 'there is no such file or folder',
    EISDIR: 'it is a folder',
    EEXIST: 'a file has that name',
    ENOTDIR: 'a file has the name of a folder in it',
    EACCES: 'permission is denied',
    ENOSPC: 'the disk is full',
    EROFS: 'the file system is read-only',
  };
  return words[code] ?? (error instanceof Error ? error.message : String(error));
}

provideAssets((name) => readFile(join(__dirname, 'assets', name)));
process.once('SIGINT', () => {
  cancel.abort(new KerchunkError('cancelled', 'Cancelled; nothing was written.'));
});
void run(process.argv.slice(2), terminal, version).then((exitCode) => {
  process.exitCode = exitCode;
});
