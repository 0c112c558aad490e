import { jsonParts, type JsonValue } from '../../json';
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

function withoutStrings(text: string): string {
  return Array.from(jsonParts(text), ({ text: part, isString }) => (isString ? '""' : part)).join('');
}
