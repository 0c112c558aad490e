import type { NdArray } from '../zarr/types';

/** One stage of decoding a chunk, in the order in which it ran. */
export interface Stage {
  /** `stored` for the bytes as fetched, then the id of each codec undone, then `array` for the final values. */
  name: string;
  bytes: Uint8Array;
  milliseconds: number;
}

/** A decoded chunk: every stage, the last of which holds the values. */
export interface DecodedChunk {
  stages: Stage[];
  array: NdArray;
}
