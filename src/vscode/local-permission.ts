import * as vscode from 'vscode';
import { fileUrlToPath, literalPath } from '../bytes/file-url';
import { KerchunkError } from '../errors';
import { comparablePath, folderOf, isWithin, withoutDots } from './local-access';
import { realPath } from './local-files';
import { nameOfUri } from './inputs';
import { machinePath } from './target-address';
import { restricted } from './trust';
import { isBehindLink } from './workspace-links';
import { checkVirtual, uriOfPath, virtualUri } from './workspace-uris';

/**
 * Asks whether the file at `path`, and others in `folder`, may be read because `reference` points there. `folder` is undefined for a link
 * whose end is not known here: that file alone.
 */
export type AskToRead = (path: string, folder: string | undefined, reference: vscode.Uri) => Promise<boolean>;

/** A path that stands in the way of a read until it is allowed, and what is allowed with it. */
interface Obstacle {
  path: string;
  /** Undefined: the path alone, which is a link or stands behind one. */
  folder: string | undefined;
}

/** Which local files that references point at may be read: those of the workspace, and those of folders that the user allowed. */
export class LocalPermission {
  /** Folders outside the workspace, allowed until the window is closed; the user was shown each of them. */
  readonly #allowed = new Set<string>();
  /** Links that may be followed wherever they lead, as `comparablePath` gives them. */
  readonly #links = new Set<string>();

  constructor(private readonly confirm: AskToRead = askUser) {}

  /**
   * Passes where the file: address may be read; links count as what they lead to.
   * @throws KerchunkError `needs-permission`, in Restricted Mode `restricted-mode`; `invalid-argument` for an address without a path.
   */
  async check(url: string): Promise<void> {
    const obstacle = await this.#obstacle(url);
    if (obstacle !== undefined) throw refusal(obstacle);
  }

  /**
   * Asks the user whether the folder of a local file may be read, and the one that it leads to where it is a link; in Restricted Mode
   * there is nothing to ask.
   * @param reference the reference file that points there
   * @returns whether something is allowed that was not
   * @throws KerchunkError `needs-permission` for a file of a virtual workspace, which cannot be allowed.
   */
  async ask(url: string, reference: vscode.Uri): Promise<boolean> {
    if (!vscode.workspace.isTrusted) return false;
    const virtual = virtualUri(url);
    if (virtual !== undefined) {
      await checkVirtual(virtual);
      return false;
    }
    let changed = false;
    for (let next = await this.#obstacle(url); next !== undefined; next = await this.#obstacle(url)) {
      const { path, folder } = next;
      if (!(await this.confirm(path, folder, reference))) break;
      if (folder === undefined) this.#links.add(comparablePath(path));
      else this.#allowed.add(folder);
      changed = true;
    }
    return changed;
  }

  async #obstacle(url: string): Promise<Obstacle | undefined> {
    const path = fileUrlToPath(url);
    const literal = literalPath(url);
    // Nothing outside is even looked for: on a Windows share that would be a request.
    if (!this.#allows(path) && (literal === undefined || !this.#allows(literal))) return outside(path);
    const { chosen, real } = await choose(path, literal);
    if (!this.#allows(chosen)) return outside(chosen);
    if (realPath === undefined) {
      return (await this.#isBehindLink(chosen)) ? { path: withoutDots(chosen), folder: undefined } : undefined;
    }
    return real === undefined || real === chosen || (await this.#allowsReal(real)) ? undefined : outside(real);
  }

  /** In a host that cannot tell where a link leads. */
  async #isBehindLink(path: string): Promise<boolean> {
    if (this.#links.has(comparablePath(path))) return false;
    for (const folder of this.#folders()) {
      if (isWithin(path, folder) && !(await isBehindLink(uriOfPath(path), uriOfPath(folder)))) return false;
    }
    return true;
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

function outside(path: string): Obstacle {
  const plain = withoutDots(path);
  return { path: plain, folder: folderOf(plain) };
}

const askUser: AskToRead = async (path, folder, reference) => {
  const allow = vscode.l10n.t('Allow');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('May {0} read files outside the workspace?', nameOfUri(reference)),
    {
      modal: true,
      detail:
        folder === undefined
          ? vscode.l10n.t(
              'It points at {0}, which is a link or stands behind one; where it leads cannot be told here. If you allow it, the file there is read when references point at this link, until you close the window.',
              path,
            )
          : vscode.l10n.t(
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

function refusal({ path, folder }: Obstacle): KerchunkError {
  if (!vscode.workspace.isTrusted) return restricted(path);
  return new KerchunkError(
    'needs-permission',
    folder === undefined
      ? vscode.l10n.t(
          '{0} is a link, or stands behind one, and where it leads cannot be told here. It is read only once you allow it.',
          path,
        )
      : vscode.l10n.t('{0} stands outside the workspace, and is read only once you allow it.', path),
  );
}
