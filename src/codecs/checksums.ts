/** The table of a reflected CRC of 32 bits by its polynomial, lowest power in the highest bit. */
function crcTable(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest & 1) === 1 ? (rest >>> 1) ^ polynomial : rest >>> 1;
    return rest;
  });
}

function crc(bytes: Uint8Array, table: Uint32Array): number {
  let rest = -1;
  for (const byte of bytes) rest = (rest >>> 8) ^ (table[(rest ^ byte) & 0xff] ?? 0);
  return ~rest >>> 0;
}

const ieee = crcTable(0xedb88320);
const castagnoli = crcTable(0x82f63b78);

/** CRC-32 as in zlib and xz (ISO 3309), 0 to 2^32 - 1. */
export function crc32(bytes: Uint8Array): number {
  return crc(bytes, ieee);
}

/** CRC-32C (RFC 3720, appendix B.4), 0 to 2^32 - 1. */
export function crc32c(bytes: Uint8Array): number {
  return crc(bytes, castagnoli);
}

/** Halves of the table of CRC-64 by the polynomial of ECMA-182, reflected. */
const [high64, low64] = crc64Tables();

function crc64Tables(): [Uint32Array, Uint32Array] {
  const [high, low] = [new Uint32Array(256), new Uint32Array(256)];
  for (let byte = 0; byte < 256; byte++) {
    let rest = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) rest = (rest & 1n) === 1n ? (rest >> 1n) ^ 0xc96c5795d7870f42n : rest >> 1n;
    high[byte] = Number(rest >> 32n);
    low[byte] = Number(rest & 0xffffffffn);
  }
  return [high, low];
}

/** CRC-64 as in xz (ECMA-182). */
export function crc64(bytes: Uint8Array): bigint {
  let [high, low] = [-1, -1];
  for (const byte of bytes) {
    const at = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (low64[at] ?? 0);
    high = (high >>> 8) ^ (high64[at] ?? 0);
  }
  return (BigInt(~high >>> 0) << 32n) | BigInt(~low >>> 0);
}

const ADLER_BASE = 65521;
/** Additions after which the sums of Adler-32 still fit 32 bits. */
const ADLER_RUN = 5552;

/** Adler-32 (RFC 1950, section 8.2), 0 to 2^32 - 1. */
export function adler32(bytes: Uint8Array): number {
  let [first, second] = [1, 0];
  for (let start = 0; start < bytes.length; start += ADLER_RUN) {
    for (const byte of bytes.subarray(start, start + ADLER_RUN)) {
      first += byte;
      second += first;
    }
    first %= ADLER_BASE;
    second %= ADLER_BASE;
  }
  return second * 65536 + first;
}

/** Words after which the sums of Fletcher-32 still fit 32 bits. */
const FLETCHER_RUN = 360;

/** Fletcher-32 of HDF5 (`H5_checksum_fletcher32`): words of two bytes, the first the higher; an odd last byte is one too. 0 to 2^32 - 1. */
export function fletcher32(bytes: Uint8Array): number {
  let [first, second] = [0, 0];
  const fold = (sum: number): number => (sum & 0xffff) + (sum >>> 16);
  for (let start = 0; start < bytes.length; start += 2 * FLETCHER_RUN) {
    const end = Math.min(bytes.length, start + 2 * FLETCHER_RUN);
    for (let at = start; at < end; at += 2) {
      first += (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
      second += first;
    }
    first = fold(first);
    second = fold(second);
  }
  return fold(second) * 65536 + fold(first);
}

/** Words of three numbers, mixed as Bob Jenkins's lookup3.c does it, all modulo 2^32. */
type Mixed = [number, number, number];

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function mix([a, b, c]: Mixed): Mixed {
  a = ((a - c) ^ rotate(c, 4)) | 0;
  c = (c + b) | 0;
  b = ((b - a) ^ rotate(a, 6)) | 0;
  a = (a + c) | 0;
  c = ((c - b) ^ rotate(b, 8)) | 0;
  b = (b + a) | 0;
  a = ((a - c) ^ rotate(c, 16)) | 0;
  c = (c + b) | 0;
  b = ((b - a) ^ rotate(a, 19)) | 0;
  a = (a + c) | 0;
  c = ((c - b) ^ rotate(b, 4)) | 0;
  b = (b + a) | 0;
  return [a, b, c];
}

function finish([a, b, c]: Mixed): number {
  c = ((c ^ b) - rotate(b, 14)) | 0;
  a = ((a ^ c) - rotate(c, 11)) | 0;
  b = ((b ^ a) - rotate(a, 25)) | 0;
  c = ((c ^ b) - rotate(b, 16)) | 0;
  a = ((a ^ c) - rotate(c, 4)) | 0;
  b = ((b ^ a) - rotate(a, 14)) | 0;
  c = ((c ^ b) - rotate(b, 24)) | 0;
  return c >>> 0;
}

const LOOKUP3_START = 0xdeadbeef;
const LOOKUP3_BLOCK = 12;

/** Bob Jenkins's lookup3 as HDF5 has it (`H5_checksum_lookup3`), 0 to 2^32 - 1. */
export function jenkinsLookup3(bytes: Uint8Array, initial: number): number {
  const start = (LOOKUP3_START + bytes.length + initial) | 0;
  let mixed: Mixed = [start, start, start];
  if (bytes.length === 0) return start >>> 0;
  const word = (at: number): number =>
    (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
  for (let at = 0; ; at += LOOKUP3_BLOCK) {
    const [a, b, c] = mixed;
    mixed = [(a + word(at)) | 0, (b + word(at + 4)) | 0, (c + word(at + 8)) | 0];
    if (at + LOOKUP3_BLOCK >= bytes.length) return finish(mixed);
    mixed = mix(mixed);
  }
}
