import * as vscode from 'vscode';

/** Whether anything may be fetched; where not, because the workspace is not trusted, says so and offers to manage trust. */
export function mayFetch(): boolean {
  if (!vscode.workspace.isTrusted) void offerTrust();
  return vscode.workspace.isTrusted;
}

async function offerTrust(): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'Nothing was generated: this workspace is in Restricted Mode, in which nothing is fetched from the web. Trust the workspace to generate from an address. Its own files work in Restricted Mode too.',
    ),
    manage,
  );
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}
