import { KerchunkError } from '../errors';
import { formatDataType } from './data-type';
import { halfToNumber } from './half';
import { objectText } from './object-text';
import { elementCount } from './shape';
import type { DataType, NdArray } from './types';

export type TypedArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** One element: text for S, U and O, bytes for V and structured types, bigint for 8-byte integers, m and M. */
export type Value = boolean | number | bigint | string | Uint8Array | { real: number; imaginary: number };

/**
 * The elements as a typed array in C order: a view of the same memory where that is aligned, else a copy. Booleans as 0 and 1;
 * float16 widened to float32; complex numbers as real and imaginary part in turn; datetimes and timedeltas as int64.
 * @throws KerchunkError `invalid-argument` for S, U, V and O, which have no numbers.
 */
export function toTypedArray(array: NdArray): TypedArray {
  const { kind, itemSize } = array.dataType;
  switch (kind) {
    case 'b':
      return array.data;
    case 'i':
    case 'u':
      return integers(array.data, kind, itemSize);
    case 'm':
    case 'M':
      return new BigInt64Array(...aligned(array.data, 8));
    case 'f':
      return itemSize === 2 ? widen(new Uint16Array(...aligned(array.data, 2))) : floats(array.data, itemSize);
    case 'c':
      return floats(array.data, itemSize / 2);
    case 'S':
    case 'U':
    case 'V':
    case 'O':
      throw new KerchunkError(
        'invalid-argument',
        `Elements of dtype ${JSON.stringify(formatDataType(array.dataType))} are not numbers.`,
      );
  }
}

/**
 * The element at `index`, counted in C order from 0. S as text, UTF-8 or else Latin-1, without the zero bytes at the end; U as
 * text without the zero characters at the end; O as its text.
 * @throws KerchunkError `invalid-argument` outside the array.
 */
export function valueAt(array: NdArray, index: number): Value {
  const { itemSize, kind } = array.dataType;
  const count = elementCount(array.shape);
  if (!Number.isSafeInteger(index) || index < 0 || index >= count) {
    throw new KerchunkError('invalid-argument', `There is no element ${index}: the array has ${count}.`);
  }
  const bytes = array.data.subarray(index * itemSize, (index + 1) * itemSize);
  if (kind === 'S') return latinOrUtf8(withoutTrailingZeros(bytes));
  if (kind === 'U') return characters(bytes);
  if (kind === 'V') return bytes;
  if (kind === 'O') return objectText(array.objects?.[index] ?? null);
  const one = toTypedArray({ dataType: array.dataType, shape: [], data: bytes });
  if (kind === 'c') return { real: Number(one[0]), imaginary: Number(one[1]) };
  const value = one[0] ?? 0;
  return kind === 'b' ? value !== 0 : value;
}

/** Whether elements of this type are numbers that `toTypedArray` can give. */
export function isNumeric(type: DataType): boolean {
  return !['S', 'U', 'V', 'O'].includes(type.kind);
}

function integers(data: Uint8Array, kind: 'i' | 'u', itemSize: number): TypedArray {
  const signed = kind === 'i';
  switch (itemSize) {
    case 1:
      return signed ? new Int8Array(data.buffer, data.byteOffset, data.length) : data;
    case 2:
      return signed ? new Int16Array(...aligned(data, 2)) : new Uint16Array(...aligned(data, 2));
    case 4:
      return signed ? new Int32Array(...aligned(data, 4)) : new Uint32Array(...aligned(data, 4));
    default:
      return signed ? new BigInt64Array(...aligned(data, 8)) : new BigUint64Array(...aligned(data, 8));
  }
}

function floats(data: Uint8Array, itemSize: number): TypedArray {
  return itemSize === 4 ? new Float32Array(...aligned(data, 4)) : new Float64Array(...aligned(data, 8));
}

/** Arguments of a typed array's constructor: buffer, byte offset and length in elements; copied where the offset is not aligned. */
function aligned(data: Uint8Array, itemSize: number): [ArrayBufferLike, number, number] {
  const source = data.byteOffset % itemSize === 0 ? data : new Uint8Array(data);
  return [source.buffer, source.byteOffset, Math.floor(source.length / itemSize)];
}

/** Every float16 as a number: looked up, as pictures have millions of them. */
let widened: Float32Array | undefined;

function widen(halves: Uint16Array): Float32Array {
  const table = (widened ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => halfToNumber(bits)));
  const out = new Float32Array(halves.length);
  for (let index = 0; index < halves.length; index++) out[index] = table[halves[index] ?? 0] ?? NaN;
  return out;
}

function withoutTrailingZeros(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
}

function latinOrUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }
}

function characters(bytes: Uint8Array): string {
  const points = new Uint32Array(...aligned(bytes, 4));
  let end = points.length;
  while (end > 0 && points[end - 1] === 0) end--;
  return Array.from(points.subarray(0, end), (point) =>
    point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point),
  ).join('');
}
