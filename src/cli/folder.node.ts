import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KerchunkError } from '../errors';
import type { FolderFile, ReferenceFolder } from '../references/parquet/folder';
import { reasonOf } from '../bytes/reasons.node';

/** A folder on the disk, by its absolute path. */
export function folderOnDisk(folder: string): ReferenceFolder {
  const fail = (path: string, error: unknown): KerchunkError =>
    new KerchunkError('fetch-failed', `${join(folder, path)} cannot be read: ${reasonOf(error)}.`, { cause: error });
  return {
    list: async (path) => {
      try {
        return await readdir(join(folder, path));
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw fail(path, error);
      }
    },
    open: async (path) => {
      try {
        const found = await stat(join(folder, path));
        return found.isFile() ? fileOnDisk(join(folder, path), found.size, (error) => fail(path, error)) : undefined;
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw fail(path, error);
      }
    },
  };
}

function fileOnDisk(path: string, size: number, fail: (error: unknown) => KerchunkError): FolderFile {
  return {
    size,
    read: async (offset, length) => {
      try {
        const handle = await open(path, 'r');
        try {
          const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, offset);
          if (bytesRead === length) return buffer;
        } finally {
          await handle.close();
        }
      } catch (error) {
        throw fail(error);
      }
      throw new KerchunkError('short-read', `${path} has become shorter while it was read.`);
    },
  };
}

function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
