import { throwIfCancelled } from '../bytes/cancel';
import { MAX_CHARACTERS, MAX_GENERATED } from '../references/generated';
import { chunkIndices, chunkKey, gridShape, keyBelow } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { type Run, RunFinder } from './runs';
import type { UrlTemplates } from './templates';
import { isTemplatable } from './templates';
import type { Manifest, ManifestArray } from './types';

/** References from which an item is worth reading. */
const FEWEST = 8;
/** Items that are held before they are written. */
const MOST_ITEMS = 100_000;
/** Names of dimensions, the last axis first. */
const DIMENSION_NAMES = ['i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r'];

/** What `gen` makes of a manifest. */
export interface GenItems {
  /** The items, as JSON. */
  texts: string[];
  /** By array: which of its entries, in their order, are made by them. */
  made: ReadonlyMap<ManifestArray, Marks>;
  /** How many they make. */
  count: number;
}

/** Names that dimensions of `gen` have, which templates must not. */
export function dimensionNames(given: readonly string[]): string[] {
  return DIMENSION_NAMES.filter((name) => !given.includes(name));
}

/**
 * Items of `gen` (kerchunk specification, version 1) for chunks of one length in one file, whose offsets are arithmetic in the chunk's indices.
 * All other entries are left as they are, as is what would be more than readers here evaluate.
 * @param names of dimensions.
 */
export async function genItems(
  manifest: Manifest,
  templates: UrlTemplates,
  names: readonly string[],
  signal: AbortSignal | undefined,
  giveWay: () => Promise<void>,
): Promise<GenItems> {
  const items: GenItems & { made: Map<ManifestArray, Marks> } = { texts: [], made: new Map(), count: 0 };
  let charactersLeft = MAX_CHARACTERS;
  let step = 0;
  throwIfCancelled(signal);
  for (const source of manifest.arrays) {
    const { array, entries } = source;
    const marks = new Marks();
    const take = (run: Run): void => {
      const count = run.sizes.reduce((product, size) => product * size, 1);
      // Keys have as many characters as the last of them at most.
      const longest = keyBelow(array.path, chunkKey(array, gridShape(array))).length + run.url.length;
      if (count < FEWEST || items.texts.length >= MOST_ITEMS) return;
      if (items.count + count > MAX_GENERATED || count * longest > charactersLeft) return;
      const item = itemOf(array, run, templates, names);
      if (item === undefined || item.length >= count * plainLength(array, run, templates)) return;
      charactersLeft -= count * longest;
      items.count += count;
      items.texts.push(item);
      for (const row of run.rows) marks.add(row, row + run.rowLength);
    };
    if (/[{}\r\n]/u.test(array.path) || array.shape.length > names.length) continue;
    const finder = new RunFinder(gridShape(array), take);
    for (const [chunk, entry] of entries()) {
      finder.add(chunk, entry);
      if ((++step & 0x3fff) === 0) await giveWay();
    }
    finder.end();
    if (!marks.isEmpty) items.made.set(source, marks);
  }
  return items;
}

/** About the characters of an entry that is written out. */
function plainLength(array: ZarrArray, { start, url, offset, length }: Run, templates: UrlTemplates): number {
  const key = keyBelow(array.path, chunkKey(array, chunkIndices(array, start)));
  return `"${key}":["${templates.encode(url)}",${offset},${length}],`.length;
}

/** An item as JSON; undefined where numbers in it would be beyond 2^53 - 1, or the address cannot stand in a template. */
function itemOf(array: ZarrArray, run: Run, templates: UrlTemplates, names: readonly string[]): string | undefined {
  const url = templates.encode(run.url);
  // Where there are templates, all double braces are theirs.
  const text = templates.values.size === 0 ? url : url.replace(/\{\{\w+\}\}/gu, '');
  if (!isTemplatable(url) || /[{}]/u.test(text)) return undefined;
  const rank = array.shape.length;
  const dimensions: Record<string, { start?: number; stop: number }> = {};
  const terms: [factor: number, name: string][] = [];
  let { offset } = run;
  const parts = chunkIndices(array, run.start).map((start, axis) => {
    const [size = 1, step = 0, name = ''] = [run.sizes[axis], run.steps[axis], names[rank - 1 - axis]];
    if (size === 1) return start;
    dimensions[name] = { ...(start === 0 ? {} : { start }), stop: start + size };
    if (step !== 0) terms.push([step, name]);
    offset -= step * start;
    return `{{${name}}}`;
  });
  const isExact = [offset, ...terms.map(([factor, name]) => factor * (dimensions[name]?.stop ?? 0))].every((value) =>
    Number.isSafeInteger(value),
  );
  if (!isExact) return undefined;
  return JSON.stringify({
    key: keyBelow(array.path, chunkKey(array, parts)),
    url,
    offset: expression(offset, terms),
    length: String(run.length),
    dimensions,
  });
}

/**
 * `{{j*64  + i*8 + 100}}`. Jinja takes a sign behind the braces for something else, so that what is subtracted stands behind what is added; and
 * zarrita sees a second name only as far behind the first as that is from the beginning (reference-spec-reader 0.2.0, render.js), hence the spaces.
 */
function expression(constant: number, terms: readonly [factor: number, name: string][]): string {
  if (terms.length === 0) return String(constant);
  const isLeading = terms.every(([factor]) => factor < 0);
  const sorted = [...terms].sort(([a], [b]) => Number(a < 0) - Number(b < 0));
  let text = isLeading ? String(constant) : '';
  let seen = 0;
  let nameEnd = 0;
  for (const [factor, name] of sorted) {
    const sign = text === '' ? '' : factor < 0 ? ' - ' : ' + ';
    text = text.padEnd(nameEnd + Math.max(0, seen - sign.length)) + sign;
    seen = text.length - nameEnd + name.length;
    text += name;
    nameEnd = text.length;
    if (Math.abs(factor) !== 1) text += `*${Math.abs(factor)}`;
  }
  if (!isLeading && constant !== 0) text += constant < 0 ? ` - ${-constant}` : ` + ${constant}`;
  return `{{${text}}}`;
}

/** Marks of numbers from 0, a bit each. */
export class Marks {
  private bits = new Uint8Array(0);

  get isEmpty(): boolean {
    return this.bits.length === 0;
  }

  /** Marks the numbers from `start` on and below `end`. */
  add(start: number, end: number): void {
    const bytes = Math.ceil(end / 8);
    if (bytes > this.bits.length) {
      const larger = new Uint8Array(Math.max(bytes, 2 * this.bits.length));
      larger.set(this.bits);
      this.bits = larger;
    }
    for (let number = start; number < end; number++) {
      this.bits[number >> 3] = (this.bits[number >> 3] ?? 0) | (1 << (number & 7));
    }
  }

  has(number: number): boolean {
    return ((this.bits[number >> 3] ?? 0) >> (number & 7)) % 2 === 1;
  }
}
