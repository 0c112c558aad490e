import type { JsonObject } from '../../src/json';

/**
 * The metadata of a zarr v2 array of unsigned bytes, uncompressed, fill value 0, in C order.
 *
 * @param more further members, or others in the place of these
 */
export function byteArray(shape: number[], chunks: number[], more: JsonObject = {}): JsonObject {
  return {
    zarr_format: 2,
    shape,
    chunks,
    dtype: '|u1',
    compressor: null,
    filters: null,
    fill_value: 0,
    order: 'C',
    ...more,
  };
}
