import * as vscode from 'vscode';
import { activeFile } from './open-editors';

/** The files of a menu's arguments: the one clicked on, first, and all others that are selected; undefined where there are none. */
export function filesOfMenu(clicked: unknown, selected: unknown): vscode.Uri[] | undefined {
  if (!(clicked instanceof vscode.Uri)) return undefined;
  const all = Array.isArray(selected) ? selected.filter((one) => one instanceof vscode.Uri) : [];
  const others = all.filter((one) => one.toString() !== clicked.toString());
  return [clicked, ...others];
}

/** In the order of their names, in which 10 comes after 9. */
export function inOrderOfNames(uris: readonly vscode.Uri[]): vscode.Uri[] {
  return [...uris].sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
}

/** Asks for reference files; undefined where the user gives up. */
export async function pickSets(title: string, many: boolean, beside?: vscode.Uri): Promise<vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    canSelectMany: many,
    title,
    ...(beside === undefined ? {} : { defaultUri: vscode.Uri.joinPath(beside, '..') }),
    filters: {
      [vscode.l10n.t('Reference files')]: ['json', 'gz', 'zst', 'zmetadata'],
      [vscode.l10n.t('All files')]: ['*'],
    },
  });
}

/** The reference file that the active editor shows. */
export function activeSet(): vscode.Uri | undefined {
  const uri = activeFile();
  return uri !== undefined && /\.json(?:\.(?:gz|zst))?$|\/\.zmetadata$/iu.test(uri.path) ? uri : undefined;
}
