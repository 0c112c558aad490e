import type { ErrorCode } from '../errors';

/*
 * What a viewer is told about the bytes of a file that references point into: plain data, as in types.ts.
 */

/** A file that references point into. */
export interface TargetSummary {
  /** By this number it is asked about. */
  target: number;
  /** Its address as the references write it, without secrets. */
  shownUrl: string;
  /** References to it, and how many of them are to all of it. */
  references: number;
  wholes: number;
  /** Bytes that at least one reference names; those of references to all of it only where its size is known. */
  bytes: number;
  /** Bytes of the largest stretch between two references that none names; null below two. */
  largestGap: number | null;
  /** Bytes of the file; null where they are not known. */
  size: number | null;
}

/** The files that references point into, those whose address has a text in it. */
export interface TargetList {
  /** All of them, and those that the text is in. */
  count: number;
  found: number;
  /** The first 500 of those found, in the order of the text. */
  targets: TargetSummary[];
}

/**
 * What stands at some bytes of a file, by the number that a region has: the header of a TIFF, GDAL's structural metadata behind it, IFDs,
 * values of tags that stand apart from their IFD, tables of tile or strip offsets and lengths, what GDAL writes around each tile (its
 * length, and its last bytes again), chunks that are referred to, tiles and strips that are not, and bytes that belong to nothing known.
 */
export const regionKinds = ['header', 'ghost', 'ifd', 'values', 'table', 'frame', 'chunk', 'tile', 'gap'] as const;
export type RegionKind = (typeof regionKinds)[number];

/** Bits: it shares bytes with a region before it; several references or tiles are these very bytes; it ends beyond the file's end. */
export const regionFlags = { overlap: 1, shared: 2, beyond: 4 } as const;

/** Regions that one answer holds at most; those of a file with more come in parts. */
export const MOST_REGIONS = 2 ** 20;

/**
 * Regions in the order of the file, in columns; where several begin at one byte, the longest first. Without overlaps they cover the
 * file from its first byte to its last without a hole, gaps being regions too.
 */
export interface RegionColumns {
  count: number;
  /** Float64: the first byte, and the bytes. */
  starts: ArrayBuffer;
  lengths: ArrayBuffer;
  /** Uint8: place in `regionKinds`, and bits of `regionFlags`. */
  kinds: ArrayBuffer;
  flags: ArrayBuffer;
  /** Uint32: place in `arrays` and `images`, from 1; 0 where it belongs to none. */
  arrays: ArrayBuffer;
  images: ArrayBuffer;
  /** Float64: number of the chunk in its array, in C order. */
  chunks: ArrayBuffer;
  /** Float64: number of the tile or strip in its image, from 0; of values and tables the tag. */
  numbers: ArrayBuffer;
}

/** An array whose chunks stand in the file. */
export interface TargetArray {
  path: string;
  /** Chunks along each axis. */
  grid: readonly number[];
  count: number;
  bytes: number;
}

/** An image of a TIFF. */
export interface TargetImage {
  /** `IFD 0`. */
  name: string;
  kind: 'full' | 'overview' | 'mask' | 'page';
  width: number;
  height: number;
  tiled: boolean;
  /** Tiles or strips that stand in the file as regions. */
  count: number;
  bytes: number;
}

/** What is known of how the file is built. */
export type TargetStructure =
  /** Nobody has looked: it may be a TIFF. */
  | { kind: 'not-read' }
  | { kind: 'tiff'; container: string }
  /** It is something else, or the references are into a file that is certainly no TIFF. */
  | { kind: 'other' }
  | { kind: 'failed'; code: ErrorCode; message: string };

/** A file as a sequence of regions. */
export interface TargetMap {
  target: number;
  shownUrl: string;
  size: number | null;
  /** The file's size; where it is not known, the end of the last region. */
  end: number;
  structure: TargetStructure;
  /** Regions of the whole file, and which of so many parts of them these are. */
  total: number;
  part: number;
  parts: number;
  regions: RegionColumns;
  arrays: TargetArray[];
  images: TargetImage[];
  /** Names of the tags whose values are among the regions. */
  tags: { tag: number; name: string }[];
  /** Regions and bytes of each kind in the whole file, those of overlaps once. */
  kinds: { kind: RegionKind; count: number; bytes: number }[];
  /** References to all of the file, which are no region where its size is not known. */
  wholes: number;
  /** What reading the file costs and why, in sentences. */
  sentences: string[];
  /** Place among `regions` of the chunk that was asked for; null where none was, or it is no region. */
  selected: number | null;
}

/** Which file is asked for: by its number and a part of its regions, or as the one that holds a chunk. */
export type TargetPlace =
  { kind: 'target'; target: number; part: number } | { kind: 'chunk'; path: string; indices: readonly number[] };

/** Some bytes of a file. */
export interface TargetBytes {
  target: number;
  offset: number;
  /** 4,096 of them, or fewer at the end of the file. */
  bytes: ArrayBuffer;
  size: number | null;
}
