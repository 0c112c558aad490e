import { findingGroups } from '../preview/findings';
import type { FindingGroup } from '../preview/types';
import type { ParseOptions } from '../references/parse';
import { TextPositions } from '../references/position';
import type { ReferenceProblem } from '../references/types';
import { type GroupedFindings, MOST_SAMPLES } from '../validate/group';
import type { Steps } from '../steps';
import { rules } from '../validate/rules';
import { bytesInWords } from '../words';

/** Told how far a request is, in words; while a text is read, with the first findings where there are newer ones. */
export type Tell = (message: string, findings?: FindingGroup[]) => void;

/** Milliseconds between two messages. */
const INTERVAL = 200;

/** Steps of 1 MiB that are walked at one stop, to find lines and columns: more than are read between two. */
const STEPS = 4;

/** Tells how much of a text has been read and, by rule, what was found so far: the first places of each, and how many. */
export function readingProgress(text: Uint8Array, tell: Tell): Required<Pick<ParseOptions, 'onRead' | 'onProblem'>> {
  const positions = new TextPositions(text);
  const groups = new Map<string, GroupedFindings>();
  // Those whose line is not known yet, in the order in which they were met, and the walk to the first of them.
  const waiting: ReferenceProblem[] = [];
  let walk: Steps<void> | undefined;
  const place = (): void => {
    for (let step = 0; step < STEPS;) {
      const [next] = waiting;
      if (next === undefined) return;
      walk ??= positions.walkTo(next.span.offset);
      if (walk.next().done === true) {
        walk = undefined;
        addTo(groups, next, positions);
        waiting.shift();
        hasNew = true;
      } else {
        step++;
      }
    }
  };
  let told = performance.now();
  let hasNew = false;
  return {
    onProblem: (problem) => {
      waiting.push(problem);
    },
    onRead: (bytes) => {
      place();
      const now = performance.now();
      if (now - told < INTERVAL) return;
      told = now;
      const percent = Math.floor((100 * bytes) / text.length);
      const found = hasNew ? [findingGroups([...groups.values()], positions, undefined)] : [];
      hasNew = false;
      tell(`${percent} % of ${bytesInWords(text.length)}`, ...found);
    },
  };
}

function addTo(
  groups: Map<string, GroupedFindings>,
  { code, key, span, message }: ReferenceProblem,
  positions: TextPositions,
): void {
  const { severity } = rules[code];
  let group = groups.get(code);
  if (group === undefined) groups.set(code, (group = { code, severity, path: '', count: 0, samples: [] }));
  group.count += 1;
  if (group.samples.length >= MOST_SAMPLES) return;
  group.samples.push({ code, severity, key, span, ...positions.lineColumn(span.offset), message });
}
