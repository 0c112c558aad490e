import { damaged } from './decode-error';

/** Bits of the range that are 0 where it has to be widened. */
const TOP_BITS = 0xff000000;
/** Added without carry, it makes signed numbers compare as unsigned ones. */
const SIGN = -0x80000000;
const PROBABILITY_BITS = 11;
const ADAPTATION = 5;
/** Bytes that a range coder's stream begins with: a zero, then the first 32 bits of its code. */
const START = 5;

/** A probability of one half, with which every bit model begins. */
export const EVEN = 2 ** (PROBABILITY_BITS - 1);

/**
 * The adaptive binary range decoder of LZMA (lzma-specification.txt of the LZMA SDK, "Range Decoder"). Range and code are unsigned, kept as
 * signed 32-bit integers: as doubles they take several times as long.
 */
export class RangeDecoder {
  private range = 0;
  private code = 0;
  private end = 0;
  /** Where the next byte is read. */
  at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /**
   * Begins at byte `start` of the input; nothing is read from byte `end` on.
   * @throws KerchunkError `decode-failed` where the stream is too short, or does not begin with a zero.
   */
  begin(start: number, end: number): void {
    if (start + START > end) throw this.endsEarly();
    if (this.bytes[start] !== 0) throw damaged('The LZMA data are damaged: they do not begin with a zero byte.');
    this.range = -1;
    this.code = 0;
    for (let i = 1; i < START; i++) this.code = (this.code << 8) | (this.bytes[start + i] ?? 0);
    this.at = start + START;
    this.end = end;
  }

  /** Whether nothing is left of the code, as at the end of every stream. */
  isFinished(): boolean {
    if ((this.range & TOP_BITS) === 0) this.normalise();
    return this.code === 0;
  }

  private normalise(): void {
    if (this.at >= this.end) throw this.endsEarly();
    this.range <<= 8;
    this.code = (this.code << 8) | (this.bytes[this.at++] ?? 0);
  }

  private endsEarly(): Error {
    return damaged('The LZMA data end before they are whole.');
  }

  /** One bit by the model at `at`, which learns from it. */
  bit(models: Uint16Array, at: number): number {
    if ((this.range & TOP_BITS) === 0) this.normalise();
    const model = models[at] ?? 0;
    const bound = Math.imul(this.range >>> PROBABILITY_BITS, model);
    if ((this.code ^ SIGN) < (bound ^ SIGN)) {
      this.range = bound;
      models[at] = model + (((1 << PROBABILITY_BITS) - model) >>> ADAPTATION);
      return 0;
    }
    this.range = (this.range - bound) | 0;
    this.code = (this.code - bound) | 0;
    models[at] = model - (model >>> ADAPTATION);
    return 1;
  }

  /** A number of `bits` bits by a tree of models that begins at `start`, highest bit first. */
  tree(models: Uint16Array, start: number, bits: number): number {
    let node = 1;
    for (let i = 0; i < bits; i++) node = (node << 1) | this.bit(models, start + node);
    return node - (1 << bits);
  }

  /** As `tree`, lowest bit first. */
  reverseTree(models: Uint16Array, start: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const bit = this.bit(models, start + node);
      node = (node << 1) | bit;
      value |= bit << i;
    }
    return value;
  }

  /** A number of `bits` bits that are as often 0 as 1, highest bit first. */
  direct(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++) {
      if ((this.range & TOP_BITS) === 0) this.normalise();
      this.range >>>= 1;
      const bit = (this.code ^ SIGN) >= (this.range ^ SIGN) ? 1 : 0;
      if (bit === 1) this.code = (this.code - this.range) | 0;
      value = value * 2 + bit;
    }
    return value;
  }
}
