import * as vscode from 'vscode';
import { askUser } from './vscode/ask';
import { generateCommand } from './vscode/generate-command';
import { createWorker } from './vscode/host-worker';
import { commandIds, viewTypes } from './vscode/ids';
import { ReportPanel } from './vscode/report-panel';
import { openReference } from './vscode/show-results';

/** What the extension contributes, a line each. */
export function activate({ extensionUri, subscriptions }: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Kerchunk', { log: true });
  const worker = createWorker(extensionUri);
  const panel: ReportPanel = new ReportPanel(extensionUri, {
    openReference: (uri) => openReference(uri, panel.covers),
    reveal: async (uri) => {
      await vscode.commands.executeCommand('revealInExplorer', uri);
    },
    showLog: () => {
      log.show();
    },
  });
  const parts = { ask: askUser, log, worker, panel };
  subscriptions.push(
    log,
    worker,
    panel,
    vscode.commands.registerCommand(commandIds.generate, (...args: unknown[]) => generateCommand(parts, ...args)),
    vscode.window.registerWebviewPanelSerializer(viewTypes.report, panel),
  );
}
