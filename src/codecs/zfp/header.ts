import { damaged } from '../decode-error';
import type { LowBitReader } from '../low-bit-reader';

const MAGIC = [0x7a, 0x66, 0x70];
const CODEC = 5;
const SHORT_MODE_BITS = 12;
const LONG_MODE = 2 ** SHORT_MODE_BITS - 1;
const FIRST_PRECISION = 2048;
const REVERSIBLE = 2176;
const LOWEST_EXPONENT = -1074;
const MOST_BITS = 16_658;
const MOST_PRECISION = 64;

/** What the header of a zfp stream says (zfp's documentation, "Full header"). */
export interface ZfpHeader {
  kind: 'i' | 'f';
  itemSize: 4 | 8;
  /** Sizes along the axes, the fastest first. */
  sizes: number[];
  minBits: number;
  maxBits: number;
  /** Bit planes kept at most. */
  precision: number;
  /** Exponent of the smallest bit plane kept. */
  minExponent: number;
  isReversible: boolean;
}

/** @throws KerchunkError `decode-failed` for what is no zfp stream with a header. */
export function readHeader(reader: LowBitReader): ZfpHeader {
  if (MAGIC.some((byte) => reader.bits(8) !== byte)) throw damaged('The bytes do not begin as a zfp stream.');
  const codec = reader.bits(8);
  if (codec !== CODEC) throw damaged(`The zfp stream is of version ${codec}; ${CODEC} is read.`);
  const type = reader.bits(2);
  const axes = reader.bits(2) + 1;
  const sizes = readSizes(reader, axes);
  return { kind: type < 2 ? 'i' : 'f', itemSize: type % 2 === 0 ? 4 : 8, sizes, ...readMode(reader) };
}

/** 48 bits, shared by the axes. */
function readSizes(reader: LowBitReader, axes: number): number[] {
  const each = 48 / axes;
  return Array.from({ length: axes }, () => Number(reader.wide(each)) + 1);
}

function readMode(reader: LowBitReader) {
  const mode = reader.bits(SHORT_MODE_BITS);
  const all = {
    minBits: 1,
    maxBits: MOST_BITS,
    precision: MOST_PRECISION,
    minExponent: LOWEST_EXPONENT,
    isReversible: false,
  };
  if (mode === LONG_MODE) {
    const [minBits, maxBits] = [reader.bits(15) + 1, reader.bits(15) + 1];
    const precision = reader.bits(7) + 1;
    const minExponent = reader.bits(15) - 16_495;
    return { minBits, maxBits, precision, minExponent, isReversible: minExponent < LOWEST_EXPONENT };
  }
  if (mode < FIRST_PRECISION) return { ...all, minBits: mode + 1, maxBits: mode + 1 };
  if (mode < REVERSIBLE) return { ...all, precision: mode - FIRST_PRECISION + 1 };
  if (mode === REVERSIBLE) return { ...all, minExponent: LOWEST_EXPONENT - 1, isReversible: true };
  return { ...all, minExponent: mode - REVERSIBLE - 1 + LOWEST_EXPONENT };
}
