import { hasByteOrderMark } from '../../references/position';
import type { ReferenceSet } from '../../references/reference-set';
import type { TextSpan } from '../../references/types';
import { isJsonObject, type JsonValue } from '../../json';
import { parseJson } from '../../references/parse';
import { reachableKey } from '../reachable-key';
import type { Obstacles } from './obstacles';

/** Different uses of templates that are kept to know them again. */
const MOST_SEEN = 10_000;

/** What stops readers from a file as a whole: its text, its version, its templates and `gen`. */
export function fileLimits(set: ReferenceSet, text: Uint8Array, obstacles: Obstacles): void {
  if (hasByteOrderMark(text)) obstacles.at({ offset: 0, length: 3 }, '', 'byte-order-mark');
  versionLimits(set, text, obstacles);
  for (const { code, key, span } of set.problems) {
    if (code === 'json/utf8') obstacles.at(span, key, 'not-utf8');
    // A document that stands as a string is read apart, when its array is opened.
    if (code === 'json/bare-nan' && set.document(key)?.nested !== false) obstacles.at(span, key, 'bare-nan');
    if (code === 'kerchunk/key-unreachable') unreachableLimits(set, key, span, obstacles);
    if (code === 'kerchunk/template-shape') obstacles.at(span, key, 'template-shape');
    if (code === 'kerchunk/template-undefined') obstacles.at(span, key, 'template-undefined');
  }
  const templates = set.version === 1 ? set.member('templates') : undefined;
  if (templates !== undefined) templateLimits(set, text, templates, obstacles);
  const gen = set.version === 1 ? set.member('gen') : undefined;
  if (gen !== undefined) genLimits(set, text, gen, obstacles);
}

/** A chunk under a key that no reader asks for, where the key with its slashes put right names a chunk that is missing. */
function unreachableLimits(set: ReferenceSet, key: string, span: TextSpan, obstacles: Obstacles): void {
  const right = reachableKey(key);
  const owner = set.ownerOf(right);
  if (owner?.indices === undefined || set.keySpan(right) !== undefined) return;
  obstacles.at(span, key, 'key-form', owner.path);
  obstacles.at(span, key, 'key-outside', owner.path);
}

function versionLimits(set: ReferenceSet, text: Uint8Array, obstacles: Obstacles): void {
  const [version, refs] = [set.member('version'), set.member('refs')];
  if (set.version === 0) {
    obstacles.at(undefined, '', 'version-0');
  } else if (version === undefined) {
    obstacles.at(refs?.key, 'refs', 'no-version');
  } else if (refs === undefined) {
    obstacles.at(version.key, 'version', 'beside-version');
  } else {
    const written = textOf(text, version.span);
    // What is equal to 1 in Python; GDAL compares the text.
    if (!['1', '1.0', 'true'].includes(written)) obstacles.at(version.span, 'version', 'version');
    else if (written !== '1') obstacles.at(version.span, 'version', 'version-spelling');
  }
}

function templateLimits(
  set: ReferenceSet,
  text: Uint8Array,
  member: { key: TextSpan; span: TextSpan },
  obstacles: Obstacles,
): void {
  obstacles.at(member.key, 'templates', 'templates');
  const values = valueOf(text, member.span);
  const templates = isJsonObject(values) ? values : {};
  if (Object.keys(templates).length === 0) return;
  const told = new Set<string>();
  const seen = new Set<string>();
  for (const { url, span } of templated(text, [member.span, set.member('gen')?.span])) {
    // Addresses that differ beside their braces are alike here.
    const braces = url.slice(url.search(/[{}]/u), Math.max(url.lastIndexOf('{'), url.lastIndexOf('}')) + 1);
    if (seen.has(braces)) continue;
    if (seen.size < MOST_SEEN) seen.add(braces);
    const names = [...url.matchAll(/\{\{(.*?)\}\}/gu)].map(([, inside = '']) => inside);
    const isPlain = (name: string): boolean => {
      const value = Object.hasOwn(templates, name) ? templates[name] : undefined;
      return typeof value === 'string' && !value.includes('{{');
    };
    const tell = (name: 'templates-used' | 'template-beyond-names' | 'template-brace' | 'template-filter'): void => {
      if (!told.has(name)) obstacles.at(span, 'templates', name);
      told.add(name);
    };
    tell('templates-used');
    if (names.some((name) => !isPlain(name) && Object.hasOwn(templates, name.trim().replace(/\W.*$/u, ''))))
      tell('template-beyond-names');
    if (/[{}]/u.test(url.replaceAll(/\{\{.*?\}\}/gu, ''))) tell('template-brace');
    if (names.some((name) => name.includes('|'))) tell('template-filter');
  }
}

function genLimits(
  set: ReferenceSet,
  text: Uint8Array,
  member: { key: TextSpan; span: TextSpan },
  obstacles: Obstacles,
): void {
  obstacles.at(member.key, 'gen', 'gen');
  const isMalformed = set.problems.some(({ code }) => code === 'kerchunk/gen-shape');
  if (set.hasGenerated || isMalformed) obstacles.at(member.span, 'gen', 'gen-references');
  if (isMalformed) obstacles.at(member.span, 'gen', 'gen-malformed');
  const items = valueOf(text, member.span);
  if (!Array.isArray(items) || items.some((item) => isBeyondZarrita(item)))
    obstacles.at(member.span, 'gen', 'gen-beyond');
}

/** zarrita counts upwards over ranges that are not empty, and has no `//`, `%` and filters. */
function isBeyondZarrita(item: JsonValue): boolean {
  if (!isJsonObject(item) || !isJsonObject(item.dimensions)) return true;
  if ((item.offset === undefined) !== (item.length === undefined)) return true;
  const ranges = Object.values(item.dimensions);
  const isEmpty = (range: JsonValue): boolean => {
    if (Array.isArray(range)) return range.length === 0;
    const { start = 0, stop, step = 1 } = isJsonObject(range) ? range : {};
    return typeof stop !== 'number' || typeof start !== 'number' || !(Number(step) > 0) || stop <= start;
  };
  const texts = [item.key, item.url, item.offset, item.length].map((part) => (typeof part === 'string' ? part : ''));
  const expressions = texts.flatMap((part) => [...part.matchAll(/\{\{(.*?)\}\}/gu)].map(([, inside = '']) => inside));
  return ranges.some(isEmpty) || expressions.some((inside) => /\/\/|[%|]/u.test(inside));
}

/** The strings of the text that have `{{`, outside the spans left out. */
function* templated(text: Uint8Array, leftOut: (TextSpan | undefined)[]): Iterable<{ url: string; span: TextSpan }> {
  const brace = 0x7b;
  for (let at = text.indexOf(brace); at >= 0; at = text.indexOf(brace, at + 1)) {
    if (text[at + 1] !== brace) continue;
    if (leftOut.some((span) => span !== undefined && at >= span.offset && at < span.offset + span.length)) continue;
    const found = stringAround(text, at);
    yield found;
    at = Math.max(at + 1, found.span.offset + found.span.length - 1);
  }
}

/** The string of the text that the byte at `place` stands in, without its quotes. */
function stringAround(text: Uint8Array, place: number): { url: string; span: TextSpan } {
  const quote = 0x22;
  const start = text.lastIndexOf(quote, place);
  const found = text.indexOf(quote, place);
  const end = found < 0 ? text.length : found;
  return {
    url: textOf(text, { offset: start + 1, length: end - start - 1 }),
    span: { offset: start, length: end + 1 - start },
  };
}

function textOf(text: Uint8Array, { offset, length }: TextSpan): string {
  return new TextDecoder().decode(text.subarray(offset, offset + length));
}

function valueOf(text: Uint8Array, { offset, length }: TextSpan): JsonValue {
  return parseJson(text.subarray(offset, offset + length));
}
