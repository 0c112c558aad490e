import * as vscode from 'vscode';
import { describeError } from '../errors';
import type { FindingGroup } from '../preview/types';
import { plural } from '../words';
import { nameOfUri } from './inputs';
import type { LocalPermission } from './local-permission';
import { activeFile } from './open-editors';
import type { OpenDocument } from './open-document';
import type { ReferenceDocuments } from './reference-documents';
import { isTiffName } from '../tiff/file-names';
import { mayCheckFiles } from './trust';

/** What the commands that check work with. */
export interface CheckParts {
  documents: Pick<ReferenceDocuments, 'use' | 'refresh'>;
  permission: Pick<LocalPermission, 'ask'>;
  log: Pick<vscode.LogOutputChannel, 'info' | 'error'>;
}

/** What any check of the files behind references gives. */
interface CheckFindings {
  groups: FindingGroup[];
  /** Local files outside the workspace that were not read because the user has not allowed it. */
  needPermission: string[];
}

/** A check of references that reads the files behind them. */
export interface FileCheck<Result extends CheckFindings> {
  /** The command's title. */
  title: string;
  /** What is done with the file of that name. */
  progressTitle(name: string): string;
  run(document: OpenDocument, signal: AbortSignal, tell: (message: string) => void): Promise<Result>;
  /** What is said where nothing was found. */
  nothingFound: string;
  /** How far the check went. */
  summary(result: Result): string;
}

/**
 * Runs a check of the file in a menu's argument, else of the one in the active tab. What is found stands in the Problems panel and in the
 * viewer. Returns what the check gave; undefined where there is nothing to check, in Restricted Mode, and where the user stops it.
 */
export async function checkFiles<Result extends CheckFindings>(
  fileCheck: FileCheck<Result>,
  parts: CheckParts,
  file: unknown,
): Promise<Result | undefined> {
  const uri = file instanceof vscode.Uri ? file : activeFile();
  if (uri === undefined || isTiffName(uri.path)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a reference file first.'));
    return undefined;
  }
  if (!mayCheckFiles()) return undefined;
  const use = parts.documents.use(uri);
  try {
    const result = await checkAllowed(fileCheck, parts, uri, use.document);
    parts.log.info(`${uri.toString(true)}: ${fileCheck.summary(result)}`);
    void tell(fileCheck, uri, result);
    return result;
  } catch (error) {
    const { code, message } = describeError(error, 'decode-failed');
    if (code === 'cancelled') return undefined;
    parts.log.error(`${uri.toString(true)}: ${message}`);
    void vscode.window.showErrorMessage(`${fileCheck.title}: ${message}`);
    return undefined;
  } finally {
    use.dispose();
  }
}

/** Checks, asks for the local files that may not be read yet, and checks again where the user allows some. */
async function checkAllowed<Result extends CheckFindings>(
  fileCheck: FileCheck<Result>,
  { documents, permission }: CheckParts,
  uri: vscode.Uri,
  document: OpenDocument,
): Promise<Result> {
  const result = await checkWithProgress(fileCheck, uri, document);
  let isAllowed = false;
  for (const url of result.needPermission) {
    // Most stand in one folder, which the first answer is about.
    if (await permission.ask(url, uri)) isAllowed = true;
    else if (!isAllowed) break;
  }
  if (!isAllowed) return result;
  documents.refresh();
  return checkWithProgress(fileCheck, uri, document);
}

function checkWithProgress<Result extends CheckFindings>(
  fileCheck: FileCheck<Result>,
  uri: vscode.Uri,
  document: OpenDocument,
): Thenable<Result> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: fileCheck.progressTitle(nameOfUri(uri)),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => {
      cancel.abort();
    });
    return fileCheck.run(document, cancel.signal, (message) => {
      progress.report({ message });
    });
  });
}

async function tell<Result extends CheckFindings>(
  fileCheck: FileCheck<Result>,
  uri: vscode.Uri,
  result: Result,
): Promise<void> {
  const { groups } = result;
  const worst = (['error', 'warning'] as const).find((severity) => countOf(groups, severity) > 0);
  const found = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = countOf(groups, severity);
    return count === 0 ? [] : [plural(count, severity === 'info' ? 'note' : severity)];
  });
  const outcome = found.length === 0 ? fileCheck.nothingFound : found.join(', ');
  const message = `${nameOfUri(uri)}: ${outcome}. ${fileCheck.summary(result)}.`;
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
