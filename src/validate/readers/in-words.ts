import { countInWords, plural } from '../../words';
import type { ReaderReport } from './types';

/** What a reader makes of a file, as the begin of a sentence that its first obstacle ends: `cannot`, `2 of 3 arrays`, `reads all 3 arrays`. */
export function verdictInWords({ opens, arrays, obstacles }: ReaderReport): string {
  const read = arrays.filter(({ reads }) => reads).length;
  if (arrays.length === 0) return obstacles.length === 0 ? 'opens the file' : opens ? 'in part' : 'cannot';
  if (obstacles.length === 0) return `reads ${read === 1 ? 'the array' : `all ${plural(read, 'array')}`}`;
  if (read === 0) return 'cannot';
  if (!opens) return 'not as a whole';
  return `${countInWords(read)} of ${plural(arrays.length, 'array')}`;
}
