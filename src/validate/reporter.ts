import { TextPositions } from '../references/position';
import { type ReferenceSet, ZMETADATA } from '../references/reference-set';
import type { RecordPlace } from '../references/set-parts';
import type { ReferenceProblem, TextSpan } from '../references/types';
import { isStop, type Steps } from '../steps';
import { reachableKey } from './reachable-key';
import { type RuleCode, rules } from './rules';
import type { Finding, Severity } from './types';

const NOWHERE: TextSpan = { offset: 0, length: 0 };

/** Findings of a code that asks for room which are listed one by one. */
const MOST_LISTED = 10_000;

/** Collects findings, and gives each the severity of its rule where none is named and, in the end, its line and column. */
export class Reporter {
  private readonly findings: Finding[] = [];
  private readonly listed = new Map<RuleCode, number>();

  constructor(
    private readonly set: ReferenceSet,
    private readonly text: Uint8Array,
  ) {}

  /** Reports at a place in the text. */
  at(span: TextSpan, code: RuleCode, key: string, message: string, severity: Severity = rules[code].severity): void {
    this.push({ code, severity, key, span, message }, this.set.recordPlace(key));
  }

  /** Whether one more finding of a code may be listed: of each code 10,000 in a file, however many arrays they are spread over. */
  hasRoom(code: RuleCode): boolean {
    const listed = (this.listed.get(code) ?? 0) + 1;
    if (listed > MOST_LISTED) return false;
    this.listed.set(code, listed);
    return true;
  }

  /**
   * Reports `more` findings that are not listed, of a code of which others are: at the value under `path` inside the document `key`, or at the
   * key itself where `path` is undefined.
   */
  rest(
    key: string,
    path: (string | number)[] | undefined,
    code: RuleCode,
    more: number,
    message: string,
    severity: Severity = rules[code].severity,
  ): void {
    const span = (path === undefined ? this.set.keySpan(key) : this.nearest(key, path)) ?? NOWHERE;
    this.push({ code, severity, key, span, message, more }, this.set.recordPlace(key));
  }

  /** Reports what was met while reading. */
  problem({ code, key, span, message, file, row, more }: ReferenceProblem): void {
    const place = file === undefined ? this.set.recordPlace('') : { file, ...(row === undefined ? {} : { row }) };
    const rest = more === undefined ? {} : { more };
    this.push({ code, severity: this.severityOf(code, key), key, span, message, ...rest }, place);
  }

  /** A key that no reader asks for does no harm where the one that they ask for is there too. */
  private severityOf(code: RuleCode, key: string): Severity {
    if (code !== 'kerchunk/key-unreachable') return rules[code].severity;
    const asked = reachableKey(key);
    return asked !== key && this.set.keySpan(asked) !== undefined ? 'warning' : 'error';
  }

  /** Reports at the value under `path` inside the document `key`; where there is none, at what should hold it. */
  inside(key: string, path: (string | number)[], code: RuleCode, message: string, severity?: Severity): void {
    this.at(this.nearest(key, path) ?? NOWHERE, code, key, message, severity);
  }

  /** The place of the value under `path`, or of the innermost value around it that is there: what lacks a member stands there. */
  private nearest(key: string, path: (string | number)[]): TextSpan | undefined {
    for (let length = path.length; length >= 0; length--) {
      const span = this.set.innerSpan(key, path.slice(0, length));
      if (span !== undefined) return span;
    }
    return this.set.entrySpan(key);
  }

  /** Reports at the key itself. */
  onKey(key: string, code: RuleCode, message: string, severity?: Severity): void {
    this.at(this.set.keySpan(key) ?? NOWHERE, code, key, message, severity);
  }

  private push(finding: Omit<Finding, 'line' | 'column'>, place: RecordPlace | undefined): void {
    const isRecord = place !== undefined && place.file !== ZMETADATA;
    this.findings.push({ ...finding, line: isRecord ? (place.row ?? 1) : 0, column: 1, ...place });
  }

  /** The findings in the order of the text, with their lines and columns: for one far behind, much text is walked. */
  *placed(): Steps<Finding[]> {
    const positions = new TextPositions(this.text);
    this.findings.sort((a, b) => a.span.offset - b.span.offset);
    for (const [i, finding] of this.findings.entries()) {
      if (isStop(i)) yield;
      // The row of a record file is its line.
      if (finding.line > 0) continue;
      yield* positions.walkTo(finding.span.offset);
      Object.assign(finding, positions.lineColumn(finding.span.offset));
    }
    return this.findings;
  }
}
