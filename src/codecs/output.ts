import { tooLong } from './size';
import type { CodecContext } from './types';

const FIRST_GUESS = 2 ** 16;

/** What a decoder has written, for one that looks back into it: grows as it is written to, up to what the step may give. */
export class Output {
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(private readonly context: CodecContext) {
    this.bytes = new Uint8Array(Math.min(context.decodedSize ?? FIRST_GUESS, context.limit));
  }

  /**
   * Makes room for `more` bytes behind what is written.
   * @throws KerchunkError `decode-failed` or `limit-exceeded` where that is more than the step may give.
   */
  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    if (needed > this.context.limit) throw tooLong(needed, this.context, true);
    const larger = new Uint8Array(Math.min(this.context.limit, Math.max(needed, this.bytes.length * 2)));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}
