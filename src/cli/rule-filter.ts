import { editDistance } from '../edit-distance';
import { KerchunkError } from '../errors';
import { type RuleCode, rules } from '../validate/rules';

/** Findings without which the others mean nothing: that the file is no reference file at all. */
const ALWAYS: readonly RuleCode[] = ['json/syntax', 'kerchunk/no-references'];

/**
 * The rules that `--rules` names: codes (`zarr2/dtype`) and kinds (`zarr2`), separated by commas. That a file is no JSON or no reference
 * file is told in any case.
 * @throws KerchunkError `invalid-argument` for a name that no rule has, with the nearest, or the kinds where none is near.
 */
export function parseRuleFilter(text: string): (code: RuleCode) => boolean {
  const codes = Object.keys(rules);
  const kinds = [...new Set(codes.map(kindOf))];
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !codes.includes(name) && !kinds.includes(name));
  if (unknown !== undefined) {
    const nearest = nearestTo(unknown, unknown.includes('/') ? codes : [...kinds, ...codes]);
    // What has half of its letters elsewhere is no misspelling.
    if (2 * editDistance(unknown, nearest) > unknown.length) {
      throw new KerchunkError(
        'invalid-argument',
        `--rules ${text}: there is no rule "${unknown}". Kinds are ${kinds.join(', ')}; kerchunk explain and a kind lists its rules.`,
      );
    }
    throw new KerchunkError(
      'invalid-argument',
      `--rules ${text}: there is no rule "${unknown}". The nearest is ${nearest}; kerchunk explain ${nearest.includes('/') ? kindOf(nearest) : nearest} lists those of its kind.`,
    );
  }
  const wanted = new Set([...names, ...ALWAYS]);
  return (code) => wanted.has(code) || wanted.has(kindOf(code));
}

function kindOf(code: string): string {
  return code.slice(0, code.indexOf('/'));
}

function nearestTo(name: string, known: readonly string[]): string {
  const [nearest] = known
    .map((other) => ({ other, edits: editDistance(name, other) }))
    .sort((a, b) => a.edits - b.edits);
  return nearest?.other ?? '';
}
