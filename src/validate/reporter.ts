import { TextPositions } from '../references/position';
import type { ReferenceSet } from '../references/reference-set';
import type { TextSpan } from '../references/types';
import type { Finding, Severity } from './types';

/** Collects findings and gives each its line and column. */
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
  at(span: TextSpan, code: string, severity: Severity, key: string, message: string): void {
    this.findings.push({ code, severity, key, span, ...this.positions.lineColumn(span.offset), message });
  }

  /** Reports at the value under `path` inside the document `key`, or at the key's entry where there is no such value. */
  inside(key: string, path: (string | number)[], code: string, severity: Severity, message: string): void {
    const span = this.set.innerSpan(key, path) ?? this.set.entrySpan(key) ?? { offset: 0, length: 0 };
    this.at(span, code, severity, key, message);
  }

  /** Reports at the key itself. */
  onKey(key: string, code: string, severity: Severity, message: string): void {
    this.at(this.set.keySpan(key) ?? { offset: 0, length: 0 }, code, severity, key, message);
  }

  /** The findings in the order of the text. */
  sorted(): Finding[] {
    return this.findings.sort((a, b) => a.span.offset - b.span.offset);
  }
}
