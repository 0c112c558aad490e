import * as vscode from 'vscode';
import { byRule, type RuleFindings } from '../preview/rule-findings';
import type { FindingGroup, FindingSample, TextRange } from '../preview/types';
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
  /** The files in which the findings of a document stand: of a set in parquet its record files too. */
  const others = new Map<string, readonly string[]>();
  const forget = (text: vscode.Uri): void => {
    collection.delete(text);
    for (const file of others.get(text.toString()) ?? []) collection.delete(vscode.Uri.parse(file, true));
    others.delete(text.toString());
  };
  return vscode.Disposable.from(
    collection,
    documents.onDidChange(({ uri, document, what }) => {
      if (what !== 'findings') return;
      const text = documents.textUriOf(uri);
      forget(text);
      const placed = placedDiagnostics(text, document.findings ?? []);
      for (const [file, diagnostics] of placed) collection.set(vscode.Uri.parse(file, true), diagnostics);
      others.set(text.toString(), [...placed.keys()]);
    }),
    documents.onDidRelease((uri) => {
      forget(documents.textUriOf(uri));
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
  return rowsOf(uri, groups).map(({ diagnostic }) => diagnostic);
}

/** As `diagnosticsOf`, by the address of the file in which each stands: the text at `uri`, always there, or a record file beside it. */
function placedDiagnostics(uri: vscode.Uri, groups: readonly FindingGroup[]): Map<string, vscode.Diagnostic[]> {
  const placed = new Map<string, vscode.Diagnostic[]>([[uri.toString(), []]]);
  for (const { file, diagnostic } of rowsOf(uri, groups)) {
    const key = file.toString();
    placed.set(key, [...(placed.get(key) ?? []), diagnostic]);
  }
  return placed;
}

/** Where a finding stands: in the text, or in a row of a record file. */
function placeOf(
  uri: vscode.Uri,
  { range, record }: Pick<FindingSample, 'range' | 'record'>,
): { file: vscode.Uri; range: vscode.Range } {
  if (record === undefined) return { file: uri, range: vscodeRange(range) };
  const row = { line: record.row, column: 1, endLine: record.row, endColumn: 1 };
  return { file: vscode.Uri.joinPath(uri, '..', record.file), range: vscodeRange(row) };
}

function locationOf(uri: vscode.Uri, sample: FindingSample): vscode.Location {
  const { file, range } = placeOf(uri, sample);
  return new vscode.Location(file, range);
}

function rowsOf(
  uri: vscode.Uri,
  groups: readonly FindingGroup[],
): { file: vscode.Uri; diagnostic: vscode.Diagnostic }[] {
  return byRule(groups).flatMap(({ count, groups: ofRule }) => {
    const [first] = ofRule;
    const { code, severity, message } = first;
    const diagnosticAt = (
      sample: Pick<FindingSample, 'range' | 'record'>,
      text: string,
    ): { file: vscode.Uri; diagnostic: vscode.Diagnostic } => {
      const { file, range } = placeOf(uri, sample);
      const diagnostic = new vscode.Diagnostic(range, text, severities[severity]);
      diagnostic.source = SOURCE;
      diagnostic.code = { value: code, target: rulePage(code) };
      return { file, diagnostic };
    };
    const samples = ofRule.flatMap((group) => group.samples);
    if (count <= MOST_ROWS) return samples.map((sample) => diagnosticAt(sample, sample.message));
    const whole = diagnosticAt(
      first.samples[0] ?? first,
      vscode.l10n.t('{0} times: {1}', countInWords(count), message),
    );
    whole.diagnostic.relatedInformation = samples
      .slice(0, MOST_RELATED)
      .map((sample) => new vscode.DiagnosticRelatedInformation(locationOf(uri, sample), sample.message));
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
