import { KerchunkError } from '../errors';
import { damaged } from './decode-error';
import { LowBitReader } from './low-bit-reader';

/** What the header of a JPEG XL codestream says of the image. */
export interface JpegXlHeader {
  width: number;
  height: number;
  /** Grey or RGB, and alpha where there is one. */
  samples: number;
  bits: 8 | 16;
}

/** One way of a U32 field (ISO/IEC 18181-1, B.2.2): a constant, or `bits` bits and a constant. */
type Way = readonly [bits: number, add: number];
type Ways = readonly [Way, Way, Way, Way];

const SIDE: Ways = [
  [9, 1],
  [13, 1],
  [18, 1],
  [30, 1],
];
const INTEGER_BITS: Ways = [
  [0, 8],
  [0, 10],
  [0, 12],
  [6, 1],
];
const EXTRA_CHANNELS: Ways = [
  [0, 0],
  [0, 1],
  [4, 2],
  [12, 1],
];
const DIMENSION_SHIFT: Ways = [
  [0, 0],
  [0, 3],
  [0, 4],
  [3, 1],
];
const NAME_LENGTH: Ways = [
  [0, 0],
  [4, 0],
  [5, 16],
  [10, 48],
];
const ENUM: Ways = [
  [0, 0],
  [0, 1],
  [4, 2],
  [6, 18],
];
/** Width to height by the field `ratio`, from 1 on. */
const RATIOS: readonly (readonly [number, number])[] = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
];
const CONTAINER = [0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20, 0x0d, 0x0a, 0x87, 0x0a];
const ALPHA = 0;
const GREY = 1;

/**
 * Reads the header of a JPEG XL image, a bare codestream or in its container (ISO/IEC 18181-1 annex D, 18181-2).
 * @throws KerchunkError `decode-failed` where the bytes are none, `unsupported-codec` for an image that is decoded to something else than
 * samples of 8 or 16 bits in up to four channels.
 */
export function readJpegXlHeader(bytes: Uint8Array): JpegXlHeader {
  const codestream = firstCodestream(bytes);
  if (codestream[0] !== 0xff || codestream[1] !== 0x0a)
    throw damaged('The bytes do not begin as a JPEG XL image does (FF 0A).');
  const bits = new HeaderBits(codestream.subarray(2));
  const { width, height } = readSize(bits);
  // All as by default: RGB of 8 bits, and nothing beside it.
  if (bits.flag()) return { width, height, samples: 3, bits: 8 };
  if (bits.flag()) readExtraFields(bits);
  const depth = readDepth(bits);
  if (depth !== 8 && depth !== 16) throw unsupported(`has samples of ${depth} bits; 8 and 16 are decoded`);
  bits.flag();
  const extra = bits.u32(EXTRA_CHANNELS);
  if (extra > 1) throw unsupported(`has ${extra} channels beside its colours; one, for alpha, is decoded`);
  if (extra === 1) readAlpha(bits);
  bits.flag();
  return { width, height, samples: readColours(bits) + extra, bits: depth };
}

function unsupported(what: string): KerchunkError {
  return new KerchunkError('unsupported-codec', `The JPEG XL image ${what}.`);
}

/** What follows the signature: of a container the first box that holds codestream. */
function firstCodestream(bytes: Uint8Array): Uint8Array {
  if (!CONTAINER.every((byte, i) => bytes[i] === byte)) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + 16 <= bytes.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const start = at + (length === 1 ? 16 : 8);
    if (type === 'jxlc') return bytes.subarray(start);
    if (type === 'jxlp') return bytes.subarray(start + 4);
    const size = length === 1 ? Number(view.getBigUint64(at + 8)) : length;
    if (size < 8) break;
    at += size;
  }
  throw damaged('The JPEG XL container holds no codestream.');
}

function readSize(bits: HeaderBits): { width: number; height: number } {
  const small = bits.flag();
  const side = (): number => (small ? (bits.take(5) + 1) * 8 : bits.u32(SIDE));
  const height = side();
  const ratio = RATIOS[bits.take(3) - 1];
  return { height, width: ratio === undefined ? side() : Math.floor((height * ratio[0]) / ratio[1]) };
}

function readExtraFields(bits: HeaderBits): void {
  if (bits.take(3) !== 0) throw unsupported('is to be turned (orientation)');
  if (bits.flag()) readSize(bits);
  if (bits.flag()) throw unsupported('has a preview');
  if (bits.flag()) throw unsupported('is an animation');
}

/** Bits of a sample. */
function readDepth(bits: HeaderBits): number {
  if (bits.flag()) throw unsupported('has floating-point samples');
  return bits.u32(INTEGER_BITS);
}

function readAlpha(bits: HeaderBits): void {
  if (bits.flag()) return;
  if (bits.u32(ENUM) !== ALPHA) throw unsupported('has a channel beside its colours that is not alpha');
  readDepth(bits);
  bits.u32(DIMENSION_SHIFT);
  for (let length = bits.u32(NAME_LENGTH); length > 0; length--) bits.take(8);
  bits.flag();
}

/** Number of colour channels; the bits stand before the colour encoding. */
function readColours(bits: HeaderBits): 1 | 3 {
  if (bits.flag()) return 3;
  bits.flag();
  return bits.u32(ENUM) === GREY ? 1 : 3;
}

/** The fields of a JPEG XL header, of bits lowest first. */
class HeaderBits {
  private readonly reader: LowBitReader;

  constructor(bytes: Uint8Array) {
    this.reader = new LowBitReader(bytes, () => damaged('The JPEG XL image ends in its header.'));
  }

  take(count: number): number {
    return this.reader.bits(count);
  }

  flag(): boolean {
    return this.reader.bit() === 1;
  }

  u32(ways: Ways): number {
    const [bits, add] = ways[this.take(2)] ?? [0, 0];
    return this.take(bits) + add;
  }
}
