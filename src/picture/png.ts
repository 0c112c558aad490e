import { encode } from 'fast-png';
import { KerchunkError } from '../errors';
import type { FillValue, NdArray } from '../zarr/types';
import { bandValues, ownColours } from './colours';
import { paint as paintValues, plainLook } from './look';
import { elementNumbers, nodataNumber } from './numbers';
import type { Plane } from './plane';
import { planeOf, thinned } from './plane';
import type { Range } from './stretch';
import { stretchOf } from './stretch';

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

/** Red, green, blue and alpha bytes, four for each pixel, row by row. */
export interface Pixels {
  rgba: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
}

/**
 * The array as a PNG: the last two axes in a colour map, of the first plane of the axes before them; uint8 with 3 or 4 samples in
 * the last axis as red, green, blue and alpha. Nodata and NaN are transparent.
 * @throws KerchunkError `invalid-argument` for text, bytes and objects, for an array without elements, and for a band it does not have.
 */
export function picture(array: NdArray, options: PictureOptions = {}): Uint8Array {
  const { rgba, width, height } = paint(array, options);
  return encodePng(rgba, width, height);
}

/** The pixels of `picture`. @throws as `picture`. */
export function paint(array: NdArray, options: PictureOptions = {}): Pixels {
  const { nodata = null, range, bandsLast, band = 0, maximumSide = Infinity } = options;
  const numbers = elementNumbers(array, nodata);
  const whole = planeOf(array, bandsLast);
  const plane = thinned(whole, Math.max(1, Math.ceil(Math.max(whole.width, whole.height) / maximumSide)));
  const { width, height } = plane;
  const skip = nodataNumber(array.dataType, nodata);
  if (hasOwnColours(array, plane)) return { rgba: ownColours(array.data, plane, skip), width, height };
  if (!Number.isInteger(band) || band < 0 || band >= plane.bands) {
    throw new KerchunkError('invalid-argument', `There is no band ${band}: a pixel has ${plane.bands}.`);
  }
  const values = bandValues(numbers, plane, band, skip);
  const look = { ...plainLook, range: range ?? stretchOf(values, undefined, array.dataType) ?? null };
  return { rgba: paintValues(values, look), width, height };
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
  return stretchOf(bandValues(numbers, plane, band, nodataNumber(array.dataType, nodata)), undefined, array.dataType);
}

/** A PNG of red, green, blue and alpha bytes, four for each pixel, row by row. */
export function encodePng(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): Uint8Array {
  return encode({ width, height, data: rgba, channels: 4, depth: 8 });
}

function hasOwnColours({ dataType }: NdArray, { bands }: Plane): boolean {
  return (bands === 3 || bands === 4) && dataType.kind === 'u' && dataType.itemSize === 1;
}
