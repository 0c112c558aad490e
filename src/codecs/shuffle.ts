import { integerOf } from './config';
import { badConfiguration } from './decode-error';
import type { Decoder } from './types';

/** numcodecs `shuffle {elementsize}`: the first bytes of all elements, then the second, and so on. */
export const decodeShuffle: Decoder = (bytes, config) => {
  const elementSize = integerOf(config, 'elementsize', 4);
  if (elementSize < 0) throw badConfiguration(`"elementsize" is ${elementSize}`);
  return unshuffle(bytes, elementSize);
};

/** Undoes byte shuffling; bytes beyond the last whole element stand at the end and are left as they are. */
export function unshuffle(bytes: Uint8Array, elementSize: number): Uint8Array {
  if (elementSize <= 1) return bytes;
  const count = Math.floor(bytes.length / elementSize);
  const out = new Uint8Array(bytes.length);
  for (let place = 0; place < elementSize; place++) {
    const plane = place * count;
    for (let i = 0, to = place; i < count; i++, to += elementSize) out[to] = bytes[plane + i] ?? 0;
  }
  out.set(bytes.subarray(count * elementSize), count * elementSize);
  return out;
}

/**
 * Undoes bit shuffling as c-blosc 1 does it: bit 0 of the first byte of all elements, then bit 1, and so on, eight elements to
 * a byte, lowest bit first. A block whose count of elements is no multiple of 8 was not shuffled; bytes beyond the last whole
 * element are left as they are.
 */
export function bitUnshuffle(bytes: Uint8Array, elementSize: number): Uint8Array {
  const count = Math.floor(bytes.length / elementSize);
  if (count % 8 !== 0) return bytes;
  const out = new Uint8Array(bytes.length);
  const rowBytes = count / 8;
  for (let place = 0; place < elementSize; place++) {
    for (let bit = 0; bit < 8; bit++) {
      const row = (place * 8 + bit) * rowBytes;
      for (let i = 0; i < rowBytes; i++) {
        const eight = bytes[row + i] ?? 0;
        if (eight === 0) continue;
        for (let k = 0, to = i * 8 * elementSize + place; k < 8; k++, to += elementSize) {
          out[to] = (out[to] ?? 0) | (((eight >>> k) & 1) << bit);
        }
      }
    }
  }
  out.set(bytes.subarray(count * elementSize), count * elementSize);
  return out;
}
