import type { Georeference } from '../export/geotiff-file';
import { epsgWkt } from '../generate/epsg-table';
import type { JsonObject } from '../json';
import { readWindow } from '../read/window';
import { nodeAttributes } from '../references/node-attributes';
import type { ReferenceSet } from '../references/reference-set';
import { codeOf, kindOf } from '../wkt';
import { multiscalesLayout, spatialTransformOf } from '../zarr/geo-conventions';
import { keyBelow } from '../zarr/grid';
import { gridMappingName, transformNumbers } from '../zarr/grid-mapping';
import type { ZarrArray } from '../zarr/types';
import { toTypedArray } from '../zarr/values';
import type { PreviewDocument } from './document';
import { scalingOf } from './meaning';
import { groupOf, nameOfPath } from '../zarr/path';

/** Axes that are longer are not looked at for even steps. */
const MOST_VALUES = 2 ** 20;
/** How far a coordinate may be from where even steps put it, in steps: less than a pixel's edge can be seen. */
const UNEVEN = 1e-3;

/** The attributes of an array's grid mapping (CF conventions, section 5.6); {} where there is none. */
export function gridMappingOf({ set }: PreviewDocument, { path, attributes }: ZarrArray): JsonObject {
  return nodeAttributes(set, keyBelow(groupOf(path), gridMappingName(attributes)));
}

/**
 * GDAL's six numbers [x0, dx, rx, y0, ry, dy] of an array: by its grid mapping's `GeoTransform`, else by the zarr convention `spatial:`, of the
 * array, of its level in a layout, of its group, or of the group's level in the layout of the one above. Undefined where nothing says them.
 */
export function geoTransformOf(document: PreviewDocument, array: ZarrArray): number[] | undefined {
  const { set } = document;
  const group = groupOf(array.path);
  return (
    transformNumbers(gridMappingOf(document, array)) ??
    spatialTransformOf(array.attributes) ??
    levelTransformOf(set, array.path) ??
    spatialTransformOf(nodeAttributes(set, group)) ??
    levelTransformOf(set, group)
  );
}

/** The transform of what the layout of a group above names, by its asset; a registration that the group states is its levels'. */
function levelTransformOf(set: ReferenceSet, path: string): number[] | undefined {
  if (path === '') return undefined;
  const above = nodeAttributes(set, groupOf(path));
  const level = multiscalesLayout(above).find(({ asset }) => asset === nameOfPath(path));
  const registration = above['spatial:registration'] ?? 'pixel';
  return level === undefined ? undefined : spatialTransformOf({ 'spatial:registration': registration, ...level });
}

/** The attributes of `proj:` that hold for an array: its own, else those of its group (geo-proj, inheritance rules). */
export function projOf({ set }: PreviewDocument, { path, attributes }: ZarrArray): JsonObject {
  const states = (from: JsonObject): boolean => Object.keys(from).some((name) => name.startsWith('proj:'));
  const group = groupOf(path);
  const all = [attributes, nodeAttributes(set, group), ...(group === '' ? [] : [levelsGroupOf(set, group)])];
  return all.find(states) ?? {};
}

/** The attributes of the group above where its layout names this one: they hold for all its levels. */
function levelsGroupOf(set: ReferenceSet, group: string): JsonObject {
  const above = nodeAttributes(set, groupOf(group));
  return multiscalesLayout(above).some(({ asset }) => asset === nameOfPath(group)) ? above : {};
}

/**
 * Where the pixels of a window lie, that begins at row `row` and column `column` of the axes `rows` and `columns`: by what
 * `geoTransformOf` finds, else by coordinates along both axes that lie in even steps; and its CRS, where that has an EPSG code.
 * @throws KerchunkError `cancelled`.
 */
export async function georeferenceOf(
  document: PreviewDocument,
  array: ZarrArray,
  { rows, columns, row, column }: { rows: number; columns: number; row: number; column: number },
  signal: AbortSignal,
): Promise<Omit<Georeference, 'nodata'>> {
  const stated = geoTransformOf(document, array);
  const whole = stated ?? (await transformOfCoordinates(document, array, rows, columns, signal));
  const transform = whole === undefined ? null : movedTo(whole, row, column);
  return { transform, crs: crsOf(gridMappingOf(document, array)) ?? (await statedCrsOf(projOf(document, array))) };
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

async function statedCrsOf(proj: JsonObject): Promise<Georeference['crs']> {
  const { 'proj:code': stated, 'proj:wkt2': wkt } = proj;
  const [, code] = typeof stated === 'string' ? (/^EPSG:(\d+)$/u.exec(stated) ?? []) : [];
  const text = code === undefined ? wkt : await epsgWkt(Number(code));
  return typeof text === 'string' ? crsOf({ crs_wkt: text }) : null;
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
  const path = keyBelow(groupOf(array.path), name);
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
