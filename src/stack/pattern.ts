import { KerchunkError } from '../errors';
import { type Civil, instantOf } from './instant';

/** What a name says: values of its fields, text or, where the field has a format of dates, microseconds since 1970. */
export type FieldValues = ReadonlyMap<string, string | bigint>;

/** The field that names the variable rather than a place along a dimension. */
export const BAND_FIELD = 'band';

/** What the directives of a date stand for (strftime), as a regular expression and as what they set. */
const DIRECTIVES: ReadonlyMap<string, { digits: string; set: (date: Parsed, text: string) => void }> = new Map([
  ['Y', { digits: '\\d{4}', set: (date, text) => void (date.year = Number(text)) }],
  ['y', { digits: '\\d{2}', set: (date, text) => void (date.year = Number(text) + (Number(text) < 69 ? 2000 : 1900)) }],
  ['m', { digits: '\\d{2}', set: (date, text) => void (date.month = Number(text)) }],
  ['d', { digits: '\\d{2}', set: (date, text) => void (date.day = Number(text)) }],
  ['j', { digits: '\\d{3}', set: (date, text) => void (date.dayOfYear = Number(text)) }],
  ['H', { digits: '\\d{2}', set: (date, text) => void (date.hour = Number(text)) }],
  ['M', { digits: '\\d{2}', set: (date, text) => void (date.minute = Number(text)) }],
  ['S', { digits: '\\d{2}', set: (date, text) => void (date.second = Number(text)) }],
  ['f', { digits: '\\d{1,6}', set: (date, text) => void (date.fraction = text) }],
]);

interface Parsed extends Civil {
  dayOfYear?: number;
  fraction: string;
}

interface Field {
  name: string;
  /** The directives of its date, in order; absent where it is text. */
  date?: string[];
  groups: number;
}

/**
 * A pattern of file names, such as `*_{time:%Y%m%d}_{band}_10m.tif`: `{name}` takes text, `{name:format}` a date by the directives of strftime
 * (%Y %y %m %d %j %H %M %S %f), `*` anything within a name. It stands for the whole name of the file, or, with slashes in it, for the end of its path.
 */
export class NamePattern {
  private readonly expression: RegExp;
  private readonly fields: Field[] = [];

  /** @throws KerchunkError `invalid-argument` for a field or directive that cannot be, a field that comes twice, and a pattern without fields. */
  constructor(readonly text: string) {
    const source = text.replace(/\{([^{}]*)\}|\*|[^{}*]+|[{}]/gu, (part: string, field: string | undefined) => {
      if (field !== undefined) return this.addField(field);
      if (part === '*') return '[^/\\\\]*?';
      if (part === '{' || part === '}') throw this.fault('it has a brace without its other');
      return part.replace(/[.+?^${}()|[\]\\]/gu, '\\$&');
    });
    if (this.fields.length === 0) throw this.fault('it has no field in braces');
    this.expression = new RegExp(`(?:^|[/\\\\])${source}$`, 'u');
  }

  /** The field whose values are places along a new dimension; undefined where the pattern names the variable alone. */
  get dimension(): string | undefined {
    return this.fields.find(({ name }) => name !== BAND_FIELD)?.name;
  }

  get namesBands(): boolean {
    return this.fields.some(({ name }) => name === BAND_FIELD);
  }

  /**
   * What a path or address says. @throws KerchunkError `invalid-argument` where the pattern does not fit it, or where it fits and a date in it does not
   * exist.
   */
  match(path: string): FieldValues {
    const found = this.expression.exec(path);
    const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    if (found === null) {
      throw new KerchunkError(
        'invalid-argument',
        `The pattern ${this.text} does not fit ${name}. It stands for the whole name; * takes what does not matter.`,
      );
    }
    const values = new Map<string, string | bigint>();
    let group = 1;
    for (const field of this.fields) {
      const texts = found.slice(group, group + field.groups);
      group += field.groups;
      if (field.date === undefined) {
        values.set(field.name, texts[0] ?? '');
        continue;
      }
      const instant = dateOf(field.date, texts);
      if (instant === undefined) {
        throw new KerchunkError(
          'invalid-argument',
          `${name}: ${texts.join('')} is no date (field ${field.name} of ${this.text}).`,
        );
      }
      values.set(field.name, instant);
    }
    return values;
  }

  private addField(inside: string): string {
    const [, name = '', format] = /^([^:]*)(?::(.*))?$/su.exec(inside) ?? [];
    if (!/^[A-Za-z_]\w*$/u.test(name)) throw this.fault(`"{${inside}}" has no name for what it takes`);
    if (['x', 'y', 'spatial_ref'].includes(name))
      throw this.fault(`"${name}" is a coordinate of the images themselves`);
    if (this.fields.some((field) => field.name === name)) throw this.fault(`it has {${name}} twice`);
    const other = name === BAND_FIELD ? undefined : this.dimension;
    if (other !== undefined) {
      throw this.fault(
        `it has two dimensions, ${other} and ${name}; a stack has one, and {${BAND_FIELD}} for the variable. Take * for what does not matter`,
      );
    }
    if (format === undefined) {
      if (name === 'time') throw this.fault('{time} needs the format of its date, as in {time:%Y%m%d}');
      this.fields.push({ name, groups: 1 });
      return '([^/\\\\]+?)';
    }
    const date: string[] = [];
    const source = format.replace(/%(.)|[^%]+|%/gsu, (part: string, letter: string | undefined) => {
      if (letter === undefined) return part.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
      const directive = DIRECTIVES.get(letter);
      if (directive === undefined)
        throw this.fault(`"%${letter}" is none of ${[...DIRECTIVES.keys()].map((known) => `%${known}`).join(' ')}`);
      date.push(letter);
      return `(${directive.digits})`;
    });
    if (!date.some((letter) => letter === 'Y' || letter === 'y'))
      throw this.fault(`the date of {${name}} has no year (%Y)`);
    this.fields.push({ name, date, groups: date.length });
    return source;
  }

  private fault(reason: string): KerchunkError {
    return new KerchunkError('invalid-argument', `The pattern ${this.text} cannot be: ${reason}.`);
  }
}

function dateOf(letters: readonly string[], texts: readonly string[]): bigint | undefined {
  const date: Parsed = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, fraction: '' };
  letters.forEach((letter, index) => {
    DIRECTIVES.get(letter)?.set(date, texts[index] ?? '');
  });
  if (date.dayOfYear === undefined) return instantOf(date, date.fraction);
  const first = instantOf({ ...date, month: 1, day: 1 }, date.fraction);
  const isLeap = instantOf({ ...date, month: 2, day: 29 }) !== undefined;
  if (first === undefined || date.dayOfYear < 1 || date.dayOfYear > (isLeap ? 366 : 365)) return undefined;
  return first + BigInt(date.dayOfYear - 1) * 86_400_000_000n;
}

/** A pattern that would fit a name which holds a date of eight digits, for a message; undefined where it holds none. */
export function suggestPattern(name: string): string | undefined {
  const [date] = /(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/u.exec(name) ?? [];
  if (date === undefined) return undefined;
  return `*${name[name.indexOf(date) - 1] ?? ''}{time:%Y%m%d}${name[name.indexOf(date) + 8] ?? ''}*`;
}
