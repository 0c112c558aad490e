import { damaged } from './decode-error';
import { crc32, crc64 } from './checksums';
import { decodeFilterChain, type XzFilter } from './xz-filters';
import { Output } from './output';
import type { CodecContext } from './types';

const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const STREAM_HEADER = 12;
const FOOTER_MAGIC = [0x59, 0x5a];
const MOST_VARINT_BYTES = 8;

/** Bytes of a block's check, by its number (xz-file-format.txt, section 2.1.1.2). */
const CHECK_SIZES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];
const Check = { none: 0, crc32: 1, crc64: 4, sha256: 10 } as const;

/** Sizes of a block as the index states them. */
interface BlockSizes {
  unpadded: number;
  decoded: number;
}

/** Reads a .xz file's numbers one after another. */
class Reader {
  at = 0;

  constructor(readonly bytes: Uint8Array) {}

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw this.endsEarly();
    return value;
  }

  take(count: number): Uint8Array {
    if (this.at + count > this.bytes.length) throw this.endsEarly();
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  /** A multibyte integer (section 1.2): seven bits a byte, the lowest first. */
  varint(): number {
    let value = 0;
    for (let place = 0; place <= MOST_VARINT_BYTES; place++) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** (7 * place);
      if (byte < 0x80) return value;
    }
    throw damaged('The xz data are damaged: a number in them has no end.');
  }

  /** Zero bytes up to a multiple of four from `start` on. */
  padding(start: number): void {
    while ((this.at - start) % 4 !== 0) {
      if (this.byte() !== 0) throw damaged('The xz data are damaged: their padding is not zero.');
    }
  }

  private endsEarly(): Error {
    return damaged(`The xz data end after ${this.bytes.length} bytes, before they are whole.`);
  }
}

/**
 * Decodes .xz streams one after another (xz-file-format.txt of XZ Utils): blocks of LZMA2, under a delta filter if there is one. Every
 * check is verified, of headers, index and blocks. What follows the last stream and begins no other is left alone, as Python does.
 * @throws KerchunkError `decode-failed` for damaged data, `unsupported-codec` for filters that are not undone here, `limit-exceeded`.
 */
export async function decodeXz(bytes: Uint8Array, context: CodecContext): Promise<Uint8Array> {
  const reader = new Reader(bytes);
  const output = new Output(context);
  do {
    await decodeStream(reader, output);
    while (reader.at < bytes.length && bytes[reader.at] === 0) reader.at++;
  } while (MAGIC.every((byte, i) => bytes[reader.at + i] === byte));
  return output.written();
}

async function decodeStream(reader: Reader, output: Output): Promise<void> {
  const header = reader.take(STREAM_HEADER);
  if (!MAGIC.every((byte, i) => header[i] === byte)) throw damaged('The bytes do not begin as xz data.');
  const flags = header.subarray(6, 8);
  verify('stream header', flags, header.subarray(8));
  const check = flags[1] ?? 0;
  if (flags[0] !== 0 || check > 15) throw damaged(`The xz data are of an unknown form (flags ${flags.join(' ')}).`);
  const blocks: BlockSizes[] = [];
  for (let first = reader.byte(); first !== 0; first = reader.byte()) {
    blocks.push(await decodeBlock(reader, first, check, output));
  }
  const indexSize = readIndex(reader, blocks);
  const footer = reader.take(STREAM_HEADER);
  verify('stream footer', footer.subarray(4, 10), footer.subarray(0, 4));
  const backward = (uint32(footer.subarray(4)) + 1) * 4;
  const sameFlags = footer[8] === flags[0] && footer[9] === flags[1];
  if (!sameFlags || backward !== indexSize || !FOOTER_MAGIC.every((byte, i) => footer[10 + i] === byte)) {
    throw damaged('The xz data are damaged: the footer does not fit the rest.');
  }
}

async function decodeBlock(reader: Reader, first: number, check: number, output: Output): Promise<BlockSizes> {
  const start = reader.at - 1;
  const headerSize = (first + 1) * 4;
  const rest = reader.take(headerSize - 1);
  verify('block header', reader.bytes.subarray(start, start + headerSize - 4), rest.subarray(-4));
  const { stored, decoded, filters } = readBlockHeader(rest.subarray(0, -4));
  const dataStart = reader.at;
  const outputStart = output.length;
  reader.at = decodeFilterChain(reader.bytes, dataStart, filters, output);
  const size = reader.at - dataStart;
  const data = output.bytes.subarray(outputStart, output.length);
  if ((stored ?? size) !== size || (decoded ?? data.length) !== data.length) {
    throw damaged('The xz data are damaged: a block has another size than its header states.');
  }
  reader.padding(dataStart);
  const checkSize = CHECK_SIZES[check] ?? 0;
  await verifyBlock(check, data, reader.take(checkSize));
  return { unpadded: headerSize + size + checkSize, decoded: data.length };
}

/** Section 3.1, without the size in front and the CRC32 behind. */
function readBlockHeader(bytes: Uint8Array) {
  const reader = new Reader(bytes);
  const flags = reader.byte();
  if ((flags & 0x3c) !== 0) throw damaged(`The xz data are of an unknown form (block flags ${flags}).`);
  const stored = (flags & 0x40) === 0 ? undefined : reader.varint();
  const decoded = (flags & 0x80) === 0 ? undefined : reader.varint();
  const filters = Array.from({ length: (flags & 3) + 1 }, (): XzFilter => {
    const id = reader.varint();
    return { id, properties: reader.take(reader.varint()) };
  });
  if (bytes.subarray(reader.at).some((byte) => byte !== 0)) {
    throw damaged('The xz data are damaged: a block header has bytes that mean nothing.');
  }
  return { stored, decoded, filters };
}

/** Section 4, behind its first byte. Returns its size with that byte. */
function readIndex(reader: Reader, blocks: readonly BlockSizes[]): number {
  const start = reader.at - 1;
  const count = reader.varint();
  const same =
    count === blocks.length &&
    blocks.every((block) => {
      return reader.varint() === block.unpadded && reader.varint() === block.decoded;
    });
  if (!same) throw damaged('The xz data are damaged: the index does not fit the blocks.');
  reader.padding(start);
  verify('index', reader.bytes.subarray(start, reader.at), reader.take(4));
  return reader.at - start;
}

function uint32(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0, true);
}

function verify(part: string, bytes: Uint8Array, sum: Uint8Array): void {
  const expected = uint32(sum);
  const found = crc32(bytes);
  if (found !== expected) throw wrongSum(`CRC32 of the ${part}`, hex(expected, 8), hex(found, 8));
}

async function verifyBlock(check: number, data: Uint8Array<ArrayBuffer>, sum: Uint8Array): Promise<void> {
  switch (check) {
    case Check.none:
      return;
    case Check.crc32:
      verify('decoded bytes', data, sum);
      return;
    case Check.crc64: {
      const expected = new DataView(sum.buffer, sum.byteOffset, sum.length).getBigUint64(0, true);
      const found = crc64(data);
      if (found !== expected) throw wrongSum('CRC64 of the decoded bytes', hex(expected, 16), hex(found, 16));
      return;
    }
    case Check.sha256: {
      const found = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
      if (found.some((byte, i) => byte !== sum[i])) {
        throw wrongSum('SHA-256 of the decoded bytes', hexOf(sum), hexOf(found));
      }
      return;
    }
    default:
      throw damaged(`The xz data have a check of the unknown kind ${check}.`);
  }
}

function hex(value: number | bigint, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

function hexOf(bytes: Uint8Array): string {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function wrongSum(what: string, expected: string, found: string): Error {
  return damaged(`The xz data are damaged: the ${what} should be ${expected} and is ${found}.`);
}
