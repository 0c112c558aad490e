import * as vscode from 'vscode';
import { byRule, type RuleFindings } from '../preview/rule-findings';
import type { FindingGroup } from '../preview/types';
import { countInWords } from '../words';
import { vscodeRange } from './open-editors';
import { placesWithoutRow } from './reference-diagnostics';
import type { ReferenceDocuments } from './reference-documents';

const colours = {
  error: '--vscode-editorError-foreground',
  warning: '--vscode-editorWarning-foreground',
  info: '--vscode-editorInfo-foreground',
} satisfies Record<FindingGroup['severity'], string>;

/**
 * Underlines the places of findings that the Problems panel has in one row with others of their kind, as VS Code underlines those that have a row
 * of their own.
 */
export class Underlines implements vscode.Disposable {
  readonly #types = Object.entries(colours).map(([severity, colour]) => ({
    severity,
    type: vscode.window.createTextEditorDecorationType({ textDecoration: `underline wavy var(${colour}) 1px` }),
  }));
  readonly #subscriptions: vscode.Disposable;

  constructor(private readonly documents: ReferenceDocuments) {
    this.#subscriptions = vscode.Disposable.from(
      ...this.#types.map(({ type }) => type),
      documents.onDidChange(({ uri, what }) => {
        if (what === 'findings') this.#draw(documents.textUriOf(uri));
      }),
      documents.onDidRelease((uri) => {
        this.#draw(documents.textUriOf(uri));
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.#draw();
      }),
    );
    this.#draw();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #draw(uri?: vscode.Uri): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const shown = editor.document.uri;
      if (uri !== undefined && shown.toString() !== uri.toString()) continue;
      const rules = byRule(this.documents.find(shown)?.findings ?? []);
      for (const { severity, type } of this.#types) {
        editor.setDecorations(type, rules.filter(({ groups }) => groups[0].severity === severity).flatMap(underlined));
      }
    }
  }
}

function underlined(rule: RuleFindings): vscode.DecorationOptions[] {
  const places = placesWithoutRow(rule);
  if (places.length === 0) return [];
  const [{ title, code }] = rule.groups;
  const hoverMessage = new vscode.MarkdownString();
  hoverMessage.appendText(vscode.l10n.t('One of {0} of this kind: {1}', countInWords(rule.count), title));
  hoverMessage.appendMarkdown(`\n\n\`${code}\``);
  return places.map((place) => ({ range: vscodeRange(place), hoverMessage }));
}
