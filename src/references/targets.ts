import { isStop, type Steps } from '../steps';
import { FIRST_KIND, Kind, type EntryColumns } from './columns';
import { TemplateError } from './expression';
import { decodeString } from './json-string';
import { keyPlace, memberPlaces, placeAt } from './places';
import type { ProblemList } from './problems';
import type { TargetTable } from './target-table';
import { compileTemplate } from './template';
import type { ReferenceProblemCode } from './types';

/** Characters of all addresses together that templates make. */
const MAX_MADE = 2 ** 27;

/**
 * The addresses that references point at, by number. Tokens of the text keep their numbers where nothing can make two of them the same
 * address, so that a file of a million targets makes no million strings.
 */
export class Addresses {
  private readonly made: string[] = [];
  private readonly numbers = new Map<string, number>();
  private madeLength = 0;

  constructor(private readonly table: TargetTable) {}

  /** The address of a number. */
  at(number: number): string {
    return number < this.table.length ? this.table.raw(number) : (this.made[number - this.table.length] ?? '');
  }

  /** Numbers are below this. */
  get count(): number {
    return this.table.length + this.made.length;
  }

  /** The number of a token's own address. */
  ofToken(token: number): number {
    return this.find(this.table.raw(token), () => token);
  }

  /**
   * The number of an address made from a template.
   * @throws TemplateError `not-evaluated` where all of them have more than 2^27 characters.
   */
  ofText(address: string): number {
    return this.find(address, () => {
      this.madeLength += address.length;
      if (this.madeLength > MAX_MADE) {
        throw new TemplateError('not-evaluated', `the templates of this file give more than ${MAX_MADE} characters`);
      }
      return this.table.length + this.made.push(address) - 1;
    });
  }

  private find(address: string, make: () => number): number {
    let number = this.numbers.get(address);
    if (number === undefined) this.numbers.set(address, (number = make()));
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
 * `moreFollow`: more addresses will be made with `ofText`. Returns whether a template is called as a function.
 */
export function* resolveTargets(
  text: Uint8Array,
  columns: EntryColumns,
  table: TargetTable,
  templates: ReadonlyMap<string, string> | undefined,
  addresses: Addresses,
  problems: ProblemList,
  moreFollow: boolean,
): Steps<boolean> {
  const substitutes = templates !== undefined && table.hasBraces;
  if (!substitutes && !table.hasEscapes && !moreFollow) return false;
  const resolved = new Array<number | Failure | undefined>(table.length).fill(undefined);
  let callsFunction = false;
  const resolve = (token: number): number | Failure => {
    const raw = substitutes ? table.raw(token) : '';
    if (!substitutes || !raw.includes('{{')) return addresses.ofToken(token);
    try {
      const template = compileTemplate(raw, { variables: new Map(), templates });
      callsFunction ||= template.callsFunction;
      return addresses.ofText(template.render([]));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      const code = error.reason === 'undefined' ? 'kerchunk/template-undefined' : 'kerchunk/template-not-evaluated';
      return { code, message: `The template in "${shorten(raw)}" gives no address: ${error.message}.` };
    }
  };
  for (let row = 0; row < columns.length; row++) {
    if (isStop(row)) yield;
    const token = columns.target.get(row);
    if (token >= FIRST_KIND) continue;
    const address = (resolved[token] ??= resolve(token));
    if (typeof address === 'number') columns.target.set(row, address);
    else refuse(text, columns, row, address, problems);
  }
  return callsFunction;
}

function shorten(template: string): string {
  return template.length > 80 ? `${template.slice(0, 77)}...` : template;
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
