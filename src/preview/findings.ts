import type { TextPositions } from '../references/position';
import { type ReferenceSet, ZMETADATA } from '../references/reference-set';
import type { GroupedFindings } from '../validate/group';
import { rules } from '../validate/rules';
import type { Finding } from '../validate/types';
import { cutText } from '../words';
import { textRange } from './document';
import type { FindingGroup } from './types';

/** Characters of a key and of a message that go to the page. */
export const MOST_OF_KEY = 200;
export const MOST_OF_MESSAGE = 2000;

/**
 * Grouped findings with their places as editors count them; the first sample stands for its group. Long keys and messages are cut. `set` is
 * undefined where the text could not be read; `isFixable` says whether something can be done about a finding.
 */
export function findingGroups(
  groups: readonly GroupedFindings[],
  positions: TextPositions,
  set: ReferenceSet | undefined,
  isFixable: (finding: Finding) => boolean = () => false,
): FindingGroup[] {
  return groups.flatMap(({ code, severity, path, count, samples, others = [] }) => {
    const placed = samples.map(({ key, message, span, file, row }) => ({
      key: cutText(key, MOST_OF_KEY),
      message: cutText(message, MOST_OF_MESSAGE),
      range: textRange(positions, span),
      indices: set?.ownerOf(key)?.indices ?? null,
      ...(file === undefined || file === ZMETADATA ? {} : { record: { file, row: row ?? 1 } }),
    }));
    const [first] = placed;
    const { title } = rules[code];
    return first === undefined
      ? []
      : [
          {
            code,
            title,
            severity,
            path,
            message: first.message,
            range: first.range,
            count,
            samples: placed,
            ...(others.length > 0 ? { others: others.map((span) => textRange(positions, span)) } : {}),
            ...(samples.some(isFixable) ? { fixable: true as const } : {}),
          },
        ];
  });
}
