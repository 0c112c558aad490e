import * as vscode from 'vscode';
import { throwIfCancelled } from '../bytes/cancel';
import { KerchunkError } from '../errors';
import { fileErrorInWords } from './file-errors';
import { realPath, renameInOneStep } from './local-files';

/**
 * Writes a file through a temporary one beside it: afterwards `place` holds all of `content`, or, after a failure, what it held
 * before, and the temporary file is gone. Of a link it is the file that it leads to, as far as the host can tell.
 * @throws KerchunkError `write-failed`, also where `replace` is false and `target` exists; `cancelled`.
 */
export async function writeThroughTemporary(
  place: vscode.Uri,
  content: Uint8Array,
  { replace, signal }: { replace: boolean; signal: AbortSignal },
): Promise<void> {
  const target = replace ? await behindLinks(place) : place;
  const mark = crypto.randomUUID().slice(0, 8);
  const temporary = target.with({ path: `${target.path}.${mark}.tmp` });
  try {
    await vscode.workspace.fs.writeFile(temporary, content);
    throwIfCancelled(signal);
    await putInPlace(temporary, target, replace);
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

/** A rename over a link would leave a file in its place, and what it leads to as it was. */
async function behindLinks(place: vscode.Uri): Promise<vscode.Uri> {
  if (place.scheme !== 'file' || realPath === undefined) return place;
  const real = await realPath(place.fsPath);
  return real === undefined || real === place.fsPath ? place : vscode.Uri.file(real);
}

/** VS Code deletes a file before it renames another over it; the system, where it can be asked, does both in one step. */
async function putInPlace(temporary: vscode.Uri, target: vscode.Uri, replace: boolean): Promise<void> {
  if (replace && target.scheme === 'file' && renameInOneStep !== undefined) {
    await renameInOneStep(temporary.fsPath, target.fsPath);
  } else {
    await vscode.workspace.fs.rename(temporary, target, { overwrite: replace });
  }
}

/** Deletes a file that may or may not have come to exist; says so where it stays. */
async function remove(temporary: vscode.Uri): Promise<string> {
  try {
    await vscode.workspace.fs.delete(temporary);
    return '';
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return '';
    return ` The temporary file ${temporary.path} could not be deleted either: ${fileErrorInWords(error)}.`;
  }
}
