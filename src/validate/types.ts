import type { TextSpan } from '../references/types';
import type { RuleCode } from './rules';

export type Severity = 'error' | 'warning' | 'info';

/** Something to tell about a reference file, by a rule. */
export interface Finding {
  code: RuleCode;
  severity: Severity;
  /** The reference key concerned; '' for the file as a whole. */
  key: string;
  /** Where in the text (of `.zmetadata`, in a set in parquet); line and column count from 1, columns in UTF-16 units. */
  span: TextSpan;
  line: number;
  column: number;
  message: string;
  /** In a set in parquet: the file concerned, below the set's folder; in a record file `row` counts from 1, and `line` is the row, or 1. */
  file?: string;
  row?: number;
}
