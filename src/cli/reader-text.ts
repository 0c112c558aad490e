import { verdictInWords } from '../validate/readers/in-words';
import type { ReaderReport } from '../validate/readers/types';
import { countInWords } from '../words';

/** One line on what a reader makes of a file: `GDAL: cannot, it refuses templates (line 3, "templates")`. */
export function readerInWords(report: ReaderReport): string {
  const { name, obstacles } = report;
  const [first] = obstacles;
  const verdict = `${name}: ${verdictInWords(report)}`;
  if (first === undefined) return verdict;
  const place = first.key === '' ? `line ${first.line}` : `line ${first.line}, "${first.key}"`;
  const more = obstacles.length > 1 ? `; ${countInWords(obstacles.length - 1)} more` : '';
  return `${verdict}, ${first.reason} (${place})${more}`;
}
