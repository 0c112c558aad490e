import { randomUUID } from 'node:crypto';
import { chmod, type FileHandle, mkdir, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { KerchunkError } from '../errors';
import { throwIfCancelled } from './cancel';
import { reasonOf } from './reasons.node';
import type { ByteSink, FolderSink } from './sink';

/** Where a file or folder is to stand: its absolute path, and how messages name it. */
export interface OutputPlace {
  path: string;
  shown: string;
}

/**
 * Writes a file through a temporary one beside it: what stands at the place is all that `fill` writes, or what it was before. A symbolic link
 * stays, and what it points at is written; a file that is replaced keeps its permissions.
 * @throws what `fill` throws; KerchunkError `write-failed` where the file cannot be written, `cancelled` as soon as the signal has fired.
 */
export async function writeFileInPieces<T>(
  place: OutputPlace,
  signal: AbortSignal,
  fill: (sink: ByteSink) => Promise<T>,
): Promise<T> {
  const path = await attempt(place, () => targetOf(place.path));
  return throughTemporary({ ...place, path }, signal, async (temporary) => {
    const result = await fillFile({ path: temporary, shown: place.shown }, signal, fill);
    throwIfCancelled(signal);
    await attempt(place, async () => {
      const mode = await permissionsOf(path);
      if (mode !== undefined) await chmod(temporary, mode);
      await rename(temporary, path);
    });
    return result;
  });
}

/**
 * Writes a folder through a temporary one beside it, as `writeFileInPieces` does a file. A folder that stands at the place is replaced as a
 * whole: for a moment neither is there.
 * @throws as `writeFileInPieces`.
 */
export async function writeFolderInPieces<T>(
  place: OutputPlace,
  signal: AbortSignal,
  fill: (folder: FolderSink) => Promise<T>,
): Promise<T> {
  const path = await attempt(place, () => targetOf(place.path));
  return throughTemporary({ ...place, path }, signal, async (temporary) => {
    await attempt(place, () => mkdir(temporary));
    const result = await fill({
      file: async (name, fillOne) => {
        const file = { path: join(temporary, name), shown: join(place.shown, name) };
        await attempt(file, () => mkdir(dirname(file.path), { recursive: true }));
        await fillFile(file, signal, fillOne);
      },
    });
    throwIfCancelled(signal);
    await attempt(place, async () => {
      const mode = await permissionsOf(path);
      if (mode !== undefined) await chmod(temporary, mode);
      await replaceFolder(temporary, path);
    });
    return result;
  });
}

/** Links that are followed from one to the next, as many as Linux follows. */
const MOST_LINKS = 40;

/** Where a path leads through symbolic links, of which the last may point at nothing that is there yet. */
export async function targetOf(path: string): Promise<string> {
  let at = path;
  for (let links = 0; links < MOST_LINKS; links++) {
    const real = await orAbsent(() => realpath(at));
    if (real !== undefined) return real;
    const link = await orAbsent(() => readlink(at));
    if (link === undefined) return at;
    at = resolve(dirname(at), link);
  }
  return at;
}

/** The permissions of what stands at a path, as its mode's last nine bits; undefined where nothing does. */
export async function permissionsOf(path: string): Promise<number | undefined> {
  const found = await orAbsent(() => stat(path));
  return found === undefined ? undefined : found.mode & 0o777;
}

/** Undefined where there is nothing at the path, or no link. */
async function orAbsent<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'EINVAL', 'ENOTDIR'].includes(code)) return undefined;
    throw error;
  }
}

async function throughTemporary<T>(
  place: OutputPlace,
  signal: AbortSignal,
  write: (temporary: string) => Promise<T>,
): Promise<T> {
  const temporary = temporaryBeside(place.path);
  try {
    throwIfCancelled(signal);
    return await write(temporary);
  } catch (error) {
    // Where even what is temporary cannot be removed, why the output could not be written says more.
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    if (signal.aborted) throw new KerchunkError('cancelled', 'Cancelled; nothing was written.', { cause: error });
    throw error;
  }
}

async function fillFile<T>(file: OutputPlace, signal: AbortSignal, fill: (sink: ByteSink) => Promise<T>): Promise<T> {
  const handle = await attempt(file, () => open(file.path, 'wx'));
  let result: T;
  try {
    result = await fill({
      write: async (bytes) => {
        throwIfCancelled(signal);
        await attempt(file, () => writeAll(handle, bytes));
      },
    });
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
  await attempt(file, () => handle.close());
  return result;
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let at = 0;
  while (at < bytes.length) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
}

/** Puts the folder at `from` in the place of what stands at `to`. A folder that is not empty cannot be renamed over. */
async function replaceFolder(from: string, to: string): Promise<void> {
  const old = temporaryBeside(to);
  const isThere = await rename(to, old).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    },
  );
  try {
    await rename(from, to);
  } catch (error) {
    if (isThere) await rename(old, to);
    throw error;
  }
  if (isThere) await rm(old, { recursive: true, force: true });
}

function temporaryBeside(path: string): string {
  return `${path.replace(/[\\/]+$/u, '')}.${randomUUID().slice(0, 8)}.tmp`;
}

async function attempt<T>({ shown }: OutputPlace, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isAbsent ? 'the folder that is to hold it does not exist. Create it first' : reasonOf(error);
    throw new KerchunkError('write-failed', `${shown} cannot be written: ${reason}.`, { cause: error });
  }
}
