import { floatText, scaledText } from '../../../zarr/number-text';
import type { DataType } from '../../../zarr/types';

/** `value * scale + offset`, with the digits that the type has: floats of two and four bytes are scaled in four, as readers do. */
export function scaledValueText(
  value: number | bigint,
  { scale, offset }: { scale: number; offset: number },
  { kind, itemSize }: DataType,
): string {
  if (kind === 'f' && itemSize < 8) return floatText(Math.fround(Number(value) * scale + offset), 4);
  return scaledText(value, scale, offset);
}

/** A computed number: up to 12 digits, which hides the last errors of double precision. */
export function numberText(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(12))) : String(value);
}

/** Digits of a computed number that are shown. */
const computedDigits = 9;

/**
 * A computed number as the host writes it, 19.764576343536376, with the digits that say something: 19.7645763. One with more before its point has
 * them all, until these are counted, as in 1e+37.
 */
export function computedText(text: string): string {
  const value = Number(text);
  const isLong = Math.abs(value) >= 10 ** computedDigits && !text.includes('e');
  return Number.isFinite(value) && !isLong ? shortNumberText(value, computedDigits) : text;
}

/** For labels: up to `digits` digits, with which a northing has its metres. */
export function shortNumberText(value: number, digits = 7): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : String(value);
}

/** A difference of two elements, with the digits that their type has. */
export function differenceText(difference: number, { kind, itemSize }: DataType): string {
  return kind === 'f' && itemSize === 4 ? floatText(Math.fround(difference), 4) : numberText(difference);
}
