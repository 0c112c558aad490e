import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import { adler32, crc32, crc32c, crc64, fletcher32, jenkinsLookup3 } from '../../../src/codecs/checksums';
import type { JsonObject } from '../../../src/json';
import { arrayOf } from './fixtures';

const digits = new TextEncoder().encode('123456789');

describe('sums of "123456789"', () => {
  // The check values of the CRC catalogues, and what numcodecs 0.16.6 has for the others.
  it.each<[string, (bytes: Uint8Array) => number | bigint, number | bigint]>([
    ['CRC32', crc32, 0xcbf43926],
    ['CRC32C', crc32c, 0xe3069283],
    ['CRC64', crc64, 0x995dc9bbdf1939fan],
    ['Adler-32', adler32, 0x091e01de],
  ])('%s', (_name, sumOf, expected) => {
    expect(sumOf(digits)).toBe(expected);
  });

  it('lookup3 of an empty text', () => {
    expect(jenkinsLookup3(new Uint8Array(), 0)).toBe(0xdeadbeef);
  });

  it('Fletcher-32 of two words', () => {
    // Words 0x0102 and 0x0304: their sum 0x0406, and 2 * 0x0102 + 0x0304 = 0x0508.
    expect(fletcher32(Uint8Array.of(1, 2, 3, 4))).toBe(0x05080406);
  });
});

describe('a sum that does not fit', () => {
  it.each<[JsonObject, RegExp]>([
    [{ id: 'crc32' }, /CRC32 sum at the start of the bytes is 0x04030201, and that of the bytes 0x/u],
    [{ id: 'crc32', location: 'end' }, /CRC32 sum at the end of the bytes is 0x08070605, and that of the bytes 0x/u],
    [{ id: 'adler32' }, /Adler-32 sum at the start of the bytes is 0x04030201, and that of the bytes 0x0040001b/u],
    [{ id: 'crc32c' }, /CRC32C sum at the end of the bytes is 0x08070605/u],
    [{ id: 'fletcher32' }, /Fletcher-32 sum at the end of the bytes is 0x08070605, and that of the bytes 0x05080406/u],
    [{ id: 'jenkins_lookup3' }, /lookup3 sum at the end of the bytes is 0x08070605/u],
    [{ id: 'crc32', location: 'middle' }, /"location" is neither/u],
    [{ id: 'jenkins_lookup3', prefix: 'ab' }, /"prefix" is not a list of bytes/u],
  ])('%j', async (codec, says) => {
    const stored = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    await expect(decodeChunk(stored, arrayOf([4], '|u1', codec))).rejects.toThrow(says);
  });

  it('of too few bytes', async () => {
    const array = arrayOf([4], '|u1', { id: 'crc32' });
    await expect(decodeChunk(Uint8Array.of(1, 2), array)).rejects.toThrow('There are 2 bytes, too few');
  });
});

describe('bzip2', () => {
  it.each<[number, RegExp]>([
    [12, /CRC of a block should be/u],
    [4, /a block has no beginning/u],
  ])('with a turned bit in byte %i', async (at, says) => {
    const stored = Uint8Array.from(Buffer.from('QlpoMTFBWSZTWRmTm2sAAAABACAAIAAhGEaC7kinChIDMnNtYA==', 'base64'));
    stored[at] = (stored[at] ?? 0) ^ 1;
    await expect(decodeChunk(stored, arrayOf([1], '|u1', { id: 'bz2' }))).rejects.toThrow(says);
  });
});
