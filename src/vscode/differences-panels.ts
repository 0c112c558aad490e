import * as vscode from 'vscode';
import { displayAddress } from '../bytes/address';
import { describeError } from '../errors';
import type {
  ComparedSet,
  DifferencesState,
  FromDifferencesPage,
  Side,
  ToDifferencesPage,
} from '../webview/differences-messages';
import type { ShownPlace } from './editor-panel';
import { viewTypes } from './ids';
import { locationOfUri } from './inputs';
import { closeSets, openSets, type OpenSetsParts } from './open-sets';
import { isMetadataName, nameOfSet } from './parquet-metadata';
import { addressOfUri } from './virtual-uris';
import { watchSet } from './watch-set';
import { pageHtml, pageRoots } from './webview-html';

/** After a change of one of the files, so long passes before they are compared again, in ms. */
const DELAY = 400;

/** The two sets, by their files; of one in parquet its `.zmetadata`. */
export type ComparedFiles = Record<Side, vscode.Uri>;

/** What the panels work with. */
export interface DifferencesParts extends OpenSetsParts {
  extensionUri: vscode.Uri;
  /** Opens a set in the viewer, at a place where one is named. */
  open(uri: vscode.Uri, place: ShownPlace | undefined): Promise<void>;
  manageTrust(): Promise<void>;
  warn(message: string): void;
}

/** The panels that show what two reference sets differ in, one for each pair; they come back after a reload of the window. */
export class DifferencesPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #panels = new Set<DifferencesPanel>();

  constructor(private readonly parts: DifferencesParts) {}

  /** Shows what two sets differ in, in the panel that does already where there is one. Resolves once it is known, or why it is not. */
  async show(files: ComparedFiles): Promise<ToDifferencesPage> {
    const known = [...this.#panels].find((panel) => panel.isOf(files));
    if (known !== undefined) {
      known.reveal();
      return known.compare();
    }
    const panel = vscode.window.createWebviewPanel(viewTypes.differences, '', vscode.ViewColumn.Active);
    return this.#adopt(panel, files).compare();
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    if (!isDifferencesState(state)) {
      panel.dispose();
      return Promise.resolve();
    }
    const files = { before: vscode.Uri.parse(state.before, true), after: vscode.Uri.parse(state.after, true) };
    void this.#adopt(panel, files).compare();
    return Promise.resolve();
  }

  dispose(): void {
    for (const panel of this.#panels) panel.dispose();
  }

  #adopt(webviewPanel: vscode.WebviewPanel, files: ComparedFiles): DifferencesPanel {
    const panel = new DifferencesPanel(webviewPanel, files, this.parts);
    this.#panels.add(panel);
    webviewPanel.onDidDispose(() => {
      this.#panels.delete(panel);
      panel.dispose();
    });
    return panel;
  }
}

/** Whether a state that VS Code kept for the page is one of this version. */
export function isDifferencesState(state: unknown): state is DifferencesState {
  return (
    typeof state === 'object' &&
    state !== null &&
    'format' in state &&
    state.format === 1 &&
    'before' in state &&
    typeof state.before === 'string' &&
    'after' in state &&
    typeof state.after === 'string'
  );
}

class DifferencesPanel implements vscode.Disposable {
  #ready = false;
  #last: ToDifferencesPage | undefined;
  /** How far the comparison under way is; undefined where none is. */
  #comparing: ToDifferencesPage | undefined;
  #stop = new AbortController();
  /** The comparison that was begun last. */
  #newest: Promise<ToDifferencesPage> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watching: vscode.Disposable | undefined;
  readonly #subscriptions: vscode.Disposable;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private files: ComparedFiles,
    private readonly parts: DifferencesParts,
  ) {
    const { webview } = panel;
    this.#subscriptions = vscode.Disposable.from(
      webview.onDidReceiveMessage((message: FromDifferencesPage) => this.#receive(message)),
      panel.onDidChangeViewState(() => {
        // A hidden page is gone; the next one says anew that it is ready.
        if (!panel.visible) this.#ready = false;
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.compare()),
    );
    this.#follow();
    webview.options = { enableScripts: true, localResourceRoots: pageRoots(parts.extensionUri) };
    panel.iconPath = vscode.Uri.joinPath(parts.extensionUri, 'media', 'mark.svg');
    webview.html = pageHtml(webview, parts.extensionUri, {
      page: 'differences',
      title: 'Differences of references',
      script: 'dist/webview.js',
      style: 'media/differences.css',
    });
  }

  isOf({ before, after }: ComparedFiles): boolean {
    return before.toString() === this.files.before.toString() && after.toString() === this.files.after.toString();
  }

  reveal(): void {
    this.panel.reveal();
  }

  /** Compares the files as they are now, in place of any comparison under way, which then resolves as this one does. */
  compare(): Promise<ToDifferencesPage> {
    this.#newest = this.#compareNow();
    return this.#newest;
  }

  async #compareNow(): Promise<ToDifferencesPage> {
    clearTimeout(this.#timer);
    this.#stop.abort();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const { before, after } = this.files;
    const sets = { before: comparedSet(before), after: comparedSet(after) };
    const files = { before: before.toString(), after: after.toString() };
    this.panel.title = vscode.l10n.t('{0} ↔ {1} by Meaning', sets.before.name, sets.after.name);
    const tell = (message: string): void => {
      if (signal.aborted) return;
      this.#comparing = { type: 'comparing', sets, files, message };
      this.#post(this.#comparing);
    };
    tell('');
    let answer: ToDifferencesPage;
    try {
      const differences = await this.#differences(signal, tell);
      answer = { type: 'compared', sets, files, differences };
    } catch (error) {
      const { code, message } = describeError(error, 'malformed-reference');
      answer = { type: 'failed', sets, files, message, restricted: code === 'restricted-mode' };
      if (!signal.aborted) this.parts.warn(`${sets.before.name}, ${sets.after.name}: ${code}. ${message}`);
    }
    if (signal.aborted) return this.#stop.signal === signal ? answer : (this.#newest ?? answer);
    this.#comparing = undefined;
    this.#last = answer;
    this.#post(answer);
    return answer;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#stop.abort();
    this.#watching?.dispose();
    this.#subscriptions.dispose();
    this.panel.dispose();
  }

  async #differences(signal: AbortSignal, tell: (message: string) => void) {
    const { worker } = this.parts;
    const opened = await openSets(this.parts, [this.files.before, this.files.after], signal, tell);
    try {
      const [before, after] = opened.map(({ document, name }) => ({ document, name, beside: true }));
      if (before === undefined || after === undefined) throw new Error('Two sets are opened.');
      return await worker.request('diffOfSets', { before, after }, { signal });
    } finally {
      closeSets(worker, opened);
    }
  }

  /** Compares again where one of the files, or its open text, changes. */
  #follow(): void {
    this.#watching?.dispose();
    const uris = Object.values(this.files);
    const changed = (uri: vscode.Uri): void => {
      if (uris.some((one) => one.toString() === uri.toString())) this.#compareSoon();
    };
    this.#watching = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) changed(document.uri);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        changed(uri);
      }),
      ...uris
        .filter(({ scheme }) => vscode.workspace.fs.isWritableFileSystem(scheme) === true)
        .map((uri) =>
          watchSet(uri, () => {
            this.#compareSoon();
          }),
        ),
    );
  }

  #compareSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.compare(), DELAY);
  }

  async #receive(message: FromDifferencesPage): Promise<void> {
    try {
      switch (message.type) {
        case 'ready':
          this.#ready = true;
          if (this.#last !== undefined) this.#post(this.#last);
          if (this.#comparing !== undefined) this.#post(this.#comparing);
          return;
        case 'open': {
          const { side, path, indices } = message;
          await this.parts.open(this.files[side], path === null ? undefined : { path, indices });
          return;
        }
        case 'swap': {
          const { before, after } = this.files;
          this.files = { before: after, after: before };
          await this.compare();
          return;
        }
        case 'again':
          await this.compare();
          return;
        case 'manageTrust':
          await this.parts.manageTrust();
          return;
      }
    } catch (error) {
      const { message: reason } = describeError(error, 'invalid-argument');
      this.parts.warn(reason);
      void vscode.window.showErrorMessage(reason);
    }
  }

  #post(message: ToDifferencesPage): void {
    if (this.#ready) void this.panel.webview.postMessage(message);
  }
}

function comparedSet(uri: vscode.Uri): ComparedSet {
  const address = addressOfUri(uri);
  const shown = isMetadataName(uri.path) ? vscode.Uri.joinPath(uri, '..') : uri;
  // What source control keeps of a file has a path of the machine, and is another version of it.
  const version = uri.scheme === 'git' ? vscode.l10n.t('{0}, as last committed', uri.path) : locationOfUri(shown);
  return { name: nameOfSet(uri), location: address === undefined ? version : displayAddress(address) };
}
