import * as vscode from 'vscode';
import { KerchunkError } from '../errors';
import type { FixOffer, FixScope, MendedText } from '../preview/types';
import { plural } from '../words';
import { encodeText } from './encode-text';
import { nameOfUri } from './inputs';
import type { OpenDocument } from './open-document';
import { countOf, editOf } from './quick-fixes';
import { readDocument, textDocumentOf } from './read-document';
import { writeThroughTemporary } from './write-file';

const SCHEME = 'kerchunk-fix';

/** What is to be mended, and one way to do it. */
interface Choice {
  scope: FixScope;
  offer: FixOffer;
}

/** Asks whether what a comparison shows is to be written; tests answer in the user's place. */
export type AskToApply = (title: string) => Promise<boolean>;

/** Mends a reference file from its viewer: shows what would change beside what is, and writes it when the user says so. */
export class FixPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration: vscode.Disposable;
  #last = 0;

  constructor(private readonly askToApply: AskToApply = askUser) {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#registration.dispose();
  }

  /**
   * Mends the findings of a code about an array or group, or all of the file where the user wants that.
   * @throws KerchunkError what the worker answers; `invalid-argument` where nothing can be done any more, or the file has changed since.
   */
  async fix(uri: vscode.Uri, document: OpenDocument, code: string, path: string): Promise<void> {
    const choice = await choose(await choicesOf(document, code, path), path);
    if (choice === undefined) return;
    const { scope, offer } = choice;
    const request = { code, scope, alternative: offer.alternative };
    const { revision } = document;
    const mended = await withProgress(uri, async (signal) => {
      const [found] = await document.fixes({ ...request, form: 'text' }, signal);
      return found?.mended ?? undefined;
    });
    if (mended === undefined) return;
    const title = vscode.l10n.t('{0}: {1}', nameOfUri(uri), titleOf(offer));
    const close = await this.#compare(uri, mended, title);
    try {
      if (!(await this.askToApply(title))) return;
      if (document.revision !== revision) throw changed();
      const [edits] = isLarge(mended) ? [] : await document.fixes({ ...request, form: 'edits' });
      if (document.revision !== revision) throw changed();
      await write(uri, mended, edits);
    } finally {
      await close();
    }
  }

  /** Opens the comparison; what is given back closes it. */
  async #compare(uri: vscode.Uri, { text, excerpts }: MendedText, title: string): Promise<() => Promise<void>> {
    this.#last += 1;
    // Of a name that is no reference file's, or VS Code would open the viewer.
    const side = (name: string): vscode.Uri => vscode.Uri.from({ scheme: SCHEME, path: `/${this.#last}/${name}.json` });
    const [before, after] = [side('before'), side('after')];
    this.#texts.set(before.toString(), excerpts?.before ?? '');
    this.#texts.set(after.toString(), excerpts?.after ?? new TextDecoder().decode(text));
    await vscode.commands.executeCommand('vscode.diff', excerpts === null ? uri : before, after, title, {
      preview: true,
    });
    return async () => {
      const tabs = vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .filter(
          ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === after.toString(),
        );
      await vscode.window.tabGroups.close(tabs);
      this.#texts.delete(before.toString());
      this.#texts.delete(after.toString());
    };
  }
}

async function choicesOf(document: OpenDocument, code: string, path: string): Promise<Choice[]> {
  const findings = document.findings ?? [];
  const here = countOf(
    findings.filter((group) => group.path === path),
    code,
  );
  const scopes: FixScope[] = [
    { kind: 'array', path },
    ...(countOf(findings, code) > here ? [{ kind: 'file' } as const] : []),
  ];
  const choices: Choice[] = [];
  for (const scope of scopes) {
    const offers = await document.fixes({ code, scope, alternative: null, form: 'titles' });
    choices.push(...offers.map((offer) => ({ scope, offer })));
  }
  if (choices.length === 0) {
    const message = vscode.l10n.t('Nothing can be done about this here. The file may have changed.');
    throw new KerchunkError('invalid-argument', message);
  }
  return choices;
}

/** The only way there is, or the one that the user chooses. */
async function choose(choices: readonly Choice[], path: string): Promise<Choice | undefined> {
  if (choices.length <= 1) return choices[0];
  const items = choices.map(({ scope, offer }) => ({
    label: titleOf(offer),
    description:
      scope.kind === 'file' ? vscode.l10n.t('everywhere in the file') : path === '' ? vscode.l10n.t('the file') : path,
    scope,
    offer,
  }));
  const placeHolder = vscode.l10n.t('What is to be done?');
  return vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
}

function titleOf({ title, count }: FixOffer): string {
  return count > 1 ? `${title} (${plural(count, 'time')})` : title;
}

function withProgress<T>(uri: vscode.Uri, work: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  const title = vscode.l10n.t('Mending {0}', nameOfUri(uri));
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (_progress, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => {
      cancel.abort();
    });
    return work(cancel.signal);
  });
}

/** Over the comparison, which can be read and scrolled meanwhile. */
const askUser: AskToApply = (title) =>
  new Promise((resolve) => {
    const pick = vscode.window.createQuickPick();
    const [apply, discard] = [
      {
        label: vscode.l10n.t('$(check) Apply'),
        description: vscode.l10n.t('writes the file as the right side shows it'),
      },
      { label: vscode.l10n.t('$(discard) Discard'), description: vscode.l10n.t('leaves the file as it is') },
    ];
    pick.title = title;
    pick.placeholder = vscode.l10n.t('Look at what changes, then apply it');
    pick.items = [apply, discard];
    pick.ignoreFocusOut = true;
    let answer = false;
    pick.onDidAccept(() => {
      answer = pick.selectedItems[0] === apply;
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(answer);
    });
    pick.show();
  });

/** Whether VS Code gives extensions no text document of it. */
function isLarge({ text }: MendedText): boolean {
  return text.byteLength > LARGEST_DOCUMENT;
}

const LARGEST_DOCUMENT = 48 * 2 ** 20;

/**
 * Writes the mended text: as one edit of the text document, which one Undo takes back, and saved unless there were edits that were not; as a file
 * where it is too large for one, or VS Code would change more of it than the fix does.
 */
async function write(uri: vscode.Uri, mended: MendedText, offer: FixOffer | undefined): Promise<void> {
  const document = offer === undefined ? undefined : await faithfulDocument(uri);
  if (document === undefined || offer === undefined) {
    const { signal } = new AbortController();
    await writeThroughTemporary(uri, new Uint8Array(mended.text), { replace: true, signal });
    return;
  }
  const wasDirty = document.isDirty;
  if (!(await vscode.workspace.applyEdit(editOf(uri, offer)))) throw changed();
  if (!wasDirty && uri.scheme !== 'untitled') await document.save();
}

/** The text document of a file, where it holds exactly the file's text: no byte order mark, no line breaks of two kinds, no bytes that are no UTF-8. */
async function faithfulDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const open = textDocumentOf(uri);
  if (open !== undefined) return open;
  const { signal } = new AbortController();
  const stored = new Uint8Array(await readDocument(uri, signal));
  const document = await vscode.workspace.openTextDocument(uri);
  const text = new Uint8Array(await encodeText(document, signal));
  const isSame = stored.length === text.length && stored.every((byte, at) => byte === text[at]);
  return isSame ? document : undefined;
}

function changed(): KerchunkError {
  const message = vscode.l10n.t('The file has changed since the fix was shown. Look at its findings again.');
  return new KerchunkError('invalid-argument', message);
}
