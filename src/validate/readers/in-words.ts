import { countInWords, plural } from '../../words';
import type { ReaderReport } from './types';

/** What a reader makes of a file, as the begin of a sentence that its first obstacle ends: `cannot`, `2 of 3 arrays`, `reads all 3 arrays`. */
export function verdictInWords({ opens, arrays, obstacles }: ReaderReport): string {
  const read = arrays.filter(({ reads }) => reads).length;
  const wrong = wrongInWords(read, arrays.filter((array) => array.wrong === true).length);
  if (arrays.length === 0) {
    return obstacles.length === 0 ? 'opens the file, which holds no arrays' : opens ? 'in part' : 'cannot';
  }
  if (obstacles.length === 0) return `reads ${read === 1 ? 'the array' : `all ${plural(read, 'array')}`}${wrong}`;
  if (read === 0) return 'cannot';
  if (!opens) return 'not as a whole';
  return `${countInWords(read)} of ${plural(arrays.length, 'array')}${wrong}`;
}

function wrongInWords(read: number, wrong: number): string {
  if (wrong === 0) return '';
  return wrong === read ? ', with wrong values' : `, ${countInWords(wrong)} of them with wrong values`;
}
