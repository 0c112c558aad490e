import * as vscode from 'vscode';
import { KerchunkError } from '../errors';
import { fileErrorInWords, isFileNotFound } from './file-errors';
import { copyPermissions, followLinks } from './local-files';

/** Where something is written: first beside the place, under a name of its own. */
export interface Passage {
  temporary: vscode.Uri;
  target: vscode.Uri;
  /** Another name beside the place that nothing has. */
  aside: vscode.Uri;
}

/**
 * Writes a file or folder through a temporary one beside it, which is gone after a failure. Where something is replaced that is reached through a
 * link, it is what the link leads to, as far as the host can tell; the link stays.
 * @param write fills `temporary`, and puts it in the place of `target`.
 * @throws KerchunkError what `write` throws, other errors as `write-failed`.
 */
export async function throughTemporary<Result>(
  place: vscode.Uri,
  replace: boolean,
  write: (passage: Passage) => Promise<Result>,
): Promise<Result> {
  let temporary: vscode.Uri | undefined;
  try {
    const target = replace ? await behindLinks(place) : place;
    const mark = crypto.randomUUID().slice(0, 8);
    temporary = target.with({ path: `${target.path}.${mark}.tmp` });
    return await write({ temporary, target, aside: target.with({ path: `${target.path}.${mark}.old` }) });
  } catch (error) {
    const left = temporary === undefined ? '' : await remove(temporary);
    if (error instanceof KerchunkError) throw error;
    throw new KerchunkError(
      'write-failed',
      `${place.path} can't be written: ${fileErrorInWords(error)}. Check the folder, and try again.${left}`,
      { cause: error },
    );
  }
}

/** What replaces something keeps its permissions, where the host can tell them. */
export async function keepPermissions({ temporary, target }: Passage): Promise<void> {
  if (target.scheme === 'file') await copyPermissions?.(target.fsPath, temporary.fsPath);
}

/** What a place leads to once its links are followed, as far as the host can tell. */
export async function behindLinks(place: vscode.Uri): Promise<vscode.Uri> {
  if (place.scheme !== 'file' || followLinks === undefined) return place;
  const path = await followLinks(place.fsPath);
  return path === place.fsPath ? place : vscode.Uri.file(path);
}

/** Deletes what may or may not have come to exist; says so where it stays. */
async function remove(temporary: vscode.Uri): Promise<string> {
  try {
    await vscode.workspace.fs.delete(temporary, { recursive: true });
    return '';
  } catch (error) {
    if (isFileNotFound(error)) return '';
    return ` What was written so far, ${temporary.path}, could not be deleted either: ${fileErrorInWords(error)}.`;
  }
}
