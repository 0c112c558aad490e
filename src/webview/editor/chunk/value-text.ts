import { halfToNumber, numberToHalf } from '../../../zarr/half';
import { valueText } from '../../../zarr/text';
import type { DataType } from '../../../zarr/types';
import type { Value } from '../../../zarr/values';

/** An element as text in full precision; floats of 2 and 4 bytes with as few digits as tell them from their neighbours. */
export function elementText(value: Value, type: DataType): string {
  return typeof value === 'number' && type.kind === 'f' ? floatText(value, type.itemSize) : valueText(value, type);
}

/** The shortest decimal that reads as this number at 2, 4 or 8 bytes. */
export function floatText(value: number, itemSize: number): string {
  const round = itemSize === 4 ? Math.fround : itemSize === 2 ? roundToHalf : undefined;
  if (round === undefined || !Number.isFinite(value)) return String(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (round(short) === value) return String(short);
  }
  return String(value);
}

function roundToHalf(value: number): number {
  return halfToNumber(numberToHalf(value));
}

/** A computed number: up to 12 digits, which hides the last errors of double precision. */
export function numberText(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(12))) : String(value);
}

/** For labels: up to 6 digits. */
export function shortNumberText(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : String(value);
}
