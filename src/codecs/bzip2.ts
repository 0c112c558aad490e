import { damaged } from './decode-error';
import { BitReader } from './bit-reader';
import { Output } from './output';
import type { Decoder } from './types';

const STREAM_MAGIC = 0x425a68;
const BLOCK_MAGIC = [0x314159, 0x265359] as const;
const END_MAGIC = [0x177245, 0x385090] as const;
const BLOCK_UNIT = 100_000;
const MOST_UNITS = 9;
const GROUP = 50;
const MOST_CODE_BITS = 20;
const MOST_SELECTORS = 18_002;
const RUN_A = 0;
const RUN_B = 1;
/** Equal bytes after which a count of more follows. */
const RUN = 4;

/** The table of CRC-32 by its polynomial, highest bit first. */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24;
  for (let bit = 0; bit < 8; bit++) rest = rest < 0 ? (rest << 1) ^ 0x04c11db7 : rest << 1;
  return rest;
});

function blockSum(bytes: Uint8Array): number {
  let rest = -1;
  for (const byte of bytes) rest = (rest << 8) ^ (crcTable[(rest >>> 24) ^ byte] ?? 0);
  return ~rest >>> 0;
}

/**
 * numcodecs `bz2`: bzip2 streams one after another, every sum verified. What follows the last and begins no other is left alone, as Python
 * does. Our own: the packages there are take a stream whole, however much it gives, or ignore its sums.
 */
export const decodeBzip2: Decoder = (bytes, _config, context) => {
  const output = new Output(context);
  const links = new Uint32Array(MOST_UNITS * BLOCK_UNIT);
  const reader = new BitReader(bytes, endsEarly);
  let at: number;
  do {
    decodeStream(reader, links, output);
    reader.align();
    at = reader.position;
  } while (at + 4 <= bytes.length && bytes[at] === 0x42 && bytes[at + 1] === 0x5a && bytes[at + 2] === 0x68);
  return output.written();
};

function endsEarly(): Error {
  return damaged('The bzip2 data end before they are whole.');
}

function decodeStream(reader: BitReader, links: Uint32Array, output: Output): void {
  if (reader.bits(24) !== STREAM_MAGIC) throw damaged('The bytes do not begin as bzip2 data.');
  const level = reader.bits(8) - 0x30;
  if (level < 1 || level > MOST_UNITS) throw damaged('The bzip2 data state no size of their blocks.');
  let combined = 0;
  for (;;) {
    const [high, low] = [reader.bits(24), reader.bits(24)];
    const stated = reader.word();
    if (high === END_MAGIC[0] && low === END_MAGIC[1]) {
      if (stated !== combined >>> 0) throw wrongSum('stream', stated, combined >>> 0);
      return;
    }
    if (high !== BLOCK_MAGIC[0] || low !== BLOCK_MAGIC[1])
      throw damaged('The bzip2 data are damaged: a block has no beginning.');
    const start = output.length;
    decodeBlock(reader, links.subarray(0, level * BLOCK_UNIT), output);
    const found = blockSum(output.bytes.subarray(start, output.length));
    if (found !== stated) throw wrongSum('block', stated, found);
    combined = ((combined << 1) | (combined >>> 31)) ^ found;
  }
}

function wrongSum(what: string, expected: number, found: number): Error {
  const [stated, real] = [expected, found].map((sum) => `0x${sum.toString(16).padStart(8, '0')}`);
  return damaged(`The bzip2 data are damaged: the CRC of a ${what} should be ${stated ?? ''} and is ${real ?? ''}.`);
}

function decodeBlock(reader: BitReader, links: Uint32Array, output: Output): void {
  if (reader.bits(1) === 1) throw damaged('The bzip2 data are of before 1997: their blocks are randomised.');
  const origin = reader.bits(24);
  const used = usedBytes(reader);
  const { counts, size } = readSymbols(reader, used, links);
  if (origin >= size) throw damaged('The bzip2 data are damaged: a block begins outside itself.');
  undoTransform(links, counts, size, origin, output);
}

function usedBytes(reader: BitReader): number[] {
  const groups = reader.bits(16);
  const used: number[] = [];
  for (let group = 0; group < 16; group++) {
    if (((groups >>> (15 - group)) & 1) === 0) continue;
    const members = reader.bits(16);
    for (let i = 0; i < 16; i++) if (((members >>> (15 - i)) & 1) === 1) used.push(16 * group + i);
  }
  if (used.length === 0) throw damaged('The bzip2 data are damaged: a block uses no bytes.');
  return used;
}

/** A Huffman code: for each length, the largest code of it, and where codes of it begin among the symbols in order. */
interface Code {
  limits: Int32Array;
  offsets: Int32Array;
  symbols: Uint16Array;
  shortest: number;
}

function readCode(reader: BitReader, count: number): Code {
  const lengths = new Uint8Array(count);
  let length = reader.bits(5);
  for (let symbol = 0; symbol < count; symbol++) {
    for (;;) {
      if (length < 1 || length > MOST_CODE_BITS) throw damaged('The bzip2 data are damaged: a code has no length.');
      if (reader.bits(1) === 0) break;
      length += reader.bits(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  const perLength = new Int32Array(MOST_CODE_BITS + 1);
  for (const each of lengths) perLength[each] = (perLength[each] ?? 0) + 1;
  const limits = new Int32Array(MOST_CODE_BITS + 1).fill(-1);
  const offsets = new Int32Array(MOST_CODE_BITS + 1);
  let code = 0;
  let index = 0;
  for (let bits = 1; bits <= MOST_CODE_BITS; bits++) {
    const here = perLength[bits] ?? 0;
    offsets[bits] = index - code;
    code += here;
    index += here;
    limits[bits] = code - 1;
    code <<= 1;
  }
  const ordered = Array.from(lengths.keys()).sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
  return { limits, offsets, symbols: Uint16Array.from(ordered), shortest: Math.min(...lengths) };
}

function readSymbol(reader: BitReader, { limits, offsets, symbols, shortest }: Code): number {
  let code = reader.bits(shortest);
  for (let bits = shortest; bits <= MOST_CODE_BITS; bits++) {
    if (code <= (limits[bits] ?? -1)) {
      const symbol = symbols[code + (offsets[bits] ?? 0)];
      if (symbol !== undefined) return symbol;
      break;
    }
    code = (code << 1) | reader.bits(1);
  }
  throw damaged('The bzip2 data are damaged: they hold a code that is none.');
}

function readSelectors(reader: BitReader, tables: number): Uint8Array {
  const count = reader.bits(15);
  if (count === 0) throw damaged('The bzip2 data are damaged: a block uses no codes.');
  const order = Array.from({ length: tables }, (_, i) => i);
  const selectors = new Uint8Array(Math.min(count, MOST_SELECTORS));
  for (let i = 0; i < count; i++) {
    let place = 0;
    while (reader.bits(1) === 1) {
      place += 1;
      if (place >= tables) throw damaged('The bzip2 data are damaged: they choose a code that is none.');
    }
    order.unshift(...order.splice(place, 1));
    if (i < selectors.length) selectors[i] = order[0] ?? 0;
  }
  return selectors;
}

/** Writes the last column of the sorted block, a byte a link; how long it is, and how often it has each byte. */
function readSymbols(reader: BitReader, used: number[], links: Uint32Array): { counts: Uint32Array; size: number } {
  const capacity = links.length;
  const tables = reader.bits(3);
  if (tables < 2 || tables > 6) throw damaged(`The bzip2 data are damaged: a block has ${tables} codes.`);
  const selectors = readSelectors(reader, tables);
  const end = used.length + 1;
  const codes = Array.from({ length: tables }, () => readCode(reader, end + 1));
  const counts = new Uint32Array(256);
  const recent = [...used];
  let size = 0;
  let run = 0;
  let weight = 1;
  const fill = (): void => {
    const byte = recent[0] ?? 0;
    if (size + run > capacity) throw damaged('The bzip2 data are damaged: a block is larger than it may be.');
    links.fill(byte, size, size + run);
    counts[byte] = (counts[byte] ?? 0) + run;
    size += run;
    run = 0;
    weight = 1;
  };
  for (let read = 0; ; read++) {
    const code = codes[selectors[Math.floor(read / GROUP)] ?? tables];
    if (code === undefined) throw damaged('The bzip2 data are damaged: a block has no end.');
    const symbol = readSymbol(reader, code);
    if (symbol === RUN_A || symbol === RUN_B) {
      run += weight * (symbol + 1);
      weight *= 2;
      if (run > capacity) fill();
      continue;
    }
    if (run > 0) fill();
    if (symbol === end) return { counts, size };
    const [byte = 0] = recent.splice(symbol - 1, 1);
    recent.unshift(byte);
    if (size >= capacity) throw damaged('The bzip2 data are damaged: a block is larger than it may be.');
    links[size++] = byte;
    counts[byte] = (counts[byte] ?? 0) + 1;
  }
}

/** Undoes the Burrows-Wheeler transform, and the runs that were counted before it. */
function undoTransform(links: Uint32Array, counts: Uint32Array, size: number, origin: number, output: Output): void {
  const starts = new Uint32Array(256);
  for (let byte = 1; byte < 256; byte++) starts[byte] = (starts[byte - 1] ?? 0) + (counts[byte - 1] ?? 0);
  for (let i = 0; i < size; i++) {
    const byte = (links[i] ?? 0) & 0xff;
    const to = starts[byte] ?? 0;
    starts[byte] = to + 1;
    links[to] = (links[to] ?? 0) | (i << 8);
  }
  let link = (links[origin] ?? 0) >>> 8;
  let before = -1;
  let same = 0;
  for (let i = 0; i < size; i++) {
    const entry = links[link] ?? 0;
    const byte = entry & 0xff;
    link = entry >>> 8;
    if (same === RUN) {
      output.reserve(byte);
      output.bytes.fill(before, output.length, output.length + byte);
      output.length += byte;
      same = 0;
      before = -1;
      continue;
    }
    same = byte === before ? same + 1 : 1;
    before = byte;
    output.reserve(1);
    output.bytes[output.length++] = byte;
  }
}
