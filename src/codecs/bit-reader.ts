/** Reads numbers of bits, the highest bit of a byte first. */
export class BitReader {
  private held = 0;
  private heldBits = 0;
  private at = 0;

  /** @param endsEarly makes the error of input that ends inside a number. */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly endsEarly: () => Error,
  ) {}

  /** A number of up to 24 bits. */
  bits(count: number): number {
    while (this.heldBits < count) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw this.endsEarly();
      this.held = ((this.held & 0xffffff) << 8) | byte;
      this.heldBits += 8;
    }
    this.heldBits -= count;
    return (this.held >>> this.heldBits) & ((1 << count) - 1);
  }

  /** A number of 32 bits. */
  word(): number {
    return this.bits(16) * 65536 + this.bits(16);
  }

  /** Passes over the rest of a byte that was begun. */
  align(): void {
    this.heldBits -= this.heldBits % 8;
  }

  /** The byte that is read next, where nothing of it was read. */
  get position(): number {
    return this.at - this.heldBits / 8;
  }
}
