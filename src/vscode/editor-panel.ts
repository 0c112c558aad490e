import * as vscode from 'vscode';
import { describeError, KerchunkError } from '../errors';
import type { Encoding } from '../preview/encoding-text';
import {
  type DocumentState,
  type FromEditorPage,
  type PageMethods,
  type PageRequest,
  passedOn,
  type Taken,
  type ToEditorPage,
} from '../webview/editor-messages';
import { nameOfUri } from './inputs';
import type { DocumentSource, LoadedState, OpenDocument } from './open-document';
import { ShownRequests } from './shown-requests';

/** An array, and one of its chunks. */
export interface ShownPlace {
  path: string;
  indices: readonly number[] | null;
}

/** What the page's buttons do outside the page. */
export interface EditorActions {
  showText(
    uri: vscode.Uri,
    range: Extract<FromEditorPage, { type: 'showText' }>['range'],
    from: vscode.ViewColumn | undefined,
  ): Promise<void>;
  openText(uri: vscode.Uri, viewColumn: vscode.ViewColumn): Promise<void>;
  manageTrust(): Promise<void>;
  /** Generates the references of a TIFF that is shown itself. */
  generate(uri: vscode.Uri): Promise<void>;
  /** Asks whether a local file may be read; every document is a new revision where the answer changed something. */
  allowFile(url: string, uri: vscode.Uri): Promise<void>;
  /** Puts a text into the clipboard and says so; `what` it is: "The chunk's key". */
  copy(text: string, what: string): Promise<void>;
  /** Writes values, a picture or stored bytes as a file that the user chooses. */
  takeAway(uri: vscode.Uri, document: OpenDocument, taken: Taken): Promise<void>;
  /** Mends findings of a code, once the user has seen what that changes. */
  fix(uri: vscode.Uri, document: OpenDocument, code: string, path: string | null): Promise<void>;
  /** Writes another encoding into an array's metadata, once the user has seen what that changes. */
  rewrite(uri: vscode.Uri, document: OpenDocument, path: string, encoding: Encoding): Promise<void>;
  /** Why the file cannot be written to; null where it can. */
  whyReadOnly(uri: vscode.Uri): Promise<string | null>;
  showLog(): void;
  warn(message: string): void;
}

/** One page of the viewer: tells it about the document, and answers what it asks. */
export class EditorPanel implements vscode.Disposable {
  #ready = false;
  /** What is to be shown as soon as the page has the document. */
  #place: ShownPlace | undefined;
  readonly #running = new Map<number, AbortController>();
  readonly #requests = new ShownRequests();
  readonly #subscriptions: vscode.Disposable;

  constructor(
    readonly uri: vscode.Uri,
    readonly panel: vscode.WebviewPanel,
    readonly document: OpenDocument,
    private readonly actions: EditorActions,
    place: ShownPlace | undefined,
  ) {
    this.#place = place;
    this.#subscriptions = vscode.Disposable.from(
      panel.webview.onDidReceiveMessage((message: FromEditorPage) => this.#receive(message)),
      panel.onDidChangeViewState(() => {
        // A hidden page is gone; the next one says anew that it is ready, and what was sent before that would be lost.
        if (!panel.visible) this.#ready = false;
      }),
    );
  }

  /** Brings the page to the front and shows a place. */
  show(place: ShownPlace): void {
    this.#place = place;
    if (!this.panel.visible || !this.panel.active) this.panel.reveal(undefined, false);
    this.#sendPlace();
  }

  /** The document has another state. */
  sendDocument(): void {
    if (!this.#ready) return;
    const { revision, state, source } = this.document;
    this.#post({
      type: 'document',
      revision,
      state: stateOf(state, nameOfUri(this.uri), source),
      trusted: vscode.workspace.isTrusted,
    });
    this.#sendPlace();
  }

  /** The document's findings are known, or the check failed. */
  sendFindings(): void {
    const { revision, findings, readers = [], checkFailure } = this.document;
    if (!this.#ready) return;
    if (findings !== undefined)
      this.#post({ type: 'findings', revision, findings: [...findings], readers: [...readers] });
    else if (checkFailure !== undefined) this.#post({ type: 'notChecked', revision, error: checkFailure });
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#cancelAll();
  }

  #sendPlace(): void {
    if (this.#place === undefined || !this.#ready || this.document.state.kind === 'loading') return;
    this.#post({ type: 'show', ...this.#place });
    this.#place = undefined;
  }

  async #receive(message: FromEditorPage): Promise<void> {
    const { uri, actions, panel } = this;
    try {
      switch (message.type) {
        case 'ready':
          // Also a page that was hidden, and forgot everything.
          this.#cancelAll();
          this.#ready = true;
          this.sendDocument();
          this.sendFindings();
          return;
        case 'request':
          await this.#answer(message);
          return;
        case 'cancel':
          this.#running.get(message.id)?.abort();
          return;
        case 'showText':
          await actions.showText(uri, message.range, panel.viewColumn);
          return;
        case 'openText':
          await actions.openText(uri, panel.viewColumn ?? vscode.ViewColumn.Active);
          return;
        case 'copy':
          await actions.copy(message.text, message.what);
          return;
        case 'copyCurl':
          await actions.copy(this.#requests.get(message.key).curl, vscode.l10n.t('The request'));
          return;
        case 'take':
          await actions.takeAway(uri, this.document, message.taken);
          return;
        case 'generate':
          await actions.generate(uri);
          return;
        case 'manageTrust':
          await actions.manageTrust();
          return;
        case 'allowFile':
          await actions.allowFile(this.#requests.get(message.key).url, uri);
          return;
        case 'allowTarget':
          await actions.allowFile(await this.document.ask('targetAddress', { target: message.target }), uri);
          return;
        case 'fix':
          await actions.fix(uri, this.document, message.code, message.path);
          return;
        case 'rewrite':
          await actions.rewrite(uri, this.document, message.path, message.encoding);
          return;
        case 'check':
          this.document.check();
          return;
        case 'showLog':
          actions.showLog();
          return;
      }
    } catch (error) {
      const { message: reason } = describeError(error, 'invalid-argument');
      actions.warn(`${uri.toString(true)}: ${reason}`);
      void vscode.window.showErrorMessage(reason);
    }
  }

  async #answer(request: PageRequest): Promise<void> {
    const { id } = request;
    const cancel = new AbortController();
    this.#running.set(id, cancel);
    try {
      const result = await this.#ask(request, cancel.signal);
      if (!cancel.signal.aborted) this.#post({ type: 'reply', id, ok: true, result });
    } catch (error) {
      if (cancel.signal.aborted) return;
      const failure = describeError(error, 'decode-failed');
      this.actions.warn(`${this.uri.toString(true)}, ${request.method}: ${failure.code}. ${failure.message}`);
      this.#post({ type: 'reply', id, ok: false, error: failure });
    } finally {
      if (this.#running.get(id) === cancel) this.#running.delete(id);
    }
  }

  async #ask(request: PageRequest, signal: AbortSignal): Promise<PageMethods[PageRequest['method']]['result']> {
    if (request.method === 'chunk')
      return this.#requests.keep(await this.document.ask('chunk', request.payload, signal));
    if (request.method === 'encoding') {
      const encoding = await this.document.ask('encoding', request.payload, signal);
      const { readOnly } = this.document;
      const notWritable = encoding.notWritable ?? readOnly ?? (await this.actions.whyReadOnly(this.uri));
      return { ...encoding, notWritable };
    }
    if (!passedOn.includes(request.method)) {
      throw new KerchunkError('invalid-argument', `The page asked for ${request.method as string}, which it may not.`);
    }
    return this.document.ask(request.method, request.payload, signal);
  }

  #cancelAll(): void {
    for (const cancel of this.#running.values()) cancel.abort();
    this.#running.clear();
  }

  #post(message: ToEditorPage): void {
    void this.panel.webview.postMessage(message);
  }
}

function stateOf(state: LoadedState, name: string, source: DocumentSource): DocumentState {
  return state.kind === 'failed' ? { ...state, name, tiff: source === 'tiff' } : { ...state, name };
}
