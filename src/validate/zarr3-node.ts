import { isJsonObject, type JsonObject, type JsonValue, shortJson } from '../json';
import { countInWords } from '../words';
import type { CheckContext } from './checks';
import type { RuleCode } from './rules';
import type { Severity } from './types';

/** Findings of one code in one document that are told one by one: finding the place of each costs a walk through the document. */
const MOST_TOLD = 10;

/** Path of a value inside a document. */
export type Place = readonly (string | number)[];

/** One `zarr.json` under examination. */
export class Zarr3Node {
  private readonly told = new Map<RuleCode, number>();
  private fractions: boolean | undefined;

  /** `key` is the document's, and `document` what it holds. */
  constructor(
    private readonly context: CheckContext,
    readonly key: string,
    readonly document: JsonObject,
  ) {}

  /** Whether anything was found in this document. */
  get isFaulty(): boolean {
    return this.told.size > 0;
  }

  /** Reports at the value under `place`, or at the document where there is none; of one code at most ten. */
  report(code: RuleCode, place: Place, message: string, severity?: Severity): void {
    const told = this.told.get(code) ?? 0;
    this.told.set(code, told + 1);
    if (told < MOST_TOLD) this.context.reporter.inside(this.key, [...place], code, message, severity);
  }

  /** Says of each code how many more findings there are than were told. */
  finish(): void {
    for (const [code, count] of this.told) {
      if (count <= MOST_TOLD) continue;
      const message = `There are ${countInWords(count - MOST_TOLD)} more of this kind in ${this.key}.`;
      this.context.reporter.rest(this.key, [], code, count - MOST_TOLD, message);
    }
  }

  /**
   * The text of the value under `place`, as it stands in the file: JSON's numbers do not tell 1.0 from 1. Undefined where the document is
   * encoded.
   */
  literal(place: Place): string | undefined {
    const { set, text } = this.context;
    const span = set.innerSpan(this.key, [...place]);
    if (span === undefined) return undefined;
    const literal = new TextDecoder('latin1').decode(text.subarray(span.offset, span.offset + span.length));
    return /^\\?"/.test(literal) ? undefined : literal;
  }

  /** Whether the numbers of a value are written without fraction and exponent. */
  isWrittenInWhole(place: Place): boolean {
    return !this.mayHaveFractions() || !/[.eE]/.test(this.literal(place) ?? '');
  }

  /** Whether any number of the document may have a fraction or an exponent; asked first, as finding the place of each takes longer. */
  private mayHaveFractions(): boolean {
    if (this.fractions !== undefined) return this.fractions;
    const { set, text } = this.context;
    const span = set.entrySpan(this.key);
    return (this.fractions =
      span === undefined ||
      /\d[.eE][\d+-]/.test(new TextDecoder('latin1').decode(text.subarray(span.offset, span.offset + span.length))));
  }
}

/** A JSON value in a message, cut where it is long. */
export function shown(value: JsonValue | undefined): string {
  return value === undefined ? 'nothing' : shortJson(value);
}

/** Whether a value is an integer that a double holds exactly, from `least`. */
export function isWhole(value: JsonValue | undefined, least: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
}

/** Members of an object beyond those known. */
export function unknownMembers(value: JsonValue | undefined, known: readonly string[]): string[] {
  return isJsonObject(value) ? Object.keys(value).filter((name) => !known.includes(name)) : [];
}
