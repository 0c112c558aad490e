import { KerchunkError } from '../errors';
import { isJsonObject } from '../json';
import { planeOf } from '../picture/plane';
import { readWindow } from '../read/window';
import type { ZarrArray } from '../zarr/types';
import { isNumeric, toTypedArray } from '../zarr/values';
import type { PreviewDocument } from './document';
import { scalingOf, unitOf } from './meaning';
import { childOf, parentOf } from './paths';
import type { AxisCoordinates } from './types';

const MOST_VALUES = 2 ** 20;

/** Where a part of an array lies along an axis: indices from `start`, `length` of them. */
interface Extent {
  axis: number;
  name: string;
  start: number;
  length: number;
}

/**
 * Coordinates along the axes of a chunk: of 1-D arrays that have the name of a dimension and stand in the same group; where there are none
 * for rows and columns, of pixels' centres by the `GeoTransform` of the grid mapping, if it is not rotated. Axes without coordinates, and
 * those whose coordinates cannot be read, are left out.
 * @throws KerchunkError `cancelled`.
 */
export async function coordinatesOf(
  document: PreviewDocument,
  array: ZarrArray,
  indices: readonly number[],
  inside: readonly number[],
  signal: AbortSignal,
): Promise<AxisCoordinates[]> {
  const extents = inside.map((length, axis): Extent => {
    const start = (indices[axis] ?? 0) * (array.chunkShape[axis] ?? 0);
    return { axis, name: array.dimensionNames?.[axis] ?? '', start, length };
  });
  const usable = extents.filter(({ length }) => length <= MOST_VALUES);
  const named = await Promise.all(usable.map((extent) => namedCoordinates(document, array, extent, signal)));
  const found = named.filter((coordinates) => coordinates !== undefined);
  const [rows, columns] = pictureAxes(array).map((axis) => usable.find((extent) => extent.axis === axis));
  const taken = found.some(({ axis }) => axis === rows?.axis || axis === columns?.axis);
  if (taken || rows === undefined || columns === undefined) return found;
  return [...found, ...transformedCoordinates(document, array, rows, columns)].sort((a, b) => a.axis - b.axis);
}

function pictureAxes({ shape, chunkShape }: ZarrArray): number[] {
  if (shape.length < 2) return [];
  const last = shape.length - (planeOf({ shape: chunkShape }).bands > 1 ? 2 : 1);
  return [last - 1, last];
}

async function namedCoordinates(
  { set, opener }: PreviewDocument,
  array: ZarrArray,
  { axis, name, start, length }: Extent,
  signal: AbortSignal,
): Promise<AxisCoordinates | undefined> {
  const path = childOf(parentOf(array.path), name);
  if (name === '' || path === array.path) return undefined;
  try {
    const coordinate = set.array(path);
    const fits = coordinate.shape.length === 1 && coordinate.shape[0] === array.shape[axis];
    if (!fits || !isNumeric(coordinate.dataType) || coordinate.dataType.kind === 'c') return undefined;
    const window = await readWindow(set, coordinate, [{ start, stop: start + length }], opener, { signal });
    const { scale, offset } = scalingOf(coordinate.attributes) ?? { scale: 1, offset: 0 };
    const values = Float64Array.from<number | bigint>(toTypedArray(window), (value) => Number(value) * scale + offset);
    return { axis, name, unit: unitOf(coordinate.attributes), values: values.buffer };
  } catch (error) {
    if (!(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
    return undefined;
  }
}

/** Centres of pixels by GDAL's six numbers [x0, dx, rx, y0, ry, dy]. */
function transformedCoordinates(
  document: PreviewDocument,
  array: ZarrArray,
  rows: Extent,
  columns: Extent,
): AxisCoordinates[] {
  const [x0, dx, rx, y0, ry, dy] = geoTransform(document, array) ?? [];
  if (x0 === undefined || dx === undefined || y0 === undefined || dy === undefined || rx !== 0 || ry !== 0) return [];
  const centres = (
    { axis, name, start, length }: Extent,
    otherwise: string,
    first: number,
    step: number,
  ): AxisCoordinates => {
    const values = Float64Array.from({ length }, (_, i) => first + (start + i + 0.5) * step);
    return { axis, name: name || otherwise, unit: null, values: values.buffer };
  };
  return [centres(rows, 'y', y0, dy), centres(columns, 'x', x0, dx)];
}

function geoTransform({ set }: PreviewDocument, { path, attributes }: ZarrArray): number[] | undefined {
  const name = typeof attributes.grid_mapping === 'string' ? attributes.grid_mapping : 'spatial_ref';
  const attribute = set.document(childOf(childOf(parentOf(path), name), '.zattrs'))?.value;
  const text = isJsonObject(attribute) ? attribute.GeoTransform : undefined;
  if (typeof text !== 'string') return undefined;
  const numbers = text.trim().split(/\s+/).map(Number);
  return numbers.length === 6 && numbers.every(Number.isFinite) ? numbers : undefined;
}
