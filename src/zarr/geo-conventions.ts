import { isJsonObject, type JsonObject, type JsonValue } from '../json';

/** The zarr conventions for georeferenced data (github.com/zarr-conventions: proj, spatial and multiscales, release v0.1). */
export type GeoConvention = 'proj' | 'spatial' | 'multiscales';

/** What the attribute `zarr_conventions` says of each; the members are constants of its JSON schema. */
const declarations: Readonly<Record<GeoConvention, JsonObject & { uuid: string }>> = {
  proj: declaration(
    'proj',
    'f17cb550-5864-4468-aeb7-f3180cfb622f',
    'Coordinate reference system information for geospatial data',
  ),
  spatial: declaration('spatial', '689b58e2-cf7b-45e0-9fff-9cfc0883d6b4', 'Spatial coordinate information'),
  multiscales: declaration('multiscales', 'd35379db-88df-4056-af3a-620245f8e347', 'Multiscale layout of zarr datasets'),
};

function declaration(name: GeoConvention, uuid: string, description: string): JsonObject & { uuid: string } {
  return {
    schema_url: `https://raw.githubusercontent.com/zarr-conventions/${name}/refs/tags/v0.1/schema.json`,
    spec_url: `https://github.com/zarr-conventions/${name}/blob/v0.1/README.md`,
    uuid,
    name,
    description,
  };
}

/** The attribute `zarr_conventions` with these conventions behind those that it has. */
export function declared(attributes: JsonObject, conventions: readonly GeoConvention[]): JsonValue[] {
  const { zarr_conventions: stated } = attributes;
  const others = Array.isArray(stated) ? stated : [];
  const missing = conventions.filter((convention) => !declares(attributes, convention));
  return [...others, ...missing.map((convention) => declarations[convention])];
}

/** Whether `zarr_conventions` names a convention, by its UUID. */
export function declares({ zarr_conventions: stated }: JsonObject, convention: GeoConvention): boolean {
  return (
    Array.isArray(stated) && stated.some((item) => isJsonObject(item) && item.uuid === declarations[convention].uuid)
  );
}

/** Attributes without those of `proj:` and `spatial:`, of levels too, and without their names in `zarr_conventions`. */
export function withoutGeoConventions(attributes: JsonObject): JsonObject {
  const kept = Object.entries(attributes).flatMap(([name, value]): [string, JsonValue][] => {
    if (isGeoName(name)) return [];
    if (name === 'multiscales' && isJsonObject(value)) return [[name, withoutPlaces(value)]];
    if (name !== 'zarr_conventions' || !Array.isArray(value)) return [[name, value]];
    const others = value.filter((item) => !isGeoDeclaration(item));
    return others.length === 0 ? [] : [[name, others]];
  });
  return Object.fromEntries(kept);
}

/** Attributes without the shape and the bounding box that `spatial:` states of an array which has another length now along one of its dimensions. */
export function withoutSpatialExtent(attributes: JsonObject, dimension: string): JsonObject {
  const { 'spatial:dimensions': dimensions } = attributes;
  if (!Array.isArray(dimensions) || !dimensions.includes(dimension)) return attributes;
  const left = Object.entries(attributes).filter(([name]) => name !== 'spatial:shape' && name !== 'spatial:bbox');
  return Object.fromEntries(left);
}

/** Whether attributes, or levels in them, say anything of `proj:` or `spatial:`. */
export function hasGeoConventions(attributes: JsonObject): boolean {
  return [attributes, ...multiscalesLayout(attributes)].some((from) => Object.keys(from).some(isGeoName));
}

/** Whether an attribute is one of `proj:` or `spatial:`. */
export function isGeoName(name: string): boolean {
  return name.startsWith('proj:') || name.startsWith('spatial:');
}

function isGeoDeclaration(item: JsonValue): boolean {
  return isJsonObject(item) && (item.uuid === declarations.proj.uuid || item.uuid === declarations.spatial.uuid);
}

function withoutPlaces(multiscales: JsonObject): JsonObject {
  const { layout } = multiscales;
  if (!Array.isArray(layout)) return multiscales;
  const levels = layout.map((level) =>
    isJsonObject(level) ? Object.fromEntries(Object.entries(level).filter(([name]) => !isGeoName(name))) : level,
  );
  return { ...multiscales, layout: levels };
}

/**
 * `spatial:transform` as GDAL's six numbers [x0, dx, rx, y0, ry, dy] of pixels' corners. The convention has the order of rasterio,
 * [dx, rx, x0, ry, dy, y0]; with the registration `node` its numbers are of pixels' centres. Undefined where there is none, or no affine one.
 */
export function spatialTransformOf(attributes: JsonObject): number[] | undefined {
  const { 'spatial:transform': stated, 'spatial:transform_type': type = 'affine' } = attributes;
  if (!Array.isArray(stated) || stated.length !== 6 || type !== 'affine') return undefined;
  const numbers = stated.map(Number);
  if (
    !stated.every((item) => typeof item === 'number' || typeof item === 'bigint') ||
    !numbers.every(Number.isFinite)
  ) {
    return undefined;
  }
  const [dx = 0, rx = 0, x0 = 0, ry = 0, dy = 0, y0 = 0] = numbers;
  const half = attributes['spatial:registration'] === 'node' ? 0.5 : 0;
  return [x0 - half * (dx + rx), dx, rx, y0 - half * (ry + dy), ry, dy];
}

/**
 * Attributes of `spatial:` for rows and columns that lie by GDAL's six numbers: dimensions, shape, transform and bounding box
 * [xmin, ymin, xmax, ymax].
 */
export function spatialAttributes(
  [x0 = 0, dx = 0, rx = 0, y0 = 0, ry = 0, dy = 0]: readonly number[],
  rows: { name: string; length: number },
  columns: { name: string; length: number },
): JsonObject {
  const corners = [
    [0, 0],
    [0, columns.length],
    [rows.length, 0],
    [rows.length, columns.length],
  ].map(([row = 0, column = 0]) => [x0 + column * dx + row * rx, y0 + column * ry + row * dy] as const);
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return {
    'spatial:dimensions': [rows.name, columns.name],
    'spatial:shape': [rows.length, columns.length],
    'spatial:transform': [dx, rx, x0, ry, dy, y0],
    'spatial:bbox': [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
  };
}

/** The members of `multiscales.layout` that are objects; none where there is no such list. */
export function multiscalesLayout({ multiscales }: JsonObject): JsonObject[] {
  const layout = isJsonObject(multiscales) ? multiscales.layout : undefined;
  return Array.isArray(layout) ? layout.filter(isJsonObject) : [];
}
