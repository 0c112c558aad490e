import * as vscode from 'vscode';
import { throwIfCancelled } from '../bytes/cancel';
import { renameInOneStep } from './local-files';
import { keepPermissions, type Passage, throughTemporary } from './through-temporary';

/**
 * Writes a file through a temporary one beside it: afterwards `place` holds all of `content`, or, after a failure, what it held before.
 * @throws KerchunkError `write-failed`, also where `replace` is false and `place` exists; `cancelled`.
 */
export async function writeThroughTemporary(
  place: vscode.Uri,
  content: Uint8Array,
  { replace, signal }: { replace: boolean; signal: AbortSignal },
): Promise<void> {
  await throughTemporary(place, replace, async (passage) => {
    await vscode.workspace.fs.writeFile(passage.temporary, content);
    throwIfCancelled(signal);
    await putInPlace(passage, replace);
  });
}

/** VS Code deletes a file before it renames another over it; the system, where it can be asked, does both in one step. */
async function putInPlace(passage: Passage, replace: boolean): Promise<void> {
  const { temporary, target } = passage;
  if (replace) await keepPermissions(passage);
  if (replace && target.scheme === 'file' && renameInOneStep !== undefined) {
    await renameInOneStep(temporary.fsPath, target.fsPath);
  } else {
    await vscode.workspace.fs.rename(temporary, target, { overwrite: replace });
  }
}
