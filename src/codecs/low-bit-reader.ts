/** Reads numbers of bits, the lowest bit of a byte first. */
export class LowBitReader {
  private at = 0;
  private readonly length: number;

  /** @param endsEarly makes the error of input that ends inside a number. */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly endsEarly: () => Error,
  ) {
    this.length = bytes.length * 8;
  }

  bit(): number {
    if (this.at >= this.length) throw this.endsEarly();
    const bit = ((this.bytes[this.at >>> 3] ?? 0) >>> (this.at & 7)) & 1;
    this.at += 1;
    return bit;
  }

  /** A number of up to 32 bits. */
  bits(count: number): number {
    if (this.at + count > this.length) throw this.endsEarly();
    let value = 0;
    for (let taken = 0; taken < count;) {
      const within = this.at & 7;
      const step = Math.min(8 - within, count - taken);
      const part = ((this.bytes[this.at >>> 3] ?? 0) >>> within) & ((1 << step) - 1);
      value += part * 2 ** taken;
      taken += step;
      this.at += step;
    }
    return value;
  }

  /** A number of up to 64 bits. */
  wide(count: number): bigint {
    const low = BigInt(this.bits(Math.min(count, 32)));
    return count > 32 ? (BigInt(this.bits(count - 32)) << 32n) | low : low;
  }

  skip(count: number): void {
    this.at += count;
    if (this.at > this.length) throw this.endsEarly();
  }

  /** Passes over the rest of a byte that was begun. */
  align(): void {
    this.at += -this.at & 7;
  }
}
