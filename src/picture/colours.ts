import type { TypedArray } from '../zarr/values';
import { colourMap } from './colour-map';
import type { Plane } from './plane';
import type { Range } from './stretch';

/** The values of one band (from 0) in double precision, row by row; those equal to `nodata` as NaN. */
export function bandValues(
  numbers: TypedArray,
  plane: Plane,
  band: number,
  nodata: number | bigint | undefined,
): Float64Array<ArrayBuffer> {
  const values = new Float64Array(plane.width * plane.height);
  let to = 0;
  for (let row = 0; row < plane.height; row++) {
    let from = row * plane.rowStep + band * plane.bandStep;
    for (let column = 0; column < plane.width; column++, from += plane.columnStep) {
      const value = numbers[from] ?? NaN;
      values[to++] = value === nodata ? NaN : Number(value);
    }
  }
  return values;
}

/**
 * A red, green, blue and alpha byte for each value: the ends of `range` take the first and last colour of `map` (256 colours of 3
 * bytes), what is beyond them too, and NaN is transparent; so is everything without a range.
 */
export function mappedColours(
  values: Float64Array,
  range: Range | undefined,
  map: Uint8Array = colourMap,
): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(values.length * 4);
  if (range === undefined) return rgba;
  const { low, high } = range;
  const scale = high > low ? 255 / (high - low) : 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) continue;
    const place = scale === 0 ? flatPlace(value, low) : Math.min(255, Math.max(0, Math.round((value - low) * scale)));
    rgba[4 * i] = map[3 * place] ?? 0;
    rgba[4 * i + 1] = map[3 * place + 1] ?? 0;
    rgba[4 * i + 2] = map[3 * place + 2] ?? 0;
    rgba[4 * i + 3] = 255;
  }
  return rgba;
}

/** Where all values are one, that value has the middle of the colour map. */
function flatPlace(value: number, only: number): number {
  return value < only ? 0 : value > only ? 255 : 128;
}

/**
 * Red, green, blue and alpha bytes of pixels whose samples are just that, three or four of them; a pixel of which all colours equal
 * `nodata` is transparent.
 */
export function ownColours(
  data: Uint8Array,
  plane: Plane,
  nodata: number | bigint | undefined,
): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(plane.width * plane.height * 4);
  let to = 0;
  for (let row = 0; row < plane.height; row++) {
    let from = row * plane.rowStep;
    for (let column = 0; column < plane.width; column++, from += plane.columnStep, to += 4) {
      let allNodata = true;
      for (let colour = 0; colour < 3; colour++) {
        const sample = data[from + colour] ?? 0;
        rgba[to + colour] = sample;
        allNodata &&= sample === nodata;
      }
      rgba[to + 3] = allNodata ? 0 : plane.bands === 4 ? (data[from + 3] ?? 0) : 255;
    }
  }
  return rgba;
}
