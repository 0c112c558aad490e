import type { JsonObject } from '../json';
import { badConfiguration, damaged } from './decode-error';
import type { Decoder } from './types';

const BYTES = 3;

/**
 * `imagecodecs_float24 {byteorder, rounding}`: floats of 24 bits (Adobe Photoshop TIFF technical note 3: 1 bit of sign, 7 of exponent with a
 * bias of 63, 16 of fraction) to float32, little-endian, in which each has its exact value.
 */
export const decodeFloat24: Decoder = (bytes, config) => {
  if (bytes.length % BYTES !== 0) throw damaged(`${bytes.length} bytes are no whole number of floats of 24 bits.`);
  const big = isBig(config);
  const out = new DataView(new ArrayBuffer((bytes.length / BYTES) * 4));
  for (let from = 0, to = 0; from < bytes.length; from += BYTES, to += 4) {
    const [first = 0, middle = 0, last = 0] = [bytes[from], bytes[from + 1], bytes[from + 2]];
    out.setFloat32(to, valueOf(big ? first : last, (middle << 8) | (big ? last : first)), true);
  }
  return new Uint8Array(out.buffer);
};

/** @param top sign and exponent. */
function valueOf(top: number, fraction: number): number {
  const sign = top & 0x80 ? -1 : 1;
  const exponent = top & 0x7f;
  if (exponent === 0x7f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -78;
  return sign * (1 + fraction / 65536) * 2 ** (exponent - 63);
}

/** Native order, which stands for null and "=", is little-endian wherever these files are read. */
function isBig({ byteorder }: JsonObject): boolean {
  if (byteorder === '>') return true;
  if (byteorder === undefined || byteorder === null || byteorder === '<' || byteorder === '=') return false;
  throw badConfiguration('"byteorder" is none of "<", ">" and "="');
}
