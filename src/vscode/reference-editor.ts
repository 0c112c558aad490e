import * as vscode from 'vscode';
import type { DocumentSource, OpenDocument } from './open-document';
import { type EditorActions, EditorPanel, type ShownPlace } from './editor-panel';
import { viewTypes } from './ids';
import { openInViewer } from './open-editors';
import type { DocumentUse, ReferenceDocuments } from './reference-documents';
import { documentUriOf } from './virtual-uris';
import { pageHtml, pageRoots } from './webview-html';

interface EditedDocument extends vscode.CustomDocument {
  readonly document: OpenDocument;
}

/** The viewer of reference files: a read-only custom editor, which has no limit of size. */
export class ReferenceEditor implements vscode.CustomReadonlyEditorProvider<EditedDocument>, vscode.Disposable {
  readonly #panels = new Set<EditorPanel>();
  /** What a panel that is about to open is to show, by the file's address. */
  readonly #places = new Map<string, ShownPlace>();
  readonly #subscriptions: vscode.Disposable[];
  /** The same viewer, of a TIFF itself. */
  readonly #pixels: vscode.CustomReadonlyEditorProvider<EditedDocument> = {
    openCustomDocument: (uri) => this.#open(uri, 'tiff'),
    resolveCustomEditor: (document, panel) => {
      this.resolveCustomEditor(document, panel);
    },
  };

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly documents: ReferenceDocuments,
    private readonly actions: EditorActions,
  ) {
    const options = {
      webviewOptions: { retainContextWhenHidden: false, enableFindWidget: true },
      supportsMultipleEditorsPerDocument: true,
    };
    this.#subscriptions = [
      ...[viewTypes.editor, viewTypes.editorAny].map((type) =>
        vscode.window.registerCustomEditorProvider(type, this, options),
      ),
      vscode.window.registerCustomEditorProvider(viewTypes.pixels, this.#pixels, options),
      documents.onDidChange(({ document, what }) => {
        for (const panel of this.#panels) {
          if (panel.document !== document) continue;
          if (what === 'state') panel.sendDocument();
          else panel.sendFindings();
        }
      }),
    ];
  }

  openCustomDocument(uri: vscode.Uri): EditedDocument {
    return this.#open(uri, 'references');
  }

  #open(uri: vscode.Uri, source: DocumentSource): EditedDocument {
    const use: DocumentUse = this.documents.use(uri, source);
    return {
      uri,
      document: use.document,
      dispose: () => {
        use.dispose();
      },
    };
  }

  resolveCustomEditor({ uri, document }: EditedDocument, webviewPanel: vscode.WebviewPanel): void {
    const place = this.#places.get(uri.toString());
    this.#places.delete(uri.toString());
    const panel = new EditorPanel(uri, webviewPanel, document, this.actions, place);
    this.#panels.add(panel);
    webviewPanel.onDidDispose(() => {
      this.#panels.delete(panel);
      panel.dispose();
    });
    webviewPanel.webview.options = { enableScripts: true, localResourceRoots: pageRoots(this.extensionUri) };
    webviewPanel.webview.html = pageHtml(webviewPanel.webview, this.extensionUri, {
      page: 'editor',
      title: 'Kerchunk Viewer',
      script: 'dist/webview.js',
      style: 'media/editor.css',
    });
  }

  /** Shows an array or chunk of a reference file: in its viewer where one is open, else in a new one beside. */
  async show(uri: vscode.Uri, place: ShownPlace): Promise<void> {
    const file = documentUriOf(uri);
    const key = file.toString();
    const panels = [...this.#panels].filter((panel) => panel.uri.toString() === key);
    const panel = panels.find(({ panel: { visible } }) => visible) ?? panels[0];
    if (panel !== undefined) {
      panel.show(place);
      return;
    }
    this.#places.set(key, place);
    await openInViewer(file, vscode.ViewColumn.Beside);
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }
}
