import type { JsonObject } from '../json';
import { elementCount } from '../zarr/shape';
import type { DataType } from '../zarr/types';
import { badConfiguration, damaged } from './decode-error';
import { requireWholeElements, toLittleEndian } from './elements';
import { toCOrder } from './order';
import { describeMismatch } from './size';
import type { Decoder } from './types';

/** zarr v3 `bytes {endian}`: the elements one after another, in this byte order. */
export const decodeBytes: Decoder = (bytes, config, { dataType }) => inLittleEndian(bytes, config, dataType);

/** virtual-tiff `ChunkyCodec {endian}`: as `bytes`, the first axis varying fastest. */
export const decodeChunky: Decoder = (bytes, config, { chunkShape, dataType }) => {
  const expected = elementCount(chunkShape) * dataType.itemSize;
  if (bytes.length !== expected) throw damaged(`It was given ${describeMismatch(bytes.length, expected, chunkShape)}`);
  return toCOrder(inLittleEndian(bytes, config, dataType), chunkShape, dataType.itemSize);
};

function inLittleEndian(bytes: Uint8Array, config: JsonObject, type: DataType): Uint8Array {
  if (!isBig(config)) return bytes;
  const stored = inBigEndian(type);
  if (stored === type) return bytes;
  requireWholeElements(bytes, stored);
  return toLittleEndian(bytes, stored);
}

function isBig({ endian }: JsonObject): boolean {
  // zarr-python takes the byte order of the machine where none is named, which is little-endian on all that it runs on today.
  if (endian === undefined || endian === null || endian === 'little') return false;
  if (endian === 'big') return true;
  throw badConfiguration('"endian" is neither "little" nor "big"');
}

/** The type as it is stored in big-endian order; the same type where no bytes change places. */
function inBigEndian(type: DataType): DataType {
  if (type.fields !== undefined) {
    return { ...type, fields: type.fields.map((field) => ({ ...field, type: inBigEndian(field.type) })) };
  }
  return type.byteOrder === 'none' ? type : { ...type, byteOrder: 'big' };
}
