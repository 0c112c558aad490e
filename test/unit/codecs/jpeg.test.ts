import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import { bytesSetAside } from '../set-aside';
import { arrayOf, provideAssetsFromPackages, readCases } from './fixtures';

provideAssetsFromPackages();
const cases = await readCases();

function stored(name: string): Uint8Array {
  const found = cases.find((entry) => entry.name === name);
  if (found === undefined) throw new Error(`no case "${name}"`);
  return found.stored.slice();
}

/** The place of the frame header (SOF0). */
function frameAt(bytes: Uint8Array): number {
  return bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
}

const array = (samples: number, config = {}) =>
  arrayOf([17, 17, samples], '|u1', { id: 'imagecodecs_jpeg', ...config });

describe('JPEG images that are refused in words', () => {
  it('four components of which some are subsampled', async () => {
    const bytes = stored('jpeg CMYK');
    bytes[frameAt(bytes) + 11] = 0x22;
    await expect(decodeChunk(bytes, array(4))).rejects.toThrow(/4 components .* not subsampled/u);
  });

  it('four components in a progressive image', async () => {
    const bytes = stored('jpeg CMYK');
    bytes[frameAt(bytes) + 1] = 0xc2;
    await expect(decodeChunk(bytes, array(4))).rejects.toMatchObject({ code: 'unsupported-codec' });
  });

  it.each([
    ['hierarchical', 0xc5, /Hierarchical/u],
    ['arithmetic-coded', 0xc9, /arithmetic/u],
  ])('a %s image', async (_name, marker, says) => {
    const bytes = stored('jpeg grey');
    bytes[frameAt(bytes) + 1] = marker;
    await expect(decodeChunk(bytes, arrayOf([17, 17], '|u1', { id: 'imagecodecs_jpeg' }))).rejects.toThrow(says);
  });

  it.each([
    ['12 bits in a progressive image', 0xc2, 12, /Progressive JPEG of 12 bits/u],
    ['10 bits', 0xc1, 10, /JPEG of 10 bits/u],
    ['a lossless image without a predictor', 0xc3, 8, /predictor 0/u],
  ])('%s', async (_name, marker, precision, says) => {
    const bytes = stored('jpeg grey');
    const frame = frameAt(bytes);
    bytes[frame + 1] = marker;
    bytes[frame + 4] = precision;
    await expect(decodeChunk(bytes, arrayOf([17, 17], '|u1', { id: 'imagecodecs_jpeg' }))).rejects.toThrow(says);
  });

  it.each([
    ['a conversion that libjpeg does not have', 3, 4, /YCC cannot be turned into CMYK/u],
    ['a colour space with another number of components', 4, 4, /3 components, which are not CMYK/u],
  ])('%s', async (_name, from, to, says) => {
    const config = { colorspace_jpeg: from, colorspace_data: to };
    await expect(decodeChunk(stored('jpeg YCbCr by default'), array(3, config))).rejects.toThrow(says);
  });

  it('a stream without its tables', async () => {
    await expect(decodeChunk(stored('jpeg tables apart'), array(3, { colorspace_data: 2 }))).rejects.toThrow('refuses');
    await expect(decodeChunk(stored('jpeg four bands, tables apart'), array(4))).rejects.toThrow('Huffman table');
  });
});

describe('JPEG images that others cut loosely', () => {
  it('without an end marker, and with bytes after it', async () => {
    const bytes = stored('jpeg grey');
    const expected = cases.find(({ name }) => name === 'jpeg grey')?.expected;
    const grey = arrayOf([17, 17], '|u1', { id: 'imagecodecs_jpeg' });
    expect((await decodeChunk(bytes.subarray(0, -2), grey)).array.data).toEqual(expected);
    expect((await decodeChunk(Buffer.concat([bytes, Buffer.alloc(9, 7)]), grey)).array.data).toEqual(expected);
  });

  it('cut off in the scan they are an error, not grey', async () => {
    const bytes = stored('jpeg YCbCr 420 to RGB');
    await expect(decodeChunk(bytes.subarray(0, -40), array(3))).rejects.toMatchObject({ code: 'decode-failed' });
    const four = stored('jpeg CMYK');
    await expect(decodeChunk(four.subarray(0, -40), array(4))).rejects.toThrow(/cut off|Huffman/u);
  });
});

describe('JPEG images made to cost much', () => {
  /** The image with `bytes` put in at `at`. */
  function withInside(image: Uint8Array, at: number, bytes: Uint8Array): Uint8Array {
    const out = new Uint8Array(image.length + bytes.length);
    out.set(image.subarray(0, at));
    out.set(bytes, at);
    out.set(image.subarray(at), at + bytes.length);
    return out;
  }

  it('sets aside no more for a thousand restart markers than for none', async () => {
    const image = stored('jpeg CMYK');
    const markers = Uint8Array.from({ length: 2000 }, (_unused, i) => (i % 2 === 0 ? 0xff : 0xd0));
    const crowded = withInside(image, image.length - 2, markers);
    const plain = await bytesSetAside(() => decodeChunk(image, array(4)));
    const extra = (await bytesSetAside(() => decodeChunk(crowded, array(4)))) - plain;
    expect(extra).toBeLessThan(50 * markers.length);
  });

  it('sets aside no more for a Huffman table that is stated a thousand times than for one', async () => {
    const image = stored('jpeg CMYK');
    const table = image.findIndex((byte, i) => byte === 0xff && image[i + 1] === 0xc4);
    const length = 2 + (((image[table + 2] ?? 0) << 8) | (image[table + 3] ?? 0));
    const again = new Uint8Array(1000 * length);
    for (let i = 0; i < 1000; i++) again.set(image.subarray(table, table + length), i * length);
    const plain = await bytesSetAside(() => decodeChunk(image, array(4)));
    const extra = (await bytesSetAside(() => decodeChunk(withInside(image, table, again), array(4)))) - plain;
    expect(extra).toBeLessThan(50 * again.length);
  });
});
