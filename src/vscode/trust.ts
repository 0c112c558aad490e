import * as vscode from 'vscode';
import { KerchunkError } from '../errors';
import { linkCommandIds } from './ids';

/** Whether anything may be fetched; where not, because the workspace is not trusted, says so and offers to manage trust. */
export function mayFetch(): boolean {
  return offerWhereRestricted(
    vscode.l10n.t(
      'Nothing was generated: this workspace is in Restricted Mode, in which nothing is fetched from the web. Trust the workspace to generate from an address. Its own files work in Restricted Mode too.',
    ),
  );
}

/** As `mayFetch`, for references at an address. */
export function mayOpenAddress(): boolean {
  return offerWhereRestricted(
    vscode.l10n.t(
      'Nothing was opened: this workspace is in Restricted Mode, in which nothing is fetched from the web. Trust the workspace to open references at an address.',
    ),
  );
}

/** As `mayFetch`, for a check that reads the files behind references. */
export function mayCheckFiles(): boolean {
  return offerWhereRestricted(
    vscode.l10n.t(
      'Nothing was checked: this workspace is in Restricted Mode, in which nothing that references point at is read. Trust the workspace to check the files behind them.',
    ),
  );
}

function offerWhereRestricted(message: string): boolean {
  if (!vscode.workspace.isTrusted) void offerTrust(message);
  return vscode.workspace.isTrusted;
}

async function offerTrust(message: string): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const answer = await vscode.window.showWarningMessage(message, manage);
  if (answer === manage) await manageTrust();
}

/** Opens VS Code's page about the trust in this workspace. */
export async function manageTrust(): Promise<void> {
  await vscode.commands.executeCommand(linkCommandIds.manageTrust);
}

/** Why `what` is not read in Restricted Mode. */
export function restricted(what: string): KerchunkError {
  return new KerchunkError(
    'restricted-mode',
    vscode.l10n.t(
      '{0} was not read: in Restricted Mode nothing is fetched, and no file outside the workspace is read. Trust the workspace to see it.',
      what,
    ),
  );
}
