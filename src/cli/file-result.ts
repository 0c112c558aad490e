import type { CheckResult } from '../check/types';
import type { ReachResult } from '../check/check-reach';
import type { SetCoverage } from '../validate/coverage';
import type { GroupedFindings } from '../validate/group';
import type { ReaderReport } from '../validate/readers/types';
import type { Finding, Severity } from '../validate/types';
import { countInWords } from '../words';
import type { RequestCost } from './traced-opener';

/** A finding, or one that stands for `count` of its kind about the array at `path`. */
export type CountedFinding = Finding & { path?: string; count?: number };

/** How far the checks that read files went. */
export type CheckExtent = Pick<CheckResult, 'arrays' | 'compared' | 'decoded' | 'attempted' | 'failed'>;

/** What `validate` found in one file. */
export interface FileResult {
  /** Path of the file, as it was given. */
  file: string;
  /** All findings that were kept. */
  findings: CountedFinding[];
  /** The same by code and array, with their numbers. */
  groups: GroupedFindings[];
  counts: Record<Severity, number>;
  /** What each reader makes of the file. */
  readers: ReaderReport[];
  /** How much of the grids is there, of a file whose references are held. */
  coverage?: SetCoverage;
  source?: CheckExtent;
  decode?: CheckExtent;
  reach?: Pick<ReachResult, 'files' | 'reached'>;
  /** What reading the files behind the references took; absent where nothing was asked of them. */
  cost?: RequestCost;
  /** Why the file could not be read. */
  unreadable?: string;
}

/** Findings of one code and array that are shown one by one; of more of them the first few, and the number of the rest. */
const MOST_SHOWN = 20;
const SHOWN_OF_MANY = 3;

/** The findings that are shown, in the order of the text, with messages that say what the rest of their kind is. */
export function shownFindings(groups: readonly GroupedFindings[]): Finding[] {
  return groups
    .flatMap(({ samples, count }) => {
      const shown: CountedFinding[] = samples.slice(0, count > MOST_SHOWN ? SHOWN_OF_MANY : samples.length);
      return shown.map((finding, index) => withRest(finding, index === shown.length - 1 ? count - shown.length : 0));
    })
    .sort((a, b) => a.span.offset - b.span.offset);
}

/** A finding with the number of those that it stands for, and of those `more` that are not shown behind it, in its message. */
export function withRest(finding: CountedFinding, more: number): Finding {
  const { count = 1, message } = finding;
  const times = count > 1 ? ` (${countInWords(count)} such; this is the first)` : '';
  const rest = more > 0 ? ` (and ${countInWords(more)} more like it)` : '';
  return { ...finding, message: message + times + rest };
}
