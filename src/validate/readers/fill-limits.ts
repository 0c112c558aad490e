import type { JsonObject, JsonValue } from '../../json';
import type { LimitName } from '../../references/reader-facts';
import type { DataType } from '../../zarr/types';
import type { FieldPlace } from './metadata-limits';
import { dataTypeOf } from './type-limits';

/** Integers up to this a double holds exactly. */
const EXACT = 2 ** 53;

/** What stops readers from the `fill_value` of a zarr v2 array. `isUsed`: whether chunks are absent, which it stands for. */
export function fillLimits(document: JsonObject, { key, path, obstacles }: FieldPlace, isUsed: boolean): void {
  const { dtype, fill_value: fill } = document;
  const type = dtype === undefined ? undefined : dataTypeOf(dtype);
  if (type === undefined || fill === undefined || fill === null) return;
  for (const [name, whenUsed] of limitsOf(fill, type)) {
    if (!whenUsed || isUsed) obstacles.inside(key, ['fill_value'], name, path);
  }
}

/** What stops readers, and whether only where the value is used. */
function limitsOf(fill: JsonValue, type: DataType): [LimitName, boolean][] {
  switch (type.kind) {
    case 'f':
      return ofFloat(fill);
    case 'i':
    case 'u':
      return ofInteger(fill, type);
    case 'b':
      return typeof fill === 'string' ? [['fill-spelling', false]] : [];
    case 'c':
      if (Array.isArray(fill)) return [['fill-complex', false]];
      return typeof fill === 'number' ? [['fill-complex-number', false]] : [];
    case 'M':
    case 'm':
      return typeof fill === 'string' && fill !== 'NaT' ? [['fill-time-text', false]] : [];
    case 'S':
      return ofBytes(fill, type);
    case 'U':
      if (typeof fill === 'string') return fill === '' ? [] : [['fill-text', true]];
      return [
        ['fill-bytes', false],
        ['fill-bytes-zarrita', false],
        ['fill-bytes-number', true],
      ];
    case 'V':
    case 'O':
      return [];
  }
}

function ofFloat(fill: JsonValue): [LimitName, boolean][] {
  if (Array.isArray(fill)) return [['fill-list', false]];
  if (typeof fill !== 'string' || ['NaN', 'Infinity', '-Infinity'].includes(fill)) return [];
  const spelled = /^([+-]?)(inf(?:inity)?|nan)$/iu.exec(fill);
  if (spelled === null) return isNumber(fill) ? [] : [['fill-none', false]];
  const isInfinity = /^inf/iu.test(spelled[2] ?? '');
  return [
    ['fill-spelling', false],
    ...(isInfinity && spelled[2] !== 'Infinity' ? [['fill-infinity', true] as [LimitName, boolean]] : []),
  ];
}

function ofInteger(fill: JsonValue, { kind, itemSize }: DataType): [LimitName, boolean][] {
  if (typeof fill === 'string' && !/^[+-]?\d+$/u.test(fill.trim())) return [['fill-none', false]];
  if (typeof fill !== 'number' && typeof fill !== 'bigint' && typeof fill !== 'string') return [];
  if (typeof fill === 'number' && !Number.isInteger(fill)) return [['fill-fraction', false]];
  const value = BigInt(fill);
  const bits = BigInt(itemSize * 8);
  const [least, beyond] = kind === 'u' ? [0n, 1n << bits] : [-(1n << (bits - 1n)), 1n << (bits - 1n)];
  if (value < least || value >= beyond) {
    return [
      ['fill-range', false],
      ['fill-range-absent', true],
    ];
  }
  return value > EXACT || value < -EXACT ? [['fill-precision', true]] : [];
}

function ofBytes(fill: JsonValue, { itemSize }: DataType): [LimitName, boolean][] {
  const isBase64 = typeof fill === 'string' && /^([A-Za-z\d+/]{4})*([A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/u.test(fill);
  if (typeof fill === 'number') {
    return [
      ['fill-bytes', false],
      ['fill-bytes-number', true],
    ];
  }
  if (!isBase64) return [['fill-bytes', false]];
  const length = (fill.length * 3) / 4 - (fill.endsWith('==') ? 2 : fill.endsWith('=') ? 1 : 0);
  return [['fill-base64', true], ...(length > itemSize ? [['fill-bytes-long', true] as [LimitName, boolean]] : [])];
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && !Number.isNaN(Number(text));
}
