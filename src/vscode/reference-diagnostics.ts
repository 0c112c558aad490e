import * as vscode from 'vscode';
import { byRule, type RuleFindings } from '../preview/rule-findings';
import type { FindingGroup, TextRange } from '../preview/types';
import { countInWords } from '../words';
import { vscodeRange } from './open-editors';
import type { ReferenceDocuments } from './reference-documents';
import { rulePage } from './rule-pages';

/** Where findings come from, as the Problems panel says. */
const SOURCE = 'kerchunk';

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} satisfies Record<FindingGroup['severity'], vscode.DiagnosticSeverity>;

/**
 * The findings of every document in use in the Problems panel; those of an older text stay until the newer ones are known, or the check
 * failed.
 */
export function showDiagnostics(documents: ReferenceDocuments): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection(SOURCE);
  return vscode.Disposable.from(
    collection,
    documents.onDidChange(({ uri, document, what }) => {
      if (what !== 'findings') return;
      const text = documents.textUriOf(uri);
      collection.set(text, diagnosticsOf(text, document.findings ?? []));
    }),
    documents.onDidRelease((uri) => {
      collection.delete(documents.textUriOf(uri));
    }),
  );
}

/** Findings of a rule in a file that have a row each; more are one row, and the text has them underlined. */
const MOST_ROWS = 10;

/** Findings that such a row leads to. */
const MOST_RELATED = 20;

/** Places that are underlined for such a row: an editor draws each. */
const MOST_UNDERLINED = 5000;

/** The rows of the Problems panel: of each rule at most ten, or one that says how often it is broken in the whole file. */
export function diagnosticsOf(uri: vscode.Uri, groups: readonly FindingGroup[]): vscode.Diagnostic[] {
  return byRule(groups).flatMap(({ count, groups: ofRule }) => {
    const [{ code, severity, message, range }] = ofRule;
    const diagnosticAt = (place: TextRange, text: string): vscode.Diagnostic => {
      const diagnostic = new vscode.Diagnostic(vscodeRange(place), text, severities[severity]);
      diagnostic.source = SOURCE;
      diagnostic.code = { value: code, target: rulePage(code) };
      return diagnostic;
    };
    const samples = ofRule.flatMap((group) => group.samples);
    if (count <= MOST_ROWS) return samples.map((sample) => diagnosticAt(sample.range, sample.message));
    const whole = diagnosticAt(range, vscode.l10n.t('{0} times: {1}', countInWords(count), message));
    whole.relatedInformation = samples
      .slice(0, MOST_RELATED)
      .map(
        (sample) =>
          new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, vscodeRange(sample.range)), sample.message),
      );
    return [whole];
  });
}

/** The places of findings that have no row of their own, at most 5,000. */
export function placesWithoutRow({ count, groups }: RuleFindings): TextRange[] {
  if (count <= MOST_ROWS) return [];
  return groups
    .flatMap(({ samples, others = [] }) => [...samples.map((sample) => sample.range), ...others])
    .slice(1, 1 + MOST_UNDERLINED);
}
