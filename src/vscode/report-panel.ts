import * as vscode from 'vscode';
import type { FromPage, GeneratedItem, Report, ToPage } from '../webview/messages';
import { viewTypes } from './ids';
import { isReport } from './report-state';
import { pageHtml, pageRoots } from './webview-html';

/** What the report's buttons do outside the page. */
export interface ReportActions {
  openReference(uri: vscode.Uri): Promise<void>;
  reveal(uri: vscode.Uri): Promise<void>;
  showPixels(uri: vscode.Uri): Promise<void>;
  showLog(): void;
}

/** The panel that reports on what was generated: one for the window, showing the newest report. */
export class ReportPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  #report: Report = { format: 1, items: [] };
  #cutLastStrip: ((item: number) => void) | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly actions: ReportActions,
  ) {}

  /** The column that the panel covers, while it is on top there. */
  get covers(): vscode.ViewColumn | undefined {
    return this.#panel?.visible === true ? this.#panel.viewColumn : undefined;
  }

  /**
   * Shows a report beside the active editor, or where the panel is already; the focus stays where it is. `cutLastStrip` generates an item
   * again, without the rows of its last strip.
   */
  show(report: Report, cutLastStrip?: (item: number) => void): void {
    this.#report = report;
    this.#cutLastStrip = cutLastStrip;
    if (this.#panel === undefined) {
      const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      this.#adopt(vscode.window.createWebviewPanel(viewTypes.report, '', place));
    } else {
      this.#panel.reveal(undefined, true);
      this.#send();
    }
    if (this.#panel !== undefined) this.#panel.title = titleOf(report);
  }

  /** Brings the panel to the front, also after it was closed. */
  reveal(): void {
    this.show(this.#report, this.#cutLastStrip);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    if (isReport(state)) {
      this.#report = withoutOffers(state);
      this.#adopt(panel);
      panel.title = titleOf(state);
    } else {
      panel.dispose();
    }
    return Promise.resolve();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'mark.svg');
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    panel.webview.options = { enableScripts: true, localResourceRoots: pageRoots(this.extensionUri) };
    panel.webview.onDidReceiveMessage((message: FromPage) => this.#receive(message));
    panel.webview.html = pageHtml(panel.webview, this.extensionUri, {
      page: 'report',
      title: vscode.l10n.t('Kerchunk Report'),
      script: 'dist/webview.js',
      style: 'media/report.css',
    });
  }

  #send(): void {
    void this.#panel?.webview.postMessage({ type: 'show', report: this.#report } satisfies ToPage);
  }

  async #receive(message: FromPage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#send();
        return;
      case 'showLog':
        this.actions.showLog();
        return;
      case 'openReference':
        await this.#withGenerated(message.item, (item) =>
          this.actions.openReference(vscode.Uri.parse(item.outputUri, true)),
        );
        return;
      case 'cutLastStrip':
        this.#cutLastStrip?.(message.item);
        return;
      case 'copyCode':
        await this.#withGenerated(message.item, (item) => vscode.env.clipboard.writeText(item.code));
        return;
      case 'revealSource':
      case 'showPixels': {
        const source = this.#report.items[message.item]?.sourceUri;
        const act = message.type === 'showPixels' ? 'showPixels' : 'reveal';
        if (source !== undefined) await this.actions[act](vscode.Uri.parse(source, true));
        return;
      }
    }
  }

  async #withGenerated(index: number, act: (item: GeneratedItem) => PromiseLike<void>): Promise<void> {
    const item = this.#report.items[index];
    if (item?.kind === 'generated') await act(item);
  }
}

/** A report of an earlier session: what it offered to do then, nobody knows how to do any more. */
function withoutOffers({ format, items }: Report): Report {
  return {
    format,
    items: items.map((item) => {
      if (item.kind !== 'refused') return item;
      const { kind, source, sourceLocation, sourceUri, code, message } = item;
      const place = { source, sourceLocation, ...(sourceUri === undefined ? {} : { sourceUri }) };
      return { kind, ...place, code, message };
    }),
  };
}

function titleOf({ items }: Report): string {
  const [item, ...others] = items;
  if (item === undefined || others.length > 0) return vscode.l10n.t('Kerchunk Report');
  return vscode.l10n.t('{0} — Report', item.kind === 'generated' ? item.output : item.source);
}
