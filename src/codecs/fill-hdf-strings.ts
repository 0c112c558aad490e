import { KerchunkError } from '../errors';
import { isJsonObject, type JsonObject } from '../json';
import type { DataType } from '../zarr/types';
import { dtypeOf } from './config';
import { badConfiguration, damaged } from './decode-error';
import type { ObjectDecoder } from './types';

/**
 * kerchunk `fill_hdf_strings {dtype, id_map}`: for every 16 bytes by which HDF5 points at a text, the text that `id_map` has for them, or `id_map`
 * itself where that is none (kerchunk, codecs.py, FillStringsCodec). Records with such texts are not decoded.
 */
export const decodeFillHdfStrings: ObjectDecoder = (bytes, config) => {
  const { itemSize } = textType(config);
  const { id_map: map = null } = config;
  if (bytes.length % itemSize !== 0) throw damaged(`its ${bytes.length} bytes are no whole number of ${itemSize}`);
  const count = bytes.length / itemSize;
  if (!isJsonObject(map)) return { objects: Array.from({ length: count }, () => map) };
  const texts = new Map(Object.entries(map));
  const objects = Array.from({ length: count }, (_, index) => {
    const text = texts.get(decodeId(bytes.subarray(index * itemSize, (index + 1) * itemSize), index));
    if (text === undefined) throw damaged(`its "id_map" has no text for element ${index}`);
    return text;
  });
  return { objects };
};

function textType(config: JsonObject): DataType {
  if (typeof config.dtype === 'string' && config.dtype.includes('[')) {
    throw new KerchunkError(
      'unsupported-codec',
      'fill_hdf_strings of records is not decoded here. Open the references with zarr-python 2 and kerchunk.',
    );
  }
  const type = dtypeOf(config, 'dtype');
  if (type.kind !== 'S' || type.itemSize === 0) throw badConfiguration('its "dtype" is not of bytes, "S16"');
  return type;
}

/** An element without the zeros at its end, which numpy takes off. */
function decodeId(element: Uint8Array, index: number): string {
  const end = element.findLastIndex((byte) => byte !== 0) + 1;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(element.subarray(0, end));
  } catch (error) {
    throw damaged(`element ${index} is not UTF-8, as the keys of "id_map" are`, error);
  }
}
