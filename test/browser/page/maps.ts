import type {
  PlaceCoordinates,
  Pyramid,
  PyramidLevel,
  WindowRequest,
  WindowValues,
} from '../../../src/preview/map-types';
import { parseDataType } from '../../../src/zarr/data-type';
import { arrayAt } from './arrays';
import { height } from './landscape';

/** Rows and columns are halved so often. */
const overviews: Record<string, number> = { elevation: 2 };

function halved(side: number, times: number): number {
  return Math.ceil(side / 2 ** times);
}

/** The pyramid of an array; `elevation` has two overviews, which are said to be its TIFF's. */
export function pyramidOf(path: string): Pyramid | undefined {
  const array = arrayAt(path);
  if (array === undefined) return undefined;
  const bandAxis = path === 'pixels' ? 2 : null;
  const [rowAxis, columnAxis] = bandAxis === null ? [array.shape.length - 2, array.shape.length - 1] : [0, 1];
  const { storedBytes, coverage } = array;
  const levels = Array.from({ length: 1 + (overviews[path] ?? 0) }, (_, times): PyramidLevel => {
    const shape = array.shape.map((side, axis) =>
      axis === rowAxis || axis === columnAxis ? halved(side, times) : side,
    );
    const storedChunks = Math.ceil((coverage.ranges + coverage.inline) / 4 ** times);
    const from = times === 0 ? 'references' : 'tiff';
    return { from, path, shape, chunkShape: array.chunkShape, storedChunks, storedBytes: storedBytes / 4 ** times };
  });
  return {
    path,
    rowAxis,
    columnAxis,
    bandAxis,
    dataType: parseDataType(array.dtype),
    keyEncoding: { separator: '.', prefix: '' },
    nodata: path === 'elevation' ? '0' : null,
    scaling: path === 'elevation' ? { scale: 0.1, offset: -100 } : null,
    unit: path === 'elevation' ? 'm' : null,
    classes: null,
    aspect: 1,
    crs: path === 'elevation' ? 'WGS 84 / UTM zone 32N (EPSG:32632)' : null,
    levels,
    note:
      path === 'elevation'
        ? 'The references hold no overviews. Those shown are read from the TIFF itself, elevation.tif: 718 × 718 and 359 × 359 pixels.'
        : null,
  };
}

/** Values of a window: `height` of the element, or of `pixels` its row, its column and 128; the chunk 0.5 of `elevation` has failed. */
export function windowOf({ path, level, slices }: WindowRequest): WindowValues | undefined {
  const pyramid = pyramidOf(path);
  if (pyramid === undefined) return undefined;
  const { dataType, rowAxis, columnAxis, bandAxis } = pyramid;
  const shape = slices.map(({ start, stop, step }) => Math.ceil((stop - start) / step));
  const count = shape.reduce((product, side) => product * side, 1);
  const numbers =
    path === 'pixels'
      ? new Uint8Array(count)
      : dataType.kind === 'f'
        ? new Float32Array(count)
        : new Uint16Array(count);
  const at = slices.map(() => 0);
  for (let to = 0; to < count; to += 1) {
    const element = at.map((index, axis) => (slices[axis]?.start ?? 0) + index * (slices[axis]?.step ?? 1));
    const [row = 0, column = 0] = [element[rowAxis], element[columnAxis]].map((index = 0) => index * 2 ** level);
    const other = element.reduce(
      (sum, index, axis) => (axis === rowAxis || axis === columnAxis ? sum : sum + index),
      0,
    );
    numbers[to] =
      bandAxis === null ? height(row, column) + 10 * other : ([row / 3, column / 3, 128][element[bandAxis] ?? 0] ?? 0);
    for (let axis = at.length - 1; axis >= 0; axis -= 1) {
      at[axis] = ((at[axis] ?? 0) + 1) % (shape[axis] ?? 1);
      if (at[axis] !== 0) break;
    }
  }
  return {
    dataType,
    shape,
    data: numbers.buffer,
    failures: failuresOf(path, level, slices, shape),
    chunks: 1,
    absent: 0,
  };
}

function failuresOf(
  path: string,
  level: number,
  slices: WindowRequest['slices'],
  shape: readonly number[],
): WindowValues['failures'] {
  const [rows, columns] = slices;
  if (path !== 'elevation' || level !== 0 || rows === undefined || columns === undefined) return [];
  const start = [Math.max(0, rows.start), Math.max(1280, columns.start)];
  const stop = [Math.min(256, rows.stop), Math.min(1436, columns.stop)];
  const size = stop.map((end, axis) => end - (start[axis] ?? 0));
  if (size.some((side) => side <= 0)) return [];
  const message = 'imagecodecs_delta: 131,070 bytes are no whole number of rows of 512 bytes.';
  const place = [(start[0] ?? 0) - rows.start, (start[1] ?? 0) - columns.start];
  return [
    {
      key: 'elevation/0.5',
      indices: [0, 5],
      code: 'decode-failed',
      message,
      start: place,
      size: shape.length === 2 ? size : [...size],
    },
  ];
}

/** Of `elevation`, as its chunks have them; none of other arrays. */
export function coordinatesOf({
  path,
  slices,
}: {
  path: string;
  slices: readonly { start: number; stop: number }[];
}): PlaceCoordinates {
  if (path !== 'elevation') return { coordinates: [], coordinateProblem: null };
  const coordinates = slices.map(({ start, stop }, axis) => {
    const [first, by] = axis === 0 ? [5_300_040, -10] : [600_000, 10];
    const texts = Array.from({ length: stop - start }, (_, at) => String(first + by * (start + at + 0.5)));
    return { axis, name: axis === 0 ? 'y' : 'x', unit: 'metre', texts };
  });
  return { coordinates, coordinateProblem: null };
}
