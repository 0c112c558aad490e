import { KerchunkError } from '../errors';
import { damaged } from './decode-error';

/** What the header of a JPEG 2000 codestream (SIZ, ITU-T T.800, A.5.1) says of the image. */
export interface Jpeg2000Header {
  width: number;
  height: number;
  components: number;
  /** Bits of a sample, up to 16. */
  bits: number;
  signed: boolean;
  /** Tiles that the codestream has of its own. */
  tiles: number;
}

const BOXES = [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a];
const CODESTREAM = [0xff, 0x4f, 0xff, 0x51];
const FIXED_LENGTH = 42;
/** Enumerated colours (EnumCS, T.800 table I.10) that readers leave as they are: sRGB and grey. */
const KEPT_COLOURS = [16, 17];

/**
 * The codestream of a JPEG 2000 image, which stands bare or in the boxes of a JP2 file (T.800 annex I).
 * @throws KerchunkError `decode-failed` where there is none, `unsupported-codec` where boxes make other samples of its components: a
 * palette, an order of channels, colours that readers convert.
 */
export function findCodestream(bytes: Uint8Array): Uint8Array {
  if (startsWith(bytes, CODESTREAM)) return bytes;
  if (!startsWith(bytes, BOXES))
    throw damaged('The bytes do not begin as a JPEG 2000 image does (FF 4F FF 51, or a JP2 box).');
  for (const { type, body } of boxes(bytes)) {
    if (type === 'jp2h') for (const box of boxes(body)) checkBox(box);
    if (type === 'jp2c' && startsWith(body, CODESTREAM)) return body;
  }
  throw damaged('The JP2 file holds no codestream.');
}

interface Box {
  type: string;
  body: Uint8Array;
}

function* boxes(bytes: Uint8Array): Generator<Box, void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + 8 <= bytes.length;) {
    const short = view.getUint32(at);
    const long = short === 1 && at + 16 <= bytes.length;
    const start = at + (long ? 16 : 8);
    const length = long ? Number(view.getBigUint64(at + 8)) : short === 0 ? bytes.length - at : short;
    const end = Math.min(at + length, bytes.length);
    if (end < start) throw damaged('A box of the JP2 file is shorter than its own header.');
    yield { type: String.fromCharCode(...bytes.subarray(at + 4, at + 8)), body: bytes.subarray(start, end) };
    at = end;
  }
}

function checkBox({ type, body }: Box): void {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  if (type === 'pclr') throw unsupported('has a palette');
  if (type === 'colr' && body[0] === 1 && body.length >= 7 && !KEPT_COLOURS.includes(view.getUint32(3))) {
    throw unsupported(`has colours (EnumCS ${view.getUint32(3)}) that readers convert to RGB`);
  }
  if (type !== 'cdef') return;
  for (let at = 2; at + 6 <= body.length; at += 6) {
    const [channel, kind, colour] = [view.getUint16(at), view.getUint16(at + 2), view.getUint16(at + 4)];
    if (kind === 0 && colour !== 0 && colour !== channel + 1) throw unsupported('has its channels in another order');
  }
}

/**
 * Reads the image's size and components.
 * @throws KerchunkError `decode-failed` for a damaged header, `unsupported-codec` for components that differ, are subsampled, have more
 * than 16 bits or do not begin at the origin.
 */
export function readJpeg2000Header(codestream: Uint8Array): Jpeg2000Header {
  if (codestream.length < FIXED_LENGTH) throw damaged('The JPEG 2000 codestream ends in its header.');
  const view = new DataView(codestream.buffer, codestream.byteOffset, codestream.length);
  const [right, lower, left, upper, tileWidth, tileHeight, tileLeft, tileUpper] = [8, 12, 16, 20, 24, 28, 32, 36].map(
    (at) => view.getUint32(at),
  ) as [number, number, number, number, number, number, number, number];
  const components = view.getUint16(40);
  if (components === 0 || codestream.length < FIXED_LENGTH + 3 * components || tileWidth === 0 || tileHeight === 0) {
    throw damaged('The header of the JPEG 2000 codestream is damaged.');
  }
  if (left !== 0 || upper !== 0)
    throw unsupported(`begins at column ${left} and row ${upper} of its grid, not at the origin`);
  const tiles = Math.ceil((right - tileLeft) / tileWidth) * Math.ceil((lower - tileUpper) / tileHeight);
  const depth = codestream[FIXED_LENGTH] ?? 0;
  for (let i = 0; i < components; i++) {
    const [other, across, down] = codestream.subarray(FIXED_LENGTH + 3 * i);
    if (across !== 1 || down !== 1) throw unsupported(`has subsampled components (${across ?? 0} by ${down ?? 0})`);
    if (other !== depth) throw unsupported('has components of different depths');
  }
  const bits = (depth & 0x7f) + 1;
  if (bits > 16) throw unsupported(`has samples of ${bits} bits; up to 16 are decoded`);
  return { width: right, height: lower, components, bits, signed: depth > 0x7f, tiles };
}

function unsupported(what: string): KerchunkError {
  return new KerchunkError('unsupported-codec', `The JPEG 2000 image ${what}.`);
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}
