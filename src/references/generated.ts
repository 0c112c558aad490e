import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { isStop, type Steps } from '../steps';
import type { EntryColumns } from './columns';
import { Kind, WHOLE } from './columns';
import { TemplateError } from './expression';
import { elementPlaces, placeAt } from './places';
import type { ProblemList } from './problems';
import { compileTemplate, type Scope, type Template } from './template';
import type { ReferenceProblemCode, TextSpan } from './types';

/** Entries that all items of `gen` together may make. */
const MAX_GENERATED = 10_000_000;
/** Characters of keys and addresses that all items of `gen` together may make. */
const MAX_CHARACTERS = 2 ** 28;
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
    this.problems.add(failure.code, template, place, message);
    const prefix = this.out.unevaluated.length < MAX_PREFIXES ? (template.split('{{', 1)[0] ?? '') : '';
    if (this.out.unevaluated.length <= MAX_PREFIXES) this.out.unevaluated.push({ prefix, message });
  }

  private compile(json: JsonValue): Item {
    if (!isJsonObject(json)) throw shape('it is no object');
    const dimensions = readDimensions(json.dimensions);
    for (const name of dimensions.keys()) {
      if (this.templates.has(name)) throw shape(`its dimension "${name}" has the name of a template`);
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
        `it makes ${count} entries; all items together may make ${MAX_GENERATED}`,
      );
    }
    this.left -= count;
    return { ...compileTexts(json, scope), dimensions: list, count };
  }

  private *fill(item: Item, json: JsonValue, place: TextSpan): Steps<void> {
    const { columns, text } = this;
    const at = (name: string): TextSpan => placeAt(text, place.offset, [name]) ?? place;
    const [keyPlace, offsetPlace, lengthPlace] = [at('key'), at('offset'), at('length')];
    const { key, dimensions } = item;
    const rows: GeneratedRows = { firstRow: columns.length, count: 0, dimensions, key, item: place, keyPlace };
    if (item.count > 0) this.out.rows.push(rows);
    for (let index = 0; index < item.count; index++, rows.count++) {
      if (isStop(index)) yield;
      const values = combination(dimensions, index);
      // The key is made now so that a failure is met here, and again whenever it is asked for.
      const name = key.render(values);
      const url = item.url.render(values);
      this.charactersLeft -= name.length + url.length;
      if (this.charactersLeft < 0) {
        const message = `its keys and addresses have more characters than all items together may make, ${MAX_CHARACTERS}`;
        throw new GenFailure('kerchunk/gen-limit', message);
      }
      const target = this.target(url);
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
        this.problems.add(wrong.code, name, span, wrong.message);
        columns.push(keyPlace.offset, Kind.broken, span.offset, span.length);
      }
    }
    if (isJsonObject(json)) this.noteNumbers(json, name(json), offsetPlace);
  }

  /** Offsets written as numbers: read here, refused by Jinja. */
  private noteNumbers(json: JsonObject, key: string, span: TextSpan): void {
    if (typeof json.offset === 'string' && typeof json.length === 'string') return;
    if (json.offset === undefined) return;
    const message = '"offset" and "length" of "gen" must be strings; fsspec fails on numbers.';
    this.problems.add('kerchunk/gen-shape', key, span, message);
  }
}

class GenFailure extends Error {
  constructor(
    readonly code: ReferenceProblemCode,
    message: string,
  ) {
    super(message);
  }
}

function describeFailure(error: unknown): { code: ReferenceProblemCode; message: string } {
  if (error instanceof GenFailure) return error;
  if (error instanceof TemplateError) {
    const code = error.reason === 'undefined' ? 'kerchunk/template-undefined' : 'kerchunk/gen-not-evaluated';
    return { code, message: error.message };
  }
  throw error;
}

function shape(message: string): GenFailure {
  return new GenFailure('kerchunk/gen-shape', message);
}

function name(json: JsonObject): string {
  return typeof json.key === 'string' ? json.key : '';
}

function compileTexts(json: JsonObject, scope: Scope): Pick<Item, 'key' | 'url' | 'range'> {
  const { key, url, offset, length } = json;
  if (typeof key !== 'string' || key === '') throw shape('its "key" is no string');
  if (typeof url !== 'string' || url === '') throw shape('its "url" is no string');
  if ((offset === undefined) !== (length === undefined))
    throw shape('it has one of "offset" and "length"; both or neither must stand');
  const range =
    offset === undefined || length === undefined
      ? undefined
      : { offset: compileTemplate(numberText(offset), scope), length: compileTemplate(numberText(length), scope) };
  return { key: compileTemplate(key, scope), url: compileTemplate(url, scope), range };
}

function numberText(json: JsonValue): string {
  if (typeof json === 'string') return json;
  if (typeof json === 'number' || typeof json === 'bigint') return String(json);
  throw shape('its "offset" and "length" must be strings');
}

function readDimensions(json: JsonValue | undefined): Map<string, Dimension> {
  if (!isJsonObject(json) || Object.keys(json).length === 0) throw shape('its "dimensions" is no object with a member');
  return new Map(Object.entries(json).map(([key, value]) => [key, readDimension(key, value)]));
}

function readDimension(key: string, json: JsonValue): Dimension {
  if (Array.isArray(json)) return { values: json.map((value) => wholeNumber(value, `a value of dimension "${key}"`)) };
  if (!isJsonObject(json)) throw shape(`its dimension "${key}" is neither a list of integers nor {start, stop, step}`);
  if (json.stop === undefined) throw shape(`its dimension "${key}" has no "stop"`);
  const stop = wholeNumber(json.stop, `"stop" of dimension "${key}"`);
  const start = wholeNumber(json.start ?? 0, `"start" of dimension "${key}"`);
  const step = wholeNumber(json.step ?? 1, `"step" of dimension "${key}"`);
  if (step === 0) throw shape(`its dimension "${key}" has step 0, which never ends`);
  return { start, step, count: Math.max(0, Math.ceil((stop - start) / step)) };
}

function wholeNumber(json: JsonValue, what: string): number {
  if (typeof json === 'number' && Number.isSafeInteger(json)) return json;
  throw shape(`${what} is no integer`);
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
