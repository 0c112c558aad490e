import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readWholeFile } from '../bytes/whole-file';
import { fileTarget, fileUrlToPath, literalPath } from '../bytes/file-url';
import { KerchunkError } from '../errors';
import { folderOnDisk } from './folder.node';
import { reasonOf } from './reasons.node';
import type { Terminal } from './terminal';

/** What a Terminal knows of the file system. */
export type Files = Pick<
  Terminal,
  | 'readFile'
  | 'writeFile'
  | 'appendFile'
  | 'removeFile'
  | 'isFolder'
  | 'folder'
  | 'isFile'
  | 'createFolder'
  | 'startOf'
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
    writeFile: (path, content) => writeThroughTemporary(path, absolute(path), content, signal),
    appendFile: async (path, text) => {
      try {
        await appendFile(absolute(path), text);
      } catch (error) {
        throw new KerchunkError('write-failed', `${path} cannot be written: ${reasonOf(error)}.`, { cause: error });
      }
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
      const { buffer, bytesRead } = await handle.read(new Uint8Array(START), 0, START, 0);
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

const START = 4096;

async function writeThroughTemporary(
  path: string,
  absolutePath: string,
  content: string | Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  const temporary = `${absolutePath}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await writeFile(temporary, content, { signal });
    await rename(temporary, absolutePath);
  } catch (error) {
    // Where even the temporary file cannot be removed, why it could not be written says more.
    await rm(temporary, { force: true }).catch(() => undefined);
    if (signal.aborted) throw new KerchunkError('cancelled', 'Cancelled; nothing was written.', { cause: error });
    throw new KerchunkError('write-failed', `${path} cannot be written: ${reasonOf(error)}.`, { cause: error });
  }
}
