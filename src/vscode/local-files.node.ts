import { rename } from 'node:fs/promises';
import { openFile } from '../bytes/file';

/** Reads a local file by ranges; undefined in a host that cannot. */
export const openRanges: typeof openFile | undefined = openFile;

/**
 * Puts the file at `from` in the place of the one at `to` in one step, so that `to` is at no time absent; undefined in a host that
 * cannot. Both are paths of the same folder.
 */
export const renameInOneStep: ((from: string, to: string) => Promise<void>) | undefined = rename;
