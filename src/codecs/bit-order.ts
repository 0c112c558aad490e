import type { Decoder, Encoder } from './types';

/** Every byte with its bits in reverse. */
const reversed = Uint8Array.from({ length: 256 }, (_, byte) => {
  let out = 0;
  for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) out |= 0x80 >> bit;
  return out;
});

/** `imagecodecs_bitorder`: reverses the bits of every byte (FillOrder 2, TIFF tag 266). */
export const decodeBitOrder: Decoder = reverseBits;

/** As decodeBitOrder: reversing bits is its own inverse. */
export const encodeBitOrder: Encoder = reverseBits;

function reverseBits(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => reversed[byte] ?? 0);
}
