import * as vscode from 'vscode';
import { nameOfUri } from './inputs';

/** The questions that generating asks; tests answer them in the user's place. */
export interface Ask {
  /** Whether files that exist are replaced, asked once for all of them; undefined where the user gives up. */
  replace(existing: readonly vscode.Uri[]): Promise<'replace' | 'keep' | undefined>;
  /** The workspace folder that takes the references of an address; undefined where the user gives up. */
  folder(): Promise<vscode.Uri | undefined>;
  /** The file to write where no folder is open; undefined where the user gives up. */
  outputFile(name: string): Promise<vscode.Uri | undefined>;
}

export const askUser: Ask = {
  replace: async (existing) => {
    const [first, ...others] = existing;
    const replace = others.length === 0 ? vscode.l10n.t('Replace') : vscode.l10n.t('Replace All');
    const keep = others.length === 0 ? undefined : vscode.l10n.t('Keep Them');
    const answer = await vscode.window.showWarningMessage(
      others.length === 0
        ? vscode.l10n.t('{0} exists already. Replace it?', first === undefined ? '' : nameOfUri(first))
        : vscode.l10n.t('{0} reference files exist already. Replace them?', existing.length),
      { modal: true, detail: detailOf(existing) },
      replace,
      ...(keep === undefined ? [] : [keep]),
    );
    if (answer === undefined) return undefined;
    return answer === replace ? 'replace' : 'keep';
  },

  folder: async () => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.length < 2) return folders[0]?.uri;
    const placeHolder = vscode.l10n.t('The folder that takes the reference file');
    return (await vscode.window.showWorkspaceFolderPick({ placeHolder }))?.uri;
  },

  outputFile: async (name) =>
    vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.file(`/${name}`),
      filters: { [vscode.l10n.t('Reference files')]: ['json'] },
      saveLabel: vscode.l10n.t('Generate'),
    }),
};

/** The names, of many the first ten. */
function detailOf(existing: readonly vscode.Uri[]): string {
  const lines = existing.slice(0, 10).map(({ path }) => path);
  if (existing.length > lines.length) lines.push(vscode.l10n.t('and {0} more', existing.length - lines.length));
  return lines.join('\n');
}
