import type { TypedArray } from '../zarr/values';
import type { Plane } from './plane';

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

/** The numbers of one band (from 0), row by row, as they are: a view of the same memory where they stand side by side. */
export function bandNumbers(numbers: TypedArray, plane: Plane, band: number): TypedArray {
  const { width, height, columnStep, rowStep, bandStep } = plane;
  if (columnStep === 1 && rowStep === width) return numbers.subarray(0, width * height);
  const out = numbers.slice(0, width * height);
  let to = 0;
  for (let row = 0; row < height; row++) {
    let from = row * rowStep + band * bandStep;
    for (let column = 0; column < width; column++, from += columnStep) out[to++] = numbers[from] ?? 0;
  }
  return out;
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
