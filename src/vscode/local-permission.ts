import * as vscode from 'vscode';
import { fileUrlToPath, literalPath } from '../bytes/file-url';
import { KerchunkError } from '../errors';
import { folderOf, isWithin } from './local-access';
import { realPath } from './local-files';
import { nameOfUri } from './inputs';
import { machinePath } from './target-address';
import { restricted } from './trust';

/** Asks whether the file at `path`, and others in `folder`, may be read because `reference` points there. */
export type AskToRead = (path: string, folder: string, reference: vscode.Uri) => Promise<boolean>;

/** Which local files that references point at may be read: those of the workspace, and those of folders that the user allowed. */
export class LocalPermission {
  /** Folders outside the workspace, allowed until the window is closed. */
  readonly #allowed = new Set<string>();

  constructor(private readonly confirm: AskToRead = askUser) {}

  /**
   * Passes where the file: address may be read; links count as what they lead to.
   * @throws KerchunkError `needs-permission`, in Restricted Mode `restricted-mode`; `invalid-argument` for an address without a path.
   */
  async check(url: string): Promise<void> {
    const path = fileUrlToPath(url);
    const literal = literalPath(url);
    // Nothing outside is even looked for: on a Windows share that would be a request.
    if (!this.#allows(path) && (literal === undefined || !this.#allows(literal))) throw refusal(path);
    const { chosen, real } = await choose(path, literal);
    if (!this.#allows(chosen)) throw refusal(chosen);
    if (real !== undefined && real !== chosen && !(await this.#allowsReal(real))) throw refusal(real);
  }

  /**
   * Asks the user whether the folder of a local file may be read; in Restricted Mode there is nothing to ask.
   * @param reference the reference file that points there
   * @returns whether something is allowed that was not
   */
  async ask(url: string, reference: vscode.Uri): Promise<boolean> {
    const path = fileUrlToPath(url);
    if (!vscode.workspace.isTrusted || (await this.#passes(url))) return false;
    const folder = folderOf(path);
    if (!(await this.confirm(path, folder, reference))) return false;
    this.#allowed.add(folder);
    const { chosen, real } = await choose(path, literalPath(url));
    for (const other of [chosen, real]) if (other !== undefined) this.#allowed.add(folderOf(other));
    return true;
  }

  async #passes(url: string): Promise<boolean> {
    try {
      await this.check(url);
      return true;
    } catch (error) {
      if (error instanceof KerchunkError && error.code === 'needs-permission') return false;
      throw error;
    }
  }

  #allows(path: string): boolean {
    return this.#folders().some((folder) => isWithin(path, folder));
  }

  async #allowsReal(path: string): Promise<boolean> {
    for (const folder of this.#folders()) {
      if (isWithin(path, (await realPath?.(folder)) ?? folder)) return true;
    }
    return false;
  }

  #folders(): string[] {
    const folders = vscode.workspace.workspaceFolders ?? [];
    return [...folders.flatMap(({ uri }) => machinePath(uri) ?? []), ...this.#allowed];
  }
}

const askUser: AskToRead = async (path, folder, reference) => {
  const allow = vscode.l10n.t('Allow');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('May {0} read files outside the workspace?', nameOfUri(reference)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'It points at {0}. If you allow it, files in the folder {1} and below it are read when references point at them, until you close the window.',
        path,
        folder,
      ),
    },
    allow,
  );
  return answer === allow;
};

/** The one of the two paths of an address that is read, as `openFile` chooses it, and where that leads. */
async function choose(
  path: string,
  literal: string | undefined,
): Promise<{ chosen: string; real: string | undefined }> {
  const real = await realPath?.(path);
  if (real !== undefined || literal === undefined) return { chosen: path, real };
  const other = await realPath?.(literal);
  return other === undefined ? { chosen: path, real } : { chosen: literal, real: other };
}

function refusal(path: string): KerchunkError {
  if (!vscode.workspace.isTrusted) return restricted(path);
  return new KerchunkError(
    'needs-permission',
    vscode.l10n.t('{0} stands outside the workspace, and is read only once you allow it.', path),
  );
}
