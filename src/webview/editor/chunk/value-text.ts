import type { DataType } from '../../../zarr/types';
import type { Value } from '../../../zarr/values';
import { numberToHalf, halfToNumber } from '../../../zarr/half';

/** "Not a time" of numpy datetimes and timedeltas. */
const notATime = -(2n ** 63n);

/**
 * An element as text in full precision: integers exactly, floats with as few digits as tell them from their neighbours at their own
 * precision, complex numbers as `1+2j`, datetimes in ISO 8601, bytes in hex.
 */
export function valueText(value: Value, type: DataType): string {
  if (typeof value === 'number') return type.kind === 'f' ? floatText(value, type.itemSize) : value.toString();
  if (typeof value === 'bigint') return 'mM'.includes(type.kind) ? timeText(value, type) : value.toString();
  if (value instanceof Uint8Array) return hexOf(value);
  return typeof value === 'object' ? complexText(value.real, value.imaginary, type.itemSize / 2) : String(value);
}

/** The shortest decimal that reads as this number at 2, 4 or 8 bytes. */
export function floatText(value: number, itemSize: number): string {
  const round =
    itemSize === 4 ? Math.fround : itemSize === 2 ? (x: number) => halfToNumber(numberToHalf(x)) : undefined;
  if (round === undefined || !Number.isFinite(value)) return String(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (round(short) === value) return String(short);
  }
  return String(value);
}

function complexText(real: number, imaginary: number, itemSize: number): string {
  const sign = imaginary < 0 || Object.is(imaginary, -0) ? '-' : '+';
  return `${floatText(real, itemSize)}${sign}${floatText(Math.abs(imaginary), itemSize)}j`;
}

function hexOf(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, 32), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `0x${shown}${bytes.length > 32 ? '…' : ''}`;
}

const nanoseconds: Record<string, bigint> = {
  W: 604_800_000_000_000n,
  D: 86_400_000_000_000n,
  h: 3_600_000_000_000n,
  m: 60_000_000_000n,
  s: 1_000_000_000n,
  ms: 1_000_000n,
  us: 1000n,
  ns: 1n,
};
/** What `Date` reaches, in milliseconds from 1970 both ways. */
const mostMilliseconds = 8_640_000_000_000_000n;

function timeText(ticks: bigint, { kind, unit = '' }: DataType): string {
  if (ticks === notATime) return 'NaT';
  if (kind === 'm') return `${ticks} × ${unit || 'unit'}`;
  const [, times = '', base = ''] = /^(\d*)([A-Za-zμ]+)$/u.exec(unit) ?? [];
  const count = ticks * BigInt(times || 1);
  if (base === 'Y' || base === 'M') return monthText(base === 'Y' ? count * 12n : count, base);
  const size = nanoseconds[base];
  return size === undefined ? `${ticks} × ${unit || 'unit'}` : (dateText(count * size, base) ?? `${ticks} × ${unit}`);
}

function monthText(months: bigint, base: 'Y' | 'M'): string {
  const years = 1970n + (months - (((months % 12n) + 12n) % 12n)) / 12n;
  const month = ((months % 12n) + 12n) % 12n;
  return base === 'Y' ? years.toString() : `${years}-${(month + 1n).toString().padStart(2, '0')}`;
}

/** ISO 8601 with the digits that the unit has. */
function dateText(sinceEpoch: bigint, base: string): string | undefined {
  const below = ((sinceEpoch % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const milliseconds = (sinceEpoch - below) / 1_000_000n;
  if (milliseconds > mostMilliseconds || milliseconds < -mostMilliseconds) return undefined;
  const [date = '', time = ''] = new Date(Number(milliseconds)).toISOString().split('T');
  if (base === 'W' || base === 'D') return date;
  const digits = { ms: 3, us: 6, ns: 9 }[base] ?? 0;
  const fraction = digits === 0 ? '' : `.${below.toString().padStart(9, '0').slice(0, digits)}`;
  return `${date}T${time.slice(0, 8)}${fraction}`;
}

/** A computed number: up to 12 digits, which hides the last errors of double precision. */
export function numberText(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(12))) : String(value);
}

/** For labels: up to 6 digits. */
export function shortNumberText(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : String(value);
}
