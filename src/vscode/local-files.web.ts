import type { openFile } from '../bytes/file';

/** Reads a local file by ranges; undefined in a host that cannot. */
export const openRanges: typeof openFile | undefined = undefined;

/**
 * Puts the file at `from` in the place of the one at `to` in one step, so that `to` is at no time absent; undefined in a host that
 * cannot. Both are paths of the same folder.
 */
export const renameInOneStep: ((from: string, to: string) => Promise<void>) | undefined = undefined;

/** Gives what stands at `to` the permissions of what stands at `from`, if anything does; undefined in a host that cannot. */
export const copyPermissions: ((from: string, to: string) => Promise<void>) | undefined = undefined;

/** Where a path leads through links, of which the last may lead to nothing that is there yet; undefined in a host that cannot tell. */
export const followLinks: ((path: string) => Promise<string>) | undefined = undefined;

/** Where a path leads once its links are followed; undefined where nothing is there. Undefined in a host that cannot tell. */
export const realPath: ((path: string) => Promise<string | undefined>) | undefined = undefined;

/** A whole file in a buffer of its own, which can be handed on without a copy; undefined in a host that cannot. */
export const readWholeFile: ((path: string, signal: AbortSignal) => Promise<ArrayBuffer>) | undefined = undefined;
