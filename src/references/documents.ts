import { isJsonObject, type JsonValue } from '../json';
import * as ascii from './ascii';
import { inlineBase64, inlineText, isInlineBase64 } from './inline';
import { JsonCursor, JsonSyntaxError } from './scan';
import { InnerOffsets } from './json-string';
import type { ProblemList } from './problems';
import type { TextSpan } from './types';

const NAMES = ['.zarray', '.zattrs', '.zgroup', '.zmetadata', 'zarr.json'];
const FIRST_LETTERS = NAMES.map((name) => name.charCodeAt(0));

/** A metadata document that stands in the reference file itself. */
export interface MetadataDocument {
  /** Row of the entry in the columns. */
  row: number;
  /** Undefined where it is not JSON; a problem says why. */
  value: JsonValue | undefined;
  /** Whether it stands as an object, not as a string. */
  nested: boolean;
}

/** Whether the last part of the key is the name of a zarr metadata document. */
export function isMetadataKey(key: string): boolean {
  const start = key.lastIndexOf('/') + 1;
  const first = key.charCodeAt(start);
  return FIRST_LETTERS.includes(first) && NAMES.includes(key.slice(start));
}

/** Text of a document that stands as a string: its own bytes, and how places in them map to places in the file. */
export interface InnerText {
  bytes: Uint8Array;
  /** The place in the file of a place in `bytes`; the whole string where it is base64. */
  outer(inner: TextSpan): TextSpan;
}

/**
 * The text inside the string whose place, quotes included, is `span`; where it begins with `base64:`, decoded. A sentence on what is wrong
 * where that is not base64.
 */
export function innerText(text: Uint8Array, span: TextSpan): InnerText | string {
  if (isInlineBase64(text, span)) {
    const decoded = inlineBase64(text, span);
    return typeof decoded === 'string' ? decoded : { bytes: decoded, outer: () => span };
  }
  const offsets = new InnerOffsets(text, span.offset + 1, span.offset + span.length - 1);
  const outer = (inner: TextSpan): TextSpan => {
    const offset = offsets.at(inner.offset);
    return { offset, length: offsets.at(inner.offset + inner.length) - offset };
  };
  return { bytes: inlineText(text, span), outer };
}

/** Reads the document at the cursor, a string or an object; what is wrong with it becomes problems. */
export function readDocument(cursor: JsonCursor, key: string, problems: ProblemList): Omit<MetadataDocument, 'row'> {
  if (cursor.peek() === ascii.OPEN_BRACE) return { value: cursor.value(1), nested: true };
  const offset = cursor.at;
  cursor.string();
  const span = { offset, length: cursor.at - offset };
  const inner = innerText(cursor.text, span);
  if (typeof inner === 'string') {
    problems.add('kerchunk/base64', key, span, `The inline data is not base64: ${inner}.`);
    return { value: undefined, nested: false };
  }
  return { value: parseInner(inner, key, problems), nested: false };
}

function parseInner(inner: InnerText, key: string, problems: ProblemList): JsonValue | undefined {
  const cursor = new JsonCursor(inner.bytes);
  try {
    const value = cursor.value();
    cursor.finish();
    for (const { code, span, message } of cursor.notices) {
      problems.addLazily(code, () => ({ key, span: inner.outer(span), message }));
    }
    if (!isJsonObject(value)) {
      const whole = { offset: 0, length: inner.bytes.length };
      problems.add(
        'kerchunk/metadata-json',
        key,
        inner.outer(whole),
        'This metadata is JSON, but no object; zarr metadata is an object.',
      );
    }
    return value;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    problems.add('kerchunk/metadata-json', key, inner.outer(error.span), `This metadata is not JSON: ${error.detail}.`);
    return undefined;
  }
}
