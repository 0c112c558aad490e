import * as ascii from './ascii';
import { JsonCursor } from './scan';
import type { TextSpan } from './types';

/** Place of the key whose opening quote stands at `place`, with its quotes. */
export function keyPlace(text: Uint8Array, place: number): TextSpan {
  const cursor = new JsonCursor(text, place);
  cursor.string();
  return { offset: place, length: cursor.at - place };
}

/** Places of an object's member whose key's opening quote stands at `place`: of the key with its quotes, and of its value. */
export function memberPlaces(text: Uint8Array, place: number): { key: TextSpan; value: TextSpan } {
  const cursor = new JsonCursor(text, place);
  cursor.string();
  const key = { offset: place, length: cursor.at - place };
  cursor.peek();
  cursor.at++;
  return { key, value: valuePlace(cursor) };
}

/**
 * Place of the value that stands under `path` inside the value at `offset`: keys of objects (of two equal keys the last one) and
 * indices of lists from 0; [] is the value itself. Undefined where there is none. The text must be valid JSON there.
 */
export function placeAt(text: Uint8Array, offset: number, path: readonly (string | number)[]): TextSpan | undefined {
  let at: number | undefined = offset;
  for (const step of path) {
    at = at === undefined ? undefined : childOffset(text, at, step);
  }
  return at === undefined ? undefined : valuePlace(new JsonCursor(text, at));
}

/**
 * Place of the member of an object that a path of `text` from `offset` on ends in, from its key to the end of its value; undefined where there is
 * none, or the path ends in an index.
 */
export function memberPlace(
  text: Uint8Array,
  offset: number,
  path: readonly (string | number)[],
): TextSpan | undefined {
  const name = path.at(-1);
  const object = placeAt(text, offset, path.slice(0, -1));
  if (object === undefined || typeof name !== 'string' || text[object.offset] !== ascii.OPEN_BRACE) return undefined;
  const cursor = new JsonCursor(text, object.offset);
  let found: TextSpan | undefined;
  cursor.members(0, (key, { offset: start }) => {
    cursor.skip(1);
    if (key === name) found = { offset: start, length: cursor.at - start };
  });
  return found;
}

/** Places of the elements of the list at `offset`. */
export function elementPlaces(text: Uint8Array, offset: number): TextSpan[] {
  const cursor = new JsonCursor(text, offset);
  const places: TextSpan[] = [];
  cursor.peek();
  cursor.elements(0, () => places.push(valuePlace(cursor)));
  return places;
}

/** The text at a place, as it is written. */
export function textAt(text: Uint8Array, { offset, length }: TextSpan): string {
  return new TextDecoder().decode(text.subarray(offset, offset + length));
}

function childOffset(text: Uint8Array, offset: number, step: string | number): number | undefined {
  const cursor = new JsonCursor(text, offset);
  const byte = cursor.peek();
  let found: number | undefined;
  if (typeof step === 'string' && byte === ascii.OPEN_BRACE) {
    cursor.members(0, (key) => {
      cursor.peek();
      if (key === step) found = cursor.at;
      cursor.skip(1);
    });
  } else if (typeof step === 'number' && byte === ascii.OPEN_BRACKET) {
    let index = 0;
    cursor.elements(0, () => {
      cursor.peek();
      if (index++ === step) found = cursor.at;
      cursor.skip(1);
    });
  }
  return found;
}

function valuePlace(cursor: JsonCursor): TextSpan {
  cursor.peek();
  const offset = cursor.at;
  cursor.skip();
  return { offset, length: cursor.at - offset };
}
