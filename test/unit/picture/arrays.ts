import type { JsonValue } from '../../../src/json';
import { parseDataType } from '../../../src/zarr/data-type';
import type { NdArray } from '../../../src/zarr/types';

/** An array over the bytes of a typed array. */
export function nd(dtype: JsonValue, shape: number[], values: ArrayBufferView): NdArray {
  const data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { dataType: parseDataType(dtype), shape, data };
}
