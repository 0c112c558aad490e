import { isJsonObject, type JsonValue } from '../json';
import type { NdArray, ZarrArray } from '../zarr/types';
import { isNumeric, toTypedArray } from '../zarr/values';
import type { Bounds } from './bounds';

/** Statistics that a writer rounded to text may differ from a float by this part of it. */
const ROUNDING = 1e-6;

/** Values of a chunk that lie outside bounds. */
export interface Outside {
  bounds: Bounds;
  count: number;
  /** Place of the first in C order, by axis, in the chunk; its value, and the bounds that hold there. */
  first: { at: number[]; value: number; low: number; high: number };
}

/** What is notable about the values of a chunk, of its part inside the array. */
export interface Inspection {
  values: number;
  /** Every value is the fill value. */
  allFill: boolean;
  outside: Outside[];
}

/** Looks through real numbers; undefined for elements that are none. NaN, and what the array calls missing, lies in all bounds. */
export function inspectValues(
  values: NdArray,
  array: ZarrArray,
  bounds: readonly Bounds[],
  origin: readonly number[],
): Inspection | undefined {
  if (!isNumeric(values.dataType) || !'biuf'.includes(values.dataType.kind)) return undefined;
  const numbers = toTypedArray(values);
  const missing = missingValues(array);
  const fill = array.fillValue === null ? undefined : Number(array.fillValue);
  const strides = stridesOf(values.shape);
  const tolerance = values.dataType.kind === 'f' ? ROUNDING : 0;
  const found = bounds.map((bound) => ({ bound, count: 0, first: undefined as Outside['first'] | undefined }));
  let filled = 0;
  for (let i = 0; i < numbers.length; i++) {
    const value = Number(numbers[i]);
    if (fill !== undefined && (value === fill || (Number.isNaN(value) && Number.isNaN(fill)))) filled += 1;
    if (Number.isNaN(value) || missing.has(value)) continue;
    for (const item of found) {
      const { axis } = item.bound;
      const band =
        axis === undefined
          ? 0
          : (origin[axis] ?? 0) + (Math.floor(i / (strides[axis] ?? 1)) % (values.shape[axis] ?? 1));
      const [low = -Infinity, high = Infinity] = [item.bound.low[band], item.bound.high[band]];
      if (value >= low - room(low, tolerance) && value <= high + room(high, tolerance)) continue;
      item.count += 1;
      item.first ??= {
        at: strides.map((stride, a) => Math.floor(i / stride) % (values.shape[a] ?? 1)),
        value,
        low,
        high,
      };
    }
  }
  return {
    values: numbers.length,
    allFill: fill !== undefined && numbers.length > 0 && filled === numbers.length,
    outside: found.flatMap(({ bound, count, first }) => (first === undefined ? [] : [{ bounds: bound, count, first }])),
  };
}

/** How far a value may be beyond a bound. */
function room(bound: number, tolerance: number): number {
  return Number.isFinite(bound) ? Math.abs(bound) * tolerance : 0;
}

function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--)
    strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1);
  return strides;
}

/** Values that stand for missing ones: the fill value, `_FillValue` and `missing_value` (CF conventions, section 2.5.1). */
function missingValues({ fillValue, attributes }: ZarrArray): Set<number> {
  const stated: JsonValue[] = [attributes._FillValue ?? null, attributes.missing_value ?? null].flat();
  const numbers = stated.filter((value) => value !== null && !isJsonObject(value)).map(Number);
  return new Set(fillValue === null ? numbers : [Number(fillValue), ...numbers]);
}
