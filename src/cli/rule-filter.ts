import { KerchunkError } from '../errors';
import { type RuleCode, rules } from '../validate/rules';

/** Findings without which the others mean nothing: that the file is no reference file at all. */
const ALWAYS: readonly RuleCode[] = ['json/syntax', 'kerchunk/no-references'];

/**
 * The rules that `--rules` names: codes (`zarr2/dtype`) and kinds (`zarr2`), separated by commas. That a file is no JSON or no reference
 * file is told in any case.
 * @throws KerchunkError `invalid-argument` for a name that no rule has, with the nearest.
 */
export function parseRuleFilter(text: string): (code: RuleCode) => boolean {
  const codes = Object.keys(rules);
  const kinds = [...new Set(codes.map(kindOf))];
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !codes.includes(name) && !kinds.includes(name));
  if (unknown !== undefined) {
    const nearest = nearestTo(unknown, unknown.includes('/') ? codes : [...kinds, ...codes]);
    throw new KerchunkError(
      'invalid-argument',
      `--rules ${text}: there is no rule "${unknown}". The nearest is ${nearest}; docs/rules.md lists them all.`,
    );
  }
  const wanted = new Set([...names, ...ALWAYS]);
  return (code) => wanted.has(code) || wanted.has(kindOf(code));
}

function kindOf(code: string): string {
  return code.slice(0, code.indexOf('/'));
}

function nearestTo(name: string, known: readonly string[]): string {
  const [nearest] = known.map((other) => ({ other, edits: distance(name, other) })).sort((a, b) => a.edits - b.edits);
  return nearest?.other ?? '';
}

/** The fewest characters put in, taken out or replaced that make one text of the other (Levenshtein). */
function distance(from: string, to: string): number {
  let before = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= Math.min(from.length, MOST_CHARACTERS); row++) {
    const now = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (before[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      now.push(Math.min(replaced, (before[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1));
    }
    before = now;
  }
  return before[to.length] ?? 0;
}

/** Characters of a name that are compared; no code has as many. */
const MOST_CHARACTERS = 100;
