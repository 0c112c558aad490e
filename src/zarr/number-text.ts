import { halfToNumber, numberToHalf } from './half';

/** Significant digits of which a double is sure. */
const SURE_DIGITS = 15;

/** The shortest decimal that reads as this number at 2, 4 or 8 bytes. */
export function floatText(value: number, itemSize: number): string {
  const round = itemSize === 4 ? Math.fround : itemSize === 2 ? roundToHalf : undefined;
  if (round === undefined || !Number.isFinite(value)) return String(value);
  for (let digits = 1; digits <= 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (round(short) === value) return String(short);
  }
  return String(value);
}

function roundToHalf(value: number): number {
  return halfToNumber(numberToHalf(value));
}

/**
 * `value * scale + offset` as text, without the digits that are only errors of double precision: -273.15 + 27315 * 0.01 is 0. Exact for a
 * bigint where scale and offset are whole numbers.
 */
export function scaledText(value: number | bigint, scale: number, offset: number): string {
  if (typeof value === 'bigint' && Number.isSafeInteger(scale) && Number.isSafeInteger(offset)) {
    return (value * BigInt(scale) + BigInt(offset)).toString();
  }
  const product = Number(value) * scale;
  const sum = product + offset;
  if (!Number.isFinite(sum) || sum === 0) return String(sum);
  const lost = Math.max(exponentOf(product), exponentOf(offset)) - exponentOf(sum);
  const digits = SURE_DIGITS - Math.max(0, lost);
  return digits < 1 ? '0' : String(Number(sum.toPrecision(digits)));
}

/** The power of ten of a number's first digit; -Infinity for 0. */
function exponentOf(value: number): number {
  return Math.floor(Math.log10(Math.abs(value)));
}
