import type { FillValue, NdArray } from '../zarr/types';
import { encodeIndexed } from './indexed';
import { drawLine } from './line';
import { elementNumbers, nodataNumber } from './numbers';
import { encodePng, paint, type Pixels } from './png';

/** A small PNG and its size in pixels. */
export interface Thumbnail {
  png: Uint8Array;
  width: number;
  height: number;
}

const LARGEST_SIDE = 256;
/** Tried in turn until the PNG is small enough, which the last one always is. */
const SMALLER_SIDES = [192, 128, 96, 64];
const LEAST_SIDE = 128;
const LINE = { width: 256, height: 96 };

/**
 * A picture of at most `mostBytes` bytes, where that is 20,000 or more: of one axis a line, else as `picture`, thinned to 256 pixels on its longer side, or less where the
 * PNG is too large, and enlarged to 128 at least, each value a square of pixels.
 * @throws KerchunkError as `picture`.
 */
export function thumbnail(array: NdArray, nodata: FillValue, mostBytes: number): Thumbnail {
  if (array.shape.filter((side) => side > 1).length === 1) return encoded(line(array, nodata));
  let found = encoded(enlarged(paint(array, { nodata, maximumSide: LARGEST_SIDE })));
  for (const maximumSide of SMALLER_SIDES) {
    if (found.png.length <= mostBytes) break;
    found = encoded(enlarged(paint(array, { nodata, maximumSide })));
  }
  return found;
}

function encoded(pixels: Pixels): Thumbnail {
  const { rgba, width, height } = pixels;
  return { png: encodeIndexed(pixels) ?? encodePng(rgba, width, height), width, height };
}

function line(array: NdArray, nodata: FillValue): Pixels {
  const skip = nodataNumber(array.dataType, nodata);
  return drawLine(elementNumbers(array, nodata), skip, LINE.width, LINE.height);
}

/** By the nearest neighbour: browsers smooth what they enlarge themselves. */
function enlarged(pixels: Pixels): Pixels {
  const factor = Math.ceil(LEAST_SIDE / Math.max(pixels.width, pixels.height));
  if (factor <= 1) return pixels;
  const [width, height] = [pixels.width * factor, pixels.height * factor];
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let row = 0, to = 0; row < height; row++) {
    const start = Math.floor(row / factor) * pixels.width;
    for (let column = 0; column < width; column++, to += 4) {
      const from = 4 * (start + Math.floor(column / factor));
      for (let part = 0; part < 4; part++) rgba[to + part] = pixels.rgba[from + part] ?? 0;
    }
  }
  return { rgba, width, height };
}
