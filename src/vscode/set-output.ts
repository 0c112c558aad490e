import * as vscode from 'vscode';
import { KerchunkError } from '../errors';
import { formOfName, type OutputForm } from '../manifest/forms';
import { lookIntoFolder } from '../references/parquet/look-into-folder';
import type { MadeSet } from '../worker/set-messages';
import type { Ask } from './ask';
import { addressOfUri } from './virtual-uris';
import { isMetadataName, nameOfSet } from './parquet-metadata';
import { textDocumentOf } from './read-document';
import { folderInWorkspace } from './workspace-folder';
import { writeThroughTemporary } from './write-file';
import { writeFolderThroughTemporary } from './write-folder';

/** Where a set is written: its file, or of one in parquet its folder. */
export interface SetOutput {
  uri: vscode.Uri;
  form: OutputForm;
  /** Whether what stands there is replaced. */
  replace: boolean;
}

/** The endings of a form, as the save dialog takes them. */
function endingsOf({ form, gzip }: OutputForm): string[] {
  if (form === 'parquet') return ['parq', 'parquet'];
  return [gzip ? 'json.gz' : 'json'];
}

/**
 * Asks where a set of a form is to be written; undefined where the user gives up.
 * @param suggested beside which file, and under what name.
 * @throws KerchunkError as `checkedOutput`.
 */
export async function askOutput(suggested: vscode.Uri, form: OutputForm, ask: Ask): Promise<SetOutput | undefined> {
  const name = form.form === 'parquet' ? vscode.l10n.t('Reference set in parquet') : vscode.l10n.t('Reference files');
  const uri = await vscode.window.showSaveDialog({
    defaultUri: suggested,
    filters: { [name]: endingsOf(form) },
    title: vscode.l10n.t('Where the references are written'),
  });
  // The dialog has asked whether a file is replaced.
  return uri && checkedOutput(uri, form, form.form === 'parquet' ? ask : undefined);
}

/**
 * Settles an output that is named: what stands there is replaced where `ask` says so, or where there is none to ask.
 * @throws KerchunkError `invalid-argument` for a name that says another form; `write-failed` for what is not replaced.
 */
export async function checkedOutput(
  uri: vscode.Uri,
  form: OutputForm,
  ask: Ask | undefined,
): Promise<SetOutput | undefined> {
  checkName(uri, form);
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) {
    throw new KerchunkError('write-failed', vscode.l10n.t('{0} stands in a file system that is only read.', uri.path));
  }
  const replace = await whatStandsAt(uri, form);
  if (!replace || ask === undefined) return { uri, form, replace };
  return (await ask.replace([uri])) === 'replace' ? { uri, form, replace } : undefined;
}

/**
 * The output that takes the place of a set, in the form that it has; the user has agreed to that.
 * @throws KerchunkError `write-failed` for one that cannot be written to.
 */
export async function outputInPlace(uri: vscode.Uri, form: OutputForm | null): Promise<SetOutput> {
  const name = nameOfSet(uri);
  if (addressOfUri(uri) !== undefined) {
    throw new KerchunkError('write-failed', vscode.l10n.t('{0} stands at a web address, which is only read.', name));
  }
  if (form === null) {
    throw new KerchunkError(
      'write-failed',
      vscode.l10n.t('{0} is compressed as Zstandard, which is not written. Write another file.', name),
    );
  }
  if (textDocumentOf(uri)?.isDirty === true) {
    throw new KerchunkError('write-failed', vscode.l10n.t('{0} has unsaved changes. Save or revert it first.', name));
  }
  if (form.form !== 'parquet') return { uri, form, replace: true };
  const folder = isMetadataName(uri.path) ? vscode.Uri.joinPath(uri, '..') : uri;
  return { uri: folder, form, replace: await whatStandsAt(folder, form) };
}

/** Writes a set that was made, in one step as far as the file system allows. @throws KerchunkError `write-failed`, `cancelled`. */
export async function writeSet(
  { uri, form, replace }: SetOutput,
  { files }: Pick<MadeSet, 'files'>,
  signal: AbortSignal,
): Promise<void> {
  if (form.form === 'parquet') {
    await writeFolderThroughTemporary(uri, files, { replace, signal });
    return;
  }
  const [file] = files;
  if (file === undefined) throw new Error('A set of JSON is one file.');
  await writeThroughTemporary(uri, new Uint8Array(file.bytes), { replace, signal });
}

function checkName(uri: vscode.Uri, form: OutputForm): void {
  const fits = ((): boolean => {
    try {
      return formOfName(uri.path, form.form).gzip === form.gzip;
    } catch {
      return false;
    }
  })();
  if (fits) return;
  throw new KerchunkError(
    'invalid-argument',
    vscode.l10n.t(
      '{0} is no name for that form: readers know it by its ending. End it in .{1}.',
      nameOfSet(uri),
      endingsOf(form)[0] ?? '',
    ),
  );
}

/** Whether something stands there that will be replaced. @throws KerchunkError `write-failed` for what is not replaced. */
async function whatStandsAt(uri: vscode.Uri, { form }: OutputForm): Promise<boolean> {
  const type = await vscode.workspace.fs.stat(uri).then(
    (stat) => stat.type,
    () => undefined,
  );
  if (type === undefined) return false;
  const isFolder = (type & vscode.FileType.Directory) !== 0;
  if (form !== 'parquet') {
    if (!isFolder) return true;
    throw new KerchunkError('write-failed', vscode.l10n.t('{0} is a folder. Choose another name.', uri.path));
  }
  if (!isFolder) {
    throw new KerchunkError(
      'write-failed',
      vscode.l10n.t('{0} is a file, and a set in parquet is a folder. Choose another name.', uri.path),
    );
  }
  const found = await lookIntoFolder(folderInWorkspace(uri));
  if (found.kind === 'other') {
    throw new KerchunkError(
      'write-failed',
      vscode.l10n.t(
        '{0} is a folder that holds no reference set in parquet; it is left as it is. Choose another name.',
        uri.path,
      ),
    );
  }
  if (found.kind === 'set' && found.foreign !== undefined) {
    throw new KerchunkError(
      'write-failed',
      vscode.l10n.t(
        '{0} holds {1}, which is no part of a reference set in parquet and would be lost; the folder is left as it is. Move that file, or choose another name.',
        uri.path,
        found.foreign,
      ),
    );
  }
  return true;
}
