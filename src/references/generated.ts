import { countInWords } from '../words';
import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { isStop, type Steps } from '../steps';
import type { TargetChecks } from './check-targets';
import type { EntryColumns } from './columns';
import { Kind, WHOLE } from './columns';
import { TemplateError } from './expression';
import { elementPlaces, placeAt } from './places';
import type { ProblemList } from './problems';
import { compileTemplate, type Scope, type Template } from './template';
import type { ReferenceProblemCode, TextSpan } from './types';

/** Entries that all items of `gen` together may make. */
export const MAX_GENERATED = 10_000_000;
/** Characters of keys and addresses that all items of `gen` together may make. */
export const MAX_CHARACTERS = 2 ** 28;
/** Items not evaluated that are told apart by the prefix of their keys; with more, any key may be missing. */
const MAX_PREFIXES = 1000;

/** The values of one dimension: listed, or `start + i * step`. */
type Dimension = { values: readonly number[] } | { start: number; step: number; count: number };

/** The rows that one item of `gen` made: one for each combination of its dimensions, the last dimension fastest. */
export interface GeneratedRows {
  firstRow: number;
  count: number;
  dimensions: Dimension[];
  key: Template;
  /** Place of the item, and of its `key`. */
  item: TextSpan;
  keyPlace: TextSpan;
}

/** An item that made nothing, or not all: keys with this prefix may be missing. */
export interface Unevaluated {
  prefix: string;
  message: string;
}

export interface Generated {
  rows: GeneratedRows[];
  unevaluated: Unevaluated[];
}

interface Item {
  key: Template;
  url: Template;
  range: { offset: Template; length: Template } | undefined;
  dimensions: Dimension[];
  count: number;
}

/** The key of the row `firstRow + index`. */
export function generatedKey(rows: Pick<GeneratedRows, 'dimensions' | 'key'>, index: number): string {
  return rows.key.render(combination(rows.dimensions, index));
}

/**
 * Expands `gen` (kerchunk's reference specification, version 1) behind the rows that the columns hold already. What is malformed or
 * beyond the arithmetic evaluated here becomes a problem and is told in `unevaluated`.
 */
export class GenExpander {
  private readonly out: Generated = { rows: [], unevaluated: [] };
  private left = MAX_GENERATED;
  private charactersLeft = MAX_CHARACTERS;

  /** `target` gives the number of a target's address, templates substituted. */
  constructor(
    private readonly text: Uint8Array,
    private readonly templates: ReadonlyMap<string, string>,
    private readonly columns: EntryColumns,
    private readonly target: (url: string) => number,
    private readonly problems: ProblemList,
    private readonly checks: Pick<TargetChecks, 'checkMade'>,
  ) {}

  /** `span` is the place of the value of `gen`. */
  *expand(gen: JsonValue, span: TextSpan): Steps<Generated> {
    if (!Array.isArray(gen)) {
      this.problems.add('kerchunk/gen-shape', '', span, '"gen" must be a list of objects.');
      return this.out;
    }
    const places = elementPlaces(this.text, span.offset);
    for (const [index, json] of gen.entries()) {
      const place = places[index] ?? span;
      try {
        yield* this.fill(this.compile(json), json, place);
      } catch (error) {
        this.refuse(error, json, place);
      }
    }
    return this.out;
  }

  private refuse(error: unknown, json: JsonValue, place: TextSpan): void {
    const failure = describeFailure(error);
    const template = isJsonObject(json) && typeof json.key === 'string' ? json.key : '';
    const message = `This item of "gen" is not evaluated: ${failure.message}.`;
    const span = this.placeIn(place, failure.path);
    this.problems.add(failure.code, template, span, message);
    const prefix = this.out.unevaluated.length < MAX_PREFIXES ? (template.split('{{', 1)[0] ?? '') : '';
    if (this.out.unevaluated.length <= MAX_PREFIXES) this.out.unevaluated.push({ prefix, message });
  }

  /** The value under `path` inside the item at `place`, or the last value on the way to it. */
  private placeIn(place: TextSpan, path: readonly (string | number)[]): TextSpan {
    for (let length = path.length; length > 0; length--) {
      const found = placeAt(this.text, place.offset, path.slice(0, length));
      if (found !== undefined) return found;
    }
    return place;
  }

  private compile(json: JsonValue): Item {
    if (!isJsonObject(json)) throw shape('it is no object');
    const dimensions = readDimensions(json.dimensions);
    for (const name of dimensions.keys()) {
      if (!this.templates.has(name)) continue;
      const message = `its dimension "${name}" has the name of a template`;
      throw new GenFailure('kerchunk/template-collision', ['dimensions', name], message);
    }
    const scope: Scope = {
      variables: new Map([...dimensions.keys()].map((name, index) => [name, { index, type: 'integer' }])),
      templates: this.templates,
    };
    const list = [...dimensions.values()];
    const count = list.reduce((product, dimension) => product * sizeOf(dimension), 1);
    if (count > this.left) {
      throw new GenFailure(
        'kerchunk/gen-limit',
        ['dimensions'],
        `it makes ${count} entries; all items together may make ${MAX_GENERATED}`,
      );
    }
    this.left -= count;
    return { ...compileTexts(json, scope), dimensions: list, count };
  }

  private *fill(item: Item, json: JsonValue, place: TextSpan): Steps<void> {
    const { columns } = this;
    const at = (name: string): TextSpan => this.placeIn(place, [name]);
    const [keyPlace, offsetPlace, lengthPlace] = [at('key'), at('offset'), at('length')];
    const { key, dimensions } = item;
    const wrongRanges = new WrongRanges();
    const rows: GeneratedRows = { firstRow: columns.length, count: 0, dimensions, key, item: place, keyPlace };
    if (item.count > 0) this.out.rows.push(rows);
    else this.noteEmpty(item, json, place);
    for (let index = 0; index < item.count; index++, rows.count++) {
      if (isStop(index)) yield;
      const values = combination(dimensions, index);
      // The key is made now so that a failure is met here, and again whenever it is asked for.
      const name = key.render(values);
      const url = item.url.render(values);
      this.charactersLeft -= name.length + url.length;
      if (this.charactersLeft < 0) {
        const message = `its keys and addresses have more characters than all items together may make, ${MAX_CHARACTERS}`;
        throw new GenFailure('kerchunk/gen-limit', ['dimensions'], message);
      }
      const target = this.target(url);
      if (index === 0) this.checks.checkMade(url, () => ({ key: name, span: at('url') }));
      if (item.range === undefined) {
        columns.push(keyPlace.offset, target, WHOLE, 0);
        continue;
      }
      const offset = readCount(item.range.offset.render(values));
      const length = readCount(item.range.length.render(values));
      const wrong = checkGenerated(offset, length);
      if (wrong === undefined) {
        columns.push(keyPlace.offset, target, Number(offset), Number(length));
      } else {
        const span = wrong.code === 'kerchunk/offset' ? offsetPlace : lengthPlace;
        wrongRanges.add({ ...wrong, key: name, span });
        columns.push(keyPlace.offset, Kind.broken, span.offset, span.length);
      }
    }
    wrongRanges.reportTo(this.problems, item.count);
    if (isJsonObject(json)) this.noteNumbers(json, place);
  }

  /** Offsets written as numbers: read here, refused by Jinja. */
  private noteNumbers(json: JsonObject, place: TextSpan): void {
    const name = ['offset', 'length'].find((name) => json[name] !== undefined && typeof json[name] !== 'string');
    if (name === undefined) return;
    const message = `"${name}" of "gen" is a number; it must be a string, fsspec fails on numbers.`;
    this.problems.add('kerchunk/gen-shape', keyOf(json), this.placeIn(place, [name]), message);
  }

  private noteEmpty({ dimensions }: Item, json: JsonValue, place: TextSpan): void {
    const names = isJsonObject(json) && isJsonObject(json.dimensions) ? Object.keys(json.dimensions) : [];
    const name = names[dimensions.findIndex((dimension) => sizeOf(dimension) === 0)] ?? '';
    const message = `This item of "gen" makes no reference: its dimension "${name}" has no value.`;
    const key = isJsonObject(json) ? keyOf(json) : '';
    this.problems.add('kerchunk/gen-empty', key, this.placeIn(place, ['dimensions', name]), message);
  }
}

interface WrongRange {
  code: ReferenceProblemCode;
  key: string;
  span: TextSpan;
  message: string;
}

/** The ranges of an item of `gen` that are none: one problem for each kind, at the first, however many rows have it. */
class WrongRanges {
  private readonly found = new Map<ReferenceProblemCode, WrongRange & { count: number }>();

  add(range: WrongRange): void {
    const known = this.found.get(range.code);
    if (known === undefined) this.found.set(range.code, { ...range, count: 1 });
    else known.count++;
  }

  reportTo(problems: ProblemList, total: number): void {
    for (const { code, key, span, message, count } of this.found.values()) {
      const share =
        count === 1
          ? ''
          : ` So it is with ${countInWords(count)} of the ${countInWords(total)} references of this item.`;
      problems.add(code, key, span, message + share);
    }
  }
}

class GenFailure extends Error {
  /** `path` leads from the item to the value concerned. */
  constructor(
    readonly code: ReferenceProblemCode,
    readonly path: readonly (string | number)[],
    message: string,
  ) {
    super(message);
  }
}

const CODES: Record<TemplateError['reason'], ReferenceProblemCode> = {
  undefined: 'kerchunk/template-undefined',
  arguments: 'kerchunk/template-arguments',
  'not-evaluated': 'kerchunk/gen-not-evaluated',
};

function describeFailure(error: unknown): Pick<GenFailure, 'code' | 'path' | 'message'> {
  if (error instanceof GenFailure) return error;
  throw error;
}

/** Runs what a member's template is compiled or rendered with; a failure names the member. */
function inMember<T>(member: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof TemplateError) throw new GenFailure(CODES[error.reason], [member], error.message);
    throw error;
  }
}

function compileMember(member: string, text: string, scope: Scope): Template {
  const template = inMember(member, () => compileTemplate(text, scope));
  return { ...template, render: (values) => inMember(member, () => template.render(values)) };
}

function shape(message: string, ...path: (string | number)[]): GenFailure {
  return new GenFailure('kerchunk/gen-shape', path, message);
}

function keyOf(json: JsonObject): string {
  return typeof json.key === 'string' ? json.key : '';
}

function compileTexts(json: JsonObject, scope: Scope): Pick<Item, 'key' | 'url' | 'range'> {
  const { key, url, offset, length } = json;
  if (typeof key !== 'string' || key === '') throw shape('its "key" is no string', 'key');
  if (typeof url !== 'string' || url === '') throw shape('its "url" is no string', 'url');
  if ((offset === undefined) !== (length === undefined))
    throw shape(
      'it has one of "offset" and "length"; both or neither must stand',
      offset === undefined ? 'length' : 'offset',
    );
  const range =
    offset === undefined || length === undefined
      ? undefined
      : {
          offset: compileMember('offset', numberText('offset', offset), scope),
          length: compileMember('length', numberText('length', length), scope),
        };
  return { key: compileMember('key', key, scope), url: compileMember('url', url, scope), range };
}

function numberText(member: string, json: JsonValue): string {
  if (typeof json === 'string') return json;
  if (typeof json === 'number' || typeof json === 'bigint') return String(json);
  throw shape(`its "${member}" must be a string`, member);
}

function readDimensions(json: JsonValue | undefined): Map<string, Dimension> {
  if (!isJsonObject(json) || Object.keys(json).length === 0)
    throw shape('its "dimensions" is no object with a member', 'dimensions');
  return new Map(Object.entries(json).map(([key, value]) => [key, readDimension(key, value)]));
}

function readDimension(key: string, json: JsonValue): Dimension {
  const path = ['dimensions', key];
  if (Array.isArray(json)) {
    return {
      values: json.map((value, index) => wholeNumber(value, `a value of dimension "${key}"`, [...path, index])),
    };
  }
  if (!isJsonObject(json)) {
    throw shape(`its dimension "${key}" is neither a list of integers nor {start, stop, step}`, ...path);
  }
  const { start: first = 0, stop: end, step: stride = 1 } = json;
  if (end === undefined) throw shape(`its dimension "${key}" has no "stop"`, ...path);
  const stop = wholeNumber(end, `"stop" of dimension "${key}"`, [...path, 'stop']);
  const start = wholeNumber(first, `"start" of dimension "${key}"`, [...path, 'start']);
  const step = wholeNumber(stride, `"step" of dimension "${key}"`, [...path, 'step']);
  if (step === 0) throw shape(`its dimension "${key}" has step 0, which never ends`, ...path, 'step');
  return { start, step, count: Math.max(0, Math.ceil((stop - start) / step)) };
}

function wholeNumber(json: JsonValue, what: string, path: readonly (string | number)[]): number {
  if (typeof json === 'number' && Number.isSafeInteger(json)) return json;
  throw shape(`${what} is no integer`, ...path);
}

function sizeOf(dimension: Dimension): number {
  return 'values' in dimension ? dimension.values.length : dimension.count;
}

function combination(dimensions: readonly Dimension[], index: number): number[] {
  const values = new Array<number>(dimensions.length).fill(0);
  let rest = index;
  for (let i = dimensions.length - 1; i >= 0; i--) {
    const dimension = dimensions[i];
    if (dimension === undefined) continue;
    const size = sizeOf(dimension);
    const at = rest % size;
    rest = (rest - at) / size;
    values[i] = 'values' in dimension ? (dimension.values[at] ?? 0) : dimension.start + at * dimension.step;
  }
  return values;
}

/** An integer of a rendered template, as Python's int() reads it; the text itself where it is none. */
function readCount(text: string): number | string {
  const trimmed = text.trim();
  return /^[+-]?\d+$/.test(trimmed) && Number.isSafeInteger(Number(trimmed)) ? Number(trimmed) : text;
}

function checkGenerated(
  offset: number | string,
  length: number | string,
): { code: ReferenceProblemCode; message: string } | undefined {
  if (typeof offset === 'string' || offset < 0) {
    return {
      code: 'kerchunk/offset',
      message: `The generated offset is ${offset}; it must be an integer from 0 to 2^53 - 1.`,
    };
  }
  if (typeof length === 'string' || length < 0 || !Number.isSafeInteger(offset + length)) {
    return {
      code: 'kerchunk/length',
      message: `The generated length is ${length}; it must be an integer from 1, and the range end before byte 2^53.`,
    };
  }
  return length === 0
    ? { code: 'kerchunk/length-zero', message: 'The generated length is 0, which no chunk has.' }
    : undefined;
}
