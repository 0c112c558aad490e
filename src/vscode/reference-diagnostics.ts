import * as vscode from 'vscode';
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
      if (what === 'findings') collection.set(uri, diagnosticsOf(uri, document.findings ?? []));
    }),
    documents.onDidRelease((uri) => {
      collection.delete(uri);
    }),
  );
}

/** Findings of a kind about one array that have a row each; more are one row, and the text has them underlined. */
const MOST_ROWS = 10;

function diagnosticsOf(uri: vscode.Uri, groups: readonly FindingGroup[]): vscode.Diagnostic[] {
  return groups.flatMap((group) => {
    const { code, severity, message, count, range, samples } = group;
    const diagnosticAt = (place: TextRange, text: string): vscode.Diagnostic => {
      const diagnostic = new vscode.Diagnostic(vscodeRange(place), text, severities[severity]);
      diagnostic.source = SOURCE;
      diagnostic.code = { value: code, target: rulePage(code) };
      return diagnostic;
    };
    if (count <= MOST_ROWS) return samples.map((sample) => diagnosticAt(sample.range, sample.message));
    const whole = diagnosticAt(range, vscode.l10n.t('{0} times: {1}', countInWords(count), message));
    whole.relatedInformation = samples.map(
      (sample) =>
        new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, vscodeRange(sample.range)), sample.message),
    );
    return [whole];
  });
}

/** The places of findings that have no row of their own. */
export function placesWithoutRow({ count, samples, others = [] }: FindingGroup): TextRange[] {
  return count <= MOST_ROWS ? [] : [...samples.slice(1).map((sample) => sample.range), ...others];
}
