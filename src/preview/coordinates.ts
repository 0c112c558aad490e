import { KerchunkError } from '../errors';
import { pictureAxes } from '../picture/plane';
import { insideOf } from '../read/inside';
import type { Slice } from '../read/plan';
import { readWindow } from '../read/window';
import type { ReferenceSet } from '../references/reference-set';
import { countInWords, cutText, listInWords } from '../words';
import { cfTimeText } from '../zarr/cf-time';
import { keyBelow } from '../zarr/grid';
import { floatText, scaledText } from '../zarr/number-text';
import { valueText } from '../zarr/text';
import type { ZarrArray } from '../zarr/types';
import { type Value, valueAt } from '../zarr/values';
import type { PreviewDocument } from './document';
import { geoTransformOf } from './georeference';
import { failureOf } from './load-chunk';
import { nodataOf, scalingOf, unitOf } from './meaning';
import { groupOf } from '../zarr/path';
import type { AxisCoordinates, ChunkPreview } from './types';

/** Coordinates shown along one axis; each goes through messages as a text. */
const MOST_VALUES = 2 ** 17;
const MOST_CHARACTERS = 200;
const MOST_OF_PROBLEM = 2000;

/** Where a part of an array lies along an axis: indices from `start`, `length` of them. */
interface Extent {
  axis: number;
  name: string;
  start: number;
  length: number;
}

/** Coordinates of an axis, or why those that it has are not shown. */
type Found = AxisCoordinates | { axis: number; name: string; problem: string };

/**
 * Coordinates along the axes of a chunk: of 1-D arrays that have the name of a dimension and stand in the same group; where there are none
 * for rows and columns, of pixels' centres by the `GeoTransform` of the grid mapping or `spatial:transform`, if it is not rotated. Axes without coordinates are left
 * out; so are those whose coordinates cannot be shown, and `coordinateProblem` tells why.
 * @throws KerchunkError `cancelled`.
 */
export async function coordinatesOf(
  document: PreviewDocument,
  array: ZarrArray,
  indices: readonly number[],
  inside: readonly number[],
  signal: AbortSignal,
): Promise<Pick<ChunkPreview, 'coordinates' | 'coordinateProblem'>> {
  const slices = inside.map((length, axis): Slice => {
    const start = (indices[axis] ?? 0) * (array.chunkShape[axis] ?? 0);
    return { start, stop: start + length };
  });
  const [rows, columns] = array.shape.length < 2 ? [] : pictureAxes(array.chunkShape);
  return coordinatesOfWindow(document, array, slices, { rows, columns }, signal);
}

/**
 * As `coordinatesOf`, along any part of an array: half-open slices, one for each axis, and the axes of its rows and columns.
 * @throws KerchunkError `cancelled`.
 */
export async function coordinatesOfWindow(
  document: PreviewDocument,
  array: ZarrArray,
  slices: readonly Slice[],
  { rows, columns }: { rows: number | undefined; columns: number | undefined },
  signal: AbortSignal,
): Promise<Pick<ChunkPreview, 'coordinates' | 'coordinateProblem'>> {
  const extents = slices.map(({ start, stop }, axis): Extent => {
    return { axis, name: array.dimensionNames?.[axis] ?? '', start, length: stop - start };
  });
  const named = await Promise.all(extents.map((extent) => namedCoordinates(document, array, extent, signal)));
  const found = named.filter((item) => item !== undefined);
  const taken = found.some(({ axis }) => axis === rows || axis === columns);
  const all = taken ? found : [...found, ...transformedCoordinates(document, array, extents, rows, columns)];
  return {
    coordinates: all.filter((item) => 'texts' in item).sort((a, b) => a.axis - b.axis),
    coordinateProblem: problemInWords(all.filter((item) => 'problem' in item)),
  };
}

/**
 * Coordinates along some axes of the chunk at `indices`, those that there are; see `coordinatesOf`.
 * @throws KerchunkError as `ReferenceSet.array`; `cancelled`.
 */
export async function coordinatesAlong(
  document: PreviewDocument,
  path: string,
  indices: readonly number[],
  axes: readonly number[],
  signal: AbortSignal,
): Promise<AxisCoordinates[]> {
  const array = document.set.array(path);
  const { coordinates } = await coordinatesOf(document, array, indices, insideOf(array, indices), signal);
  return coordinates.filter(({ axis }) => axes.includes(axis));
}

function problemInWords(problems: readonly { name: string; problem: string }[]): string | null {
  const [first] = problems;
  if (first === undefined) return null;
  const names = listInWords(problems.map(({ name }) => cutText(name, MOST_CHARACTERS)));
  return `The coordinates along ${names} are not shown: ${cutText(first.problem, MOST_OF_PROBLEM)}`;
}

async function namedCoordinates(
  { set, opener }: PreviewDocument,
  array: ZarrArray,
  { axis, name, start, length }: Extent,
  signal: AbortSignal,
): Promise<Found | undefined> {
  const path = keyBelow(groupOf(array.path), name);
  if (name === '' || path === array.path) return undefined;
  try {
    const coordinate = arrayAt(set, path);
    if (coordinate === undefined) return undefined;
    if (coordinate.shape.length !== 1 || coordinate.shape[0] !== array.shape[axis]) return undefined;
    if (length > MOST_VALUES) return { axis, name, problem: tooMany(length) };
    const window = await readWindow(set, coordinate, [{ start, stop: start + length }], opener, { signal });
    const isAbsent = absenceOf(set, coordinate);
    const textOf = coordinateText(coordinate);
    const texts = Array.from({ length }, (_, i) => (isAbsent(start + i) ? null : textOf(valueAt(window, i))));
    const { units, calendar } = coordinate.attributes;
    const areDates = cfTimeText(units, calendar) !== undefined;
    return { axis, name, unit: areDates ? null : unitOf(coordinate.attributes), texts };
  } catch (error) {
    return { axis, name, problem: failureOf(error).message };
  }
}

function arrayAt(set: ReferenceSet, path: string): ZarrArray | undefined {
  try {
    return set.array(path);
  } catch (error) {
    if (error instanceof KerchunkError && error.code === 'invalid-argument') return undefined;
    throw error;
  }
}

function tooMany(length: number): string {
  return `the chunk has ${countInWords(length)} of them, and at most ${countInWords(MOST_VALUES)} are shown.`;
}

/** Whether the element at an index of a 1-D array lies in an absent chunk. */
function absenceOf(set: ReferenceSet, { path, chunkShape }: ZarrArray): (index: number) => boolean {
  const side = chunkShape[0] ?? 1;
  let last = { chunk: -1, absent: false };
  return (index) => {
    const chunk = Math.floor(index / side);
    if (chunk !== last.chunk) last = { chunk, absent: set.chunk(path, [chunk]).kind === 'absent' };
    return last.absent;
  };
}

/** What an element of a coordinate array is as text, scaled and as a date where its attributes say so; null for its fill value. */
function coordinateText(coordinate: ZarrArray): (value: Value) => string | null {
  const { dataType, attributes } = coordinate;
  const nodata = nodataOf(coordinate);
  const missing = nodata === null ? null : valueText(nodata, dataType);
  const dateText = cfTimeText(attributes.units, attributes.calendar);
  const scaling = 'iuf'.includes(dataType.kind) ? scalingOf(attributes) : null;
  return (value) => {
    const text = valueText(value, dataType);
    if (text === missing) return null;
    if (dateText !== undefined && scaling === null && (typeof value === 'number' || typeof value === 'bigint')) {
      return dateText(value) ?? text;
    }
    if (scaling === null || (typeof value !== 'number' && typeof value !== 'bigint')) {
      return cutText(text, MOST_CHARACTERS);
    }
    const { scale, offset } = scaling;
    // Floats of two and four bytes are scaled in four bytes.
    if (dataType.kind === 'f' && dataType.itemSize < 8) {
      return floatText(Math.fround(Number(value) * scale + offset), 4);
    }
    return scaledText(value, scale, offset);
  };
}

/** Centres of pixels by GDAL's six numbers [x0, dx, rx, y0, ry, dy]. */
function transformedCoordinates(
  document: PreviewDocument,
  array: ZarrArray,
  extents: readonly Extent[],
  rows: number | undefined,
  columns: number | undefined,
): Found[] {
  const [x0, dx, rx, y0, ry, dy] = geoTransformOf(document, array) ?? [];
  if (x0 === undefined || dx === undefined || y0 === undefined || dy === undefined || rx !== 0 || ry !== 0) return [];
  return extents.flatMap(({ axis, name: dimension, start, length }): Found[] => {
    if (axis !== rows && axis !== columns) return [];
    const name = dimension || (axis === rows ? 'y' : 'x');
    if (length > MOST_VALUES) return [{ axis, name, problem: tooMany(length) }];
    const [first, step] = axis === rows ? [y0, dy] : [x0, dx];
    const texts = Array.from({ length }, (_, i) => scaledText(start + i + 0.5, step, first));
    return [{ axis, name, unit: null, texts }];
  });
}
