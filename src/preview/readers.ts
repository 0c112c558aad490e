import type { TextPositions } from '../references/position';
import type { ReferenceSet } from '../references/reference-set';
import { verdictInWords } from '../validate/readers/in-words';
import type { ReaderReport } from '../validate/readers/types';
import { cutText } from '../words';
import { textRange } from './document';
import { MOST_OF_KEY, MOST_OF_MESSAGE } from './findings';
import type { ReaderVerdict } from './types';

/** What readers make of a file, with places as editors count them; long keys and reasons are cut as those of findings are. */
export function readerVerdicts(
  reports: readonly ReaderReport[],
  positions: TextPositions,
  set: ReferenceSet,
): ReaderVerdict[] {
  return reports.map((report) => ({
    name: report.name,
    tried: report.tried,
    reads: extentOf(report),
    verdict: verdictInWords(report),
    obstacles: report.obstacles.map(({ reason, key, path, span }) => ({
      reason: cutText(reason, MOST_OF_MESSAGE),
      key: cutText(key, MOST_OF_KEY),
      path: path ?? null,
      indices: set.ownerOf(key)?.indices ?? null,
      range: textRange(positions, span),
    })),
  }));
}

function extentOf({ opens, arrays, obstacles }: ReaderReport): ReaderVerdict['reads'] {
  if (obstacles.length === 0) return 'all';
  return opens || arrays.some(({ reads }) => reads) ? 'some' : 'none';
}
