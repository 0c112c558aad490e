import * as vscode from 'vscode';

/** Puts a text into the clipboard and says so in the status bar; `what` it is: "The chunk's key". */
export async function copyText(text: string, what: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('{0} copied', what), 3000);
}
