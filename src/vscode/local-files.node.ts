import { chmod, realpath, rename } from 'node:fs/promises';
import { openFile } from '../bytes/file';
import { permissionsOf, targetOf } from '../bytes/file-output';
import { readWholeFile as wholeFile } from '../bytes/whole-file';
import { ownBuffer } from '../worker/own-buffer';

/** Reads a local file by ranges; undefined in a host that cannot. */
export const openRanges: typeof openFile | undefined = openFile;

/**
 * Puts the file at `from` in the place of the one at `to` in one step, so that `to` is at no time absent; undefined in a host that
 * cannot. Both are paths of the same folder.
 */
export const renameInOneStep: ((from: string, to: string) => Promise<void>) | undefined = rename;

/** Gives what stands at `to` the permissions of what stands at `from`, if anything does; undefined in a host that cannot. */
export const copyPermissions: ((from: string, to: string) => Promise<void>) | undefined = async (from, to) => {
  const mode = await permissionsOf(from);
  if (mode !== undefined) await chmod(to, mode);
};

/** Where a path leads through links, of which the last may lead to nothing that is there yet; undefined in a host that cannot tell. */
export const followLinks: ((path: string) => Promise<string>) | undefined = targetOf;

/** Where a path leads once its links are followed; undefined where nothing is there. Undefined in a host that cannot tell. */
export const realPath: ((path: string) => Promise<string | undefined>) | undefined = async (path) => {
  try {
    return await realpath(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
};

/** A whole file in a buffer of its own, which can be handed on without a copy; undefined in a host that cannot. */
export const readWholeFile: ((path: string, signal: AbortSignal) => Promise<ArrayBuffer>) | undefined = async (
  path,
  signal,
) => ownBuffer(await wholeFile(path, signal));
