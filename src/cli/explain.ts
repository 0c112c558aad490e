import { nearestName } from '../edit-distance';
import { KerchunkError } from '../errors';
import { ruleOf, rules } from '../validate/rules';
import type { Rule } from '../validate/rules/types';
import { toJson } from './json';
import { exitCodes, type Terminal } from './terminal';

/** Characters in which a misspelt code may differ from a rule's. */
const MOST_EDITS = 6;

/**
 * `kerchunk explain`: what rules of `kerchunk validate` mean, by code (`zarr2/dtype`) or kind (`zarr2`, a line each). Returns the exit code.
 * @throws KerchunkError `invalid-argument` for what no rule is called.
 */
export function explain(terminal: Pick<Terminal, 'print'>, name: string, json: boolean): number {
  const codes = Object.keys(rules).filter((code) => code === name || code.startsWith(`${name}/`));
  if (codes.length === 0) {
    const near = nearestName(name, Object.keys(rules), MOST_EDITS);
    throw new KerchunkError(
      'invalid-argument',
      `There is no rule "${name}"${near === undefined ? '' : `; the nearest is ${near}`}. Kinds are ${kindsInWords()}: kerchunk explain zarr2 lists those of one.`,
    );
  }
  const found = codes.flatMap((code) => {
    const rule = ruleOf(code);
    return rule === undefined ? [] : [{ code, ...rule }];
  });
  if (json) terminal.print(`${toJson(found)}\n`);
  else if (codes.includes(name)) terminal.print(`${found.map(inWords).join('\n')}\n`);
  else terminal.print(`${found.map(({ code, severity, title }) => `${code} (${severity}): ${title}`).join('\n')}\n`);
  return exitCodes.ok;
}

function kindsInWords(): string {
  return [...new Set(Object.keys(rules).map((code) => code.slice(0, code.indexOf('/'))))].join(', ');
}

function inWords({ code, severity, title, explanation, source, fix, examples }: Rule & { code: string }): string {
  const parts = [`${code}, ${severity}: ${title}`, explanation, `Source: ${source}.`];
  if (fix !== undefined) parts.push(`In VS Code a quick fix does it: ${fix}.`);
  if (examples !== undefined) parts.push(`Breaks it:\n${examples.breaks}`, `Is good:\n${examples.good}`);
  return parts.join('\n\n').replaceAll('\ufeff', '\\ufeff');
}
