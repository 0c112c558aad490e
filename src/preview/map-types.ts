import type { ErrorCode } from '../errors';
import type { ValueClass } from '../picture/classes';
import type { SteppedSlice } from '../read/stepped';
import type { DataType, ZarrArray } from '../zarr/types';
import type { AxisCoordinates } from './types';

/*
 * What the map of a whole array is told. As in `types.ts`, everything goes through messages that VS Code writes as JSON.
 */

/** One resolution of an array. */
export interface PyramidLevel {
  /** Whether its chunks stand in the reference file, or its TIFF was looked into for them. */
  from: 'references' | 'tiff';
  /** Path of the array in the reference file; of a level of the TIFF, its path among the references that were made of it in memory. */
  path: string;
  shape: readonly number[];
  chunkShape: readonly number[];
  /** Chunks that are stored, and their bytes as far as they are known. */
  storedChunks: number;
  storedBytes: number;
}

/** An array with its overviews. */
export interface Pyramid {
  path: string;
  /** Axes of rows and columns, and of the samples of a pixel; null where there is none. */
  rowAxis: number;
  columnAxis: number;
  bandAxis: number | null;
  dataType: DataType;
  /** How keys of its chunks are made. */
  keyEncoding: ZarrArray['keyEncoding'];
  /** As in `ChunkValues`. */
  nodata: string | null;
  scaling: { scale: number; offset: number } | null;
  unit: string | null;
  /** What its values mean; null where its attributes do not say. */
  classes: readonly ValueClass[] | null;
  /** Height of an element over its width, as its coordinates have it; 1 where they say nothing. */
  aspect: number;
  /** As in `ChunkPreview`. */
  crs: string | null;
  /** The array itself first, then its overviews from large to small. */
  levels: PyramidLevel[];
  /** Where the overviews were found, or why those that there may be are not used; null where there is nothing to say. */
  note: string | null;
}

/** Part of one level of an array. */
export interface WindowRequest {
  /** Of the array that the pyramid is of. */
  path: string;
  /** Index among its levels; 0 is the array itself. */
  level: number;
  /** One for each axis of the level, half-open, in its own indices. */
  slices: readonly SteppedSlice[];
}

/** A chunk that could not be read, and the part of the window that it leaves open. */
export interface WindowFailure {
  key: string;
  indices: readonly number[];
  /** `message` names the step of decoding at which it stopped. */
  code: ErrorCode;
  message: string;
  /** Where the box begins in the window, and its size along each axis, in elements of the window. */
  start: readonly number[];
  size: readonly number[];
}

/** Values of a window. Absent chunks are fill values. */
export interface WindowValues {
  dataType: DataType;
  /** Elements along each axis: (stop - start) / step, rounded up. */
  shape: readonly number[];
  /** C order, little-endian, tightly packed. Where a chunk has failed, what stands here means nothing. */
  data: ArrayBuffer;
  failures: WindowFailure[];
  /** Chunks that hold elements of it, and how many of them are absent. */
  chunks: number;
  absent: number;
}

/** Coordinates along a part of an array: of the axes that have some. */
export interface PlaceCoordinates {
  /** One text for each index of the axis' slice. */
  coordinates: AxisCoordinates[];
  coordinateProblem: string | null;
}
