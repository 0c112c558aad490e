import type { ErrorCode } from '../errors';
import type { Slice } from '../read/plan';
import type { DataType } from '../zarr/types';
import type { ChunkValues, StatisticsInWords } from './types';

/*
 * What a viewer is told of two windows beside each other: plain data, as in types.ts.
 */

/** A plane of an array: half-open slices, one for each axis, of one index along all axes but those of rows and columns. */
export interface PlaneWindow {
  path: string;
  slices: readonly Slice[];
  /** Null where the plane has one index along it too; rows come before columns. */
  rows: number | null;
  columns: number | null;
}

/** What a window is compared with: another one of the same file, or the same pixels as the TIFF behind the references holds them. */
export type ComparedWith = { kind: 'window'; window: PlaneWindow } | { kind: 'tiff' };

/** Chunks of a window that failed in one way. */
export interface ComparedFailure {
  code: ErrorCode;
  /** Of the first. */
  key: string;
  message: string;
  count: number;
  /** The file that the first points into, by its number; null where it points into none. */
  target: number | null;
}

/** One of two windows. */
export interface ComparedSide {
  /** Path of the array; of the TIFF its name, without folders and secrets. */
  name: string;
  /** Of the TIFF, which of its images: "IFD 0 (full resolution, 512 x 512)"; else null. */
  image: string | null;
  dataType: DataType;
  dtype: string;
  /** Elements that are sent, in C order, little-endian; where a chunk has failed, what stands here means nothing. */
  data: ArrayBuffer;
  /** One byte for each of them: 1 where its chunk could not be read; null where all could. */
  open: ArrayBuffer | null;
  /** As `ChunkValues`. `tiff` where the TIFF itself says so. */
  nodata: string | null;
  nodataSource: ChunkValues['nodataSource'] | 'tiff';
  /** Of the elements that were read; null where none was. */
  statistics: StatisticsInWords | null;
  stretch: { low: number; high: number } | null;
  /** Every element is the fill value, though all chunks are stored. */
  allFill: boolean;
  /** Chunks that hold elements of the window, how many of them are absent and read as `fillValue`, and those that could not be read. */
  chunks: number;
  absent: number;
  fillValue: string;
  failures: ComparedFailure[];
}

/** Statistics of the differences, first less second; numbers as text in full precision, null where there are none. */
export interface DifferenceInWords {
  count: number;
  notRead: number;
  nodataInBoth: number;
  nodataInFirst: number;
  nodataInSecond: number;
  compared: number;
  unequal: number;
  noDifference: number;
  nanInBoth: number;
  minimum: string | null;
  maximum: string | null;
  mean: string | null;
  rootMeanSquare: string | null;
  /** `row` and `column` in the window. */
  largest: { difference: string; row: number; column: number } | null;
  /** Magnitude that 98 of 100 differing pairs do not exceed; null where none differs. */
  limit: number | null;
}

/** Rows and columns of a window. */
export type WindowSize = readonly [rows: number, columns: number];

/** Two windows beside each other. */
export interface ComparedWindows {
  kind: 'compared';
  rows: number;
  columns: number;
  /** The sizes of both where they differ, as of a chunk that the array's edge cuts: only the part that both have, from their begin, was compared. */
  cut: { first: WindowSize; second: WindowSize } | null;
  /** 1 where every element was sent; else every `step`th row and column. The statistics are of all. */
  step: number;
  first: ComparedSide;
  second: ComparedSide;
  /** Their type's own range where it is one, else percentiles 2 and 98 of the valid values of both; null where none is finite. */
  stretch: { low: number; high: number } | null;
  difference: DifferenceInWords;
  /** What is to be said of the two besides: sentences. */
  notes: string[];
}

export type Comparison =
  | ComparedWindows
  /** There is no difference of the two; `reason` is one sentence. */
  | { kind: 'refused'; reason: string }
  /** The TIFF could not be looked into; `target` is the number of its file, null where that is not known. */
  | { kind: 'failed'; code: ErrorCode; message: string; target: number | null };
