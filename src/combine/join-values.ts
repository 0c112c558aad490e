import { KerchunkError } from '../errors';
import type { JsonObject } from '../json';
import { copyRegion } from '../read/region';
import { cfTimeText } from '../zarr/cf-time';
import { elementCount } from '../zarr/shape';
import { valueText } from '../zarr/text';
import type { NdArray } from '../zarr/types';
import { type Value, valueAt } from '../zarr/values';
import { isPacked } from './attributes';

/** Values behind one another along an axis, in the order given. */
export function joinValues(values: readonly NdArray[], shapes: readonly (readonly number[])[], axis: number): NdArray {
  const [first] = values;
  const [shape] = shapes;
  if (first === undefined || shape === undefined) throw new Error('There are no values to join.');
  const { itemSize } = first.dataType;
  const whole = shape.map((side, at) => (at === axis ? shapes.reduce((sum, one) => sum + (one[at] ?? 0), 0) : side));
  const hasObjects = values.some(({ objects }) => objects !== undefined);
  const target: NdArray = {
    dataType: first.dataType,
    shape: whole,
    data: new Uint8Array(elementCount(whole) * itemSize),
    ...(hasObjects ? { objects: [] } : {}),
  };
  let start = 0;
  for (const [index, part] of values.entries()) {
    const size = shapes[index] ?? shape;
    const zero = size.map(() => 0);
    copyRegion(
      { ...part, shape: size },
      target,
      { sourceStart: zero, targetStart: size.map((_side, at) => (at === axis ? start : 0)), size },
      itemSize,
    );
    start += size[axis] ?? 0;
  }
  return target;
}

/** @throws KerchunkError `not-expressible` where a coordinate stands twice: its step would be in the set twice. */
export function refuseRepeated(values: NdArray, path: string, attributes: JsonObject): void {
  const { itemSize } = values.dataType;
  const seen = new Map<string, number>();
  for (let at = 0; at < values.data.length; at += itemSize) {
    const key = values.data.subarray(at, at + itemSize).join();
    const index = at / itemSize;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, index);
      continue;
    }
    throw new KerchunkError(
      'not-expressible',
      `Coordinate "${path}" would hold ${textOf(values, index, attributes)} twice, at index ${first} and ${index}. Is one of the sets given twice, or in the set already?`,
    );
  }
}

/**
 * What is told of a coordinate whose values go neither up nor down all the way, of which xarray takes no slices by label; undefined of others, and of
 * what is no numbers along one axis.
 */
export function turnInWords(values: NdArray, path: string, attributes: JsonObject): string | undefined {
  if (values.shape.length !== 1) return undefined;
  let direction: boolean | undefined;
  for (let at = 1; at < elementCount(values.shape); at++) {
    const [before, value] = [valueAt(values, at - 1), valueAt(values, at)];
    if (!isNumber(before) || !isNumber(value)) return undefined;
    const isUp = value > before;
    direction ??= isUp;
    if (isUp === direction) continue;
    const [from, to] = [at - 1, at].map((index) => textOf(values, index, attributes));
    return `"${path}" turns round at index ${at}, where ${to ?? ''} follows on ${from ?? ''}: xarray takes no slices by label along it. Give the sets in the order of its values.`;
  }
  return undefined;
}

function isNumber(value: Value): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && !Number.isNaN(value));
}

/** As people read it: a time as its date. */
function textOf(values: NdArray, index: number, attributes: JsonObject): string {
  const value = valueAt(values, index);
  const isCount = (typeof value === 'number' || typeof value === 'bigint') && !isPacked(attributes);
  const date = isCount ? cfTimeText(attributes.units, attributes.calendar)?.(value) : undefined;
  return date ?? valueText(value, values.dataType);
}
