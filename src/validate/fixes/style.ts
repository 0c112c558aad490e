import type { JsonValue } from '../../json';
import { formatJson } from '../../references/write';

/** How a piece of JSON is laid out. */
export interface Style {
  colon: ':' | ': ';
  comma: ',' | ', ';
  /** Where members stand on lines of their own: the line break, the indentation of the value itself, and what a level adds. */
  lines?: { end: string; indent: string; step: string };
}

/** The layout of a value by its own text; what a single member does not show follows from its colon. */
export function styleOf(text: string): Style {
  const plain = withoutStrings(text);
  const colon = /:\s/u.test(plain) ? ': ' : ':';
  const comma = /,[^\S\r\n]/u.test(plain) || (!plain.includes(',') && colon === ': ') ? ', ' : ',';
  const first = /^[{[]\s*?(\r\n|\n|\r)([^\S\r\n]*)/u.exec(plain);
  const last = /(?:\r\n|\n|\r)([^\S\r\n]*)[\]}]$/u.exec(plain);
  if (first === null) return { colon, comma };
  const [, end = '\n', inner = ''] = first;
  const indent = last?.[1] ?? '';
  return { colon, comma, lines: { end, indent, step: inner.startsWith(indent) ? inner.slice(indent.length) : inner } };
}

/** A value as JSON in a layout. Lists of plain values stand on one line. */
export function inStyle(value: JsonValue, style: Style): string {
  if (typeof value !== 'object' || value === null) return formatJson(value);
  const isList = Array.isArray(value);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const { lines } = style;
  const isFlat = isList && value.every((item) => typeof item !== 'object' || item === null);
  const deeper = lines === undefined || isFlat ? undefined : { ...lines, indent: `${lines.indent}${lines.step}` };
  const within: Style = { colon: style.colon, comma: style.comma, ...(deeper === undefined ? {} : { lines: deeper }) };
  const items = isList
    ? value.map((item) => inStyle(item, within))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}${style.colon}${inStyle(item, within)}`);
  if (items.length === 0) return `${open}${close}`;
  if (deeper === undefined || lines === undefined)
    return `${open}${items.join(style.lines === undefined ? style.comma : ', ')}${close}`;
  return `${open}${items.map((item) => `${lines.end}${deeper.indent}${item}`).join(',')}${lines.end}${lines.indent}${close}`;
}

/** JSON without white space between its parts, which are kept as they are written. */
export function compacted(text: string): string {
  return Array.from(partsOf(text), ({ text: part, isString }) => (isString ? part : part.replace(/\s+/gu, ''))).join(
    '',
  );
}

function withoutStrings(text: string): string {
  return Array.from(partsOf(text), ({ text: part, isString }) => (isString ? '""' : part)).join('');
}

/** The strings of JSON, with their quotes, and what stands between them. A string may be as long as a file: no regular expression takes it. */
function* partsOf(text: string): Generator<{ text: string; isString: boolean }> {
  for (let at = 0; at < text.length;) {
    const start = text.indexOf('"', at);
    if (start < 0) {
      yield { text: text.slice(at), isString: false };
      return;
    }
    if (start > at) yield { text: text.slice(at, start), isString: false };
    at = endOfString(text, start);
    yield { text: text.slice(start, at), isString: true };
  }
}

/** The place behind the closing quote of the string that begins at `start`; the end of the text where it has none. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text[before] === '\\') before--;
    // An even number of backslashes before a quote are escaped themselves.
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  return text.length;
}
