import * as vscode from 'vscode';
import { throwIfCancelled } from '../bytes/cancel';
import { KerchunkError } from '../errors';
import { fileErrorInWords } from './file-errors';
import { keepPermissions, type Passage, throughTemporary } from './through-temporary';

/** A file of a folder that is written: its path below it, with slashes. */
export interface FileOfFolder {
  path: string;
  bytes: ArrayBuffer;
}

/**
 * Writes a folder through a temporary one beside it, which then takes its place; what stood there stays until all is written.
 * @returns what is to be said although the folder was written: where what stood there could not be deleted.
 * @throws KerchunkError `write-failed`, also where `replace` is false and something stands there; `cancelled`.
 */
export function writeFolderThroughTemporary(
  place: vscode.Uri,
  files: readonly FileOfFolder[],
  { replace, signal }: { replace: boolean; signal: AbortSignal },
): Promise<string[]> {
  const { fs } = vscode.workspace;
  return throughTemporary(place, replace, async (passage) => {
    for (const { path, bytes } of files) {
      throwIfCancelled(signal);
      const file = vscode.Uri.joinPath(passage.temporary, path);
      await fs.createDirectory(vscode.Uri.joinPath(file, '..'));
      await fs.writeFile(file, new Uint8Array(bytes));
    }
    throwIfCancelled(signal);
    if (replace) return replaceFolder(passage);
    await fs.rename(passage.temporary, passage.target, { overwrite: false });
    return [];
  });
}

/** A folder that is not empty cannot be renamed over: the old one goes aside first, and comes back where the new one cannot take its place. */
async function replaceFolder(passage: Passage): Promise<string[]> {
  const { fs } = vscode.workspace;
  const { temporary, target, aside } = passage;
  await keepPermissions(passage);
  await fs.rename(target, aside);
  try {
    await fs.rename(temporary, target, { overwrite: false });
  } catch (error) {
    await bringBack(aside, target, error);
    throw error;
  }
  try {
    await fs.delete(aside, { recursive: true });
    return [];
  } catch (error) {
    return [
      vscode.l10n.t(
        'What stood there before could not be deleted: {0}. It is now {1}; delete that folder.',
        fileErrorInWords(error),
        aside.path,
      ),
    ];
  }
}

/** @throws KerchunkError `write-failed` where the old folder cannot come back: it says where that is. */
async function bringBack(aside: vscode.Uri, target: vscode.Uri, why: unknown): Promise<void> {
  try {
    await vscode.workspace.fs.rename(aside, target, { overwrite: false });
  } catch (error) {
    throw new KerchunkError(
      'write-failed',
      `${target.path} can't be written: ${fileErrorInWords(why)}. What stood there is now ${aside.path}, ` +
        `and could not be renamed back: ${fileErrorInWords(error)}. Rename it yourself.`,
      { cause: error },
    );
  }
}
