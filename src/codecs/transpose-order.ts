import type { JsonObject } from '../json';
import { badConfiguration } from './decode-error';

/**
 * The order of axes of zarr v3's `transpose`: axis `i` of what is stored is axis `order[i]` of the array.
 * @throws KerchunkError `malformed-metadata` where it is no permutation of the axes.
 */
export function transposeOrder({ order }: JsonObject, rank: number): number[] {
  const axes = Array.isArray(order) ? order.map(Number) : [];
  const isPermutation = axes.length === rank && axes.every((_, axis) => axes.includes(axis));
  if (isPermutation) return axes;
  throw badConfiguration(`"order" is no permutation of the ${rank} axes`);
}

/** The shape of a chunk after transposing. @throws as `transposeOrder`. */
export function transposedShape(shape: readonly number[], config: JsonObject): number[] {
  return transposeOrder(config, shape.length).map((axis) => shape[axis] ?? 1);
}

/** Whether a configuration of `transpose` turns all axes round, as order F does. */
export function isReversal({ order }: JsonObject): boolean {
  return Array.isArray(order) && order.every((axis, at) => axis === order.length - 1 - at);
}
