import type { Slice } from '../read/plan';

/*
 * What a viewer is told about the cost of reading: plain data, as in types.ts.
 */

/** One request that reading a window makes; `start` and `end` inclusive, both null for all of a file. */
export interface CostRequest {
  shownUrl: string;
  start: number | null;
  end: number | null;
  chunks: number;
}

/** What it takes to read a window of an array from files of which nothing is at hand. */
export interface WindowCost {
  path: string;
  slices: readonly Slice[];
  /** Chunks that the window touches, and of them those that are inline, absent, or malformed, which no reader can read. */
  chunks: number;
  inline: number;
  absent: number;
  broken: number;
  /** Files that are read, and chunks that are all of a file, whose bytes are not known. */
  files: number;
  wholes: number;
  /** As our reader merges neighbours: requests, and bytes that come by them. */
  merged: { requests: number; bytes: number };
  /** A request for each chunk. */
  unmerged: { requests: number; bytes: number };
  /** Bytes that come in vain with merged requests, between the chunks. */
  gapBytes: number;
  /** Bytes of the values in the window, and of the chunks that are decoded for them. */
  askedBytes: number;
  decodedBytes: number;
  /** The first 100 merged requests. */
  requests: CostRequest[];
  /** What other chunk shapes would take, the array's own first, by the same estimate. */
  layouts: LayoutEstimate[];
}

/** What a window would take with other chunks. */
export interface LayoutEstimate {
  /** `present` is the array's own; `square` has `side` along the last two axes, `rows` one index of all axes but the last, which is whole. */
  kind: 'present' | 'half' | 'double' | 'square' | 'rows';
  side: number | null;
  chunkShape: readonly number[];
  chunkBytes: number;
  /** Chunks that the window touches. */
  chunks: number;
  /** As our reader merges; null above 65,536 chunks, whose requests are not planned. */
  requests: number | null;
  storedBytes: number;
  decodedBytes: number;
}
