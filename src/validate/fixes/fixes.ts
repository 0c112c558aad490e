import type { ReferenceSet } from '../../references/reference-set';
import type { Steps } from '../../steps';
import { ruleOf } from '../rules';
import type { Finding } from '../types';
import { fixers } from './fixers';
import { editsOf } from './resolve';
import type { Change, Fix, FixSources, Remedy } from './types';

/** Changes that are worked out between two stops. */
const CHANGES = 256;

/**
 * What can be done about a finding of a file, the best first; [] where a person must decide. `set` is what was read from `text`, undefined where
 * that failed. Worked out when asked: nothing is kept.
 */
export function fixesOf(
  finding: Finding,
  set: ReferenceSet | undefined,
  text: Uint8Array,
  sources: FixSources = {},
): Fix[] {
  return Array.from(remediesOf(finding, set, text, sources), withChanges)
    .filter(({ changes }) => changes.length > 0)
    .map(({ changes, ...rest }) => ({ ...rest, edits: editsOf(changes) }));
}

/**
 * Whether something can be done about a finding, without working out all of it. A fixer that fails counts as one that can: who asks for its
 * fix is told what failed, and no other finding is lost.
 */
export function isFixable(
  finding: Finding,
  set: ReferenceSet | undefined,
  text: Uint8Array,
  sources: FixSources = {},
): boolean {
  try {
    for (const { changes } of remediesOf(finding, set, text, sources)) {
      const [first] = changes;
      if (first !== undefined) return true;
    }
    return false;
  } catch {
    return true;
  }
}

/** A fix of many findings, and how many of them it mends. */
export interface FixOfMany extends Fix {
  count: number;
}

/**
 * One fix for all of these findings of one code: of each, what goes the way `alternative`, or the first of what can be done where there is no
 * such. What would write two things at one place is done for the first alone. Undefined where nothing can be done about any.
 */
export function* fixAll(
  findings: Iterable<Finding>,
  set: ReferenceSet | undefined,
  text: Uint8Array,
  { alternative, ...sources }: FixSources & { alternative?: string | undefined } = {},
): Steps<FixOfMany | undefined> {
  const changes: Change[] = [];
  const written = new Map<string, string>();
  let title: string | undefined;
  let count = 0;
  for (const finding of findings) {
    yield;
    const remedies = [...remediesOf(finding, set, text, sources)];
    const remedy = yield* firstWithChanges([
      ...remedies.filter((candidate) => candidate.alternative === alternative).slice(0, 1),
      ...remedies,
    ]);
    if (remedy === undefined || remedy.changes.some((change) => isContrary(change, written))) continue;
    title ??= titleOfMany(finding, remedy);
    count++;
    for (const change of remedy.changes) if (isNew(change, written)) changes.push(change);
  }
  return title === undefined ? undefined : { title, edits: editsOf(changes), count };
}

/** A remedy whose changes are all worked out. */
type WholeRemedy = Omit<Remedy, 'changes'> & { changes: Change[] };

function withChanges(remedy: Remedy): WholeRemedy {
  return { ...remedy, changes: [...remedy.changes] };
}

function* firstWithChanges(remedies: readonly Remedy[]): Steps<WholeRemedy | undefined> {
  for (const remedy of remedies) {
    const changes: Change[] = [];
    for (const change of remedy.changes) {
      if (changes.push(change) % CHANGES === 0) yield;
    }
    if (changes.length > 0) return { ...remedy, changes };
  }
  return undefined;
}

function titleOfMany({ code }: Finding, { title, alternative }: Pick<Remedy, 'title' | 'alternative'>): string {
  const fix = ruleOf(code)?.fix ?? title;
  return alternative === undefined ? fix : `${fix}, ${alternative}`;
}

function remediesOf(
  finding: Finding,
  set: ReferenceSet | undefined,
  text: Uint8Array,
  { tiffs = new Map() }: FixSources,
): Iterable<Remedy> {
  const fixer = Object.hasOwn(fixers, finding.code) ? fixers[finding.code] : undefined;
  return fixer?.({ finding, set, text, tiffs }) ?? [];
}

/** What is replaced at a place, by the place. */
function placeOf(change: Extract<Change, { kind: 'replace' }>): string {
  return `${change.document.place} ${change.span.offset}`;
}

function isContrary(change: Change, written: ReadonlyMap<string, string>): boolean {
  if (change.kind !== 'replace') return false;
  const other = written.get(placeOf(change));
  return other !== undefined && other !== change.text;
}

/** Whether a change is not among those already; also notes it. */
function isNew(change: Change, written: Map<string, string>): boolean {
  if (change.kind !== 'replace') return true;
  const place = placeOf(change);
  const known = written.has(place);
  written.set(place, change.text);
  return !known;
}
