import {
  CARRIAGE_RETURN,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  LINE_FEED,
  SPACE,
  TAB,
} from '../../references/ascii';
import { JsonCursor } from '../../references/scan';
import type { TextSpan } from '../../references/types';
import { type EditableText, textOf } from './editable-text';
import { inStyle, styleOf } from './style';
import type { Change, Edit } from './types';

type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>;

/** An edit in the bytes of a document. */
interface InnerEdit {
  span: TextSpan;
  text: string;
}

/**
 * The edits that make all changes, which may stand in several documents: in the order of the text, none overlapping another. Of two changes of
 * one place the first counts.
 */
export function editsOf(changes: Iterable<Change>): Edit[] {
  const byDocument = new Map<number, Change[]>();
  for (const change of changes) {
    const { place } = change.document;
    const group = byDocument.get(place);
    if (group === undefined) byDocument.set(place, [change]);
    else group.push(change);
  }
  const edits: Edit[] = [];
  for (const group of byDocument.values()) {
    const document = group[0]?.document;
    if (document === undefined) continue;
    for (const { span, text } of innerEdits(document, group)) {
      edits.push({ span: document.outer(span), text: document.write(text) });
    }
  }
  return withoutOverlaps(edits);
}

function innerEdits(document: EditableText, changes: readonly Change[]): InnerEdit[] {
  const { bytes } = document;
  const removed: TextSpan[] = [];
  const edits: InnerEdit[] = [];
  const added = new Map<number, ChangeOf<'add'>['members']>();
  const before = new Map<string, ChangeOf<'before'>>();
  for (const change of changes) {
    switch (change.kind) {
      case 'remove':
        removed.push(change.span);
        break;
      case 'replace':
        edits.push({ span: change.span, text: change.text });
        break;
      case 'add': {
        const members = added.get(change.object) ?? [];
        added.set(change.object, members);
        for (const member of change.members) if (!members.some(([key]) => key === member[0])) members.push(member);
        break;
      }
      case 'before':
        before.set(`${change.at} ${change.key}`, change);
        break;
    }
  }
  for (const run of runsOf(bytes, removed)) edits.push({ span: removalOf(bytes, run), text: '' });
  for (const [object, members] of added) edits.push(addition(document, object, members));
  for (const change of before.values()) edits.push(insertion(bytes, change));
  return withoutOverlaps(edits);
}

/** In the order of the text, what is put in before what is replaced; what overlaps something before it is left out. */
function withoutOverlaps<Kind extends InnerEdit>(edits: Kind[]): Kind[] {
  let end = 0;
  return edits
    .sort((a, b) => a.span.offset - b.span.offset || a.span.length - b.span.length)
    .filter(({ span }) => {
      if (span.offset < end) return false;
      end = span.offset + span.length;
      return true;
    });
}

/** Members that go and stand side by side, as one span each run. */
function runsOf(bytes: Uint8Array, removed: TextSpan[]): TextSpan[] {
  const runs: TextSpan[] = [];
  let next = -1;
  for (const { offset, length } of removed.sort((a, b) => a.offset - b.offset)) {
    const run = runs.at(-1);
    if (run !== undefined && offset < run.offset + run.length) continue;
    if (run !== undefined && offset === next) run.length = offset + length - run.offset;
    else runs.push({ offset, length });
    const behind = skipSpace(bytes, offset + length);
    next = bytes[behind] === COMMA ? skipSpace(bytes, behind + 1) : -1;
  }
  return runs;
}

/** What must go with a run of members: one comma, and the whole line where nothing else stands on it. */
function removalOf(bytes: Uint8Array, { offset, length }: TextSpan): TextSpan {
  const behind = skipSpace(bytes, offset + length);
  const start = skipSpaceBack(bytes, offset);
  const isFirst = bytes[start - 1] !== COMMA;
  if (bytes[behind] !== COMMA) {
    // The last: the comma before goes, if there is one; else the object is empty now.
    const from = isFirst ? start : skipSpaceBack(bytes, start - 1);
    return spanBetween(from, isFirst ? behind : offset + length);
  }
  const afterComma = behind + 1;
  const next = skipSpace(bytes, afterComma);
  const isLineStart = hasLineBreak(bytes, start, offset);
  // What stands on the line before stays there, and so does what follows on the next.
  if (!isLineStart && hasLineBreak(bytes, afterComma, next)) return spanBetween(start, afterComma);
  if (!isLineStart || !hasLineBreak(bytes, afterComma, next)) return spanBetween(offset, next);
  return spanBetween(lineStart(bytes, offset), lineStart(bytes, next));
}

function addition(document: EditableText, object: number, members: ChangeOf<'add'>['members']): InnerEdit {
  const { bytes } = document;
  const cursor = new JsonCursor(bytes, object);
  let count = 0;
  let lastKey = object + 1;
  let end = object + 1;
  cursor.peek();
  cursor.members(0, (_key, span) => {
    cursor.skip(1);
    count++;
    lastKey = span.offset;
    end = cursor.at;
  });
  const style = styleOf(textOf(document, { offset: object, length: cursor.at - object }));
  const space = textOf(document, spanBetween(skipSpaceBack(bytes, lastKey), lastKey));
  const gap = count > 1 || style.lines !== undefined ? space : style.colon === ': ' ? ' ' : '';
  const value = style.lines === undefined ? style : { ...style, lines: inner(style.lines) };
  const written = members.map(([key, item]) => `${JSON.stringify(key)}${style.colon}${inStyle(item, value)}`);
  const text = count === 0 ? written.join(`,${gap}`) : written.map((member) => `,${gap}${member}`).join('');
  return { span: { offset: end, length: 0 }, text };
}

function inner({ end, indent, step }: { end: string; indent: string; step: string }) {
  return { end, indent: `${indent}${step}`, step };
}

function insertion(bytes: Uint8Array, { at, key, value }: ChangeOf<'before'>): InnerEdit {
  const cursor = new JsonCursor(bytes, at);
  cursor.string();
  const colon = bytes[skipSpace(bytes, cursor.at)] === COLON ? skipSpace(bytes, cursor.at) + 1 : cursor.at;
  const space = new TextDecoder().decode(bytes.subarray(skipSpaceBack(bytes, at), at));
  const isSpaced = skipSpace(bytes, colon) > colon;
  const gap = space === '' && isSpaced ? ' ' : space;
  return { span: { offset: at, length: 0 }, text: `${JSON.stringify(key)}:${isSpaced ? ' ' : ''}${value},${gap}` };
}

/** Whether a comma at `at` is followed by the end of the object or list alone. */
export function isTrailingComma(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== COMMA) return false;
  const next = bytes[skipSpace(bytes, at + 1)];
  return next === CLOSE_BRACE || next === CLOSE_BRACKET;
}

function spanBetween(start: number, end: number): TextSpan {
  return { offset: start, length: end - start };
}

function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === TAB;
}

function isLineBreak(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at++;
  return at;
}

function skipSpaceBack(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(bytes[at - 1])) at--;
  return at;
}

function hasLineBreak(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isLineBreak(bytes[at])) return true;
  return false;
}

/** The offset of the first byte of the line of `at`, which only white space stands before. */
function lineStart(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && !isLineBreak(bytes[start - 1])) start--;
  return start;
}
