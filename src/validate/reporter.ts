import { TextPositions } from '../references/position';
import type { ReferenceSet } from '../references/reference-set';
import type { TextSpan } from '../references/types';
import { isStop, type Steps } from '../steps';
import { type RuleCode, rules } from './rules';
import type { Finding, Severity } from './types';

const NOWHERE: TextSpan = { offset: 0, length: 0 };

/** Collects findings, and gives each the severity of its rule where none is named and, in the end, its line and column. */
export class Reporter {
  private readonly findings: Finding[] = [];

  constructor(
    private readonly set: ReferenceSet,
    private readonly text: Uint8Array,
  ) {}

  /** Reports at a place in the text. */
  at(span: TextSpan, code: RuleCode, key: string, message: string, severity: Severity = rules[code].severity): void {
    this.findings.push({ code, severity, key, span, line: 0, column: 0, message });
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

  /** The findings in the order of the text, with their lines and columns: for one far behind, much text is walked. */
  *placed(): Steps<Finding[]> {
    const positions = new TextPositions(this.text);
    this.findings.sort((a, b) => a.span.offset - b.span.offset);
    for (const [i, finding] of this.findings.entries()) {
      yield* positions.walkTo(finding.span.offset);
      Object.assign(finding, positions.lineColumn(finding.span.offset));
      if (isStop(i)) yield;
    }
    return this.findings;
  }
}
