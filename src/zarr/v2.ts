import { KerchunkError } from '../errors';
import type { JsonObject } from '../json';
import { dimensionNamesOf } from './document';
import { keyBelow } from './grid';
import type { ZarrArray } from './types';
import { readZarray } from './v2-zarray';

/**
 * The array that a zarr v2 `.zarray` document and its `.zattrs` describe (zarr v2 specification, "Arrays"). `path` is the
 * array's path without slashes at the ends. What is missing or written otherwise than it should be, and clear, reads as `readZarray` says.
 * Dimension names are `_ARRAY_DIMENSIONS` where it is a list of as many strings (or nulls) as the array has axes.
 * @throws KerchunkError `malformed-metadata` naming the document, the member and what is wrong with it; also where the chunk
 * grid has more than 2^53 - 1 chunks, or a chunk more bytes than that.
 */
export function parseZarrayV2(path: string, zarray: JsonObject, zattrs: JsonObject | undefined): ZarrArray {
  const { fields, faults } = readZarray(zarray);
  if (fields === undefined) {
    const fatal = faults.find((fault) => fault.fatal);
    throw new KerchunkError(
      'malformed-metadata',
      `${keyBelow(path, '.zarray')}: ${fatal?.message ?? 'it cannot be read.'}`,
    );
  }
  const attributes = zattrs ?? {};
  const dimensionNames = dimensionNamesOf(attributes._ARRAY_DIMENSIONS, fields.shape.length);
  return {
    path,
    zarrFormat: 2,
    ...fields,
    ...(dimensionNames === undefined ? {} : { dimensionNames }),
    attributes,
  };
}
