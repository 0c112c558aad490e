import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { colourMap } from '../../../src/picture/colour-map';
import { picture } from '../../../src/picture/png';
import { stretchRange } from '../../../src/picture/stretch';
import { parseDataType } from '../../../src/zarr/data-type';
import { nd } from './arrays';

/** Pixels as lists of red, green, blue, alpha, row by row. */
function pixels(png: Uint8Array) {
  const { width, height, channels, depth, data } = decode(png, { checkCrc: true });
  expect([channels, depth]).toEqual([4, 8]);
  return { width, height, at: (i: number) => [...data.slice(4 * i, 4 * i + 4)] };
}

const colour = (place: number): number[] => [...colourMap.subarray(3 * place, 3 * place + 3), 255];
const CLEAR = [0, 0, 0, 0];

describe('the colour map', () => {
  /** CIE L* of an sRGB colour (IEC 61966-2-1, CIE 15). */
  const lightness = (place: number): number => {
    const [r = 0, g = 0, b = 0] = colour(place).map((byte) => {
      const part = byte / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    return luminance > 216 / 24389 ? 116 * Math.cbrt(luminance) - 16 : (luminance * 24389) / 27;
  };

  it('gets lighter with every step, evenly, from dark to bright', () => {
    expect(colourMap).toHaveLength(768);
    const all = Array.from({ length: 256 }, (_unused, i) => lightness(i));
    expect(all[0]).toBeLessThan(20);
    expect(all[255]).toBeGreaterThan(88);
    const steps = all.slice(8).map((value, i) => value - (all[i] ?? 0));
    expect(Math.min(...steps)).toBeGreaterThan(1.2);
    expect(Math.max(...steps)).toBeLessThan(4);
  });

  it('goes from violet over green to yellow', () => {
    const [violet = [], green = [], yellow = []] = [0, 140, 255].map(colour);
    expect(violet[2]).toBeGreaterThan(violet[1] ?? 255);
    expect(green[1]).toBeGreaterThan(green[0] ?? 255);
    expect(Math.min(yellow[0] ?? 0, yellow[1] ?? 0)).toBeGreaterThan(200);
    expect(yellow[2]).toBeLessThan(150);
  });
});

describe('the stretch', () => {
  it('spans the percentiles 2 and 98, as numpy interpolates them', () => {
    const values = Float64Array.from({ length: 11 }, (_unused, i) => 10 - i);
    const { low, high } = stretchRange(values, parseDataType('<i2')) ?? { low: NaN, high: NaN };
    expect(low).toBeCloseTo(0.2, 12);
    expect(high).toBeCloseTo(9.8, 12);
  });

  it('leaves out what is not finite, and knows when nothing is left', () => {
    const type = parseDataType('<f8');
    expect(stretchRange(Float64Array.of(NaN, 1, Infinity, 3, -Infinity), type, 0, 100)).toEqual({ low: 1, high: 3 });
    expect(stretchRange(Float64Array.of(NaN, Infinity), type)).toBeUndefined();
  });

  it('of many values is near that of all', () => {
    const values = Float64Array.from({ length: 1_000_000 }, (_unused, i) => i % 1000);
    const { low, high } = stretchRange(values, parseDataType('<f4')) ?? { low: NaN, high: NaN };
    expect(Math.abs(low - 20)).toBeLessThan(3);
    expect(Math.abs(high - 979)).toBeLessThan(3);
  });

  it('of uint8 and booleans is plain', () => {
    expect(stretchRange(Float64Array.of(7), parseDataType('|u1'))).toEqual({ low: 0, high: 255 });
    expect(stretchRange(Float64Array.of(1), parseDataType('|b1'))).toEqual({ low: 0, high: 1 });
  });
});

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
