import { describe, expect, it } from 'vitest';
import { colourMapNames, colourTable } from '../../../src/picture/colour-maps';
import { paint, plainLook, type Look } from '../../../src/picture/look';
import { scaleOver } from '../../../src/picture/scale';

const look = (change: Partial<Look>): Look => ({ ...plainLook, range: { low: 0, high: 255 }, ...change });
const pixel = (rgba: Uint8ClampedArray, i: number): number[] => [...rgba.subarray(4 * i, 4 * i + 4)];
const hex = (name: Parameters<typeof colourTable>[0], place: number): string =>
  Buffer.from(colourTable(name).subarray(3 * place, 3 * place + 3)).toString('hex');
const CLEAR = [0, 0, 0, 0];

/** CIE L* of an sRGB colour (IEC 61966-2-1, CIE 15). */
function lightness([r = 0, g = 0, b = 0]: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = [r, g, b].map((byte) => {
    const part = byte / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 216 / 24389 ? 116 * Math.cbrt(luminance) - 16 : (luminance * 24389) / 27;
}

const lightnesses = (name: (typeof colourMapNames)[number]): number[] =>
  Array.from({ length: 256 }, (_, i) => lightness([...colourTable(name).subarray(3 * i, 3 * i + 3)]));

describe('colour maps', () => {
  // matplotlib 3.10: matplotlib.colors.to_hex(matplotlib.colormaps[name](place)).
  it.each([
    ['viridis', '440154', '21918c', 'fde725'],
    ['magma', '000004', 'b73779', 'fcfdbf'],
    ['inferno', '000004', 'bc3754', 'fcffa4'],
    ['plasma', '0d0887', 'cc4778', 'f0f921'],
    ['cividis', '00224e', '7d7c78', 'fee838'],
  ] as const)('%s begins, is in the middle and ends as matplotlib’s', (name, first, middle, last) => {
    expect([hex(name, 0), hex(name, 255)]).toEqual([first, last]);
    const [found, expected] = [hex(name, 128), middle].map((text) => [...Buffer.from(text, 'hex')]);
    found?.forEach((part, i) => {
      expect(Math.abs(part - (expected?.[i] ?? 999))).toBeLessThanOrEqual(4);
    });
  });

  it.each(colourMapNames.filter((name) => name !== 'blue-red'))('%s gets lighter from low to high', (name) => {
    const all = lightnesses(name);
    const steps = all.slice(8).map((value, i) => value - (all[i] ?? 0));
    expect(Math.min(...steps)).toBeGreaterThan(0);
  });

  it('the diverging one is blue, near white and red, and as dark on both sides', () => {
    const all = lightnesses('blue-red');
    expect(Math.min(all[127] ?? 0, all[128] ?? 0)).toBeGreaterThan(93);
    for (let i = 0; i < 128; i++) expect(Math.abs((all[i] ?? 0) - (all[255 - i] ?? 99))).toBeLessThan(5);
    const [blue = [], red = []] = [20, 235].map((i) => [...colourTable('blue-red').subarray(3 * i, 3 * i + 3)]);
    expect((blue[2] ?? 0) - (blue[0] ?? 255)).toBeGreaterThan(60);
    expect((red[0] ?? 0) - (red[2] ?? 255)).toBeGreaterThan(60);
  });
});

describe('paint', () => {
  it('gives the ends of the range the ends of the map, reversed the other way round', () => {
    const values = Float64Array.of(-5, 0, 255, 300);
    const first = [0x44, 0x01, 0x54, 255];
    const last = [0xfd, 0xe7, 0x25, 255];
    const ahead = paint(values, look({}));
    expect([0, 1, 2, 3].map((i) => pixel(ahead, i))).toEqual([first, first, last, last]);
    const back = paint(values, look({ reversed: true }));
    expect([0, 1, 2, 3].map((i) => pixel(back, i))).toEqual([last, last, first, first]);
  });

  it('leaves nodata and NaN transparent, and all without a range', () => {
    const values = Float32Array.of(NaN, -9999, 1);
    const rgba = paint(values, look({}), -9999);
    expect([pixel(rgba, 0), pixel(rgba, 1), pixel(rgba, 2)[3]]).toEqual([CLEAR, CLEAR, 255]);
    expect([...paint(values, look({ range: null }))].every((part) => part === 0)).toBe(true);
  });

  // Grey levels are round(255 * place): log10 of 10 from 1 to 1000 is a third of the way.
  it('spreads a logarithm evenly and leaves out what has none', () => {
    const rgba = paint(
      Float64Array.of(0, -1, 1, 10, 100, 1000),
      look({ colourMap: 'grey', scale: 'log', range: { low: 1, high: 1000 } }),
    );
    expect([0, 1].map((i) => pixel(rgba, i))).toEqual([CLEAR, CLEAR]);
    expect([2, 3, 4, 5].map((i) => pixel(rgba, i)[0])).toEqual([0, 85, 170, 255]);
    const none = paint(Float64Array.of(1, 2), look({ scale: 'log', range: { low: 0, high: 2 } }));
    expect([...none].every((part) => part === 0)).toBe(true);
  });

  it.each([
    ['Int8Array', Int8Array, -128, 127],
    ['Uint8Array', Uint8Array, 0, 255],
    ['Int16Array', Int16Array, -32768, 32767],
    ['Uint16Array', Uint16Array, 0, 65535],
  ] as const)('paints many values of a %s as it paints few', (_, Type, low, high) => {
    const few = Type.of(low, low + 1, -1, 0, 1, 77, high - 1, high);
    const many = new Type(70_000);
    many.set(few);
    const how = look({ scale: 'symlog', range: { low, high } });
    expect([...paint(many, how, 77).subarray(0, 4 * few.length)]).toEqual([...paint(few, how, 77)]);
  });

  it('tells 64-bit nodata from its neighbours', () => {
    const values = BigInt64Array.of(2n ** 62n, 2n ** 62n + 1n);
    const rgba = paint(values, look({ range: { low: 0, high: 2 ** 62 } }), 2n ** 62n + 1n);
    expect([pixel(rgba, 0)[3], pixel(rgba, 1)[3]]).toEqual([255, 0]);
  });

  it('has one value in the middle, what is beside it at the ends', () => {
    const rgba = paint(Float64Array.of(6, 7, 8), look({ colourMap: 'grey', range: { low: 7, high: 7 } }));
    expect([0, 1, 2].map((i) => pixel(rgba, i)[0])).toEqual([0, 128, 255]);
  });

  it('paints numbers that are farther apart than a double can say', () => {
    const rgba = paint(
      Float64Array.of(-1.7e308, 0, 1.7e308),
      look({ colourMap: 'grey', range: { low: -1.7e308, high: 1.7e308 } }),
    );
    expect([0, 1, 2].map((i) => pixel(rgba, i)[0])).toEqual([0, 128, 255]);
  });
});

describe('scales', () => {
  // numpy: the place of x is (f(x) - f(low)) / (f(high) - f(low)), with f = numpy.log and f = sign(x) * numpy.log1p(abs(x) / 1).
  it('place values, and find them again', () => {
    const log = scaleOver({ low: 0.5, high: 8 }, 'log');
    expect(log?.placeOf(2)).toBeCloseTo(0.5, 12);
    expect(log?.valueAt(0.75)).toBeCloseTo(4, 12);
    const symmetric = scaleOver({ low: -1000, high: 1000 }, 'symlog');
    expect(symmetric?.placeOf(0)).toBeCloseTo(0.5, 12);
    expect(symmetric?.placeOf(1)).toBeCloseTo(0.5 + 0.5 * (Math.log(2) / Math.log(1001)), 12);
    expect(symmetric?.valueAt(symmetric.placeOf(-3.25))).toBeCloseTo(-3.25, 9);
    expect([log?.valueAt(0), log?.valueAt(1)]).toEqual([0.5, 8]);
  });
});
