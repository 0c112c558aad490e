import type { TextSpan } from '../references/types';

export type Severity = 'error' | 'warning' | 'info';

/** Something to tell about a reference file. `code` is stable and documented (`zarr2/shape-chunks-rank`). */
export interface Finding {
  code: string;
  severity: Severity;
  /** The reference key concerned; '' for the file as a whole. */
  key: string;
  /** Where in the text; line and column count from 1, columns in UTF-16 units. */
  span: TextSpan;
  line: number;
  column: number;
  message: string;
}
