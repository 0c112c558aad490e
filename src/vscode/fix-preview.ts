import * as vscode from 'vscode';
import { KerchunkError } from '../errors';
import type { Encoding } from '../preview/encoding-text';
import type { FixOffer, FixScope, MendedText } from '../preview/types';
import { plural } from '../words';
import { encodeText } from './encode-text';
import { nameOfUri } from './inputs';
import type { OpenDocument } from './open-document';
import { editOf } from './quick-fixes';
import { textDocumentOf } from './read-document';
import { writeThroughTemporary } from './write-file';

const SCHEME = 'kerchunk-fix';

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
   * Mends the findings of a code about an array or group, or of the whole file where `path` is null.
   * @throws KerchunkError what the worker answers; `invalid-argument` where nothing can be done any more, or the file has changed since.
   */
  async fix(uri: vscode.Uri, document: OpenDocument, code: string, path: string | null): Promise<void> {
    refuseReadOnly(document);
    const scope: FixScope = path === null ? { kind: 'file' } : { kind: 'array', path };
    const offer = await choose(await offersOf(document, code, scope));
    if (offer === undefined) return;
    const request = { code, scope, alternative: offer.alternative };
    await this.#apply(uri, document, titleOf(offer), async (form, signal) => {
      const [found] = await document.fixes({ ...request, form }, signal);
      return found;
    });
  }

  /**
   * Writes another encoding into the metadata of an array.
   * @throws KerchunkError what the worker answers; `invalid-argument` where the file has changed since.
   */
  async rewrite(uri: vscode.Uri, document: OpenDocument, path: string, encoding: Encoding): Promise<void> {
    refuseReadOnly(document);
    const { title } = await document.ask('rewrite', { path, encoding, form: 'edits' });
    await this.#apply(uri, document, title, (form, signal) =>
      document.ask('rewrite', { path, encoding, form }, signal),
    );
  }

  /** Shows what a fix, in either form, changes, and makes the change when the user says so. */
  async #apply(
    uri: vscode.Uri,
    document: OpenDocument,
    what: string,
    fixIn: (form: 'text' | 'edits', signal?: AbortSignal) => Promise<FixOffer | undefined>,
  ): Promise<void> {
    const { revision } = document;
    const mended = await withProgress(uri, async (signal) => {
      return (await fixIn('text', signal))?.mended ?? undefined;
    });
    if (mended === undefined) return;
    const title = vscode.l10n.t('{0}: {1}', nameOfUri(uri), what);
    const close = await this.#compare(uri, mended, title);
    try {
      if (!(await this.askToApply(title))) return;
      if (document.revision !== revision) throw changed();
      const edits = isLarge(mended) ? undefined : await fixIn('edits');
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

/** @throws KerchunkError `invalid-argument` where the file cannot be written to. */
function refuseReadOnly({ readOnly }: OpenDocument): void {
  if (readOnly !== null) throw new KerchunkError('invalid-argument', readOnly);
}

/** What can be done about the findings. @throws KerchunkError as `fix`. */
async function offersOf(document: OpenDocument, code: string, scope: FixScope): Promise<FixOffer[]> {
  const offers = await document.fixes({ code, scope, alternative: null, form: 'titles' });
  if (offers.length > 0) return offers;
  const message = vscode.l10n.t('Nothing can be done about this here. The file may have changed.');
  throw new KerchunkError('invalid-argument', message);
}

/** The only way there is, or the one that the user chooses. */
async function choose(offers: readonly FixOffer[]): Promise<FixOffer | undefined> {
  if (offers.length <= 1) return offers[0];
  const items = offers.map((offer) => ({ label: titleOf(offer), offer }));
  const placeHolder = vscode.l10n.t('What is to be done?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.offer;
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
  if (wasDirty || uri.scheme === 'untitled') return;
  // The one that was edited may have been opened anew, where a comparison that held it was closed just now.
  if (!(await (textDocumentOf(uri) ?? document).save())) {
    const message = vscode.l10n.t('{0} was changed but not saved. Save it, or undo the change.', nameOfUri(uri));
    throw new KerchunkError('invalid-argument', message);
  }
}

/**
 * The text document of a file, where it was edited, or holds exactly the file's text: no byte order mark, no line breaks of two kinds, no bytes
 * that are no UTF-8.
 */
async function faithfulDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const document = textDocumentOf(uri) ?? (await vscode.workspace.openTextDocument(uri));
  if (document.isDirty || document.isUntitled) return document;
  const { signal } = new AbortController();
  const stored = await vscode.workspace.fs.readFile(uri);
  const text = new Uint8Array(await encodeText(document, signal));
  const isSame = stored.length === text.length && stored.every((byte, at) => byte === text[at]);
  return isSame ? document : undefined;
}

function changed(): KerchunkError {
  const message = vscode.l10n.t('The file has changed since the fix was shown. Look at its findings again.');
  return new KerchunkError('invalid-argument', message);
}
