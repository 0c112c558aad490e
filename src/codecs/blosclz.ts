import { damaged } from './decode-error';
import { copyMatch } from './lz4';

const LITERAL_LIMIT = 32;
const FIRST_MASK = 31;
const LONG_LENGTH = 6;
const MIN_MATCH = 3;
const NEAR = 31 << 8;
const NEAR_DISTANCE = 8191;

/**
 * Undoes one BloscLZ stream (a descendant of FastLZ), which must give `size` bytes. A control byte below 32 announces one more
 * literal than its value; else its upper three bits are the length of a match less 3, its lower five the high bits of the distance.
 * @throws KerchunkError `decode-failed` where it gives fewer or more bytes, or points outside what was decoded.
 */
export function decodeBloscLz(source: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let at = 0;
  let written = 0;
  const next = (): number => {
    const byte = source[at++];
    if (byte === undefined) throw damaged(`The BloscLZ stream ends after ${written} of ${size} bytes.`);
    return byte;
  };
  let control = next() & FIRST_MASK;
  for (;;) {
    if (control < LITERAL_LIMIT) {
      const literals = control + 1;
      if (at + literals > source.length || written + literals > size) break;
      out.set(source.subarray(at, at + literals), written);
      at += literals;
      written += literals;
    } else {
      let length = (control >>> 5) - 1;
      let distance = (control & FIRST_MASK) << 8;
      if (length === LONG_LENGTH) {
        let byte;
        do {
          byte = next();
          length += byte;
        } while (byte === 255);
      }
      const low = next();
      distance = low === 255 && distance === NEAR ? NEAR_DISTANCE + (next() << 8) + next() : distance + low;
      distance += 1;
      length += MIN_MATCH;
      if (written + length > size || distance > written) break;
      copyMatch(out, written, distance, length);
      written += length;
    }
    if (at >= source.length) break;
    control = next();
  }
  if (written !== size || at !== source.length) {
    throw damaged(`The BloscLZ stream is damaged after ${written} of ${size} bytes.`);
  }
  return out;
}
