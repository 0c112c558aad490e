import type { ChunkValues, Histogram, StatisticsInWords } from '../../../src/preview/types';
import { parseDataType } from '../../../src/zarr/data-type';

/** Smooth hills with a lake of nodata, as uint16 in [0, 10000]: a number for each row and column of a whole array. */
export function height(row: number, column: number): number {
  const lake = Math.hypot(row - 700, column - 520) < 90;
  if (lake) return 0;
  const hills = Math.sin(row / 71) * Math.cos(column / 53) + 0.5 * Math.sin((row + column) / 23);
  return Math.round(3000 + 1200 * hills + row * 1.5);
}

/** The values of one chunk of `height`; beyond the array's edge 0. */
export function heights(chunk: readonly [number, number], side: number, edge: number): Uint16Array<ArrayBuffer> {
  const values = new Uint16Array(side * side);
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const [y, x] = [chunk[0] * side + row, chunk[1] * side + column];
      values[row * side + column] = y < edge && x < edge ? height(y, x) : 0;
    }
  }
  return values;
}

/** What readers make of differences along rows that they sum down the rows instead: an error that grows from row to row. */
export function drifted(truth: Uint16Array<ArrayBuffer>, side: number): Uint16Array<ArrayBuffer> {
  const values = truth.slice();
  for (let row = 1; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const at = row * side + column;
      values[at] = (truth[at] ?? 0) + (values[at - side] ?? 0);
    }
  }
  return values;
}

/** For each row how far its farthest value is off. */
export function errorPerRow(got: Uint16Array, right: Uint16Array, side: number): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: side }, (_, row) => {
    let most = 0;
    for (let at = row * side; at < (row + 1) * side; at += 1)
      most = Math.max(most, Math.abs((got[at] ?? 0) - (right[at] ?? 0)));
    return most;
  });
}

type Numbers = Exclude<ArrayLike<number>, string>;

/** Statistics of numbers by plain loops; `nodata` is left out. */
export function statisticsOf(values: Numbers, nodata: number | null): StatisticsInWords {
  const all = Array.from(values);
  const valid = all.filter((value) => value !== nodata && !Number.isNaN(value));
  const sum = valid.reduce((total, value) => total + value, 0);
  const text = (value: number): string | null => (valid.length === 0 ? null : String(value));
  return {
    count: all.length,
    valid: valid.length,
    nodata: all.filter((value) => value === nodata).length,
    nan: all.filter((value) => Number.isNaN(value)).length,
    minimum: text(valid.reduce((least, value) => Math.min(least, value), Infinity)),
    maximum: text(valid.reduce((most, value) => Math.max(most, value), -Infinity)),
    mean: text(sum / valid.length),
    standardDeviation: text(
      Math.sqrt(valid.reduce((total, value) => total + (value - sum / valid.length) ** 2, 0) / valid.length),
    ),
  };
}

export function histogramOf(values: Numbers, nodata: number | null): Histogram | null {
  const valid = Array.from(values).filter((value) => value !== nodata && Number.isFinite(value));
  if (valid.length === 0) return null;
  const low = valid.reduce((least, value) => Math.min(least, value));
  const high = valid.reduce((most, value) => Math.max(most, value));
  const counts = new Array<number>(64).fill(0);
  for (const value of valid) {
    const bin = high > low ? Math.min(63, Math.floor(((value - low) / (high - low)) * 64)) : 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { low, high, counts };
}

export function stretchOf(values: Numbers, nodata: number | null): { low: number; high: number } | null {
  const valid = Array.from(values)
    .filter((value) => value !== nodata && Number.isFinite(value))
    .sort((one, other) => one - other);
  const at = (part: number): number => valid[Math.round(part * (valid.length - 1))] ?? 0;
  return valid.length === 0 ? null : { low: at(0.02), high: at(0.98) };
}

/** Values as a chunk's, with nothing special about them but `change`. */
export function chunkValues(
  dtype: string,
  shape: readonly number[],
  data: ArrayBuffer,
  numbers: Numbers,
  change: Partial<ChunkValues> = {},
): ChunkValues {
  const nodata = change.nodata === undefined || change.nodata === null ? null : Number(change.nodata);
  return {
    dataType: parseDataType(dtype),
    shape,
    data,
    step: 1,
    inside: shape,
    nodata: null,
    nodataSource: nodata === null ? null : 'fill_value',
    classes: null,
    scaling: null,
    unit: null,
    calendar: null,
    statistics: statisticsOf(numbers, nodata),
    histogram: histogramOf(numbers, nodata),
    stretch: stretchOf(numbers, nodata),
    texts: null,
    ...change,
  };
}
