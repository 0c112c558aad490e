import { KerchunkError } from '../errors';
import { packElement } from '../zarr/pack-element';
import { elementCount } from '../zarr/shape';
import type { DataType, FillValue, NdArray, ObjectValue, ZarrArray } from '../zarr/types';
import { toLittleEndian } from './elements';
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
  const bytes = packElement(value, type);
  // Bytes stand in the order of the type, all else is written here.
  return value instanceof Uint8Array ? toLittleEndian(bytes, type) : bytes;
}
