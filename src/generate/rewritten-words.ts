import { countInWords, plural } from '../words';
import type { LevelAccount } from './types';

/** What was done with the short last strips of a level; undefined where there were none to write anew. */
export function rewrittenInWords({ rewritten }: LevelAccount): string | undefined {
  if (rewritten === undefined) return undefined;
  const { strips, rows, chunkRows, storedBytes, inlineBytes } = rewritten;
  const what =
    strips === 1 ? `the last, of ${plural(rows, 'row')}` : `the last of each band, of ${plural(rows, 'row')}`;
  return (
    `${plural(strips, 'strip')} written anew: ${what}, filled up to ${chunkRows} as every chunk has, and inlined, ` +
    `${plural(storedBytes, 'byte')} of the TIFF as ${countInWords(inlineBytes)} of text`
  );
}
