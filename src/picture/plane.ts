import { KerchunkError } from '../errors';
import type { NdArray } from '../zarr/types';

/** Where the pixels of a picture stand among the elements of an array. */
export interface Plane {
  width: number;
  height: number;
  /** Elements from one column, row and band to the next. */
  columnStep: number;
  rowStep: number;
  bandStep: number;
  /** Samples of a pixel; 1 where the last axis is columns. */
  bands: number;
}

/** Samples that pixels commonly have, and those that they may have where their axis is much shorter than the others. */
const FEW_BANDS = 4;
const MOST_BANDS = 32;
const MUCH_SHORTER = 8;

/**
 * The two axes of an array that make a picture: the last two, of the first plane of the axes before them; or, where `bandsLast`, the two
 * before the last. `bandsLast` is taken to be true of three axes whose last has at most 4 elements and is the shortest, or at most 32 and is eight
 * times shorter than both others. An
 * array of one axis is one row.
 * @throws KerchunkError `invalid-argument` for an array without elements.
 */
export function planeOf(array: Pick<NdArray, 'shape'>, bandsLast = looksLikePixels(array.shape)): Plane {
  const { shape } = array;
  if (shape.includes(0)) {
    throw new KerchunkError('invalid-argument', `An array of shape [${shape.join(', ')}] has no elements to picture.`);
  }
  const bands = bandsLast ? (shape.at(-1) ?? 1) : 1;
  const [height = 1, width = 1] = [shape.at(bandsLast ? -3 : -2), shape.at(bandsLast ? -2 : -1)];
  return { width, height, bands, columnStep: bands, rowStep: bands * width, bandStep: 1 };
}

/** Whether a shape looks like samples of pixels in its last axis; see `planeOf`. */
export function looksLikePixels(shape: readonly number[]): boolean {
  const [height, width, bands] = shape;
  if (shape.length !== 3 || height === undefined || width === undefined || bands === undefined) return false;
  const side = Math.min(height, width);
  return bands <= FEW_BANDS ? bands < side : bands <= MOST_BANDS && bands * MUCH_SHORTER <= side;
}

/** The axes of the rows and columns of `planeOf`, from 0: none, one or two, as far as the shape has them. */
export function pictureAxes(shape: readonly number[]): number[] {
  const last = shape.length - (looksLikePixels(shape) ? 2 : 1);
  return [last - 1, last].filter((axis) => axis >= 0);
}

/** The same plane with every `step`th row and column. */
export function thinned(plane: Plane, step: number): Plane {
  return {
    ...plane,
    width: Math.ceil(plane.width / step),
    height: Math.ceil(plane.height / step),
    columnStep: plane.columnStep * step,
    rowStep: plane.rowStep * step,
  };
}
