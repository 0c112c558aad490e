import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import { encodableCodecs, isEncodable } from '../../../src/codecs/encodable';
import { encodeChunk } from '../../../src/codecs/encode';
import type { JsonObject } from '../../../src/json';
import { failureOf } from '../bytes/fail';
import { arrayOf, provideAssetsFromPackages, readCases } from './fixtures';

provideAssetsFromPackages();
const cases = (await readCases()).filter(({ array }) => array.codecs.length > 0 && array.order === 'C');
const encodable = cases.filter(({ array }) => array.codecs.every(({ id }) => isEncodable(id)));

describe('encodeChunk', () => {
  it.each([...encodableCodecs])('has cases with %s', (id) => {
    expect(encodable.some(({ array }) => array.codecs.some((step) => step.id === id))).toBe(true);
  });

  // Their values and their stored bytes are numcodecs' and imagecodecs' own.
  it.each(encodable)('is undone by decodeChunk: $name', async ({ array, expected }) => {
    const data = Uint8Array.from(expected);
    const encoded = await encodeChunk({ data, shape: array.chunkShape, dataType: array.dataType }, array);
    expect(Buffer.from(data).equals(Buffer.from(expected))).toBe(true);
    const { array: decoded } = await decodeChunk(encoded, array);
    expect(Buffer.from(decoded.data).equals(Buffer.from(expected))).toBe(true);
  });

  const predicted = encodable.filter(({ array }) =>
    array.codecs.every(({ id }) => id === 'imagecodecs_delta' || id === 'imagecodecs_floatpred'),
  );

  it.runIf(predicted.length > 0).each(predicted)('gives the bytes that imagecodecs gives: $name', async (known) => {
    const { array, expected, stored } = known;
    const encoded = await encodeChunk({ data: expected, shape: array.chunkShape, dataType: array.dataType }, array);
    expect(Buffer.from(encoded).equals(Buffer.from(stored))).toBe(true);
  });

  it('refuses what it has no encoder for', async () => {
    const array = arrayOf([4], '|u1', { id: 'imagecodecs_lerc' });
    const { code, message } = await failureOf(
      encodeChunk({ data: new Uint8Array(4), shape: [4], dataType: array.dataType }, array),
    );
    expect([code, message]).toEqual([
      'unsupported-codec',
      'There is no encoder for the codec "imagecodecs_lerc" here.',
    ]);
  });
});

/** Bytes that follow from a seed by a linear congruence (Numerical Recipes), the high bits of each step, of `symbols` kinds. */
function noise(length: number, symbols: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * symbols);
  });
}

describe.each<[string, JsonObject]>([
  ['LZW', { id: 'imagecodecs_lzw' }],
  ['PackBits', { id: 'imagecodecs_packbits' }],
  ['Deflate', { id: 'zlib' }],
  ['Zstandard', { id: 'imagecodecs_zstd' }],
])('%s', (_name, compressor) => {
  // Around the lengths at which an LZW code grows (511 - 258 + 1 strings and so on) and its table is emptied, and PackBits' runs end.
  const lengths = [1, 2, 3, 127, 128, 129, 130, 252, 253, 254, 255, 256, 764, 765, 766, 767, 1788, 1789, 1790, 1791];
  const full = [3833, 3834, 3835, 3836, 3837, 3838, 3839, 3840];

  it.each([1, 2, 3, 256])('brings back noise of %i symbols of every length', async (symbols) => {
    for (const length of [...lengths, ...full, 100_000]) {
      const data = noise(length, symbols);
      const array = arrayOf([length], '|u1', compressor);
      const encoded = await encodeChunk({ data, shape: [length], dataType: array.dataType }, array);
      const { array: decoded } = await decodeChunk(encoded, array);
      expect(Buffer.from(decoded.data).equals(Buffer.from(data)), `${length} bytes`).toBe(true);
    }
  });
});

describe('the bytes of an encoder', () => {
  const encoded = async (compressor: JsonObject, data: number[]): Promise<number[]> => {
    const array = arrayOf([data.length], '|u1', compressor);
    return [
      ...(await encodeChunk({ data: Uint8Array.from(data), shape: [data.length], dataType: array.dataType }, array)),
    ];
  };

  it('are those of the example in Technical Note TN1023 of Apple for PackBits', async () => {
    const data = [0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0xaa, 0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0x22];
    data.push(...new Array<number>(10).fill(0xaa));
    const expected = [0xfe, 0xaa, 0x02, 0x80, 0x00, 0x2a, 0xfd, 0xaa, 0x03, 0x80, 0x00, 0x2a, 0x22, 0xf7, 0xaa];
    expect(await encoded({ id: 'imagecodecs_packbits' }, data)).toEqual(expected);
  });

  it('are the codes 256 7 258 8 8 258 6 6 257 for the example of LZW in TIFF 6.0, section 13', async () => {
    const codes = [256, 7, 258, 8, 8, 258, 6, 6, 257];
    const bits = codes.map((code) => code.toString(2).padStart(9, '0')).join('');
    const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0');
    const expected = (padded.match(/.{8}/gu) ?? []).map((byte) => parseInt(byte, 2));
    expect(await encoded({ id: 'imagecodecs_lzw' }, [7, 7, 7, 8, 8, 7, 7, 6, 6])).toEqual(expected);
  });
});
