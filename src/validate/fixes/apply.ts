import { joinBytes } from '../../join-bytes';
import type { Edit } from './types';

/** The pieces of the edited text, one after another: those that stay are views of `text`. `edits` as those of a `Fix`. */
export function* editedParts(text: Uint8Array, edits: readonly Edit[]): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let at = 0;
  for (const { span, text: written } of edits) {
    if (span.offset > at) yield text.subarray(at, span.offset);
    if (written !== '') yield encoder.encode(written);
    at = span.offset + span.length;
  }
  if (at < text.length) yield text.subarray(at);
}

/** The edited text, in a buffer of its own. */
export function applyEdits(text: Uint8Array, edits: readonly Edit[]): Uint8Array<ArrayBuffer> {
  return joinBytes([...editedParts(text, edits)]);
}
