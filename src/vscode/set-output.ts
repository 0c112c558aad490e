import * as vscode from 'vscode';
import { KerchunkError } from '../errors';
import { formOfName, type OutputForm } from '../manifest/forms';
import type { MadeSet } from '../worker/set-messages';
import type { Ask } from './ask';
import type { DescribedSet } from './open-sets';
import { refuseInput, refuseLoss, refuseUnsaved, standsAt } from './output-checks';
import { isMetadataName, nameOfSet } from './parquet-metadata';
import { addressOfUri } from './virtual-uris';
import { writeThroughTemporary } from './write-file';
import { writeFolderThroughTemporary } from './write-folder';

/** Where a set is written: its file, or of one in parquet its folder. */
export interface SetOutput {
  uri: vscode.Uri;
  form: OutputForm;
  /** Whether what stands there is replaced. */
  replace: boolean;
}

/** What an output is to be judged by: the sets that it is made of, and who is asked. */
export interface OutputFor {
  sets: readonly DescribedSet[];
  ask: Ask;
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
export async function askOutput(
  suggested: vscode.Uri,
  form: OutputForm,
  { sets, ask }: OutputFor,
): Promise<SetOutput | undefined> {
  const name = form.form === 'parquet' ? vscode.l10n.t('Reference set in parquet') : vscode.l10n.t('Reference files');
  const uri = await vscode.window.showSaveDialog({
    defaultUri: suggested,
    filters: { [name]: endingsOf(form) },
    title: vscode.l10n.t('Where the references are written'),
  });
  // The dialog has asked whether a file is replaced.
  return uri && outputAt(uri, form, sets, form.form === 'parquet' ? ask : undefined);
}

/**
 * Settles an output that is named; the user is asked whether what stands there is replaced.
 * @throws KerchunkError `invalid-argument` for a name that says another form; what `refuseInput` and `standsAt` throw; `write-failed`.
 */
export function checkedOutput(
  uri: vscode.Uri,
  form: OutputForm,
  { sets, ask }: OutputFor,
): Promise<SetOutput | undefined> {
  return outputAt(uri, form, sets, ask);
}

async function outputAt(
  uri: vscode.Uri,
  form: OutputForm,
  sets: readonly DescribedSet[],
  ask: Ask | undefined,
): Promise<SetOutput | undefined> {
  checkName(uri, form);
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) {
    throw new KerchunkError('write-failed', vscode.l10n.t('{0} stands in a file system that is only read.', uri.path));
  }
  await refuseInput(sets, uri);
  const replace = await standsAt(uri, form);
  if (!replace || ask === undefined) return { uri, form, replace };
  return (await ask.replace([uri])) === 'replace' ? { uri, form, replace } : undefined;
}

/**
 * The output that takes the place of a set, in the form that it has; the user has agreed to that.
 * @throws KerchunkError `write-failed` for one that cannot be written to, `not-expressible` as `refuseLoss`.
 */
export async function outputInPlace(set: DescribedSet): Promise<SetOutput> {
  const { uri, name } = set;
  const { form } = set.facts;
  refuseLoss(set);
  if (addressOfUri(uri) !== undefined) {
    throw new KerchunkError('write-failed', vscode.l10n.t('{0} stands at a web address, which is only read.', name));
  }
  if (form === null) {
    throw new KerchunkError(
      'write-failed',
      vscode.l10n.t('{0} is compressed as Zstandard, which is not written. Write another file.', name),
    );
  }
  refuseUnsaved(uri);
  if (form.form !== 'parquet') return { uri, form, replace: true };
  const folder = isMetadataName(uri.path) ? vscode.Uri.joinPath(uri, '..') : uri;
  return { uri: folder, form, replace: await standsAt(folder, form) };
}

/**
 * Writes a set that was made, in one step as far as the file system allows.
 * @returns what is to be said although it was written, as `writeFolderThroughTemporary`.
 * @throws KerchunkError `write-failed`, `cancelled`.
 */
export async function writeSet(
  { uri, form, replace }: SetOutput,
  { files }: Pick<MadeSet, 'files'>,
  signal: AbortSignal,
): Promise<string[]> {
  if (form.form === 'parquet') return writeFolderThroughTemporary(uri, files, { replace, signal });
  const [file] = files;
  if (file === undefined) throw new Error('A set of JSON is one file.');
  await writeThroughTemporary(uri, new Uint8Array(file.bytes), { replace, signal });
  return [];
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
