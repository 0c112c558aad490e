import type { JsonValue } from '../../json';
import { OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../../references/ascii';
import { isMetadataKey, innerText } from '../../references/documents';
import { isInlineBase64 } from '../../references/inline';
import { memberPlaces, placeAt } from '../../references/places';
import type { ReferenceSet } from '../../references/reference-set';
import { JsonCursor } from '../../references/scan';
import type { TextSpan } from '../../references/types';

/** JSON that can be edited where it stands: the file itself, or a document inside one of its strings. */
export interface EditableText {
  /** Where in the file the string begins; -1 for the file itself. Two of one place have the same bytes. */
  place: number;
  bytes: Uint8Array;
  /** Where in `bytes` the value concerned begins. */
  root: number;
  /** The place in the file of a place in `bytes`. */
  outer(inner: TextSpan): TextSpan;
  /** JSON text as it must be written into the file: inside a string its quotes and line breaks are escaped. */
  write(text: string): string;
}

/** The file itself, and the value that begins at `root` of it. */
export function fileText(text: Uint8Array, root = 0): EditableText {
  return { place: -1, bytes: text, root, outer: (span) => span, write: (written) => written };
}

/**
 * The JSON around a place of the file: a metadata document that stands as a string, or the file itself, with the value of the entry at that
 * place. Undefined where it stands in base64, which nobody edits.
 */
export function textAround(text: Uint8Array, set: ReferenceSet | undefined, offset: number): EditableText | undefined {
  const entry = set?.entryAt(offset);
  if (entry === undefined) return fileText(text);
  return entryText(text, entry);
}

/** The JSON of the metadata document under a key, as `textAround`; undefined where there is none. */
export function documentText(text: Uint8Array, set: ReferenceSet, key: string): EditableText | undefined {
  const document = set.document(key);
  if (document === undefined) return undefined;
  return document.nested ? fileText(text, document.span.offset) : stringText(text, document.span);
}

function entryText(text: Uint8Array, entry: { key: string; span: TextSpan }): EditableText | undefined {
  const { value } = memberPlaces(text, entry.span.offset);
  const isString = text[value.offset] === QUOTE;
  return isString && isMetadataKey(entry.key) ? stringText(text, value) : fileText(text, value.offset);
}

function stringText(text: Uint8Array, span: TextSpan): EditableText | undefined {
  const inner = isInlineBase64(text, span) ? '' : innerText(text, span);
  if (typeof inner === 'string') return undefined;
  return {
    place: span.offset,
    bytes: inner.bytes,
    root: 0,
    outer: (place) => inner.outer(place),
    write: (written) => JSON.stringify(written).slice(1, -1),
  };
}

/** A value inside a document: the way to it, itself, and where in the document's own bytes it stands. */
export interface PlacedValue {
  path: (string | number)[];
  value: JsonValue;
  span: TextSpan;
}

/** The value of a document that stands at exactly this place of the file; undefined where none does. */
export function valueAt(document: EditableText, place: TextSpan): PlacedValue | undefined {
  const start = innerOffset(document, place.offset);
  const cursor = new JsonCursor(document.bytes, document.root);
  let found: PlacedValue | undefined;
  const visit = (path: (string | number)[], depth: number): void => {
    const byte = cursor.peek();
    const offset = cursor.at;
    if (byte === OPEN_BRACE) {
      cursor.members(depth, (key) => {
        visit([...path, key], depth + 1);
      });
    } else if (byte === OPEN_BRACKET) {
      let index = 0;
      cursor.elements(depth, () => {
        visit([...path, index++], depth + 1);
      });
    } else {
      cursor.skip(depth);
    }
    const span = { offset, length: cursor.at - offset };
    if (offset === start && document.outer(span).length === place.length) {
      found = { path, value: parsed(document, offset), span };
    }
  };
  visit([], 0);
  return found;
}

/** The place in a document's own bytes of a place in the file. */
export function innerOffset(document: EditableText, offset: number): number {
  if (document.place < 0) return offset;
  let low = 0;
  let high = document.bytes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (document.outer({ offset: middle, length: 0 }).offset < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The value under a path of a document; undefined where there is none. */
export function valueUnder(document: EditableText, path: readonly (string | number)[]): PlacedValue | undefined {
  const span = placeAt(document.bytes, document.root, path);
  return span === undefined ? undefined : { path: [...path], value: parsed(document, span.offset), span };
}

/** The bytes of a place of a document, as text. */
export function textOf({ bytes }: EditableText, { offset, length }: TextSpan): string {
  return new TextDecoder().decode(bytes.subarray(offset, offset + length));
}

function parsed(document: EditableText, offset: number): JsonValue {
  return new JsonCursor(document.bytes, offset).value();
}
