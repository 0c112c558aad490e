import { joinBytes } from '../join-bytes';
import type { Jpeg2000Header } from './jpeg2000-header';

const GREY = 17;
const RGB = 16;
const WAVELET = 7;

/**
 * Puts a codestream into the boxes of a JP2 file whose channels are the components `channels` and no others, as numbers of 16 bits. A
 * component mapping box that maps directly (MTYP 0, ITU-T T.800, I.5.3.5) does that; the palette beside it, which it demands, is used
 * by no channel. This is how a decoder that hands out one component or three, and 8-bit ones without a sign, gives all of them.
 */
export function selectComponents(
  codestream: Uint8Array,
  header: Jpeg2000Header,
  channels: readonly number[],
): Uint8Array {
  const depth = header.bits - 1 + (header.signed ? 0x80 : 0);
  const channelDepth = 15 + (header.signed ? 0x80 : 0);
  return joinBytes([
    box('jP  ', [0x0d, 0x0a, 0x87, 0x0a]),
    box('ftyp', [...ascii('jp2 '), ...uint32(0), ...ascii('jp2 ')]),
    box('jp2h', [
      ...box('ihdr', [
        ...uint32(header.height),
        ...uint32(header.width),
        ...uint16(header.components),
        depth,
        WAVELET,
        0,
        0,
      ]),
      ...box('colr', [1, 0, 0, ...uint32(channels.length === 1 ? GREY : RGB)]),
      ...box('pclr', [
        ...uint16(1),
        channels.length,
        ...channels.map(() => channelDepth),
        ...channels.flatMap(() => uint16(0)),
      ]),
      ...box(
        'cmap',
        channels.flatMap((component) => [...uint16(component), 0, 0]),
      ),
    ]),
    // A length of 0: up to the end of the file.
    Uint8Array.from([...uint32(0), ...ascii('jp2c')]),
    codestream,
  ]);
}

function box(type: string, body: readonly number[]): Uint8Array {
  return Uint8Array.from([...uint32(8 + body.length), ...ascii(type), ...body]);
}

function ascii(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

function uint16(value: number): number[] {
  return [value >>> 8, value & 0xff];
}

function uint32(value: number): number[] {
  return [...uint16(value >>> 16), ...uint16(value & 0xffff)];
}
