import type { Georeference } from '../export/geotiff-file';
import { codeOf, kindOf } from '../generate/wkt';
import { isJsonObject, type JsonObject } from '../json';
import { readWindow } from '../read/window';
import { keyBelow } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { toTypedArray } from '../zarr/values';
import type { PreviewDocument } from './document';
import { scalingOf } from './meaning';
import { parentOf } from './paths';

/** Axes that are longer are not looked at for even steps. */
const MOST_VALUES = 2 ** 20;
/** How far a coordinate may be from where even steps put it, in steps: less than a pixel's edge can be seen. */
const UNEVEN = 1e-3;

/** The attributes of an array's grid mapping, `spatial_ref` where it names none (CF conventions, 5.6); {} where there is none. */
export function gridMappingOf({ set }: PreviewDocument, { path, attributes }: ZarrArray): JsonObject {
  const name = typeof attributes.grid_mapping === 'string' ? attributes.grid_mapping : 'spatial_ref';
  const below = keyBelow(parentOf(path), name);
  const own = set.document(keyBelow(below, '.zattrs'))?.value;
  if (own !== undefined) return isJsonObject(own) ? own : {};
  const node = set.document(keyBelow(below, 'zarr.json'))?.value;
  const inside = node !== undefined && isJsonObject(node) ? node.attributes : undefined;
  return inside !== undefined && isJsonObject(inside) ? inside : {};
}

/** GDAL's six numbers [x0, dx, rx, y0, ry, dy] of a grid mapping's `GeoTransform`; undefined where it has none. */
export function geoTransformOf({ GeoTransform: text }: JsonObject): number[] | undefined {
  if (typeof text !== 'string') return undefined;
  const numbers = text.trim().split(/\s+/u).map(Number);
  return numbers.length === 6 && numbers.every(Number.isFinite) ? numbers : undefined;
}

/**
 * Where the pixels of a window lie, that begins at row `row` and column `column` of the axes `rows` and `columns`: by the grid mapping's
 * GeoTransform, else by coordinates along both axes that lie in even steps; and its CRS, where that has an EPSG code.
 * @throws KerchunkError `cancelled`.
 */
export async function georeferenceOf(
  document: PreviewDocument,
  array: ZarrArray,
  { rows, columns, row, column }: { rows: number; columns: number; row: number; column: number },
  signal: AbortSignal,
): Promise<Omit<Georeference, 'nodata'>> {
  const mapping = gridMappingOf(document, array);
  const whole = geoTransformOf(mapping) ?? (await transformOfCoordinates(document, array, rows, columns, signal));
  return { transform: whole === undefined ? null : movedTo(whole, row, column), crs: crsOf(mapping) };
}

function movedTo([x0 = 0, dx = 0, rx = 0, y0 = 0, ry = 0, dy = 0]: readonly number[], row: number, column: number) {
  return [x0 + column * dx + row * rx, dx, rx, y0 + column * ry + row * dy, ry, dy];
}

function crsOf({ crs_wkt: wkt, spatial_ref: other }: JsonObject): Georeference['crs'] {
  const text = typeof wkt === 'string' ? wkt : other;
  if (typeof text !== 'string') return null;
  const kind = kindOf(text);
  const code = codeOf(text, /^[A-Z]+/u.exec(text)?.[0] ?? '');
  return kind === 'unknown' || code === undefined || code > 0xffff ? null : { code, kind };
}

async function transformOfCoordinates(
  document: PreviewDocument,
  array: ZarrArray,
  rows: number,
  columns: number,
  signal: AbortSignal,
): Promise<number[] | undefined> {
  const y = await stepsAlong(document, array, rows, signal);
  const x = await stepsAlong(document, array, columns, signal);
  if (x === undefined || y === undefined) return undefined;
  return [x.first - x.step / 2, x.step, 0, y.first - y.step / 2, 0, y.step];
}

/** First coordinate and step of an axis; undefined where it has none, or they are not even. */
async function stepsAlong(
  { set, opener }: PreviewDocument,
  array: ZarrArray,
  axis: number,
  signal: AbortSignal,
): Promise<{ first: number; step: number } | undefined> {
  const length = array.shape[axis] ?? 0;
  const name = array.dimensionNames?.[axis] ?? '';
  const path = keyBelow(parentOf(array.path), name);
  if (name === '' || length < 2 || length > MOST_VALUES || !set.arrayPaths().includes(path)) return undefined;
  const coordinate = set.array(path);
  if (coordinate.shape.length !== 1 || coordinate.shape[0] !== length) return undefined;
  if (!'iuf'.includes(coordinate.dataType.kind)) return undefined;
  const values = toTypedArray(await readWindow(set, coordinate, [{ start: 0, stop: length }], opener, { signal }));
  const { scale, offset } = scalingOf(coordinate.attributes) ?? { scale: 1, offset: 0 };
  const at = (index: number): number => Number(values[index]) * scale + offset;
  const [first, last] = [at(0), at(length - 1)];
  const step = (last - first) / (length - 1);
  for (let index = 0; index < length; index++) {
    if (!(Math.abs(at(index) - (first + index * step)) <= UNEVEN * Math.abs(step))) return undefined;
  }
  return step === 0 ? undefined : { first, step };
}
