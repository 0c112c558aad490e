import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { reasonOf } from './bytes/reasons.node';
import { fileTarget, fileUrlToPath } from './bytes/file-url';
import { readWholeFile } from './bytes/whole-file.node';
import { KerchunkError } from './errors';

/** The `file:` address of a path, relative ones seen from the working directory. */
export function addressOfPath(path: string): string {
  return fileTarget(resolve(path));
}

/** Whether a folder stands at a `file:` address. */
export async function isFolder(url: string): Promise<boolean> {
  return (await stat(fileUrlToPath(url)).catch(() => undefined))?.isDirectory() === true;
}

/** The whole file at a `file:` address. @throws KerchunkError `fetch-failed` naming its path, `cancelled`. */
export async function readLocalFile(url: string, signal: AbortSignal): Promise<Uint8Array> {
  const path = fileUrlToPath(url);
  try {
    return await readWholeFile(path, signal);
  } catch (error) {
    if (error instanceof KerchunkError) throw error;
    throw new KerchunkError('fetch-failed', `${path} cannot be read: ${reasonOf(error)}.`, { cause: error });
  }
}

/** A file of the library itself. */
export async function readAsset(url: URL): Promise<Uint8Array> {
  return readFile(url);
}
