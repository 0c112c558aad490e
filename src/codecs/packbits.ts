import { countInWords } from '../words';
import { damaged } from './decode-error';
import { countLimit, refuseExcess } from './excess';
import type { Decoder, Encoder } from './types';

const NO_OPERATION = 128;
/** Output grows from this size where the size of the chunk is not known. */
const FIRST_GUESS = 2 ** 16;

/**
 * `imagecodecs_packbits`: TIFF PackBits (TIFF 6.0, section 9), not numcodecs' `packbits`. Our own, because geotiff 3.0.5 takes
 * the control byte 128, which means nothing, for a run of 129, and cannot be told where to stop.
 */
export const decodePackBits: Decoder = (bytes, _config, context) => {
  const most = countLimit(context.limit);
  let out = new Uint8Array(context.decodedSize ?? Math.min(context.limit, FIRST_GUESS));
  let written = 0;
  let at = 0;
  while (at < bytes.length && written < most) {
    const control = bytes[at++] ?? 0;
    if (control === NO_OPERATION) continue;
    const literal = control < NO_OPERATION;
    const length = literal ? control + 1 : 257 - control;
    if (at + (literal ? length : 1) > bytes.length) {
      if (written >= context.limit) break;
      throw damaged(`The PackBits data end inside a run, after ${countInWords(written)} bytes.`);
    }
    if (written + length > out.length && out.length < context.limit) out = grow(out, written + length, context.limit);
    const kept = Math.max(0, Math.min(length, out.length - written));
    if (literal && kept > 0) out.set(bytes.subarray(at, at + kept), written);
    else if (!literal) out.fill(bytes[at] ?? 0, written, written + length);
    at += literal ? length : 1;
    written += length;
  }
  refuseExcess(written, false, context);
  return out.subarray(0, written);
};

/** A larger copy of `out` for at least `needed` bytes, at most `limit`. */
export function grow(out: Uint8Array<ArrayBuffer>, needed: number, limit: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(limit, Math.max(needed, out.length * 2)));
  larger.set(out);
  return larger;
}

const LONGEST_RUN = 128;
/** A shorter run inside a literal takes no less room as a run of its own. */
const SHORTEST_RUN = 3;

/** The inverse of decodePackBits: runs of 3 to 128 equal bytes, literals of up to 128 bytes between them. */
export const encodePackBits: Encoder = (bytes) => {
  const out = new Uint8Array(bytes.length + Math.ceil(bytes.length / LONGEST_RUN));
  let written = 0;
  let literal = 0;
  const endLiteral = (end: number): void => {
    for (; literal < end; literal += LONGEST_RUN) {
      const part = bytes.subarray(literal, Math.min(end, literal + LONGEST_RUN));
      out[written++] = part.length - 1;
      out.set(part, written);
      written += part.length;
    }
  };
  for (let at = 0; at < bytes.length;) {
    let end = at + 1;
    while (end < bytes.length && end - at < LONGEST_RUN && bytes[end] === bytes[at]) end++;
    if (end - at >= SHORTEST_RUN) {
      endLiteral(at);
      out[written++] = 257 - (end - at);
      out[written++] = bytes[at] ?? 0;
      literal = end;
    }
    at = end;
  }
  endLiteral(bytes.length);
  return out.subarray(0, written);
};
