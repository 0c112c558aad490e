import type { FillValue, NdArray } from '../zarr/types';

/** One of two windows that are compared, element by element in C order. */
export interface Compared {
  array: NdArray;
  /** What equals it says nothing of a value; NaN makes every NaN nodata. */
  nodata: FillValue;
}

/** What a pair of elements is; exactly one of these. */
export const pairStates = {
  /** The same number, infinity or NaN. */
  equal: 0,
  /** Two numbers with a finite difference. */
  differs: 1,
  nodataInBoth: 2,
  nodataInFirst: 3,
  nodataInSecond: 4,
  /** NaN or infinity in one alone, or a difference beyond what a double holds. */
  noDifference: 5,
  /** A chunk of one of them could not be read. */
  notRead: 6,
} as const;

/** The pairs of two windows. */
export interface Differences {
  /** `pairStates`, one for each pair. */
  states: Uint8Array;
  /** First less second, as the nearest double; 0 where they are equal; NaN where there is no number, and where both are NaN. */
  values: Float64Array<ArrayBuffer>;
}
