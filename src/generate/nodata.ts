import { halfToNumber, numberToHalf } from '../zarr/half';
import type { DataType } from '../zarr/types';

/** GDAL_NODATA read as a number: exact as bigint where it is written as an integer. `undefined` where the text is no number. */
export function parseNodata(text: string): number | bigint | undefined {
  const plain = text.trim().toLowerCase();
  if (/^[+-]?\d+$/u.test(plain)) return BigInt(plain.replace('+', ''));
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/u.test(plain)) return Number(plain);
  // Microsoft's C library writes 1.#QNAN, -1.#IND and 1.#INF.
  if (/^[+-]?(nan(\(\w*\))?|1\.#(qnan|snan|ind|nan)\d*)$/u.test(plain)) return NaN;
  const infinite = /^([+-]?)(inf|infinity|1\.#inf\d*)$/u.exec(plain);
  if (infinite === null) return undefined;
  return infinite[1] === '-' ? -Infinity : Infinity;
}

/**
 * Nodata as a value of the data type (kinds i, u and f): rounded to a float's own precision, because it is compared with
 * stored values; bigint for integers of 8 bytes. `undefined` where the type cannot hold it.
 */
export function nodataAs(nodata: number | bigint, { kind, itemSize }: DataType): number | bigint | undefined {
  if (kind === 'f') return floatAs(Number(nodata), itemSize);
  const integer = typeof nodata === 'bigint' ? nodata : Number.isInteger(nodata) ? BigInt(nodata) : undefined;
  if (integer === undefined) return undefined;
  const fits = kind === 'i' ? BigInt.asIntN(8 * itemSize, integer) : BigInt.asUintN(8 * itemSize, integer);
  if (fits !== integer) return undefined;
  return itemSize === 8 ? integer : Number(integer);
}

function floatAs(value: number, itemSize: number): number | undefined {
  const rounded = itemSize === 8 ? value : itemSize === 4 ? Math.fround(value) : halfToNumber(numberToHalf(value));
  return Number.isFinite(value) && !Number.isFinite(rounded) ? undefined : rounded;
}
