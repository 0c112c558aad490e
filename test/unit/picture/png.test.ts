import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { colourTable } from '../../../src/picture/colour-maps';
import { picture } from '../../../src/picture/png';
import { nd } from './arrays';

/** Pixels as lists of red, green, blue, alpha, row by row. */
function pixels(png: Uint8Array) {
  const { width, height, channels, depth, data } = decode(png, { checkCrc: true });
  expect([channels, depth]).toEqual([4, 8]);
  return { width, height, at: (i: number) => [...data.slice(4 * i, 4 * i + 4)] };
}

const colour = (place: number): number[] => [...colourTable('viridis').subarray(3 * place, 3 * place + 3), 255];
const CLEAR = [0, 0, 0, 0];

describe('pictures', () => {
  it('of bytes: the value is the place in the colour map, nodata is transparent', () => {
    const { width, height, at } = pixels(
      picture(nd('|u1', [2, 3], Uint8Array.of(0, 1, 2, 128, 254, 255)), { nodata: 2 }),
    );
    expect([width, height]).toEqual([3, 2]);
    expect([0, 1, 2, 3, 4, 5].map(at)).toEqual([colour(0), colour(1), CLEAR, colour(128), colour(254), colour(255)]);
  });

  it('of floats in a given range: clamped at its ends, NaN transparent', () => {
    const values = Float32Array.of(-9, 0, 0.5, 1, Infinity, NaN);
    const { at } = pixels(picture(nd('<f4', [1, 6], values), { range: { low: 0, high: 1 } }));
    expect([0, 1, 2, 3, 4, 5].map(at)).toEqual([colour(0), colour(0), colour(128), colour(255), colour(255), CLEAR]);
  });

  it('of one value only, of nodata only, of 64-bit integers', () => {
    expect(pixels(picture(nd('<i2', [1, 2], Int16Array.of(4, 4)))).at(1)).toEqual(colour(128));
    expect(pixels(picture(nd('<i2', [1, 2], Int16Array.of(4, 4)), { nodata: 4 })).at(1)).toEqual(CLEAR);
    const big = nd('<i8', [1, 3], BigInt64Array.of(1n, 2n ** 40n, -1n));
    const { at } = pixels(picture(big, { nodata: -1n, range: { low: 1, high: 2 ** 40 } }));
    expect([0, 1, 2].map(at)).toEqual([colour(0), colour(255), CLEAR]);
  });

  it('of uint8 with three or four samples: its own colours', () => {
    const rgb = Uint8Array.from({ length: 4 * 5 * 3 }, (_unused, i) => i);
    const three = pixels(picture(nd('|u1', [4, 5, 3], rgb)));
    expect([three.width, three.height]).toEqual([5, 4]);
    expect([three.at(0), three.at(7)]).toEqual([
      [0, 1, 2, 255],
      [21, 22, 23, 255],
    ]);
    rgb.fill(9, 3, 6);
    expect(pixels(picture(nd('|u1', [4, 5, 3], rgb), { nodata: 9 })).at(1)).toEqual([9, 9, 9, 0]);
    const rgba = Uint8Array.from({ length: 5 * 5 * 4 }, (_unused, i) => i);
    expect(pixels(picture(nd('|u1', [5, 5, 4], rgba))).at(6)).toEqual([24, 25, 26, 27]);
  });

  it('of one band of several, and of the first plane of other shapes', () => {
    const bands = Uint16Array.from({ length: 3 * 4 * 2 }, (_unused, i) => (i % 2 === 0 ? 0 : i));
    const options = { range: { low: 0, high: 255 } };
    const second = pixels(picture(nd('<u2', [3, 4, 2], bands), { ...options, band: 1 }));
    expect([second.width, second.height, second.at(11)]).toEqual([4, 3, colour(23)]);
    const planes = Uint16Array.from({ length: 2 * 3 * 4 }, (_unused, i) => i);
    const first = pixels(picture(nd('<u2', [2, 3, 4], planes), options));
    expect([first.width, first.height, first.at(11)]).toEqual([4, 3, colour(11)]);
    const row = pixels(picture(nd('<u2', [4], planes.slice(0, 4)), options));
    expect([row.width, row.height, row.at(3)]).toEqual([4, 1, colour(3)]);
    expect(pixels(picture(nd('<u2', [], planes.slice(7, 8)), options)).at(0)).toEqual(colour(7));
    const told = pixels(picture(nd('<u2', [2, 3, 4], planes), { ...options, bandsLast: true, band: 2 }));
    expect([told.width, told.height, told.at(1)]).toEqual([3, 2, colour(6)]);
  });

  it('thinned to a longest side', () => {
    const values = Uint8Array.from({ length: 70 }, (_unused, i) => i);
    const { width, height, at } = pixels(picture(nd('|u1', [7, 10], values), { maximumSide: 4 }));
    expect([width, height]).toEqual([4, 3]);
    expect([0, 1, 3, 4, 11].map(at)).toEqual([0, 3, 9, 30, 69].map(colour));
  });

  it('are refused of text, of nothing, and of a band that is not there', () => {
    expect(() => picture(nd('|S1', [2, 2], new Uint8Array(4)))).toThrow('"|S1" are not numbers');
    expect(() => picture(nd('|u1', [0, 2], new Uint8Array()))).toThrow('no elements');
    expect(() => picture(nd('<u2', [2, 2], new Uint16Array(4)), { band: 1 })).toThrow('no band 1');
  });
});
