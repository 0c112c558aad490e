import { KerchunkError } from '../errors';
import type { JsonObject } from '../json';
import type { DataType } from '../zarr/types';
import { dtypeOf, integerOf } from './config';
import { badConfiguration, damaged } from './decode-error';
import { emptyNumbers, nameOf, writeNumbers } from './elements';
import { checkDeclaredSize } from './size';
import type { Decoder } from './types';

/** Integers of a number of bits, one after another from the highest bit of each byte on; each run begins with a whole byte. */
interface Packing {
  type: DataType;
  bits: number;
  /** Integers of a run; undefined where all are one. */
  runLength: number | undefined;
}

/**
 * `imagecodecs_packints {dtype, bitspersample, bitorder, runlen}`: the samples of a TIFF that are no whole bytes (TIFF 6.0, section 3:
 * rows begin on byte boundaries), from 1 to 32 bits. 8, 16 and 32 bits are left as they are, in the byte order of the dtype.
 */
export const decodePackedIntegers: Decoder = (bytes, config, context) => {
  const packing = packingOf(config);
  const { type, bits } = packing;
  if (bits === 8 * type.itemSize) return bytes;
  const count =
    context.decodedSize === undefined ? countIn(bytes.length, packing) : context.decodedSize / type.itemSize;
  if (!Number.isInteger(count)) throw badConfiguration(`a chunk is no whole number of ${nameOf(type)} elements`);
  const expected = packedBytes(count, packing);
  if (bytes.length !== expected) {
    throw damaged(`It was given ${bytes.length} bytes; ${count} integers of ${bits} bits take ${expected}.`);
  }
  checkDeclaredSize(count * type.itemSize, context);
  return writeNumbers(unpack(bytes, count, packing), type);
};

/** Bytes that integers take which have `size` bytes when they are unpacked. */
export function packedSize(size: number, config: JsonObject): number {
  const packing = packingOf(config);
  return packedBytes(size / packing.type.itemSize, packing);
}

/** @throws KerchunkError `malformed-metadata` for what imagecodecs refuses too, `unsupported-codec` for the orders of cameras. */
function packingOf(config: JsonObject): Packing {
  const type = dtypeOf(config, 'dtype');
  const bits = integerOf(config, 'bitspersample');
  const runLength = integerOf(config, 'runlen', 0);
  if (typeof config.bitorder === 'string') {
    throw new KerchunkError('unsupported-codec', `the order of bits "${config.bitorder}" is not supported; TIFF's is`);
  }
  if (bits < 1 || bits > 32) throw badConfiguration(`"bitspersample" is ${bits}; from 1 to 32 are unpacked`);
  const itemSize = bits <= 8 ? 1 : bits <= 16 ? 2 : 4;
  if (!(type.kind === 'b' && bits === 1) && (!'iu'.includes(type.kind) || type.itemSize !== itemSize)) {
    throw badConfiguration(`"bitspersample" is ${bits}, which dtype ${nameOf(type)} is not the integer for`);
  }
  if (bits === 24 && type.byteOrder === 'big') {
    throw new KerchunkError(
      'unsupported-codec',
      'imagecodecs 2026.3.6 gives 24 bits as big-endian numbers with their bytes in reverse',
    );
  }
  if (runLength < 0) throw badConfiguration(`"runlen" is ${runLength}`);
  return { type, bits, runLength: runLength === 0 ? undefined : runLength };
}

function packedBytes(count: number, { bits, runLength = count }: Packing): number {
  if (count === 0) return 0;
  const rest = count % runLength;
  return Math.floor(count / runLength) * Math.ceil((runLength * bits) / 8) + Math.ceil((rest * bits) / 8);
}

/** Integers in so many bytes, as many as there can be. */
function countIn(bytes: number, { bits, runLength }: Packing): number {
  if (runLength === undefined) return Math.floor((bytes * 8) / bits);
  const runBytes = Math.ceil((runLength * bits) / 8);
  return Math.floor(bytes / runBytes) * runLength + Math.floor(((bytes % runBytes) * 8) / bits);
}

function unpack(bytes: Uint8Array, count: number, { type, bits, runLength = count }: Packing) {
  const out = emptyNumbers({ ...type, kind: 'u' }, count);
  const unit = 2 ** bits;
  let at = 0;
  for (let start = 0; start < count; start += runLength) {
    const end = Math.min(count, start + runLength);
    // At most 7 bits are left over before a byte is taken in: below 2^40, which a double holds exactly.
    let held = 0;
    let heldBits = 0;
    for (let i = start; i < end; i++) {
      while (heldBits < bits) {
        held = held * 256 + (bytes[at++] ?? 0);
        heldBits += 8;
      }
      const below = 2 ** (heldBits - bits);
      const value = Math.floor(held / below);
      out[i] = value % unit;
      held -= value * below;
      heldBits -= bits;
    }
  }
  return out;
}
