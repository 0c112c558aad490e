import type { DataType } from '../zarr/types';
import { parseNodata } from './nodata';
import type { Packing } from './sample-type';

/**
 * The pixel that GDAL gives for a tile or strip without bytes (GTiff driver, "Sparse files"): the nodata of that very IFD in the type of its
 * samples, else 0. Integers are rounded, halves away from zero, and clamped; those of 8 bytes are what strtoll and strtoull make of the text.
 * Floats of 16 bits are of 32 in GDAL, and complex numbers have this as their real part.
 * @param nodata GDAL_NODATA (42113) as written. @returns a bigint for integers of 8 bytes, a number otherwise.
 */
export function sparsePixel(nodata: string | undefined, type: DataType, packing?: Packing): number | bigint {
  const text = nodata ?? '0';
  const { kind, itemSize } = type;
  if ((kind === 'i' || kind === 'u') && itemSize === 8) return longInteger(text, kind);
  const value = Number(parseNodata(text) ?? beginning(text));
  if (packing === 'complex-integers') return clamped(value, 'i', itemSize / 4);
  if (kind === 'i' || kind === 'u') return clamped(value, kind, itemSize);
  return itemSize === 8 && kind === 'f' ? value : itemSize === 16 ? value : Math.fround(value);
}

/** The number at the beginning of a text, with a point or a comma, as C's atof has it; 0 where there is none. */
function beginning(text: string): number {
  const [number = '0'] = /^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?/iu.exec(text.trim()) ?? [];
  return Number(number.replace(',', '.'));
}

function clamped(value: number, kind: 'i' | 'u', itemSize: number): number {
  if (Number.isNaN(value)) return 0;
  const rounded = Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
  const smallest = kind === 'i' ? -(2 ** (8 * itemSize - 1)) : 0;
  const largest = smallest + 2 ** (8 * itemSize) - 1;
  return Math.min(largest, Math.max(smallest, rounded)) + 0;
}

function longInteger(text: string, kind: 'i' | 'u'): bigint {
  const [digits = '0'] = /^[+-]?\d+/u.exec(text.trim()) ?? [];
  const value = BigInt(digits.replace('+', ''));
  if (kind === 'u') {
    const largest = 2n ** 64n - 1n;
    return value > largest || value < -largest ? largest : BigInt.asUintN(64, value);
  }
  const [smallest, largest] = [-(2n ** 63n), 2n ** 63n - 1n];
  return value < smallest ? smallest : value > largest ? largest : value;
}
