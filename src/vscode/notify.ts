import * as vscode from 'vscode';
import { cutLabel } from '../generate/cut-label';
import type { ReportItem } from '../webview/messages';
import { plural } from '../words';

/** What a notification can lead to. */
export interface NotifyActions {
  showReport(): void;
  showLog(): void;
  /** Generates the only item again, without the rows of its last strip. */
  cutLastStrip(): void;
  /** Opens a TIFF itself in the viewer. */
  showPixels(uri: vscode.Uri): void;
}

/** Says in a sentence what became of it all; the report has the rest. */
export async function notify(items: readonly ReportItem[], actions: NotifyActions): Promise<void> {
  const [item] = items;
  if (item === undefined) return;
  const report = vscode.l10n.t('Show Report');
  const log = vscode.l10n.t('Show Log');
  const copy = vscode.l10n.t('Copy xarray Code');
  const rows = items.length === 1 && item.kind === 'refused' ? item.rowsToCut : undefined;
  const cut = rows === undefined ? undefined : cutLabel(rows);
  const pixels = vscode.l10n.t('Show Its Pixels');
  const shown = items.length === 1 && item.kind === 'refused' && item.shown === true ? item.sourceUri : undefined;
  const refused = items.filter(({ kind }) => kind === 'refused').length;
  const message = items.length === 1 ? inOneSentence(item) : inCounts(items);
  const lacks = item.kind === 'generated' && item.notRead !== undefined;
  const tell = lacks ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const answer =
    refused > 0
      ? await vscode.window.showErrorMessage(
          message,
          ...(cut === undefined ? [] : [cut]),
          ...(shown === undefined ? [] : [pixels]),
          report,
          log,
        )
      : await tell(
          message,
          ...(items.some(({ kind }) => kind === 'generated') ? [report] : []),
          ...(items.length === 1 && item.kind === 'generated' ? [copy] : []),
        );
  if (answer === undefined) return;
  if (answer === cut) actions.cutLastStrip();
  if (answer === report) actions.showReport();
  if (answer === log) actions.showLog();
  if (answer === pixels && shown !== undefined) actions.showPixels(vscode.Uri.parse(shown, true));
  if (answer === copy && item.kind === 'generated') await vscode.env.clipboard.writeText(item.code);
}

function inOneSentence(item: ReportItem): string {
  if (item.kind === 'skipped') return `${item.source}: ${item.message}`;
  if (item.kind === 'refused') {
    // Most reasons name the file themselves.
    return item.message.startsWith(item.source)
      ? vscode.l10n.t('Not generated. {0}', item.message)
      : vscode.l10n.t('{0}: not generated. {1}', item.source, item.message);
  }
  const chunks = item.levels.reduce((sum, level) => sum + level.chunks - level.sparse, 0);
  const failed =
    item.notRead === undefined
      ? ''
      : `${vscode.l10n.t('{0} of {1} could not be read and are not in it.', item.notRead.failures.length, plural(item.notRead.files, 'file'))} `;
  const warnings = item.warnings.length === 0 ? '' : ` ${plural(item.warnings.length, 'warning')}: see the report.`;
  return `${failed}${item.output}: references to ${plural(chunks, 'chunk')} of ${item.source}.${warnings}`;
}

/** `3 of 5 generated, 1 refused, 1 left out.` */
function inCounts(items: readonly ReportItem[]): string {
  const count = (kind: ReportItem['kind']): number => items.filter((item) => item.kind === kind).length;
  const parts = [`${count('generated')} of ${items.length} reference files generated`];
  if (count('refused') > 0) parts.push(`${count('refused')} refused`);
  if (count('skipped') > 0) parts.push(`${count('skipped')} left out`);
  return `${parts.join(', ')}.`;
}
