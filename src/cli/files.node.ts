import { mkdir, open, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { writeFileInPieces, writeFolderInPieces } from '../bytes/file-output.node';
import { reasonOf } from '../bytes/reasons.node';
import { readWholeFile } from '../bytes/whole-file';
import { fileTarget, fileUrlToPath, literalPath } from '../bytes/file-url';
import { KerchunkError } from '../errors';
import { START_BYTES } from '../references/replaceable';
import { folderOnDisk } from './folder.node';
import type { Terminal } from './terminal';

/** What a Terminal knows of the file system. */
export type Files = Pick<
  Terminal,
  | 'readFile'
  | 'writeFile'
  | 'appendFile'
  | 'removeFile'
  | 'writeInPieces'
  | 'writeFolder'
  | 'isFolder'
  | 'folder'
  | 'isFile'
  | 'createFolder'
  | 'startOf'
  | 'isSame'
  | 'absolute'
  | 'join'
  | 'folderOf'
  | 'fileUrl'
  | 'signal'
>;

/** The disk, with relative paths seen from `folder`; `signal` stops a write before the file stands under its name. */
export function filesOnDisk(folder: string, signal: AbortSignal): Files {
  const absolute = (path: string): string => resolve(folder, path);
  return {
    readFile: async (path) => {
      try {
        return await readWholeFile(absolute(path), signal);
      } catch (error) {
        if (error instanceof KerchunkError) throw error;
        throw new KerchunkError('fetch-failed', `${path} cannot be read: ${reasonOf(error)}.`, { cause: error });
      }
    },
    writeFile: (path, content) =>
      writeFileInPieces({ path: absolute(path), shown: path }, signal, (sink) =>
        sink.write(typeof content === 'string' ? new TextEncoder().encode(content) : content),
      ),
    writeInPieces: (path, fill) => writeFileInPieces({ path: absolute(path), shown: path }, signal, fill),
    writeFolder: (path, fill) => writeFolderInPieces({ path: absolute(path), shown: path }, signal, fill),
    appendFile: async (path, text, at) => {
      try {
        const handle = await open(absolute(path), 'a');
        try {
          if ((await handle.stat()).size === at) {
            await handle.appendFile(text);
            return;
          }
        } finally {
          await handle.close();
        }
      } catch (error) {
        throw new KerchunkError('write-failed', `${path} cannot be written: ${reasonOf(error)}.`, { cause: error });
      }
      throw new KerchunkError(
        'write-failed',
        `${path} is written by another run too: two runs cannot have one output. Wait until that one has ended, or give another output.`,
      );
    },
    removeFile: async (path) => {
      try {
        await rm(absolute(path), { force: true });
      } catch (error) {
        throw new KerchunkError('write-failed', `${path} cannot be removed: ${reasonOf(error)}.`, { cause: error });
      }
    },
    isFolder: async (path) => (await stat(absolute(path)).catch(() => undefined))?.isDirectory() === true,
    folder: (path) => folderOnDisk(absolute(path)),
    isFile: async (url) => {
      const paths = [fileUrlToPath(url), literalPath(url)].filter((path) => path !== undefined);
      const found = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)));
      return found.some((entry) => entry?.isFile() === true);
    },
    createFolder: async (path) => {
      try {
        await mkdir(absolute(path), { recursive: true });
      } catch (error) {
        throw new KerchunkError('write-failed', `The folder ${path} cannot be created: ${reasonOf(error)}.`, {
          cause: error,
        });
      }
    },
    startOf: (path) => startOf(path, absolute(path)),
    isSame: async (one, other) => {
      const [left, right] = [absolute(one), absolute(other)];
      if (left === right) return true;
      const [a, b] = await Promise.all(
        [left, right].map((path) => stat(path, { bigint: true }).catch(() => undefined)),
      );
      if (a === undefined || b === undefined) return false;
      // Some file systems number no files.
      if (a.ino !== 0n || b.ino !== 0n) return a.dev === b.dev && a.ino === b.ino;
      const [realLeft, realRight] = await Promise.all([realpath(left), realpath(right)]);
      return realLeft === realRight;
    },
    absolute,
    join,
    folderOf: dirname,
    fileUrl: (path) => fileTarget(absolute(path)),
    signal,
  };
}

/** Looks at what stands there before it is opened: opening a pipe waits for ever. */
async function startOf(path: string, absolutePath: string): Promise<Uint8Array | undefined> {
  try {
    const found = await stat(absolutePath);
    if (!found.isFile()) {
      const what = found.isDirectory() ? 'it is a folder' : 'it is no regular file';
      throw new KerchunkError('write-failed', `${path} cannot be written: ${what}.`);
    }
    const handle = await open(absolutePath, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(START_BYTES), 0, START_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof KerchunkError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new KerchunkError('write-failed', `${path} cannot be written: ${reasonOf(error)}.`, { cause: error });
  }
}
