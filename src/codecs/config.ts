import type { JsonObject } from '../json';
import { parseDataType } from '../zarr/data-type';
import type { DataType } from '../zarr/types';
import { badConfiguration } from './decode-error';

/**
 * The dtype under `name` of a codec's configuration; `otherwise` where it is absent or null.
 * @throws KerchunkError `malformed-metadata` where it is absent and there is nothing else, or no dtype.
 */
export function dtypeOf(config: JsonObject, name: string, otherwise?: DataType): DataType {
  const json = config[name] ?? undefined;
  if (json === undefined) {
    if (otherwise !== undefined) return otherwise;
    throw badConfiguration(`its configuration has no "${name}"`);
  }
  return parseDataType(json);
}

/**
 * The number under `name`; `otherwise` where it is absent or null. Integers beyond 2^53 are rounded to a double, as numpy does.
 * @throws KerchunkError `malformed-metadata` where it is absent and there is nothing else, or no number.
 */
export function numberOf(config: JsonObject, name: string, otherwise?: number): number {
  const json = config[name] ?? otherwise;
  if (typeof json === 'number' || typeof json === 'bigint') return Number(json);
  throw badConfiguration(json === undefined ? `its configuration has no "${name}"` : `"${name}" is not a number`);
}

/**
 * The whole number under `name`, also where it stands as text, as some writers of shuffle have it.
 * @throws KerchunkError `malformed-metadata` where it is no whole number.
 */
export function integerOf(config: JsonObject, name: string, otherwise?: number): number {
  const json = config[name];
  const value = typeof json === 'string' && /^[+-]?\d+$/.test(json) ? Number(json) : numberOf(config, name, otherwise);
  if (Number.isSafeInteger(value)) return value;
  throw badConfiguration(`"${name}" is ${value}, not a whole number`);
}

/**
 * The shape under `shape`: non-negative integers; `otherwise` where it is absent or null.
 * @throws KerchunkError `malformed-metadata` where it is anything else.
 */
export function shapeOf(config: JsonObject, otherwise: readonly number[]): readonly number[] {
  const json = config.shape ?? undefined;
  if (json === undefined) return otherwise;
  const sides = Array.isArray(json) ? json : [json];
  return sides.map((side) => {
    if (typeof side === 'number' && Number.isSafeInteger(side) && side >= 0) return side;
    throw badConfiguration('"shape" is not a list of whole numbers');
  });
}
