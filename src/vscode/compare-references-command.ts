import * as vscode from 'vscode';
import { describeError, KerchunkError } from '../errors';
import type { ToDifferencesPage } from '../webview/differences-messages';
import type { ComparedFiles, DifferencesPanels } from './differences-panels';
import { metadataOf, nameOfSet } from './parquet-metadata';
import { activeSet, filesOfMenu, inOrderOfNames, pickSets } from './pick-sets';
import { documentUriOf } from './virtual-uris';

/**
 * `Compare References by Meaning`: of two files that are selected the first by name against the other; of one, or of the one in the active editor,
 * against a file that is asked for, or against what was last committed of it, which counts as what it was before. Returns what is shown; undefined
 * where the user gave up.
 */
export async function compareReferencesCommand(
  panels: DifferencesPanels,
  log: vscode.LogOutputChannel,
  clicked?: unknown,
  selected?: unknown,
): Promise<ToDifferencesPage | undefined> {
  try {
    const files = await filesToCompare(clicked, selected);
    if (files === undefined) return undefined;
    const [before, after] = await Promise.all([metadataOf(files.before), metadataOf(files.after)]);
    if (before.toString() === after.toString()) {
      throw new KerchunkError(
        'invalid-argument',
        vscode.l10n.t('{0} is one set. Choose another one to compare it with.', nameOfSet(before)),
      );
    }
    return await panels.show({ before, after });
  } catch (error) {
    const { message } = describeError(error, 'fetch-failed');
    log.error(error instanceof Error ? error : message);
    void vscode.window.showErrorMessage(vscode.l10n.t('Compare References: {0}', message));
    return undefined;
  }
}

async function filesToCompare(clicked: unknown, selected: unknown): Promise<ComparedFiles | undefined> {
  const given = filesOfMenu(clicked, selected) ?? [];
  if (given.length > 2) {
    throw new KerchunkError(
      'invalid-argument',
      vscode.l10n.t('{0} files are selected, and two are compared. Select two.', given.length),
    );
  }
  const [first, second] = given.length === 2 ? inOrderOfNames(given) : given;
  if (first !== undefined && second !== undefined) return { before: first, after: second };
  const chosen = first ?? activeSet() ?? (await pickSets(vscode.l10n.t('The set as it is now'), false))?.[0];
  if (chosen === undefined) return undefined;
  const after = documentUriOf(chosen);
  const before = await pickBefore(after);
  return before && { before, after };
}

async function pickBefore(after: vscode.Uri): Promise<vscode.Uri | undefined> {
  const title = vscode.l10n.t('Compare {0} with', nameOfSet(after));
  const committed = await asCommitted(after);
  if (committed !== undefined) {
    const last = vscode.l10n.t('The file as it was last committed');
    const other = vscode.l10n.t('Another file…');
    const answer = await vscode.window.showQuickPick([last, other], { title });
    if (answer === undefined) return undefined;
    if (answer === last) return committed;
  }
  return (await pickSets(title, false, after))?.[0];
}

/** What the extension for git has of a file as it was last committed; undefined where it has none. */
async function asCommitted(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  if (uri.scheme !== 'file') return undefined;
  const committed = uri.with({ scheme: 'git', query: JSON.stringify({ path: uri.fsPath, ref: 'HEAD' }) });
  return vscode.workspace.fs.stat(committed).then(
    () => committed,
    () => undefined,
  );
}
