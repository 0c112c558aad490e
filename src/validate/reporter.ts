import { TextPositions } from '../references/position';
import { type RecordPlace, type ReferenceSet, ZMETADATA } from '../references/reference-set';
import type { ReferenceProblem, TextSpan } from '../references/types';
import { type RuleCode, rules } from './rules';
import type { Finding, Severity } from './types';

const NOWHERE: TextSpan = { offset: 0, length: 0 };

/** Collects findings and gives each its line and column, and the severity of its rule where none is named. */
export class Reporter {
  readonly findings: Finding[] = [];
  private readonly positions: TextPositions;

  constructor(
    private readonly set: ReferenceSet,
    text: Uint8Array,
  ) {
    this.positions = new TextPositions(text);
  }

  /** Reports at a place in the text. */
  at(span: TextSpan, code: RuleCode, key: string, message: string, severity: Severity = rules[code].severity): void {
    this.push({ code, severity, key, span, message }, this.set.recordPlace(key));
  }

  /** Reports what was met while reading. */
  problem({ code, key, span, message, file, row }: ReferenceProblem): void {
    const place = file === undefined ? this.set.recordPlace('') : { file, ...(row === undefined ? {} : { row }) };
    this.push({ code, severity: rules[code].severity, key, span, message }, place);
  }

  /** Reports at the value under `path` inside the document `key`, or at the key's entry where there is no such value. */
  inside(key: string, path: (string | number)[], code: RuleCode, message: string, severity?: Severity): void {
    const span = this.set.innerSpan(key, path) ?? this.set.entrySpan(key) ?? NOWHERE;
    this.at(span, code, key, message, severity);
  }

  /** Reports at the key itself. */
  onKey(key: string, code: RuleCode, message: string, severity?: Severity): void {
    this.at(this.set.keySpan(key) ?? NOWHERE, code, key, message, severity);
  }

  private push(finding: Omit<Finding, 'line' | 'column'>, place: RecordPlace | undefined): void {
    const isRecord = place !== undefined && place.file !== ZMETADATA;
    const position = isRecord ? { line: place.row ?? 1, column: 1 } : this.positions.lineColumn(finding.span.offset);
    this.findings.push({ ...finding, ...position, ...place });
  }

  /** The findings in the order of the text. */
  sorted(): Finding[] {
    return this.findings.sort((a, b) => a.span.offset - b.span.offset);
  }
}
