import { NOT_A_TIME } from './fill-value';
import { floatText } from './number-text';
import { hexText } from './object-text';
import { recordText } from './record-text';
import type { DataType, FillValue } from './types';
import { type Value, valueAt } from './values';

/**
 * One element as text in full precision: floats in the fewest digits that tell them from their neighbours, `1+2j`, `2020-01-31T12:00:00.5`,
 * text as it is, bytes of V in hex, records (little-endian, as `NdArray` has them) as `a 1, b "x"`. `null`, the fill value that is none, is
 * `null`.
 */
export function valueText(value: Value | FillValue, type: DataType): string {
  if (value === null) return 'null';
  if (typeof value === 'bigint' && type.kind === 'M') return dateText(value, type.unit ?? 's');
  if (typeof value === 'bigint' && type.kind === 'm') return durationText(value, type.unit ?? 's');
  if (value instanceof Uint8Array) return textOfBytes(value, type);
  if (typeof value === 'number' && type.kind === 'f') return floatText(value, type.itemSize);
  if (typeof value !== 'object') return String(value);
  const { real, imaginary } = value;
  const sign = imaginary < 0 || Object.is(imaginary, -0) ? '-' : '+';
  const partSize = type.itemSize / 2;
  return `${floatText(real, partSize)}${sign}${floatText(Math.abs(imaginary), partSize)}j`;
}

/** As `valueText`, with text in quotes, so that an empty one shows. */
export function fillValueText(value: FillValue, type: DataType): string {
  const text = valueText(value, type);
  return typeof value === 'string' || (value !== null && type.kind === 'S') ? JSON.stringify(text) : text;
}

function textOfBytes(bytes: Uint8Array, type: DataType): string {
  if (type.kind === 'O') return hexText(bytes);
  if (type.fields !== undefined) return recordText(bytes, type.fields, fieldText);
  const text = valueAt({ dataType: type, shape: [], data: bytes }, 0);
  return typeof text === 'string' ? text : hexText(bytes);
}

function fieldText(bytes: Uint8Array, type: DataType): string {
  if (type.kind === 'O') return 'a Python object';
  const text = valueText(valueAt({ dataType: type, shape: [], data: bytes }, 0), type);
  return type.kind === 'S' || type.kind === 'U' ? JSON.stringify(text) : text;
}

function durationText(value: bigint, unit: string): string {
  return value === NOT_A_TIME ? 'NaT' : `${value.toString()} ${/^\d/.test(unit) ? `x ${unit}` : unit}`;
}

const SECONDS: Record<string, bigint> = { W: 604_800n, D: 86_400n, h: 3600n, m: 60n, s: 1n };
const DECIMALS: Record<string, number> = { ms: 3, us: 6, ns: 9, ps: 12, fs: 15, as: 18 };
/** Milliseconds from 1970 that a Date holds at most, to both sides. */
const MOST_MILLISECONDS = 8_640_000_000_000_000n;

/** A numpy datetime64, counted in `unit` (`ns`, `10us`, `D`, …) from 1970, as an ISO 8601 date or time without a zone. */
function dateText(value: bigint, unit: string): string {
  if (value === NOT_A_TIME) return 'NaT';
  const [, multiple = '', name = 's'] = /^(\d*)(\D+)$/.exec(unit) ?? [];
  const count = value * BigInt(multiple || 1);
  if (name === 'generic') return count.toString();
  if (name === 'Y') return yearText(count);
  if (name === 'M') {
    const year = floorDivide(count, 12n);
    return `${yearText(year)}-${(count - year * 12n + 1n).toString().padStart(2, '0')}`;
  }
  const decimals = DECIMALS[name] ?? 0;
  const perSecond = 10n ** BigInt(decimals);
  const seconds = decimals > 0 ? floorDivide(count, perSecond) : count * (SECONDS[name] ?? 1n);
  const milliseconds = seconds * 1000n;
  if (milliseconds > MOST_MILLISECONDS || milliseconds < -MOST_MILLISECONDS)
    return `${count.toString()} ${name} from 1970`;
  const iso = new Date(Number(milliseconds)).toISOString();
  if (name === 'W' || name === 'D') return iso.slice(0, iso.indexOf('T'));
  const rest = decimals > 0 ? (count - seconds * perSecond).toString().padStart(decimals, '0') : '';
  return `${iso.slice(0, iso.indexOf('.'))}${/[1-9]/.test(rest) ? `.${rest.replace(/0+$/, '')}` : ''}`;
}

function yearText(yearsFrom1970: bigint): string {
  return (yearsFrom1970 + 1970n).toString();
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value < 0n && quotient * divisor !== value ? quotient - 1n : quotient;
}
