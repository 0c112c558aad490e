import { damaged } from './decode-error';
import { checkDeclaredSize } from './size';
import type { Decoder } from './types';

const HEADER = 4;
const MIN_MATCH = 4;
const LONG = 15;

/** numcodecs `lz4`: the decoded size as a little-endian uint32, then one LZ4 block. */
export const decodeLz4: Decoder = (bytes, _config, context) => {
  if (bytes.length < HEADER) throw damaged(`There are ${bytes.length} bytes, too few for the four that hold the size.`);
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  checkDeclaredSize(size, context);
  return decodeLz4Block(bytes.subarray(HEADER), size);
};

/**
 * Undoes one LZ4 block (lz4_Block_format.md of the LZ4 project), which must give `size` bytes to the byte.
 * @throws KerchunkError `decode-failed` where it gives fewer or more, or points outside what was decoded.
 */
export function decodeLz4Block(source: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let at = 0;
  let written = 0;

  const longer = (length: number): number => {
    if (length < LONG) return length;
    let byte: number | undefined;
    do {
      byte = source[at++];
      if (byte === undefined) throw endsEarly(written, size);
      length += byte;
    } while (byte === 255);
    return length;
  };

  while (at < source.length) {
    const token = source[at++] ?? 0;
    const literals = longer(token >>> 4);
    if (at + literals > source.length) throw endsEarly(written, size);
    if (written + literals > size) throw tooMuch(size);
    out.set(source.subarray(at, at + literals), written);
    at += literals;
    written += literals;
    if (at === source.length) break;
    const distance = (source[at] ?? 0) | ((source[at + 1] ?? 0) << 8);
    at += 2;
    if (at > source.length) throw endsEarly(written, size);
    if (distance === 0 || distance > written) throw damaged('The LZ4 block points before its own start.');
    const length = longer(token & LONG) + MIN_MATCH;
    if (written + length > size) throw tooMuch(size);
    copyMatch(out, written, distance, length);
    written += length;
  }
  if (written !== size) throw endsEarly(written, size);
  return out;
}

/** Repeats `length` bytes that stand `distance` back, where the copy may run into what it writes. */
export function copyMatch(out: Uint8Array, at: number, distance: number, length: number): void {
  const from = at - distance;
  if (distance >= length) out.copyWithin(at, from, from + length);
  else if (distance === 1) out.fill(out[from] ?? 0, at, at + length);
  else for (let i = 0; i < length; i++) out[at + i] = out[from + i] ?? 0;
}

function endsEarly(written: number, size: number): Error {
  return damaged(`The LZ4 block ends after ${written} of ${size} bytes.`);
}

function tooMuch(size: number): Error {
  return damaged(`The LZ4 block holds more than the ${size} bytes that its header declares.`);
}
