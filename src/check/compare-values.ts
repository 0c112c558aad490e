import type { NdArray } from '../zarr/types';
import { toTypedArray } from '../zarr/values';

/** Which part of two chunks is compared: both have `width` pixels a row of `depth` samples; what lies beyond the image does not count. */
export interface ComparedPart {
  width: number;
  depth: number;
  /** Of the part inside the image. */
  rows: number;
  columns: number;
}

/** How two chunks differ. Rows, columns and bands count from 0, in the chunk. */
export interface Difference {
  /** Values that were compared, and those that differ; a complex number is two values. */
  compared: number;
  differing: number;
  /** Rows with at least one wrong value, and the first and the last of them. */
  rows: { count: number; first: number; last: number };
  first: { row: number; column: number; band: number; read: number | bigint; truth: number | bigint };
}

/**
 * Compares two chunks of numbers value by value, NaN equal to NaN; undefined where all are equal.
 * @returns `'kinds'` where one is complex and the other is not.
 */
export function compareValues(read: NdArray, truth: NdArray, part: ComparedPart): Difference | 'kinds' | undefined {
  const isComplex = read.dataType.kind === 'c';
  if (isComplex !== (truth.dataType.kind === 'c')) return 'kinds';
  const [a, b] = [toTypedArray(read), toTypedArray(truth)];
  const perSample = isComplex ? 2 : 1;
  const { rows, columns, width } = part;
  const perPixel = part.depth * perSample;
  const run = columns * perPixel;
  const wrong = { count: 0, first: -1, last: -1 };
  let differing = 0;
  let first: Difference['first'] | undefined;
  for (let row = 0; row < rows; row++) {
    const start = row * width * perPixel;
    const before = differing;
    for (let i = start; i < start + run; i++) {
      if (isSame(a[i], b[i])) continue;
      differing += 1;
      first ??= {
        row,
        column: Math.floor((i - start) / perPixel),
        band: Math.floor(((i - start) % perPixel) / perSample),
        read: a[i] ?? NaN,
        truth: b[i] ?? NaN,
      };
    }
    if (differing === before) continue;
    if (wrong.first < 0) wrong.first = row;
    wrong.last = row;
    wrong.count += 1;
  }
  return first === undefined ? undefined : { compared: rows * run, differing, rows: wrong, first };
}

function isSame(a: number | bigint | undefined, b: number | bigint | undefined): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  // Integers of 8 bytes beside others: a double does not hold each of them exactly.
  return typeof a !== typeof b && Number(a) === Number(b);
}
