import { halfToNumber, numberToHalf } from '../../zarr/half';
import { damaged } from '../decode-error';

/** A type of numbers, which pco keeps as unsigned "latents" of as many bits, in the same order. */
export interface NumberType {
  kind: 'u' | 'i' | 'f';
  bits: 16 | 32 | 64;
}

/** By the byte that stands for it (format.md of pcodec, "Standalone Format"). */
const types: Record<number, NumberType> = {
  1: { kind: 'u', bits: 32 },
  2: { kind: 'u', bits: 64 },
  3: { kind: 'i', bits: 32 },
  4: { kind: 'i', bits: 64 },
  5: { kind: 'f', bits: 32 },
  6: { kind: 'f', bits: 64 },
  7: { kind: 'u', bits: 16 },
  8: { kind: 'i', bits: 16 },
  9: { kind: 'f', bits: 16 },
};

/** @throws KerchunkError `decode-failed` for a byte that stands for none. */
export function numberType(byte: number): NumberType {
  const type = types[byte];
  if (type === undefined) throw damaged(`The pco data hold numbers of the unknown type ${byte}.`);
  return type;
}

/** Half of the range of a latent. */
export function middle(bits: number): bigint {
  return 1n << BigInt(bits - 1);
}

/** The bits of a number by its latent: signed ones count from the lowest; of floats the sign is turned, and of negative ones all bits. */
export function bitsOfLatent({ kind, bits }: NumberType, latent: bigint): bigint {
  const half = middle(bits);
  if (kind === 'u') return latent;
  if (kind === 'i' || latent >= half) return latent ^ half;
  return BigInt.asUintN(bits, ~latent);
}

/** Significant bits of floats, the first of which is not stored. */
const PRECISION = { 16: 11, 32: 24, 64: 53 } as const;

/** Floats of 16, 32 and 64 bits as doubles. */
export class Floats {
  private readonly view = new DataView(new ArrayBuffer(8));
  private readonly type: NumberType;
  private readonly half: bigint;
  private readonly firstInexact: bigint;
  private readonly firstInexactBits: bigint;

  constructor(private readonly bits: NumberType['bits']) {
    this.type = { kind: 'f', bits };
    this.half = middle(bits);
    this.firstInexact = 1n << BigInt(PRECISION[bits]);
    this.firstInexactBits = this.bitsOf(Number(this.firstInexact));
  }

  ofLatent(latent: bigint): number {
    return this.ofBits(bitsOfLatent(this.type, latent));
  }

  /** The latent of a double, rounded to the type. */
  latentOf(value: number): bigint {
    const bits = this.bitsOf(value);
    return bits < this.half ? bits ^ this.half : BigInt.asUintN(this.bits, ~bits);
  }

  /** The float that a latent counts to from 0: whole numbers as far as all are floats, then one float after the other. */
  wholeOfLatent(latent: bigint): number {
    const isNegative = latent < this.half;
    const count = isNegative ? this.half - 1n - latent : latent - this.half;
    const size =
      count < this.firstInexact ? Number(count) : this.ofBits(this.firstInexactBits + count - this.firstInexact);
    return isNegative ? -size : size;
  }

  private bitsOf(value: number): bigint {
    if (this.bits === 16) return BigInt(numberToHalf(value));
    if (this.bits === 32) this.view.setFloat32(0, value);
    else this.view.setFloat64(0, value);
    return this.bits === 32 ? BigInt(this.view.getUint32(0)) : this.view.getBigUint64(0);
  }

  private ofBits(bits: bigint): number {
    if (this.bits === 16) return halfToNumber(Number(bits));
    if (this.bits === 32) this.view.setUint32(0, Number(BigInt.asUintN(32, bits)));
    else this.view.setBigUint64(0, bits);
    return this.bits === 32 ? this.view.getFloat32(0) : this.view.getFloat64(0);
  }
}
