import { pictureAxes } from '../picture/plane';
import type { ZarrArray } from '../zarr/types';

/** Axes of a whole array that make a map. */
export interface MapAxes {
  rowAxis: number;
  columnAxis: number;
  /** The samples of a pixel, where an axis says that it is of these; else null. */
  bandAxis: number | null;
}

/** Names of dimensions, in lower case, that go down and across a picture. */
const rowNames = new Set(['y', 'lat', 'latitude', 'northing', 'row', 'rows', 'yc', 'rlat', 'projection_y_coordinate']);
const columnNames = new Set([
  'x',
  'lon',
  'longitude',
  'easting',
  'column',
  'columns',
  'col',
  'xc',
  'rlon',
  'projection_x_coordinate',
]);
const bandNames = new Set(['band', 'bands', 'channel', 'channels', 'c', 'rgb', 'sample', 'samples', 's']);

/**
 * The axes of a map: those whose dimensions are named as rows and columns are; else, as of a chunk's picture, the last two, or the first two of
 * three where the last looks like the samples of pixels. Undefined for an array of fewer than two axes.
 */
export function mapAxesOf({ shape, dimensionNames }: Pick<ZarrArray, 'shape' | 'dimensionNames'>): MapAxes | undefined {
  if (shape.length < 2) return undefined;
  const named = (names: ReadonlySet<string>): number =>
    shape.findIndex((_, axis) => names.has((dimensionNames?.[axis] ?? '').toLowerCase()));
  const [row, column] = [named(rowNames), named(columnNames)];
  const [rowAxis = 0, columnAxis = 1] = row >= 0 && column >= 0 ? [row, column] : pictureAxes(shape);
  const isOther = (axis: number): boolean => axis >= 0 && axis !== rowAxis && axis !== columnAxis;
  const band = named(bandNames);
  const last = shape.length - 1;
  const bandAxis = isOther(band) ? band : shape.length === 3 && isOther(last) && (shape[last] ?? 0) <= 4 ? last : null;
  return { rowAxis, columnAxis, bandAxis };
}
