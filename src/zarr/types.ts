import type { JsonObject } from '../json';

/** numpy's kind letters: boolean, signed, unsigned, float, complex, timedelta, datetime, bytes, text, void, object. */
export type DataKind = 'b' | 'i' | 'u' | 'f' | 'c' | 'm' | 'M' | 'S' | 'U' | 'V' | 'O';

/** One element of an array. `itemSize` is in bytes; `byteOrder` is 'none' where an element is one byte, bytes or void. */
export interface DataType {
  kind: DataKind;
  itemSize: number;
  byteOrder: 'little' | 'big' | 'none';
  /** `ns`, `10us`, … for kinds m and M. */
  unit?: string;
  /** The name of the type in zarr v3 (`uint16`, `string`, `r24`), where the metadata are of that version. */
  v3Name?: string;
  /** Members of a structured type (kind V), in order. */
  fields?: { name: string; type: DataType; shape: number[] }[];
}

/** A fill value already checked against its data type; `null` means undefined content (zarr v2). Bytes for S, V and structured types. */
export type FillValue = null | boolean | number | bigint | string | Uint8Array | { real: number; imaginary: number };

/**
 * One step of the codec chain in *encode* order: the first step is applied first when writing and undone last when reading.
 * `id` is normalised to the numcodecs or imagecodecs name (`zlib`, `imagecodecs_delta`, …).
 */
export interface CodecStep {
  id: string;
  /** Where the metadata states it: zarr v2 `filters` or `compressor`, zarr v3 `codecs`. */
  place: 'filter' | 'compressor' | 'codec';
  /** The codec's configuration without its id. */
  config: JsonObject;
}

/** zarr v2 and v3 array metadata in one model. */
export interface ZarrArray {
  /** Path in the hierarchy without leading or trailing slash; '' for an array at the root. */
  path: string;
  zarrFormat: 2 | 3;
  shape: readonly number[];
  /** Same rank as `shape`; every chunk has this shape, edges included. */
  chunkShape: readonly number[];
  dataType: DataType;
  /** Element order inside a chunk: C, last axis fastest, or F. */
  order: 'C' | 'F';
  fillValue: FillValue;
  codecs: readonly CodecStep[];
  /** `.` or `/` between the indices; `prefix` is `c` in zarr v3's default encoding. */
  keyEncoding: { separator: '.' | '/'; prefix: '' | 'c' };
  /** From `_ARRAY_DIMENSIONS` (v2) or `dimension_names` (v3). */
  dimensionNames?: readonly (string | null)[];
  attributes: JsonObject;
}

/** One Python object as codecs give it: JSON's values, or bytes. */
export type ObjectValue =
  null | boolean | number | bigint | string | Uint8Array | ObjectValue[] | { [key: string]: ObjectValue };

/** Values in memory: C order, little-endian, tightly packed; `data.byteLength` is the product of `shape` times `dataType.itemSize`. */
export interface NdArray {
  dataType: DataType;
  shape: readonly number[];
  data: Uint8Array;
  /** The elements of kind O, which have no bytes, in C order; absent for all other kinds. */
  objects?: ObjectValue[];
}
