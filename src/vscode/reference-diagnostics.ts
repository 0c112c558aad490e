import * as vscode from 'vscode';
import type { FindingGroup } from '../preview/types';
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

function diagnosticsOf(uri: vscode.Uri, groups: readonly FindingGroup[]): vscode.Diagnostic[] {
  return groups.map((group) => {
    const { code, severity, message, count, range, samples } = group;
    const text = count > 1 ? vscode.l10n.t('{0} ({1} times)', message, countInWords(count)) : message;
    const diagnostic = new vscode.Diagnostic(vscodeRange(range), text, severities[severity]);
    diagnostic.source = SOURCE;
    diagnostic.code = { value: code, target: rulePage(code) };
    if (count > 1) {
      diagnostic.relatedInformation = samples.map(
        (sample) =>
          new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, vscodeRange(sample.range)), sample.message),
      );
    }
    return diagnostic;
  });
}
