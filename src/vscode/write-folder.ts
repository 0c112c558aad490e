import * as vscode from 'vscode';
import { throwIfCancelled } from '../bytes/cancel';
import { KerchunkError } from '../errors';
import { fileErrorInWords } from './file-errors';

/** A file of a folder that is written: its path below it, with slashes. */
export interface FileOfFolder {
  path: string;
  bytes: ArrayBuffer;
}

/**
 * Writes a folder through a temporary one beside it, which then takes its place; what stood there stays until all is written.
 * @throws KerchunkError `write-failed`, also where `replace` is false and something stands there; `cancelled`.
 */
export async function writeFolderThroughTemporary(
  target: vscode.Uri,
  files: readonly FileOfFolder[],
  { replace, signal }: { replace: boolean; signal: AbortSignal },
): Promise<void> {
  const { fs } = vscode.workspace;
  const mark = crypto.randomUUID().slice(0, 8);
  const temporary = target.with({ path: `${target.path}.${mark}.tmp` });
  try {
    for (const { path, bytes } of files) {
      throwIfCancelled(signal);
      const file = vscode.Uri.joinPath(temporary, path);
      await fs.createDirectory(vscode.Uri.joinPath(file, '..'));
      await fs.writeFile(file, new Uint8Array(bytes));
    }
    throwIfCancelled(signal);
    await putInPlace(temporary, target, `${target.path}.${mark}.old`, replace);
  } catch (error) {
    const left = await remove(temporary);
    if (error instanceof KerchunkError) throw error;
    throw new KerchunkError(
      'write-failed',
      `${target.path} can't be written: ${fileErrorInWords(error)}. Check the folder, and try again.${left}`,
      { cause: error },
    );
  }
}

/** A folder that is not empty cannot be renamed over: the old one goes aside first, and comes back where the new one cannot take its place. */
async function putInPlace(from: vscode.Uri, to: vscode.Uri, aside: string, replace: boolean): Promise<void> {
  const { fs } = vscode.workspace;
  const old = to.with({ path: aside });
  if (replace) await fs.rename(to, old);
  try {
    await fs.rename(from, to, { overwrite: false });
  } catch (error) {
    if (replace) await fs.rename(old, to);
    throw error;
  }
  if (replace) await fs.delete(old, { recursive: true });
}

/** Deletes a folder that may or may not have come to exist; says so where it stays. */
async function remove(temporary: vscode.Uri): Promise<string> {
  try {
    await vscode.workspace.fs.delete(temporary, { recursive: true });
    return '';
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return '';
    return ` The temporary folder ${temporary.path} could not be deleted either: ${fileErrorInWords(error)}.`;
  }
}
