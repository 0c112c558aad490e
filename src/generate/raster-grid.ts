import type { JsonObject } from '../json';
import { axisEntries, type Entry, isAligned, levelTransform, spatialRefEntries } from './coordinates';
import { type CoordinateSystem, crsAttributes } from './crs';
import type { TiffDescription } from '../tiff/types';
import type { Level } from './level';

/** Where the pixels of an image lie: what the coordinates `y` and `x` and the scalar `spatial_ref` are made of. */
export interface RasterGrid {
  /** Pixels of the array. */
  width: number;
  height: number;
  /** GDAL order [x0, dx, rx, y0, ry, dy]; undefined where there is no affine transform. */
  transform?: readonly [number, number, number, number, number, number];
  system: Pick<CoordinateSystem, 'kind' | 'unit'>;
  /** Attributes of `spatial_ref` that state the CRS. */
  crs: JsonObject;
  /** Whether the file says anything of where it lies, so that there is a `spatial_ref`. */
  located: boolean;
}

/** The grid of one level of a TIFF. */
export function rasterGridOf(
  { georeferencing, levels }: TiffDescription,
  level: Level,
  system: CoordinateSystem,
): RasterGrid {
  const { geoKeys, transform: fullTransform } = georeferencing;
  const [full] = levels;
  const { kind, unit } = system;
  const transform =
    fullTransform === undefined || full === undefined ? undefined : levelTransform(fullTransform, full, level.stated);
  return {
    width: level.image.width,
    height: level.image.height,
    ...(transform === undefined ? {} : { transform }),
    system: { kind, ...(unit === undefined ? {} : { unit }) },
    crs: crsAttributes(system, georeferencing),
    located: transform !== undefined || geoKeys.size > 0,
  };
}

/** `spatial_ref` where the file is located, and, where they are wanted and exist, `y` and `x`. */
export async function gridEntries(prefix: string, grid: RasterGrid, coordinates: boolean): Promise<Entry[]> {
  const { transform, crs, located, system } = grid;
  const entries = located ? spatialRefEntries(prefix, crs, transform) : [];
  if (coordinates && transform !== undefined && isAligned(transform)) {
    entries.push(...(await axisEntries(prefix, transform, grid, system)));
  }
  return entries;
}

/** The attributes by which a variable names its grid. */
export function gridAttributes({ located }: RasterGrid): JsonObject {
  return located ? { grid_mapping: 'spatial_ref', coordinates: 'spatial_ref' } : {};
}
