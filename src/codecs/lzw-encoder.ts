import { CLEAR, END, FIRST_FREE, MIN_WIDTH, TABLE_SIZE } from './lzw';
import { grow } from './packbits';
import type { Encoder } from './types';

/** The last two codes are never given: libtiff clears its table before, and decoders count on it. */
const FULL = TABLE_SIZE - 2;
/** More than the worst code for every byte, 12 bits, with a clear code now and then. */
const mostBytes = (length: number): number => 2 * length + 16;
const FIRST_GUESS = 2 ** 16;

/** The inverse of decodeLzw, in the form of TIFF 6.0, section 13: highest bit first, the code width going up one code early. */
export const encodeLzw: Encoder = (bytes) => {
  const codes = new CodeWriter(mostBytes(bytes.length));
  const table = new Table();
  codes.put(CLEAR, MIN_WIDTH);
  let width = MIN_WIDTH;
  let prefix: number | undefined;
  /** Writes the code of a string that is in the table; the table has one more, or is emptied where it is full. */
  const emit = (code: number): boolean => {
    codes.put(code, width);
    table.free += 1;
    if (table.free < FULL) {
      if (table.free >= 1 << width) width += 1;
      return false;
    }
    codes.put(CLEAR, width);
    table.clear();
    width = MIN_WIDTH;
    return true;
  };
  for (const byte of bytes) {
    const longer = prefix === undefined ? byte : table.find(prefix, byte);
    if (longer !== undefined) {
      prefix = longer;
      continue;
    }
    const code = table.free;
    const known = prefix ?? 0;
    if (!emit(known)) table.add(known, byte, code);
    prefix = byte;
  }
  if (prefix !== undefined) emit(prefix);
  codes.put(END, width);
  return codes.end();
};

/** The strings that have codes, each by the code of all but its last byte, and that byte. */
class Table {
  free = FIRST_FREE;
  private readonly codes = new Uint16Array(TABLE_SIZE * 256);

  find(prefix: number, byte: number): number | undefined {
    const code = this.codes[prefix * 256 + byte];
    return code === 0 ? undefined : code;
  }

  add(prefix: number, byte: number, code: number): void {
    this.codes[prefix * 256 + byte] = code;
  }

  clear(): void {
    this.codes.fill(0);
    this.free = FIRST_FREE;
  }
}

/** Writes codes one after another, highest bit first. */
class CodeWriter {
  private bytes = new Uint8Array(FIRST_GUESS);
  private length = 0;
  private bits = 0;
  private count = 0;

  constructor(private readonly most: number) {}

  put(code: number, width: number): void {
    this.bits = (this.bits << width) | code;
    this.count += width;
    while (this.count >= 8) {
      this.count -= 8;
      this.byte(this.bits >>> this.count);
      this.bits &= (1 << this.count) - 1;
    }
  }

  /** The codes, with zero bits up to a whole byte. */
  end(): Uint8Array {
    if (this.count > 0) this.byte(this.bits << (8 - this.count));
    return this.bytes.subarray(0, this.length);
  }

  private byte(value: number): void {
    if (this.length === this.bytes.length) this.bytes = grow(this.bytes, this.length + 1, this.most);
    this.bytes[this.length++] = value;
  }
}
