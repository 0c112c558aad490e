import { formatDataType } from '../zarr/data-type';
import { numberToHalf } from '../zarr/half';
import { elementCount } from '../zarr/shape';
import type { DataType } from '../zarr/types';
import type { TypedArray } from '../zarr/values';
import { toTypedArray } from '../zarr/values';
import { badConfiguration, damaged } from './decode-error';

/** Bytes that change places as one when byte order changes: half a complex number, one character. 1 where none do. */
function wordSize(type: DataType): number {
  if (type.byteOrder === 'none') return 1;
  if (type.kind === 'c') return type.itemSize / 2;
  return type.kind === 'U' ? 4 : type.itemSize;
}

/**
 * The elements with their bytes in little-endian order; the bytes themselves where they already are. `bytes` is a whole
 * number of elements.
 */
export function toLittleEndian(bytes: Uint8Array, type: DataType): Uint8Array {
  if (type.fields !== undefined) return fieldsToLittleEndian(bytes, type);
  return type.byteOrder === 'big' ? reverseWords(bytes, wordSize(type)) : bytes;
}

/** Every `size` bytes in reverse order. */
function reverseWords(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(bytes.length);
  for (let start = 0; start < bytes.length; start += size) {
    for (let i = 0; i < size; i++) out[start + i] = bytes[start + size - 1 - i] ?? 0;
  }
  return out;
}

function fieldsToLittleEndian(bytes: Uint8Array, type: DataType): Uint8Array {
  const out = bytes.slice();
  let offset = 0;
  for (const field of type.fields ?? []) {
    const size = elementCount(field.shape) * field.type.itemSize;
    for (let at = offset; at < bytes.length; at += type.itemSize) {
      out.set(toLittleEndian(bytes.subarray(at, at + size), field.type), at);
    }
    offset += size;
  }
  return out;
}

/**
 * The numbers that `bytes` hold, float16 widened; complex numbers are not taken.
 * @throws KerchunkError `malformed-metadata` for a type without numbers, `decode-failed` where the bytes are no whole number of elements.
 */
export function readNumbers(bytes: Uint8Array, type: DataType): TypedArray {
  if (!'biuf'.includes(type.kind)) throw badConfiguration(`dtype ${nameOf(type)} is not a boolean, integer or float`);
  requireWholeElements(bytes, type);
  return toTypedArray({ dataType: type, shape: [bytes.length / type.itemSize], data: toLittleEndian(bytes, type) });
}

/** @throws KerchunkError `decode-failed` where the bytes are no whole number of elements. */
export function requireWholeElements(bytes: Uint8Array, type: DataType): void {
  if (bytes.length % type.itemSize === 0) return;
  throw damaged(`${bytes.length} bytes are no whole number of ${nameOf(type)} elements.`);
}

/** An array that holds numbers of this type: float16 in double precision, to be rounded once when written. */
export function emptyNumbers(type: DataType, length: number): TypedArray {
  if (type.kind === 'f') return type.itemSize === 4 ? new Float32Array(length) : new Float64Array(length);
  const signed = type.kind === 'i';
  switch (type.itemSize) {
    case 1:
      return signed ? new Int8Array(length) : new Uint8Array(length);
    case 2:
      return signed ? new Int16Array(length) : new Uint16Array(length);
    case 4:
      return signed ? new Int32Array(length) : new Uint32Array(length);
    default:
      return signed ? new BigInt64Array(length) : new BigUint64Array(length);
  }
}

/** The bytes of numbers that `emptyNumbers(type, …)` holds, in the byte order of `type`. */
export function writeNumbers(numbers: TypedArray, type: DataType): Uint8Array {
  const halves = type.kind === 'f' && type.itemSize === 2;
  const stored = halves ? Uint16Array.from(numbers as Float64Array, numberToHalf) : numbers;
  return toLittleEndian(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength), type);
}

/** numpy's name of a type, as metadata write it. */
export function nameOf(type: DataType): string {
  const name = formatDataType(type);
  return typeof name === 'string' ? name : JSON.stringify(name);
}
