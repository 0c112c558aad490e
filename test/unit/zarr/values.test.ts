import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../../src/zarr/base64';
import { normaliseCodecId } from '../../../src/zarr/codec-id';
import { parseDataType } from '../../../src/zarr/data-type';
import { halfToNumber, numberToHalf } from '../../../src/zarr/half';
import type { NdArray } from '../../../src/zarr/types';
import { toTypedArray, valueAt } from '../../../src/zarr/values';

const array = (dtype: string, shape: number[], hex: string): NdArray => ({
  dataType: parseDataType(dtype),
  shape,
  data: Uint8Array.from(Buffer.from(hex, 'hex')),
});

describe('float16', () => {
  // Made with numpy: numpy.float16(value).view("u2").
  it.each([
    [65519.99, 31743],
    [65520, 31744],
    [5.960464477539063e-8, 1],
    [2 ** -25, 0],
    [0.1, 11878],
    [1 / 3, 13653],
    [1 + 2 ** -11, 15360],
    [1 + 3 * 2 ** -11, 15362],
    [6.103515625e-5, 1024],
    [6.1e-5, 1023],
    [2047.5, 26624],
    [4095.9999, 27648],
    [-0, 32768],
    [1e-10, 0],
    [0.99999, 15360],
    [-Infinity, 0xfc00],
  ])('of %d has bits %d', (value, bits) => {
    expect(numberToHalf(value)).toBe(bits);
  });

  it('gives every bit pattern back', () => {
    for (let bits = 0; bits < 65536; bits++) {
      const value = halfToNumber(bits);
      if (!Number.isNaN(value)) expect(numberToHalf(value)).toBe(bits);
    }
    expect(halfToNumber(0x7e01)).toBeNaN();
    expect(halfToNumber(numberToHalf(NaN))).toBeNaN();
  });
});

describe('toTypedArray', () => {
  it('gives each kind its typed array', () => {
    expect(toTypedArray(array('<i2', [2], 'ff7f0080'))).toEqual(Int16Array.of(32767, -32768));
    expect(toTypedArray(array('|i1', [2], 'ff01'))).toEqual(Int8Array.of(-1, 1));
    expect(toTypedArray(array('<u8', [1], 'ffffffffffffffff'))).toEqual(BigUint64Array.of(18446744073709551615n));
    // numpy.array([1.5, -2, 65504], "<f2").tobytes()
    expect(toTypedArray(array('<f2', [3], '003e00c0ff7b'))).toEqual(Float32Array.of(1.5, -2, 65504));
    expect(toTypedArray(array('<c8', [1], '0000803f00000040'))).toEqual(Float32Array.of(1, 2));
    expect(toTypedArray(array('<M8[s]', [1], '0100000000000000'))).toEqual(BigInt64Array.of(1n));
    expect(toTypedArray(array('|b1', [2], '0001'))).toEqual(Uint8Array.of(0, 1));
    expect(() => toTypedArray(array('|S2', [1], '6162'))).toThrow('"|S2" are not numbers');
  });

  it('views aligned memory and copies what is not', () => {
    const memory = new Uint8Array(9);
    memory[1] = 7;
    const type = parseDataType('<u4');
    const copied = toTypedArray({ dataType: type, shape: [2], data: memory.subarray(1) });
    expect(copied).toEqual(Uint32Array.of(7, 0));
    expect(toTypedArray({ dataType: type, shape: [2], data: memory.subarray(0, 8) }).buffer).toBe(memory.buffer);
  });
});

describe('valueAt', () => {
  it('reads one element of any kind', () => {
    expect(valueAt(array('<u2', [2, 2], '0100020003000400'), 3)).toBe(4);
    expect(valueAt(array('<i8', [1], 'ffffffffffffffff'), 0)).toBe(-1n);
    expect(valueAt(array('|b1', [2], '0001'), 1)).toBe(true);
    expect(valueAt(array('<c8', [1], '0000803f00000040'), 0)).toEqual({ real: 1, imaginary: 2 });
    expect(valueAt(array('|S4', [2], '6162000061c3a900'), 1)).toBe('a\u00e9');
    expect(valueAt(array('|S2', [1], 'e900'), 0)).toBe('\u00e9');
    // numpy.array(["aé", "😀"], "<U2").tobytes()
    const text = array('<U2', [2], '61000000e900000000f6010000000000');
    expect([valueAt(text, 0), valueAt(text, 1)]).toEqual(['a\u00e9', '\u{1f600}']);
    expect(valueAt(array('|V2', [1], '0102'), 0)).toEqual(Uint8Array.of(1, 2));
    expect(valueAt(array('<f8', [], '000000000000f83f'), 0)).toBe(1.5);
  });

  it('refuses an element outside the array', () => {
    expect(() => valueAt(array('|u1', [2], '0001'), 2)).toThrow('There is no element 2: the array has 2.');
  });
});

describe('base64', () => {
  // The test vectors of RFC 4648 section 10.
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('of %j is %j', (plain, encoded) => {
    expect(encodeBase64(new TextEncoder().encode(plain))).toBe(encoded);
    expect(decodeBase64(encoded)).toEqual(new TextEncoder().encode(plain));
  });

  it('agrees with the built-in decoder on every byte', () => {
    const bytes = Uint8Array.from({ length: 768 }, (_, i) => (i * 7) % 256);
    expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
  });

  it.each([
    ['Zg=', /3 characters/],
    ['Z', /1 characters/],
    ['Z===', /character 2 is "="/],
    ['Zm9v=m9v', /character 5 is "="/],
    ['Zm-_', /character 3 is "-"/],
    ['Zm 9', /byte 0x20/],
    ['Zm\u00e99', /byte 0xe9/],
    ['Zm\u20ac9', /byte 0xff/],
  ])('of %j is refused', (text, expected) => {
    expect(decodeBase64(text)).toMatch(expected);
  });
});

describe('normaliseCodecId', () => {
  it('drops the prefixes that others put before ids', () => {
    expect(normaliseCodecId('numcodecs.zlib')).toBe('zlib');
    expect(normaliseCodecId('imagecodecs.lzw')).toBe('imagecodecs_lzw');
    expect(normaliseCodecId('numcodecs.imagecodecs_lzw')).toBe('imagecodecs_lzw');
    expect(normaliseCodecId('zstd')).toBe('zstd');
  });
});
