import type { TextSpan } from '../references/types';
import type { RuleCode } from './rules';

export type Severity = 'error' | 'warning' | 'info';

/** Something to tell about a reference file, by a rule. */
export interface Finding {
  code: RuleCode;
  severity: Severity;
  /** The reference key concerned; '' for the file as a whole. */
  key: string;
  /** Where in the text; line and column count from 1, columns in UTF-16 units. */
  span: TextSpan;
  line: number;
  column: number;
  message: string;
  /** It stands for so many more of its code, which are not listed. */
  more?: number;
}
