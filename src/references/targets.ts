import { isStop, type Steps } from '../steps';
import { cutText } from '../words';
import type { AddressFaults, AddressPlace } from './address-faults';
import { FIRST_KIND, Kind, type EntryColumns } from './columns';
import { TemplateError } from './expression';
import { decodeString } from './json-string';
import { keyPlace, memberPlaces, placeAt } from './places';
import { substitutePlainly } from './plain-template';
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

/** What the targets of a file are resolved with, and where what is wrong with them goes. */
export interface TargetContext {
  text: Uint8Array;
  columns: EntryColumns;
  table: TargetTable;
  /** The templates to substitute; undefined where fsspec substitutes none: in version 0, and in version 1 without any. */
  templates: ReadonlyMap<string, string> | undefined;
  /** Whether a template is no string, which is told already: addresses with a name that is not defined are not told too. */
  areFaulty: boolean;
  addresses: Addresses;
  problems: ProblemList;
  faults: AddressFaults;
}

interface Failure {
  /** Undefined where it need not be told. */
  code: ReferenceProblemCode | undefined;
  message: string;
}

const CODES: Record<TemplateError['reason'], ReferenceProblemCode> = {
  undefined: 'kerchunk/template-undefined',
  arguments: 'kerchunk/template-arguments',
  'not-evaluated': 'kerchunk/template-not-evaluated',
};

/**
 * Puts numbers of addresses in place of the numbers of the tokens that targets are written as, templates substituted; entries whose
 * template cannot be are malformed and become problems. `moreFollow`: more addresses will be made with `ofText`.
 * Returns the addresses of the tokens with templates, undefined for those that gave none.
 */
export function* resolveTargets(context: TargetContext, moreFollow: boolean): Steps<Map<number, string | undefined>> {
  const { text, columns, table, templates, addresses, problems } = context;
  const substituted = new Map<number, string | undefined>();
  const substitutes = templates !== undefined && table.hasBraces;
  if (!substitutes && !table.hasEscapes && !moreFollow) return substituted;
  const resolved = new Array<number | Failure | undefined>(table.length).fill(undefined);
  const resolve = (token: number): number | Failure => {
    const raw = substitutes ? table.raw(token) : '';
    if (!substitutes || !raw.includes('{{')) return addresses.ofToken(token);
    try {
      const address = substitute(raw, token, templates, context);
      const number = addresses.ofText(address);
      substituted.set(token, address);
      return number;
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      substituted.set(token, undefined);
      return {
        code: context.areFaulty && error.reason === 'undefined' ? undefined : CODES[error.reason],
        message: `The template in "${cutText(raw, 80)}" gives no address: ${error.message}.`,
      };
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
  return substituted;
}

/** What a token gives; notes where fsspec gets it only with simple_templates=False. @throws TemplateError. */
function substitute(
  raw: string,
  token: number,
  templates: ReadonlyMap<string, string>,
  { faults, text, columns, table }: TargetContext,
): string {
  const plain = substitutePlainly(raw, templates);
  if (plain !== undefined) return plain;
  const template = compileTemplate(raw, { variables: new Map(), templates });
  const address = template.render([]);
  const place = (): AddressPlace => ({
    key: keyBefore(text, columns, table.place(token).offset),
    span: table.place(token),
  });
  const shown = cutText(raw, 80);
  if (template.hasLoneBrace) {
    faults.add('kerchunk/template-braces', place, () => {
      return `"${shown}" has a brace beside its template; fsspec takes that for one more template and fails on the file.`;
    });
  } else if (template.callsFunction) {
    faults.add('kerchunk/template-function', place, () => {
      return `"${shown}" calls a template as a function; fsspec fails on the file unless it is opened with simple_templates=False.`;
    });
  } else {
    faults.add('kerchunk/template-expression', place, () => {
      return `"${shown}" has more than a name between its braces; fsspec fails on the file unless it is opened with simple_templates=False.`;
    });
  }
  return address;
}

/** The key of the last entry that begins before the byte at `offset` of the text. */
export function keyBefore(text: Uint8Array, columns: EntryColumns, offset: number): string {
  let low = 0;
  let high = columns.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (columns.place.get(middle) < offset) low = middle + 1;
    else high = middle;
  }
  return keyAt(text, columns.place.get(low - 1));
}

function keyAt(text: Uint8Array, place: number): string {
  const { offset, length } = keyPlace(text, place);
  return decodeString(text, offset + 1, offset + length - 1);
}

function refuse(text: Uint8Array, columns: EntryColumns, row: number, failure: Failure, problems: ProblemList): void {
  const place = columns.place.get(row);
  columns.target.set(row, Kind.broken);
  if (failure.code === undefined) return;
  problems.addLazily(failure.code, () => {
    const { value } = memberPlaces(text, place);
    return {
      key: keyAt(text, place),
      span: placeAt(text, value.offset, [0]) ?? value,
      message: failure.message,
    };
  });
}
