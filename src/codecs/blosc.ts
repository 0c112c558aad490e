import { decodeBloscLz } from './blosclz';
import { damaged } from './decode-error';
import { inflate } from './inflate';
import { decodeLz4Block } from './lz4';
import { bitUnshuffle, unshuffle } from './shuffle';
import { checkDeclaredSize } from './size';
import { decodeSnappy } from './snappy';
import type { Decoder } from './types';
import { decodeZstdFrame } from './zstd';

const HEADER = 16;
const BYTE_SHUFFLE = 0x01;
const PLAIN_COPY = 0x02;
const BIT_SHUFFLE = 0x04;
const UNSPLIT = 0x10;
const MAX_SPLITS = 16;
const MIN_SPLIT_ELEMENTS = 128;

type Inner = (source: Uint8Array, size: number) => Uint8Array | Promise<Uint8Array>;

/** By the three highest bits of the flags. */
const inners: readonly Inner[] = [decodeBloscLz, decodeLz4Block, decodeSnappy, inflateExactly, decodeZstdFrame];

interface Header {
  flags: number;
  typeSize: number;
  bytes: number;
  blockSize: number;
  stored: number;
}

/**
 * numcodecs `blosc`: a c-blosc 1 container (README_HEADER.rst of c-blosc), which describes itself; the configuration is not
 * needed. Our own reader, because the one in the npm package numcodecs 0.3.2 does not look at the library's return value: a
 * damaged container gives uninitialised memory and no error there.
 */
export const decodeBlosc: Decoder = async (bytes, _config, context) => {
  const header = readHeader(bytes);
  checkDeclaredSize(header.bytes, context);
  const stored = bytes.subarray(0, header.stored);
  if ((header.flags & PLAIN_COPY) !== 0) {
    if (header.bytes + HEADER > stored.length) throw damaged('The Blosc container is shorter than what it copies.');
    return stored.subarray(HEADER, HEADER + header.bytes);
  }
  return decodeBlocks(stored, header);
};

function readHeader(bytes: Uint8Array): Header {
  if (bytes.length < HEADER) throw damaged(`There are ${bytes.length} bytes, too few for a Blosc header of ${HEADER}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getUint8(0);
  const header = {
    flags: view.getUint8(2),
    typeSize: view.getUint8(3),
    bytes: view.getUint32(4, true),
    blockSize: view.getUint32(8, true),
    stored: view.getUint32(12, true),
  };
  if (version === 0 || version > 2) throw damaged(`The bytes are not Blosc 1: the format version is ${version}.`);
  if (header.stored < HEADER || header.stored > bytes.length) {
    throw damaged(`The Blosc header declares ${header.stored} bytes, but there are ${bytes.length}.`);
  }
  if (header.typeSize === 0 || (header.bytes > 0 && header.blockSize === 0)) {
    throw damaged('The Blosc header declares elements or blocks of 0 bytes.');
  }
  return header;
}

async function decodeBlocks(stored: Uint8Array, header: Header): Promise<Uint8Array> {
  const { bytes, blockSize } = header;
  const inner = inners[header.flags >>> 5];
  if (inner === undefined) throw damaged(`The Blosc header names an unknown compressor (${header.flags >>> 5}).`);
  const blocks = bytes === 0 ? 0 : Math.ceil(bytes / blockSize);
  if (HEADER + blocks * 4 > stored.length) throw damaged('The Blosc container ends inside its table of blocks.');
  const view = new DataView(stored.buffer, stored.byteOffset, stored.length);
  const out = new Uint8Array(bytes);
  for (let block = 0; block < blocks; block++) {
    const size = Math.min(blockSize, bytes - block * blockSize);
    const start = view.getUint32(HEADER + block * 4, true);
    const parts = size === blockSize ? splits(header) : 1;
    out.set(unfilter(await decodeBlock(view, start, size, parts, inner), header), block * blockSize);
  }
  return out;
}

/** How many streams a whole block was cut into: one for each byte of an element, where c-blosc found that worth it. */
function splits({ flags, typeSize, blockSize }: Header): number {
  const split = (flags & UNSPLIT) === 0 && typeSize <= MAX_SPLITS && blockSize / typeSize >= MIN_SPLIT_ELEMENTS;
  return split ? typeSize : 1;
}

async function decodeBlock(view: DataView, start: number, size: number, parts: number, inner: Inner) {
  const out = new Uint8Array(size);
  const partSize = Math.floor(size / parts);
  let at = start;
  for (let part = 0; part < parts; part++) {
    if (at + 4 > view.byteLength) throw damaged('The Blosc container points outside itself.');
    const length = view.getUint32(at, true);
    at += 4;
    if (at + length > view.byteLength) throw damaged('A block of the Blosc container ends outside it.');
    const source = new Uint8Array(view.buffer, view.byteOffset + at, length);
    out.set(length === partSize ? source : await inner(source, partSize), part * partSize);
    at += length;
  }
  return out;
}

function unfilter(block: Uint8Array, { flags, typeSize }: Header): Uint8Array {
  if ((flags & BYTE_SHUFFLE) !== 0) return unshuffle(block, typeSize);
  return (flags & BIT_SHUFFLE) !== 0 ? bitUnshuffle(block, typeSize) : block;
}

async function inflateExactly(source: Uint8Array, size: number): Promise<Uint8Array> {
  const inflated = await inflate(source, 'zlib', size);
  if ('bytes' in inflated && inflated.bytes.length === size) return inflated.bytes;
  throw damaged(`A zlib stream inside the Blosc container does not give the ${size} bytes it should.`);
}
