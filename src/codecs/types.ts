import type { JsonObject } from '../json';
import type { DataType, FillValue, NdArray, ObjectValue } from '../zarr/types';
import type { ShardWork } from './shard-work';

/** One stage of decoding a chunk, in the order in which it ran. */
export interface Stage {
  /** `stored` for the bytes as fetched, then the id of each codec undone, then `array` for the final values. */
  name: string;
  /** What came out; of a step that makes Python objects, which have no bytes, what it made them of. */
  bytes: Uint8Array;
  milliseconds: number;
}

/** A decoded chunk: every stage, the last of which holds the values. */
export interface DecodedChunk {
  stages: Stage[];
  array: NdArray;
}

/** How a chunk is decoded, beside what its array says. */
export interface DecodeOptions {
  /** Stops the steps that take long: those of shards. */
  signal?: AbortSignal | undefined;
  /** The work of the shard that the chunk lies in, which it is counted in; undefined for a chunk of an array. */
  shardWork?: ShardWork | undefined;
}

/** What a codec is told about the chunk beside its own configuration. */
export interface CodecContext extends DecodeOptions {
  /** Shape and type of the chunk as this codec was given it to encode: an earlier codec of the chain may have changed the array's. */
  chunkShape: readonly number[];
  dataType: DataType;
  /** What absent elements are, where that is known: for chunks inside shards. */
  fillValue?: FillValue;
  /** Place of the chunk in the grid, where the chunk is one of an array's. */
  indices?: readonly number[];
  /** Bytes that undoing this step must give, where the metadata tells. */
  decodedSize: number | undefined;
  /** Bytes that undoing this step may give at most: `decodedSize` where that is known. */
  limit: number;
}

/**
 * Applies one codec, the inverse of its Decoder. May return its input.
 * @throws KerchunkError `malformed-metadata` for a configuration that the codec does not have.
 */
export type Encoder = (
  bytes: Uint8Array,
  config: JsonObject,
  chunk: Pick<CodecContext, 'chunkShape' | 'dataType'>,
) => Uint8Array | Promise<Uint8Array>;

/**
 * Undoes one codec. May return a view of its input.
 * @throws KerchunkError `decode-failed` for bytes that this codec did not write, `malformed-metadata` for a configuration
 * that it does not have, `limit-exceeded` or `unsupported-codec`.
 */
export type Decoder = (
  bytes: Uint8Array,
  config: JsonObject,
  context: CodecContext,
) => Uint8Array | Promise<Uint8Array>;

/** Python objects, the elements of a chunk of dtype `|O` in the order in which they are stored. */
export interface ObjectElements {
  objects: ObjectValue[];
}

export type Decoded = Uint8Array | ObjectElements;

/** As `Decoder`, of a codec that may make Python objects of bytes; only the first of a chain can. */
export type ObjectDecoder = (
  bytes: Uint8Array,
  config: JsonObject,
  context: CodecContext,
) => Decoded | Promise<Decoded>;
