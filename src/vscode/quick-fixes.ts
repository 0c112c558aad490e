import * as vscode from 'vscode';
import { describeError } from '../errors';
import type { FindingGroup, FixOffer, TextRange } from '../preview/types';
import { countInWords } from '../words';
import type { OpenDocument } from './open-document';
import { vscodeRange } from './open-editors';
import type { ReferenceDocuments } from './reference-documents';

/** Findings at one place for which fixes are looked up. */
const MOST_AT_A_PLACE = 10;

/** An action on all findings of a code, whose edits are worked out when it is chosen. */
class FixAllAction extends vscode.CodeAction {
  constructor(
    title: string,
    readonly uri: vscode.Uri,
    readonly code: string,
    readonly alternative: string | null,
  ) {
    super(title, vscode.CodeActionKind.QuickFix);
  }
}

/** Quick fixes of findings in the text of a reference file: of the one at a place, and of all of its kind in the file. */
export class QuickFixes implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  };

  constructor(
    private readonly documents: ReferenceDocuments,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  async provideCodeActions(
    { uri }: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const document = this.documents.find(uri);
    if (
      document === undefined ||
      (context.only !== undefined && !context.only.contains(vscode.CodeActionKind.QuickFix))
    )
      return [];
    await document.checked();
    const found = findingsAt(document, range).slice(0, MOST_AT_A_PLACE);
    const actions: vscode.CodeAction[] = [];
    for (const { code, place } of found) {
      const offers = await this.#ask(
        document,
        code,
        { kind: 'place', line: place.line, column: place.column },
        null,
        token,
      );
      const diagnostics = context.diagnostics.filter(
        (diagnostic) => codeOf(diagnostic) === code && diagnostic.range.intersection(vscodeRange(place)) !== undefined,
      );
      actions.push(...offers.map((offer) => actionOf(uri, offer, diagnostics)));
      actions.push(...allActions(uri, document, code, offers).map((action) => Object.assign(action, { diagnostics })));
    }
    return actions;
  }

  async resolveCodeAction(action: vscode.CodeAction, token: vscode.CancellationToken): Promise<vscode.CodeAction> {
    if (!(action instanceof FixAllAction)) return action;
    const { uri, code, alternative } = action;
    const document = this.documents.find(uri);
    const [offer] = document === undefined ? [] : await this.#ask(document, code, { kind: 'file' }, alternative, token);
    if (offer !== undefined) action.edit = editOf(uri, offer);
    return action;
  }

  async #ask(
    document: OpenDocument,
    code: string,
    scope: Parameters<OpenDocument['fixes']>[0]['scope'],
    alternative: string | null,
    token: vscode.CancellationToken,
  ): Promise<FixOffer[]> {
    const cancel = new AbortController();
    const listening = token.onCancellationRequested(() => {
      cancel.abort();
    });
    try {
      return await document.fixes({ code, scope, alternative, form: 'edits' }, cancel.signal);
    } catch (error) {
      const { code: reason, message } = describeError(error, 'decode-failed');
      if (reason !== 'cancelled') this.log.warn(`Quick fixes of ${code}: ${message}`);
      return [];
    } finally {
      listening.dispose();
    }
  }
}

/** The code of a finding in the Problems panel. */
export function codeOf({ code }: vscode.Diagnostic): string {
  return typeof code === 'object' ? String(code.value) : String(code);
}

function findingsAt(document: OpenDocument, range: vscode.Range): { code: string; place: TextRange }[] {
  return (document.findings ?? [])
    .filter(({ fixable }) => fixable === true)
    .flatMap(({ code, samples, others = [] }) => {
      const place = [...samples.map((sample) => sample.range), ...others].find(
        (each) => vscodeRange(each).intersection(range) !== undefined,
      );
      return place === undefined ? [] : [{ code, place }];
    });
}

function actionOf(uri: vscode.Uri, offer: FixOffer, diagnostics: vscode.Diagnostic[]): vscode.CodeAction {
  const action = new vscode.CodeAction(offer.title, vscode.CodeActionKind.QuickFix);
  action.edit = editOf(uri, offer);
  action.diagnostics = diagnostics;
  action.isPreferred = offer.isPreferred;
  return action;
}

/** One for each way that the finding at the place can be mended, where the file has more of its kind. */
function allActions(
  uri: vscode.Uri,
  document: OpenDocument,
  code: string,
  offers: readonly FixOffer[],
): FixAllAction[] {
  const count = countOf(document.findings ?? [], code);
  if (count < 2) return [];
  const ways = [...new Set(offers.map(({ alternative }) => alternative))];
  return ways.map((way) => {
    const title =
      way === null
        ? vscode.l10n.t('Fix all {0} of this kind in this file ({1})', countInWords(count), code)
        : vscode.l10n.t('Fix all {0} of this kind in this file, {1} ({2})', countInWords(count), way, code);
    return new FixAllAction(title, uri, code, way);
  });
}

/** Findings of a code in the whole file. */
export function countOf(groups: readonly FindingGroup[], code: string): number {
  return groups.filter((group) => group.code === code).reduce((sum, { count }) => sum + count, 0);
}

/** All edits of a fix as one, which one Undo takes back. */
export function editOf(uri: vscode.Uri, { edits }: FixOffer): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    uri,
    edits.map(({ range, text }) => new vscode.TextEdit(vscodeRange(range), text)),
  );
  return edit;
}
