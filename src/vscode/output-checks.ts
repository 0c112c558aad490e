import * as vscode from 'vscode';
import { KerchunkError } from '../errors';
import type { OutputForm } from '../manifest/forms';
import { lookIntoFolder } from '../references/parquet/look-into-folder';
import { isReplaceable, START_BYTES } from '../references/replaceable';
import { fileErrorInWords, isFileNotFound } from './file-errors';
import { openInput } from './inputs';
import type { DescribedSet } from './open-sets';
import { nameOfSet } from './parquet-metadata';
import { textDocumentOf } from './read-document';
import { isSamePlace } from './same-place';
import { folderInWorkspace } from './workspace-folder';

/**
 * Whether references stand where others are to be written, which will be replaced.
 * @param advice what to do where something else stands there, as a sentence.
 * @throws KerchunkError `write-failed` for anything else: a file that is none of references, a folder with other files, what cannot be looked at;
 * and for a file with changes that are not saved.
 */
export async function standsAt(
  uri: vscode.Uri,
  { form }: OutputForm,
  advice = vscode.l10n.t('Choose another name.'),
): Promise<boolean> {
  const type = await typeOf(uri);
  if (type === undefined) return false;
  const isFolder = (type & vscode.FileType.Directory) !== 0;
  const refusal =
    form === 'parquet' ? await whyNoSet(uri, isFolder) : isFolder ? isAFolder(uri) : await whyNoReferences(uri, type);
  if (refusal !== undefined) throw new KerchunkError('write-failed', `${refusal} ${advice}`);
  refuseUnsaved(uri);
  return true;
}

/** As `standsAt`, of a file of JSON whose name follows from what it is made of. */
export function replacesReferences(uri: vscode.Uri): Promise<boolean> {
  return standsAt(uri, { form: 'json1', gzip: false }, vscode.l10n.t('Rename it, or move it elsewhere.'));
}

/** @throws KerchunkError `write-failed` for a file with changes in an editor that are not saved. */
export function refuseUnsaved(uri: vscode.Uri): void {
  if (textDocumentOf(uri)?.isDirty !== true) return;
  const name = nameOfSet(uri);
  throw new KerchunkError('write-failed', vscode.l10n.t('{0} has unsaved changes. Save or revert it first.', name));
}

/**
 * A set may be written in the place of the one that it is made of, where nothing of that is lost.
 * @throws KerchunkError `not-expressible` where something would be; `invalid-argument` for a place of one among several sets that are combined.
 */
export async function refuseInput(sets: readonly DescribedSet[], output: vscode.Uri): Promise<void> {
  for (const set of sets) {
    if (!(await isSamePlace(set.uri, output))) continue;
    if (sets.length === 1) refuseLoss(set);
    else {
      throw new KerchunkError(
        'invalid-argument',
        vscode.l10n.t(
          '{0} is one of the sets that are combined, and would be replaced. Give another name; Append References writes behind a set in its place.',
          nameOfSet(output),
        ),
      );
    }
  }
}

/** @throws KerchunkError `not-expressible` where keys of the set would not be in the one that takes its place. */
export function refuseLoss({ name, facts: { leftOut } }: DescribedSet): void {
  if (leftOut === null) return;
  throw new KerchunkError(
    'not-expressible',
    vscode.l10n.t(
      '{0} would lose what no array holds: {1}. Remove them first; the Problems panel tells of them.',
      name,
      leftOut,
    ),
  );
}

async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch (error) {
    if (isFileNotFound(error)) return undefined;
    throw new KerchunkError(
      'write-failed',
      vscode.l10n.t("{0} can't be looked at: {1}.", uri.path, fileErrorInWords(error)),
      { cause: error },
    );
  }
}

function isAFolder({ path }: vscode.Uri): string {
  return vscode.l10n.t('{0} is a folder.', path);
}

async function whyNoReferences(uri: vscode.Uri, type: vscode.FileType): Promise<string | undefined> {
  // A link that leads to nothing has no other type.
  if ((type & vscode.FileType.File) === 0) return undefined;
  if (await isReplaceable(await startOf(uri))) return undefined;
  return vscode.l10n.t('{0} is no reference file; it is left as it is.', uri.path);
}

async function startOf(uri: vscode.Uri): Promise<Uint8Array> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size === 0) return new Uint8Array();
  return openInput({ kind: 'file', uri }, () => undefined).read(0, Math.min(size, START_BYTES));
}

async function whyNoSet(uri: vscode.Uri, isFolder: boolean): Promise<string | undefined> {
  if (!isFolder) return vscode.l10n.t('{0} is a file, and a set in parquet is a folder.', uri.path);
  const found = await lookIntoFolder(folderInWorkspace(uri));
  if (found.kind === 'other') {
    return vscode.l10n.t('{0} is a folder that holds no reference set in parquet; it is left as it is.', uri.path);
  }
  if (found.kind !== 'set' || found.foreign === undefined) return undefined;
  return vscode.l10n.t(
    '{0} holds {1}, which is no part of a reference set in parquet and would be lost; the folder is left as it is. Move that file first.',
    uri.path,
    found.foreign,
  );
}
