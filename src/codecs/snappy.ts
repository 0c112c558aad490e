import { damaged } from './decode-error';
import { copyMatch } from './lz4';

const LONG_LITERAL = 60;

/**
 * Undoes one raw Snappy stream (format_description.txt of the Snappy project), which must give `size` bytes.
 * @throws KerchunkError `decode-failed` where it gives fewer or more bytes, or points outside what was decoded.
 */
export function decodeSnappy(source: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let at = 0;
  let written = 0;
  /** A little-endian number of `count` bytes. */
  const next = (count: number): number => {
    if (at + count > source.length) throw damaged(`The Snappy stream ends after ${written} of ${size} bytes.`);
    let value = 0;
    for (let i = 0; i < count; i++) value += (source[at++] ?? 0) * 2 ** (8 * i);
    return value;
  };

  let declared = 0;
  for (let shift = 0, byte = 128; byte >= 128; shift += 7) {
    byte = next(1);
    declared += (byte & 127) * 2 ** shift;
  }
  if (declared !== size) throw damaged(`The Snappy stream declares ${declared} bytes where there should be ${size}.`);
  while (at < source.length) {
    const tag = next(1);
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >>> 2;
      const length = short < LONG_LITERAL ? short + 1 : next(short - LONG_LITERAL + 1) + 1;
      if (at + length > source.length || written + length > size) break;
      out.set(source.subarray(at, at + length), written);
      at += length;
      written += length;
    } else {
      const length = kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
      const distance = kind === 1 ? ((tag >>> 5) << 8) + next(1) : next(kind === 2 ? 2 : 4);
      if (distance === 0 || distance > written || written + length > size) break;
      copyMatch(out, written, distance, length);
      written += length;
    }
  }
  if (written !== size) throw damaged(`The Snappy stream is damaged after ${written} of ${size} bytes.`);
  return out;
}
