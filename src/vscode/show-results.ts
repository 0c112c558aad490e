import * as vscode from 'vscode';
import type { ReportItem } from '../webview/messages';
import { notify } from './notify';
import { openInViewer, openPixels } from './open-editors';
import type { ReportPanel } from './report-panel';

/**
 * Opens the one file that was generated (of several, none), shows the report beside it, and says the outcome in a sentence.
 * `cutLastStrip` generates the item of that number again, without the rows of its last strip.
 */
export async function showResults(
  items: readonly ReportItem[],
  panel: ReportPanel,
  log: vscode.LogOutputChannel,
  cutLastStrip: (item: number) => void,
): Promise<void> {
  const [item] = items;
  if (items.length === 1 && item?.kind === 'generated') {
    await openReference(vscode.Uri.parse(item.outputUri, true), panel.covers);
  }
  // A kept file or a cancelled run needs no page.
  if (items.some(({ kind }) => kind !== 'skipped')) panel.show({ format: 1, items: [...items] }, cutLastStrip);
  void notify(items, {
    cutLastStrip: () => {
      cutLastStrip(0);
    },
    showReport: () => {
      panel.reveal();
    },
    showLog: () => {
      log.show();
    },
    showPixels: (uri) => void openPixels(uri),
  });
}

/** Opens a reference file in the viewer, in the active column or, where the report covers that one, in another. */
export async function openReference(uri: vscode.Uri, covered: vscode.ViewColumn | undefined): Promise<void> {
  const active = vscode.window.tabGroups.activeTabGroup.viewColumn;
  const other = covered === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
  const viewColumn = active === covered ? other : active;
  await openInViewer(uri, viewColumn);
}
