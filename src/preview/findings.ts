import type { TextPositions } from '../references/position';
import type { GroupedFindings } from '../validate/group';
import { rangeOf } from './document';
import type { FindingGroup } from './types';

/** Grouped findings with their places as editors count them; the first sample stands for its group. */
export function findingGroups(groups: readonly GroupedFindings[], positions: TextPositions): FindingGroup[] {
  return groups.flatMap(({ code, severity, path, count, samples }) => {
    const placed = samples.map(({ key, message, span }) => ({ key, message, range: rangeOf(positions, span) }));
    const [first] = placed;
    return first === undefined
      ? []
      : [{ code, severity, path, message: first.message, range: first.range, count, samples: placed }];
  });
}
