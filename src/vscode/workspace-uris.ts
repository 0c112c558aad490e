import * as vscode from 'vscode';
import { KerchunkError } from '../errors';
import { withoutDots } from './local-access';
import { machinePath } from './target-address';
import { restricted } from './trust';
import { isBehindLink } from './workspace-links';

/** VS Code's address of a path on the machine of the workspace, which in a browser need not be a file: address; without dot segments. */
export function uriOfPath(path: string): vscode.Uri {
  const uri = vscode.Uri.file(withoutDots(path));
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => machinePath(folder.uri) !== undefined);
  return folders[0]?.uri.with({ path: uri.path }) ?? uri;
}

/**
 * VS Code's address of a file in the file system of a virtual workspace, without dot segments: VS Code would take `..` for a name when
 * it looks for the folder, and the file system would follow it. Undefined for web addresses and paths of a machine.
 */
export function virtualUri(url: string): vscode.Uri | undefined {
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]+):\/\//iu.exec(url) ?? [];
  if (scheme === '' || /^(?:file|https?)$/iu.test(scheme)) return undefined;
  const known = (vscode.workspace.workspaceFolders ?? []).some(({ uri }) => uri.scheme === scheme);
  if (!known) return undefined;
  const uri = vscode.Uri.parse(url, true);
  return uri.with({ path: withoutDots(uri.path) });
}

/**
 * Passes where a file of a virtual workspace, as `virtualUri` gives it, may be read: in the workspace, and behind no link.
 * @throws KerchunkError `needs-permission`, in Restricted Mode `restricted-mode`.
 */
export async function checkVirtual(uri: vscode.Uri): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  // Some file systems take a backslash for a slash.
  const inside = folder !== undefined && !uri.path.split(/[\\/]/u).includes('..');
  if (inside && !(await isBehindLink(uri, folder.uri))) return;
  const name = uri.toString(true);
  if (!vscode.workspace.isTrusted) throw restricted(name);
  throw new KerchunkError(
    'needs-permission',
    inside
      ? vscode.l10n.t(
          '{0} is a link, or stands behind one, and where it leads cannot be told here. Put the file itself into the workspace to read it.',
          name,
        )
      : vscode.l10n.t('{0} stands outside the workspace. Add its folder to the workspace to read it.', name),
  );
}
