import { KerchunkError } from '../errors';
import { numberToHalf } from '../zarr/half';
import type { DataType, FillValue, NdArray, ObjectValue, ZarrArray } from '../zarr/types';
import { nameOf, toLittleEndian } from './elements';
import { elementCount } from '../zarr/shape';
import { chunkBytes } from './size';

const MOST_OBJECTS = 2 ** 24;

/**
 * The chunk that an absent key stands for: every element the fill value. A fill value of `null`, undefined content, is all zero
 * bytes, as zarr-python 3 reads it; of Python objects, None.
 * @throws KerchunkError `limit-exceeded` for a chunk above 2 GiB, or of more than 16,777,216 objects.
 */
export function fillChunk(array: Pick<ZarrArray, 'chunkShape' | 'dataType' | 'fillValue'>): NdArray {
  return filledArray(array.chunkShape, array.dataType, array.fillValue);
}

/** As `fillChunk`, of any shape. */
export function filledArray(shape: readonly number[], dataType: DataType, fillValue: FillValue): NdArray {
  if (dataType.kind === 'O') {
    const count = elementCount(shape);
    if (count > MOST_OBJECTS) {
      throw new KerchunkError(
        'limit-exceeded',
        `There are ${count} objects; at most ${MOST_OBJECTS} are read at once.`,
      );
    }
    const objects = new Array<ObjectValue>(count).fill(fillValue);
    return { dataType, shape, data: new Uint8Array(), objects };
  }
  const data = new Uint8Array(chunkBytes(shape, dataType.itemSize));
  const element = elementBytes(fillValue, dataType);
  if (data.length > 0 && element.some((byte) => byte !== 0)) {
    data.set(element);
    for (let filled = element.length; filled < data.length; filled *= 2) {
      data.copyWithin(filled, 0, Math.min(filled, data.length - filled));
    }
  }
  return { dataType, shape, data };
}

/**
 * One element in little-endian bytes. Text shorter than the element is filled up with zeros.
 * @throws KerchunkError `malformed-metadata` for a fill value that is none of this type.
 */
export function elementBytes(value: FillValue, type: DataType): Uint8Array {
  const bytes = new Uint8Array(type.itemSize);
  if (value === null || value === '') return bytes;
  const view = new DataView(bytes.buffer);
  if (value instanceof Uint8Array) {
    bytes.set(value.subarray(0, type.itemSize));
    return toLittleEndian(bytes, type);
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
    throw new KerchunkError('malformed-metadata', `Fill value ${value} is no element of dtype ${nameOf(type)}.`);
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
