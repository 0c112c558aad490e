import type { JsonObject } from '../json';

/** The name of an array's grid mapping by its attributes (CF conventions, section 5.6); `spatial_ref` where they name none. */
export function gridMappingName({ grid_mapping: said }: JsonObject): string {
  // The extended form, "crs: x y other: lat lon", names the grid mapping first.
  return typeof said === 'string' ? (/^[^\s:]+/u.exec(said.trim())?.[0] ?? '') : 'spatial_ref';
}

/** GDAL's six numbers [x0, dx, rx, y0, ry, dy] of a grid mapping's `GeoTransform`; undefined where it has none. */
export function transformNumbers({ GeoTransform: text }: JsonObject): number[] | undefined {
  if (typeof text !== 'string') return undefined;
  const numbers = text.trim().split(/\s+/u).map(Number);
  return numbers.length === 6 && numbers.every(Number.isFinite) ? numbers : undefined;
}
