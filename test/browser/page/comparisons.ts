import type {
  ComparedSide,
  ComparedWith,
  Comparison,
  PlaneWindow,
  WindowSize,
} from '../../../src/preview/compare-types';
import { parseDataType } from '../../../src/zarr/data-type';
import { arrayAt } from './arrays';
import { failures } from './chunks';
import { drifted, height, statisticsOf, stretchOf } from './landscape';

/** As `compareWindows`: heights of both, of `drifting` as readers get them, with the differences counted by plain loops. */
export function comparisonOf({ first, second }: { first: PlaneWindow; second: ComparedWith }): Comparison | undefined {
  const details = arrayAt(first.path);
  if (details === undefined) return undefined;
  const other = second.kind === 'window' ? second.window : null;
  if (first.path === 'station' || other?.path === 'station') {
    return {
      kind: 'refused',
      reason: 'station holds text of 25 characters. Text and records have no differences: only numbers are compared.',
    };
  }
  if (first.path === 'pixels' && other === null) {
    const message = 'https://data.example.org/pixels.tif: The server answered 404 Not Found.';
    return { kind: 'failed', code: 'fetch-failed', message, target: 3 };
  }
  const sizes = { first: sizeOf(first), second: sizeOf(other ?? first) };
  const [rows, columns] = [0, 1].map((axis) => Math.min(sizes.first[axis] ?? 1, sizes.second[axis] ?? 1)) as [
    number,
    number,
  ];
  const one = numbersOf(first, rows, columns);
  const two = other === null ? heightsOf(first, rows, columns) : numbersOf(other, rows, columns);
  const nodata = first.path === 'elevation' ? 0 : null;
  const side = sideOf(first.path, one, nodata, failureOf(first));
  const against =
    other === null
      ? { ...sideOf('elevation.tif', two, nodata, null), image: 'IFD 0 (full resolution, 1024 x 1024)' }
      : sideOf(other.path, two, other.path === 'elevation' ? 0 : null, failureOf(other));
  return {
    kind: 'compared',
    rows,
    columns,
    cut: String(sizes.first) === String(sizes.second) ? null : sizes,
    step: 1,
    first: side,
    second: against,
    stretch: stretchOf([...one, ...two], nodata),
    difference: differenceOf(one, two, columns, side, against),
    notes: [],
  };
}

function lengthAlong({ slices }: PlaneWindow, axis: number | null): number {
  const slice = axis === null ? undefined : slices[axis];
  return slice === undefined ? 1 : slice.stop - slice.start;
}

function sizeOf(window: PlaneWindow): WindowSize {
  return [lengthAlong(window, window.rows), lengthAlong(window, window.columns)];
}

function heightsOf(window: PlaneWindow, rows: number, columns: number): Uint16Array<ArrayBuffer> {
  const from = (axis: number | null): number => (axis === null ? 0 : (window.slices[axis]?.start ?? 0));
  return Uint16Array.from({ length: rows * columns }, (_, at) =>
    height(from(window.rows) + Math.floor(at / columns), from(window.columns) + (at % columns)),
  );
}

function numbersOf(window: PlaneWindow, rows: number, columns: number): Uint16Array<ArrayBuffer> {
  const values = heightsOf(window, rows, columns);
  return window.path === 'drifting' ? drifted(values, columns) : values;
}

/** The chunks of `failures` fail in their own ways. */
function failureOf({ path, slices }: PlaneWindow): (typeof failures)[number] | null {
  if (path !== 'failures') return null;
  const [row = 0, column = 0] = slices.map(({ start }) => Math.floor(start / 256));
  return failures[4 * row + column] ?? null;
}

function sideOf(
  name: string,
  values: Uint16Array<ArrayBuffer>,
  nodata: number | null,
  failure: (typeof failures)[number] | null,
): ComparedSide {
  const isRead = failure === null;
  return {
    name,
    image: null,
    dataType: parseDataType('<u2'),
    dtype: '<u2',
    data: values.slice().buffer,
    open: isRead ? null : new Uint8Array(values.length).fill(1).buffer,
    nodata: nodata === null ? null : String(nodata),
    nodataSource: nodata === null ? null : 'fill_value',
    statistics: isRead ? statisticsOf(values, nodata) : null,
    stretch: isRead ? stretchOf(values, nodata) : null,
    allFill: false,
    chunks: 1,
    absent: 0,
    fillValue: '0',
    failures: isRead ? [] : [{ code: failure[0], key: `${name}/0.0`, message: failure[1], count: 1, target: 3 }],
  };
}

function differenceOf(
  one: Uint16Array,
  two: Uint16Array,
  columns: number,
  first: ComparedSide,
  second: ComparedSide,
): Extract<Comparison, { kind: 'compared' }>['difference'] {
  const count = one.length;
  const nothing = { minimum: null, maximum: null, mean: null, rootMeanSquare: null, largest: null, limit: null };
  const counts = { count, notRead: 0, nodataInBoth: 0, nodataInFirst: 0, nodataInSecond: 0, compared: 0, unequal: 0 };
  const others = { noDifference: 0, nanInBoth: 0 };
  if (first.open !== null || second.open !== null) return { ...counts, ...others, ...nothing, notRead: count };
  const found: number[] = [];
  let largest = { difference: '0', row: 0, column: 0 };
  one.forEach((value, at) => {
    const other = two[at] ?? 0;
    const [isOne, isOther] = [String(value) === first.nodata, String(other) === second.nodata];
    if (isOne && isOther) counts.nodataInBoth += 1;
    else if (isOne) counts.nodataInFirst += 1;
    else if (isOther) counts.nodataInSecond += 1;
    else {
      const difference = value - other;
      found.push(difference);
      if (difference !== 0) counts.unequal += 1;
      if (Math.abs(difference) > Math.abs(Number(largest.difference)))
        largest = { difference: String(difference), row: Math.floor(at / columns), column: at % columns };
    }
  });
  counts.compared = found.length;
  const of = (pick: (sum: number, value: number) => number, from: number): number => found.reduce(pick, from);
  return {
    ...counts,
    ...others,
    minimum: String(of((least, value) => Math.min(least, value), Infinity)),
    maximum: String(of((most, value) => Math.max(most, value), -Infinity)),
    mean: String(of((sum, value) => sum + value, 0) / found.length),
    rootMeanSquare: String(Math.sqrt(of((sum, value) => sum + value * value, 0) / found.length)),
    largest: counts.unequal === 0 ? null : largest,
    limit: counts.unequal === 0 ? null : Math.abs(Number(largest.difference)),
  };
}
