import * as vscode from 'vscode';

/** Why a file cannot be written to, in one sentence; null where it can, or nobody knows before it is tried. */
export async function whyReadOnly(uri: vscode.Uri): Promise<string | null> {
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false)
    return vscode.l10n.t('Files of {0}: are read-only here.', uri.scheme);
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) === 0 ? null : vscode.l10n.t('The file is read-only.');
  } catch {
    // One that was never saved.
    return null;
  }
}
