import { convertIndexedToRgb, decode } from 'fast-png';
import type { JsonValue } from '../../../src/json';
import { parseDataType } from '../../../src/zarr/data-type';
import type { NdArray } from '../../../src/zarr/types';

/** An array over the bytes of a typed array. */
export function nd(dtype: JsonValue, shape: number[], values: ArrayBufferView): NdArray {
  const data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { dataType: parseDataType(dtype), shape, data };
}

/** Red, green, blue and alpha of every pixel of a PNG that has a palette. */
export function colours(png: Uint8Array): number[] {
  const decoded = decode(png);
  if (decoded.palette === undefined) throw new Error('The PNG has no palette.');
  const parts = [...convertIndexedToRgb(decoded)];
  const hasAlpha = decoded.palette[0]?.length === 4;
  return hasAlpha ? parts : parts.flatMap((part, i) => (i % 3 === 2 ? [part, 255] : [part]));
}
