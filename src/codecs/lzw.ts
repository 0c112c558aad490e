import { countInWords } from '../words';
import { damaged } from './decode-error';
import { countLimit, refuseExcess } from './excess';
import { grow } from './packbits';
import type { Decoder } from './types';

export const CLEAR = 256;
export const END = 257;
export const FIRST_FREE = 258;
export const TABLE_SIZE = 4096;
export const MIN_WIDTH = 9;
const MAX_WIDTH = 12;
const FIRST_GUESS = 2 ** 16;

/**
 * `imagecodecs_lzw`: TIFF LZW (TIFF 6.0, section 13), with the code width going up one code early, highest bit first; and the
 * form of writers before libtiff 3, lowest bit first and without the early change, which its first two bytes tell, as libtiff
 * does. A missing end code is accepted. Our own, because geotiff 3.0.5 puts every byte into a list of numbers without a bound,
 * and does not read the old form.
 */
export const decodeLzw: Decoder = (bytes, _config, context) => {
  if (bytes.length === 0) throw damaged('There are no LZW data.');
  const codes = isOldStyle(bytes) ? new OldStyleCodes(bytes) : new Codes(bytes);
  if (codes.next(MIN_WIDTH) !== CLEAR)
    throw damaged('The bytes are no TIFF LZW data: they do not begin with a clear code.');
  const output = new Output(context.decodedSize ?? FIRST_GUESS, context.limit);
  const ended = expand(codes, output, countLimit(context.limit));
  refuseExcess(output.total, ended, context);
  return output.kept();
};

function isOldStyle(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && ((bytes[1] ?? 0) & 1) === 1;
}

/** Reads codes of 9 to 12 bits, highest bit first. */
class Codes {
  /** How many codes before the table is full for a width the next one is used. */
  readonly early: number = 1;
  protected bit = 0;

  constructor(protected readonly bytes: Uint8Array) {}

  /** The next code; undefined where fewer than `width` bits are left. */
  next(width: number): number | undefined {
    if (this.bit + width > this.bytes.length * 8) return undefined;
    const at = this.bit >>> 3;
    const three = ((this.bytes[at] ?? 0) << 16) | ((this.bytes[at + 1] ?? 0) << 8) | (this.bytes[at + 2] ?? 0);
    const code = (three >>> (24 - (this.bit & 7) - width)) & ((1 << width) - 1);
    this.bit += width;
    return code;
  }
}

class OldStyleCodes extends Codes {
  override readonly early = 0;

  override next(width: number): number | undefined {
    if (this.bit + width > this.bytes.length * 8) return undefined;
    const at = this.bit >>> 3;
    const three = (this.bytes[at] ?? 0) | ((this.bytes[at + 1] ?? 0) << 8) | ((this.bytes[at + 2] ?? 0) << 16);
    const code = (three >>> (this.bit & 7)) & ((1 << width) - 1);
    this.bit += width;
    return code;
  }
}

/** Keeps what is decoded up to a limit and counts the rest. */
class Output {
  total = 0;
  private bytes: Uint8Array<ArrayBuffer>;

  constructor(
    guess: number,
    private readonly limit: number,
  ) {
    this.bytes = new Uint8Array(Math.min(guess, limit));
  }

  /** Adds a string of `length` bytes that ends with `code`, last byte first, and returns its first byte. */
  add(code: number, length: number, prefixes: Uint16Array, suffixes: Uint8Array): number {
    const end = this.total + length;
    if (end > this.bytes.length && this.bytes.length < this.limit) this.bytes = grow(this.bytes, end, this.limit);
    let link = code;
    for (let at = end - 1; at > this.total; at--) {
      this.bytes[at] = suffixes[link] ?? 0;
      link = prefixes[link] ?? 0;
    }
    const first = suffixes[link] ?? 0;
    this.bytes[this.total] = first;
    this.total = end;
    return first;
  }

  addByte(byte: number): void {
    if (this.total >= this.bytes.length && this.total < this.limit) {
      this.bytes = grow(this.bytes, this.total + 1, this.limit);
    }
    this.bytes[this.total++] = byte;
  }

  kept(): Uint8Array {
    return this.bytes.subarray(0, this.total);
  }
}

/** Decodes after the first clear code; true where an end code was met. Stops once `most` bytes have come out. */
function expand(codes: Codes, output: Output, most: number): boolean {
  const prefixes = new Uint16Array(TABLE_SIZE);
  const suffixes = new Uint8Array(TABLE_SIZE);
  const lengths = new Uint16Array(TABLE_SIZE);
  for (let code = 0; code < CLEAR; code++) {
    suffixes[code] = code;
    lengths[code] = 1;
  }
  let free = FIRST_FREE;
  let width = MIN_WIDTH;
  let previous: number | undefined;
  while (output.total < most) {
    const code = codes.next(width);
    if (code === undefined || code === END) return code === END;
    if (code === CLEAR) {
      free = FIRST_FREE;
      width = MIN_WIDTH;
      previous = undefined;
      continue;
    }
    if (previous === undefined) {
      if (code > CLEAR) throw notInTable(code, output);
      output.addByte(code);
    } else {
      if (code > free || (code === free && free === TABLE_SIZE)) throw notInTable(code, output);
      const known = code < free;
      const first = output.add(known ? code : previous, lengths[known ? code : previous] ?? 0, prefixes, suffixes);
      if (!known) output.addByte(first);
      if (free < TABLE_SIZE) {
        prefixes[free] = previous;
        suffixes[free] = first;
        lengths[free] = (lengths[previous] ?? 0) + 1;
        free++;
      }
    }
    previous = code;
    if (free + codes.early >= 1 << width && width < MAX_WIDTH) width++;
  }
  return false;
}

function notInTable(code: number, output: Output): Error {
  return damaged(
    `The LZW data are damaged: after ${countInWords(output.total)} bytes comes code ${code}, which is not in the table.`,
  );
}
