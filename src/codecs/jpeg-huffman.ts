import { damaged } from './decode-error';

const LONGEST_CODE = 16;

/** For every 16 bits, the code that they begin with: its length times 256 plus its value; 0 where no code fits. */
export type HuffmanTable = Uint16Array;

/**
 * The tables of DHT segments (ITU-T T.81, B.2.4.2), under their class (0 DC, 1 AC) times 16 plus their number; a later table
 * replaces an earlier one. A segment begins with its marker and length.
 * @throws KerchunkError `decode-failed` for a table with more codes than fit.
 */
export function readHuffmanTables(segments: readonly Uint8Array[]): Map<number, HuffmanTable> {
  const stated = new Map<number, { counts: Uint8Array; values: Uint8Array }>();
  for (const segment of segments) {
    let at = 4;
    while (at + 17 <= segment.length) {
      const counts = segment.subarray(at + 1, at + 17);
      const end = at + 17 + counts.reduce((sum, count) => sum + count, 0);
      stated.set(segment[at] ?? 0, { counts, values: segment.subarray(at + 17, end) });
      at = end;
    }
  }
  // Built last: a table is 128 KiB, and may be stated any number of times.
  return new Map(Array.from(stated, ([name, { counts, values }]) => [name, buildTable(counts, values)]));
}

function buildTable(counts: Uint8Array, values: Uint8Array): HuffmanTable {
  const table = new Uint16Array(2 ** LONGEST_CODE);
  let code = 0;
  let next = 0;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    for (let i = 0; i < (counts[length - 1] ?? 0); i++) {
      const span = 2 ** (LONGEST_CODE - length);
      if ((code + 1) * span > table.length) throw damaged('A Huffman table of the JPEG image has too many codes.');
      table.fill((length << 8) | (values[next++] ?? 0), code * span, (code + 1) * span);
      code++;
    }
    code *= 2;
  }
  return table;
}

/** Reads bits, highest first, from bytes without stuffing. */
export class BitReader {
  private bit = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /**
   * The next code of `table`: its length times 256 plus its value.
   * @throws KerchunkError `decode-failed` where no code fits or the bits end.
   */
  code(table: HuffmanTable): number {
    const found = table[this.peek(LONGEST_CODE)] ?? 0;
    if (found === 0) throw damaged('The JPEG image has a bad Huffman code.');
    return found;
  }

  /** The next `count` bits, at most 16, without passing them; zeros after the end. */
  peek(count: number): number {
    const at = this.bit >>> 3;
    const three = ((this.bytes[at] ?? 0) << 16) | ((this.bytes[at + 1] ?? 0) << 8) | (this.bytes[at + 2] ?? 0);
    return (three >>> (24 - (this.bit & 7) - count)) & ((1 << count) - 1);
  }

  /** @throws KerchunkError `decode-failed` where fewer than `count` bits are left. */
  advance(count: number): void {
    this.bit += count;
    if (this.bit > this.bytes.length * 8) throw damaged('The JPEG image is cut off.');
  }
}

/** Writes bits, highest first, with the byte stuffing of JPEG scans (a zero byte after each 0xFF). */
export class BitWriter {
  private bytes = new Uint8Array(2 ** 12);
  private length = 0;
  private pending = 0;
  private pendingBits = 0;

  /** Appends the lowest `count` bits, at most 16, of `value`. */
  write(value: number, count: number): void {
    this.pending = (this.pending << count) | value;
    this.pendingBits += count;
    while (this.pendingBits >= 8) {
      this.pendingBits -= 8;
      this.put((this.pending >>> this.pendingBits) & 0xff);
    }
    this.pending &= (1 << this.pendingBits) - 1;
  }

  /** Fills the last byte with ones, as a scan does before a marker. */
  align(): void {
    if (this.pendingBits > 0) this.write((1 << (8 - this.pendingBits)) - 1, 8 - this.pendingBits);
  }

  marker(code: number): void {
    this.align();
    this.append(0xff);
    this.append(code);
  }

  finish(): Uint8Array {
    this.align();
    return this.bytes.subarray(0, this.length);
  }

  private put(byte: number): void {
    this.append(byte);
    if (byte === 0xff) this.append(0);
  }

  private append(byte: number): void {
    if (this.length === this.bytes.length) {
      const larger = new Uint8Array(this.bytes.length * 2);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes[this.length++] = byte;
  }
}

/**
 * The next difference (ITU-T T.81, F.2.2.1 and H.1.2.2): the code of its number of bits, and these.
 * @throws KerchunkError `decode-failed` for a bad code, and where the bits end.
 */
export function receiveDifference(reader: BitReader, table: HuffmanTable): number {
  const found = reader.code(table);
  reader.advance(found >>> 8);
  const bits = found & 0xff;
  if (bits > LONGEST_CODE) throw damaged('The JPEG image has a bad Huffman code.');
  // 16 stands for 32768 alone, and has no bits after it.
  return bits === LONGEST_CODE ? 2 ** 15 : receive(reader, bits);
}

/** The next `count` bits, at most 15, as a number with a sign (EXTEND, T.81, F.2.2.1). */
export function receive(reader: BitReader, count: number): number {
  if (count === 0) return 0;
  const value = reader.peek(count);
  reader.advance(count);
  return value < 2 ** (count - 1) ? value - 2 ** count + 1 : value;
}
