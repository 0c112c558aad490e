import { encode } from 'fast-png';
import { KerchunkError } from '../errors';
import type { FillValue, NdArray } from '../zarr/types';
import type { TypedArray } from '../zarr/values';
import { colourMap } from './colour-map';
import { elementNumbers, nodataNumber } from './numbers';
import type { Plane } from './plane';
import { planeOf, thinned } from './plane';
import type { Range } from './stretch';
import { stretchRange } from './stretch';

export interface PictureOptions {
  /** Elements equal to it are transparent; NaN always is. */
  nodata?: FillValue;
  /** The values shown darkest and brightest; by default the percentiles 2 and 98, and 0 to 255 for uint8. */
  range?: Range;
  /** Whether the last axis is the samples of a pixel; by default it is so for three axes of which the last is short. */
  bandsLast?: boolean;
  /** The sample of a pixel to show, from 0, where they are not shown as colours. */
  band?: number;
  /** Pixels of the longer side at most; every second, third, … row and column is shown where there are more. */
  maximumSide?: number;
}

/**
 * The array as a PNG: the last two axes in a colour map, of the first plane of the axes before them; uint8 with 3 or 4 samples in
 * the last axis as red, green, blue and alpha. Nodata and NaN are transparent.
 * @throws KerchunkError `invalid-argument` for text, bytes and objects, for an array without elements, and for a band it does not have.
 */
export function picture(array: NdArray, options: PictureOptions = {}): Uint8Array {
  const { nodata = null, range, bandsLast, band = 0, maximumSide = Infinity } = options;
  const numbers = elementNumbers(array, nodata);
  const whole = planeOf(array, bandsLast);
  const plane = thinned(whole, Math.max(1, Math.ceil(Math.max(whole.width, whole.height) / maximumSide)));
  const skip = nodataNumber(array.dataType, nodata);
  if (hasOwnColours(array, plane)) {
    return encodePng(ownColours(array.data, plane, skip), plane.width, plane.height);
  }
  if (!Number.isInteger(band) || band < 0 || band >= plane.bands) {
    throw new KerchunkError('invalid-argument', `There is no band ${band}: a pixel has ${plane.bands}.`);
  }
  const values = pickValues(numbers, plane, band, skip);
  const span = range ?? stretchRange(values, array.dataType);
  return encodePng(mappedColours(values, span), plane.width, plane.height);
}

/**
 * The range that `picture` spans where it is given none; undefined where it shows own colours, and where no value is finite.
 * @throws KerchunkError `invalid-argument` as `picture` does.
 */
export function pictureRange(
  array: NdArray,
  { nodata = null, bandsLast, band = 0 }: PictureOptions = {},
): Range | undefined {
  const numbers = elementNumbers(array, nodata);
  const plane = planeOf(array, bandsLast);
  if (hasOwnColours(array, plane)) return undefined;
  return stretchRange(pickValues(numbers, plane, band, nodataNumber(array.dataType, nodata)), array.dataType);
}

/** A PNG of red, green, blue and alpha bytes, four for each pixel, row by row. */
export function encodePng(rgba: Uint8Array, width: number, height: number): Uint8Array {
  return encode({ width, height, data: rgba, channels: 4, depth: 8 });
}

function hasOwnColours({ dataType }: NdArray, { bands }: Plane): boolean {
  return (bands === 3 || bands === 4) && dataType.kind === 'u' && dataType.itemSize === 1;
}

/** The values of one band in double precision, nodata as NaN. */
function pickValues(numbers: TypedArray, plane: Plane, band: number, skip: number | bigint | undefined): Float64Array {
  const values = new Float64Array(plane.width * plane.height);
  let to = 0;
  for (let row = 0; row < plane.height; row++) {
    let from = row * plane.rowStep + band * plane.bandStep;
    for (let column = 0; column < plane.width; column++, from += plane.columnStep) {
      const value = numbers[from] ?? NaN;
      values[to++] = value === skip ? NaN : Number(value);
    }
  }
  return values;
}

function mappedColours(values: Float64Array, range: Range | undefined): Uint8Array {
  const rgba = new Uint8Array(values.length * 4);
  if (range === undefined) return rgba;
  const { low, high } = range;
  const scale = high > low ? 255 / (high - low) : 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) continue;
    const place = scale === 0 ? flatPlace(value, low) : Math.min(255, Math.max(0, Math.round((value - low) * scale)));
    rgba[4 * i] = colourMap[3 * place] ?? 0;
    rgba[4 * i + 1] = colourMap[3 * place + 1] ?? 0;
    rgba[4 * i + 2] = colourMap[3 * place + 2] ?? 0;
    rgba[4 * i + 3] = 255;
  }
  return rgba;
}

/** Where all values are one, that value has the middle of the colour map. */
function flatPlace(value: number, only: number): number {
  return value < only ? 0 : value > only ? 255 : 128;
}

function ownColours(data: Uint8Array, plane: Plane, skip: number | bigint | undefined): Uint8Array {
  const rgba = new Uint8Array(plane.width * plane.height * 4);
  let to = 0;
  for (let row = 0; row < plane.height; row++) {
    let from = row * plane.rowStep;
    for (let column = 0; column < plane.width; column++, from += plane.columnStep, to += 4) {
      let allNodata = true;
      for (let colour = 0; colour < 3; colour++) {
        const sample = data[from + colour] ?? 0;
        rgba[to + colour] = sample;
        allNodata &&= sample === skip;
      }
      rgba[to + 3] = allNodata ? 0 : plane.bands === 4 ? (data[from + 3] ?? 0) : 255;
    }
  }
  return rgba;
}
