import * as vscode from 'vscode';
import { describeError } from '../errors';
import type { FindingGroup, SourceCheck } from '../preview/types';
import { bytesInWords, plural } from '../words';
import { nameOfUri } from './inputs';
import type { LocalPermission } from './local-permission';
import { activeFile } from './open-editors';
import type { OpenDocument } from './open-document';
import type { ReferenceDocuments } from './reference-documents';
import { isTiffName } from './tiff-names';
import { mayCheckSource } from './trust';

/** What the command works with. */
export interface CheckSourceParts {
  documents: Pick<ReferenceDocuments, 'use' | 'refresh'>;
  permission: Pick<LocalPermission, 'ask'>;
  log: Pick<vscode.LogOutputChannel, 'info' | 'error'>;
}

/**
 * `Check Against Source`: of the file in a menu's argument, else of the one in the active tab. What is found stands in the Problems panel and
 * in the viewer. Returns what the check gave; undefined where there is nothing to check, in Restricted Mode, and where the user stops it.
 */
export async function checkSourceCommand(parts: CheckSourceParts, file: unknown): Promise<SourceCheck | undefined> {
  const uri = file instanceof vscode.Uri ? file : activeFile();
  if (uri === undefined || isTiffName(uri.path)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a reference file first.'));
    return undefined;
  }
  if (!mayCheckSource()) return undefined;
  const use = parts.documents.use(uri);
  try {
    const check = await checkAllowed(parts, uri, use.document);
    parts.log.info(`${uri.toString(true)}: ${summary(check)}`);
    void tell(uri, check);
    return check;
  } catch (error) {
    const { code, message } = describeError(error, 'decode-failed');
    if (code === 'cancelled') return undefined;
    parts.log.error(`${uri.toString(true)}: ${message}`);
    void vscode.window.showErrorMessage(vscode.l10n.t('Check Against Source: {0}', message));
    return undefined;
  } finally {
    use.dispose();
  }
}

/** Checks, asks for the local files that may not be read yet, and checks again where the user allows some. */
async function checkAllowed(
  { documents, permission }: CheckSourceParts,
  uri: vscode.Uri,
  document: OpenDocument,
): Promise<SourceCheck> {
  const check = await checkWithProgress(uri, document);
  let isAllowed = false;
  for (const url of check.needPermission) {
    // Most stand in one folder, which the first answer is about.
    if (await permission.ask(url, uri)) isAllowed = true;
    else if (!isAllowed) break;
  }
  if (!isAllowed) return check;
  documents.refresh();
  return checkWithProgress(uri, document);
}

function checkWithProgress(uri: vscode.Uri, document: OpenDocument): Thenable<SourceCheck> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Check {0} Against Source', nameOfUri(uri)),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => {
      cancel.abort();
    });
    return document.checkSource(cancel.signal, (message) => {
      progress.report({ message });
    });
  });
}

async function tell(uri: vscode.Uri, check: SourceCheck): Promise<void> {
  const name = nameOfUri(uri);
  const worst = (['error', 'warning'] as const).find((severity) => countOf(check.groups, severity) > 0);
  const found = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = countOf(check.groups, severity);
    return count === 0 ? [] : [plural(count, severity === 'info' ? 'note' : severity)];
  });
  const result = found.length === 0 ? vscode.l10n.t('nothing differs') : found.join(', ');
  const message = `${name}: ${result}. ${summary(check)}.`;
  const problems = vscode.l10n.t('Show Problems');
  const actions = found.length === 0 ? [] : [problems];
  const answer =
    worst === undefined
      ? await vscode.window.showInformationMessage(message, ...actions)
      : await vscode.window.showWarningMessage(message, ...actions);
  if (answer === problems) await vscode.commands.executeCommand('workbench.actions.view.problems');
}

function countOf(groups: readonly FindingGroup[], severity: FindingGroup['severity']): number {
  return groups.filter((group) => group.severity === severity).reduce((sum, { count }) => sum + count, 0);
}

/** How far the check went, and what it cost: `36 chunks of 1 array compared, 4 decoded both ways; 5 reads, 66 KiB`. */
function summary({ arrays, compared, decoded, reads, bytes }: SourceCheck): string {
  return (
    `${plural(compared, 'chunk')} of ${plural(arrays, 'array')} compared with the file, ${decoded} decoded both ways; ` +
    `${plural(reads, 'read')}, ${bytesInWords(bytes)}`
  );
}
