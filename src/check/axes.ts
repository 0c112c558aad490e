import type { TiffImage } from '../tiff/types';
import { elementCount } from '../zarr/shape';
import type { ZarrArray } from '../zarr/types';

/** Which axes of an array are those of an image; the axes before them, `leading` in number, are of a stack of images. */
export interface ImageAxes {
  leading: number;
  y: number;
  x: number;
  /** The axis of the bands: before y where the planes are separate, after x where bands are interleaved; absent for (y, x). */
  band?: number;
}

/** A chunk's place in an image, in chunks; `band` is 0 where a chunk holds all bands. */
export interface Cell {
  row: number;
  column: number;
  band: number;
}

/**
 * How an array's axes lie in an image: (…, y, x) for one band, which may also have an axis of length 1 behind; (…, y, x, band) for
 * interleaved and (…, band, y, x) for separate bands. Undefined where the sizes are not the image's. The array may lack the rows of a last
 * strip that is shorter than the others.
 */
export function axesOf({ shape }: Pick<ZarrArray, 'shape'>, image: TiffImage): ImageAxes | undefined {
  const rank = shape.length;
  const { samplesPerPixel, planar, width } = image;
  const fits = (y: number, x: number): boolean => y >= 0 && isHeight(shape[y] ?? 0, image) && shape[x] === width;
  if (planar) {
    const band = rank - 3;
    return fits(rank - 2, rank - 1) && shape[band] === samplesPerPixel
      ? { leading: band, band, y: rank - 2, x: rank - 1 }
      : undefined;
  }
  if (samplesPerPixel === 1 && fits(rank - 2, rank - 1)) return { leading: rank - 2, y: rank - 2, x: rank - 1 };
  return fits(rank - 3, rank - 2) && shape[rank - 1] === samplesPerPixel
    ? { leading: rank - 3, y: rank - 3, x: rank - 2, band: rank - 1 }
    : undefined;
}

function isHeight(rows: number, { height, chunkHeight, tiled }: TiffImage): boolean {
  if (rows === height) return true;
  return !tiled && rows > 0 && rows === height - (height % chunkHeight);
}

/** Where a chunk lies in its image. */
export function cellOf(image: TiffImage, axes: ImageAxes, indices: readonly number[]): Cell {
  return {
    row: indices[axes.y] ?? 0,
    column: indices[axes.x] ?? 0,
    band: image.planar && axes.band !== undefined ? (indices[axes.band] ?? 0) : 0,
  };
}

/** The number of the image in its stack, in C order, to which a chunk belongs; 0 where there is no stack. */
export function planeOf(grid: readonly number[], axes: ImageAxes, indices: readonly number[]): number {
  let plane = 0;
  for (let axis = 0; axis < axes.leading; axis++) plane = plane * (grid[axis] ?? 1) + (indices[axis] ?? 0);
  return plane;
}

/**
 * Why the array's chunks cannot be the image's tiles or strips, as the end of a sentence; undefined where they can. Strips without
 * compression can be divided and joined at any row.
 */
export function chunkMismatch(array: ZarrArray, axes: ImageAxes, image: TiffImage): string | undefined {
  const { chunkShape } = array;
  const { tiled, chunkHeight, chunkWidth, samplesPerPixel, planar, compression } = image;
  if (elementCount(chunkShape.slice(0, axes.leading)) !== 1) return 'a chunk holds parts of several images';
  const bands = axes.band === undefined ? 1 : (chunkShape[axes.band] ?? 1);
  const wantedBands = axes.band === undefined || planar ? 1 : samplesPerPixel;
  const rows = chunkShape[axes.y] ?? 0;
  const anyRows = !tiled && compression === 1;
  if (chunkShape[axes.x] === chunkWidth && bands === wantedBands && (anyRows || rows === chunkHeight)) return undefined;
  const own = `${rows} x ${chunkShape[axes.x] ?? 0}${axes.band === undefined ? '' : ` and ${bands} of the bands`}`;
  const theirs = `${tiled ? 'tiles' : 'strips'} of ${chunkHeight} x ${chunkWidth}${wantedBands === 1 ? '' : ` with ${wantedBands} bands`}`;
  return `its chunks are ${own}, and the image has ${theirs}`;
}
