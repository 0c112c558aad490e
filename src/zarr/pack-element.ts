import { KerchunkError } from '../errors';
import { formatDataType } from './data-type';
import { numberToHalf } from './half';
import type { DataType, FillValue } from './types';

/**
 * One element in little-endian bytes; bytes as they are. Text shorter than the element is filled up with zeros.
 * @throws KerchunkError `malformed-metadata` for a value that is none of this type.
 */
export function packElement(value: FillValue, type: DataType): Uint8Array {
  const bytes = new Uint8Array(type.itemSize);
  if (value === null || value === '') return bytes;
  const view = new DataView(bytes.buffer);
  if (value instanceof Uint8Array) {
    bytes.set(value.subarray(0, type.itemSize));
  } else if (typeof value === 'string') {
    writeText(view, value, type);
  } else if (typeof value === 'object') {
    const half = type.itemSize / 2;
    writeFloat(view, 0, half, value.real);
    writeFloat(view, half, half, value.imaginary);
  } else if (type.kind === 'f') {
    writeFloat(view, 0, type.itemSize, Number(value));
  } else if ('biumM'.includes(type.kind)) {
    writeInteger(view, type.itemSize, BigInt(value));
  } else {
    const name = formatDataType(type);
    const dtype = typeof name === 'string' ? name : JSON.stringify(name);
    throw new KerchunkError('malformed-metadata', `Fill value ${value} is no element of dtype ${dtype}.`);
  }
  return bytes;
}

function writeFloat(view: DataView, at: number, size: number, value: number): void {
  if (size === 2) view.setUint16(at, numberToHalf(value), true);
  else if (size === 4) view.setFloat32(at, value, true);
  else view.setFloat64(at, value, true);
}

function writeInteger(view: DataView, size: number, value: bigint): void {
  const bits = BigInt.asUintN(64, value);
  for (let i = 0; i < size; i++) view.setUint8(i, Number((bits >> BigInt(8 * i)) & 0xffn));
}

function writeText(view: DataView, text: string, type: DataType): void {
  if (type.kind === 'U') {
    Array.from(text)
      .slice(0, type.itemSize / 4)
      .forEach((letter, i) => {
        view.setUint32(4 * i, letter.codePointAt(0) ?? 0, true);
      });
    return;
  }
  const bytes = new TextEncoder().encode(text).subarray(0, type.itemSize);
  new Uint8Array(view.buffer).set(bytes);
}
