import type { ReaderReport } from '../validate/readers/types';
import { countInWords, plural } from '../words';

/** One line on what a reader makes of a file: `GDAL: cannot, it refuses templates (line 3, "templates")`. */
export function readerInWords({ name, opens, arrays, obstacles }: ReaderReport): string {
  const read = arrays.filter(({ reads }) => reads).length;
  const wrong = wrongInWords(read, arrays.filter((array) => array.wrong === true).length);
  const [first] = obstacles;
  if (first === undefined) {
    if (read === 0) return `${name}: opens it, and it holds no arrays`;
    return `${name}: reads ${read === 1 ? 'the array' : `all ${plural(read, 'array')}`}${wrong}`;
  }
  const place = first.key === '' ? `line ${first.line}` : `line ${first.line}, "${first.key}"`;
  const more = obstacles.length > 1 ? `; ${plural(obstacles.length - 1, 'more reason')}` : '';
  const reason = `${first.reason} (${place})${more}`;
  if (read === 0 && arrays.length > 0) return `${name}: cannot, ${reason}`;
  if (!opens) return `${name}: not as a whole, ${reason}`;
  if (arrays.length === 0) return `${name}: opens it, and it holds no arrays; ${reason}`;
  return `${name}: ${countInWords(read)} of ${plural(arrays.length, 'array')}${wrong}, ${reason}`;
}

function wrongInWords(read: number, wrong: number): string {
  if (wrong === 0) return '';
  return wrong === read ? ', with wrong values' : `, ${countInWords(wrong)} of them with wrong values`;
}
