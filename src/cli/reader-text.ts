import type { ReaderReport } from '../validate/readers/types';
import { countInWords, plural } from '../words';

/** One line on what a reader makes of a file: `GDAL: cannot, it refuses templates (line 3, "templates")`. */
export function readerInWords({ name, opens, arrays, obstacles }: ReaderReport): string {
  const read = arrays.filter(({ reads }) => reads).length;
  const [first] = obstacles;
  if (first === undefined) return `${name}: reads ${read === 1 ? 'the array' : `all ${plural(read, 'array')}`}`;
  const place = first.key === '' ? `line ${first.line}` : `line ${first.line}, "${first.key}"`;
  const more = obstacles.length > 1 ? `; ${countInWords(obstacles.length - 1)} more` : '';
  const reason = `${first.reason} (${place})${more}`;
  if (read === 0 && arrays.length > 0) return `${name}: cannot, ${reason}`;
  if (!opens) return `${name}: not as a whole, ${reason}`;
  return `${name}: ${countInWords(read)} of ${plural(arrays.length, 'array')}, ${reason}`;
}
