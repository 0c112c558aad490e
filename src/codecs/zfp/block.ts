import type { LowBitReader } from '../low-bit-reader';
import type { ZfpHeader } from './header';
import { coefficientOrder, SIDE } from './order';
import { type Coefficients, readPlanes } from './planes';
import { type Integers, invert, toSigned } from './transform';

/** The values of one block. */
export type Block = Int32Array | BigInt64Array | Float32Array | Float64Array;

/** Decodes blocks of 4^axes values one after another, whole ones at the edges too. */
export class BlockReader {
  private readonly axes: number;
  private readonly width: number;
  private readonly order: Uint8Array;
  private readonly coefficients: Coefficients;
  private readonly integers: Integers;
  private readonly floats: Float32Array | Float64Array;
  private readonly exponentBits: number;
  private readonly exponentBias: number;

  constructor(
    private readonly reader: LowBitReader,
    private readonly header: ZfpHeader,
  ) {
    const { sizes, itemSize } = header;
    this.axes = sizes.length;
    this.width = 8 * itemSize;
    this.order = coefficientOrder(this.axes);
    const size = SIDE ** this.axes;
    this.coefficients = { low: new Uint32Array(size), high: new Uint32Array(size) };
    this.integers = itemSize === 4 ? new Int32Array(size) : new BigInt64Array(size);
    this.floats = itemSize === 4 ? new Float32Array(size) : new Float64Array(size);
    [this.exponentBits, this.exponentBias] = itemSize === 4 ? [8, 127] : [11, 1023];
  }

  /** The next block; the same memory for each. */
  next(): Block {
    if (this.header.kind === 'f') return this.header.isReversible ? this.reversibleFloats() : this.lossyFloats();
    this.readIntegers(0, this.header.precision);
    return this.integers;
  }

  private lossyFloats(): Block {
    const { precision, minExponent } = this.header;
    if (this.reader.bit() === 0) {
      this.skipTo(1);
      return this.floats.fill(0);
    }
    const exponent = this.readExponent();
    const planes = Math.min(precision, Math.max(0, exponent - minExponent + 2 * (this.axes + 1)));
    this.readIntegers(1 + this.exponentBits, planes);
    return this.scaled(exponent);
  }

  /** All zero; or by a common exponent, as lossy ones are; or the bits of the floats themselves. */
  private reversibleFloats(): Block {
    if (this.reader.bit() === 0) {
      this.skipTo(1);
      return this.floats.fill(0);
    }
    if (this.reader.bit() === 1) {
      this.readIntegers(2, this.header.precision);
      return this.reinterpreted();
    }
    const exponent = this.readExponent();
    this.readIntegers(2 + this.exponentBits, this.header.precision);
    return this.scaled(exponent);
  }

  private readExponent(): number {
    return this.reader.bits(this.exponentBits) - this.exponentBias;
  }

  /** @param before bits of the block that were read. */
  private readIntegers(before: number, planes: number): void {
    const { maxBits, isReversible } = this.header;
    const sizeBits = isReversible ? (this.width === 32 ? 5 : 6) : 0;
    const kept = isReversible ? this.reader.bits(sizeBits) + 1 : planes;
    const room = Math.max(0, maxBits - before - sizeBits);
    const read = readPlanes(this.reader, this.coefficients, this.width, kept, room);
    this.skipTo(before + sizeBits + read);
    toSigned(this.coefficients, this.order, this.integers);
    invert(this.integers, this.axes, isReversible);
  }

  /** Passes over what fills a block up to its least size, of which `read` bits were read. */
  private skipTo(read: number): void {
    if (read < this.header.minBits) this.reader.skip(this.header.minBits - read);
  }

  private scaled(exponent: number): Block {
    const { integers, floats } = this;
    const scale = 2 ** (exponent - (this.width - 2));
    if (integers instanceof Int32Array) {
      for (let i = 0; i < integers.length; i++) floats[i] = Math.fround(scale) * Math.fround(integers[i] ?? 0);
    } else {
      for (let i = 0; i < integers.length; i++) floats[i] = scale * Number(integers[i] ?? 0n);
    }
    return floats;
  }

  /** Negative numbers stand for floats with the sign bit set and all other bits turned. */
  private reinterpreted(): Block {
    const { integers } = this;
    if (integers instanceof Int32Array) {
      for (let i = 0; i < integers.length; i++) {
        const value = integers[i] ?? 0;
        if (value < 0) integers[i] = value ^ 0x7fffffff;
      }
      return new Float32Array(integers.buffer);
    }
    for (let i = 0; i < integers.length; i++) {
      const value = integers[i] ?? 0n;
      if (value < 0n) integers[i] = value ^ 0x7fffffffffffffffn;
    }
    return new Float64Array(integers.buffer);
  }
}
