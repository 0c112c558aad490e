import { FIRST_KIND, Kind, type EntryColumns } from './columns';
import { TemplateError } from './expression';
import { decodeString } from './json-string';
import { keyPlace, memberPlaces, placeAt } from './places';
import type { ProblemList } from './problems';
import type { TargetTable } from './target-table';
import { compileTemplate } from './template';
import type { ReferenceProblemCode } from './types';

/** The addresses of a reference file's targets, each once, by number. */
export class Addresses {
  readonly list: string[] = [];
  private readonly numbers = new Map<string, number>();

  /** The number of an address, in the order in which they were first asked for. */
  number(address: string): number {
    let number = this.numbers.get(address);
    if (number === undefined) {
      number = this.list.length;
      this.list.push(address);
      this.numbers.set(address, number);
    }
    return number;
  }
}

interface Failure {
  code: ReferenceProblemCode;
  message: string;
}

/**
 * Puts numbers of addresses in place of the numbers of the tokens that targets are written as. With `templates`, `{{ }}` is
 * substituted in them; entries whose template cannot be are malformed and become problems. Undefined: braces stay as they are.
 * Returns whether a template is called as a function.
 */
export function resolveTargets(
  text: Uint8Array,
  columns: EntryColumns,
  table: TargetTable,
  templates: ReadonlyMap<string, string> | undefined,
  addresses: Addresses,
  problems: ProblemList,
): boolean {
  const resolved = new Array<number | Failure | undefined>(table.length).fill(undefined);
  let callsFunction = false;
  const resolve = (token: number): number | Failure => {
    const raw = table.raw(token);
    if (templates === undefined || !raw.includes('{{')) return addresses.number(raw);
    try {
      const template = compileTemplate(raw, { variables: new Map(), templates });
      callsFunction ||= template.callsFunction;
      return addresses.number(template.render([]));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      const code = error.reason === 'undefined' ? 'kerchunk/template-undefined' : 'kerchunk/template-not-evaluated';
      return { code, message: `The template in "${raw}" gives no address: ${error.message}.` };
    }
  };
  for (let row = 0; row < columns.length; row++) {
    const token = columns.target.get(row);
    if (token >= FIRST_KIND) continue;
    const address = (resolved[token] ??= resolve(token));
    if (typeof address === 'number') columns.target.set(row, address);
    else refuse(text, columns, row, address, problems);
  }
  return callsFunction;
}

function refuse(text: Uint8Array, columns: EntryColumns, row: number, failure: Failure, problems: ProblemList): void {
  const place = columns.place.get(row);
  columns.target.set(row, Kind.broken);
  problems.addLazily(failure.code, () => {
    const { offset, length } = keyPlace(text, place);
    const { value } = memberPlaces(text, place);
    return {
      key: decodeString(text, offset + 1, offset + length - 1),
      span: placeAt(text, value.offset, [0]) ?? value,
      message: failure.message,
    };
  });
}
