import type { Compression } from '../compression';
import type { ErrorCode } from '../errors';
import type { ValueClass } from '../picture/classes';
import type { Coverage } from '../references/set-parts';
import type { ReferenceWriterVersion } from '../references/types';
import type { Severity } from '../validate/types';
import type { DataType } from '../zarr/types';
import type { HoverAxis, Neighbours } from './hover-types';

/*
 * What a viewer is told about a reference file. Everything here goes through messages that VS Code writes as JSON: no bigint, NaN,
 * Infinity or undefined in a number's place. Such numbers travel as text; bytes travel as ArrayBuffers of their own.
 */

/** A range of the text as editors count it: lines and columns from 1, columns in UTF-16 units, the end exclusive. */
export interface TextRange {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** A TIFF that is shown itself, by references that stand in no file. */
export interface TiffSummary {
  /** "BigTIFF, little-endian". */
  container: string;
  /** Bytes of the file; null where it is not known. */
  size: number | null;
  ifds: number;
  /** Of the full resolution, in words. */
  compression: string;
  samples: string;
  /** Why references cannot hold it; null where they can. */
  refusal: string | null;
  /** Why they cannot hold its overviews, where they can hold the full resolution; else null. */
  overviewsRefusal: string | null;
}

/** The tree of a reference file. */
export interface DocumentOutline {
  /** The TIFF that is shown itself; the text that `bytes` counts stands in no file then. */
  tiff?: TiffSummary;
  version: ReferenceWriterVersion;
  /** Size of the text, decompressed. */
  bytes: number;
  /** How the file is compressed; null where it is not. */
  compression: Compression | null;
  /** `OutlineNode[]` as JSON in UTF-8: a host passes bytes on without looking at each of a hundred thousand nodes. */
  nodes: ArrayBuffer;
  /** Files that the references point into; `first` holds 20 of them at most, without their secrets. */
  targets: { count: number; first: string[] };
}

/** A group or array, in the order of the text; groups without metadata of their own are there too, before what they hold. */
export type OutlineNode =
  | { kind: 'group'; path: string }
  | { kind: 'array'; path: string; shape: readonly number[]; dtype: string }
  /** An array whose metadata cannot be read. */
  | { kind: 'unreadable'; path: string; message: string };

/** One attribute: its value as JSON text; what has more than 10,000 characters is cut and ends in …. */
export interface AttributeText {
  name: string;
  value: string;
}

/** One step of the codec chain, in the order in which a reader undoes them. */
export interface CodecInWords {
  id: string;
  /** What undoing it does: "zlib: inflates", "imagecodecs_delta: sums the differences along axis -1". */
  words: string;
  /** False where nothing here decodes it. */
  known: boolean;
}

/** Python that opens an array or a group, as it stands in this file. */
export interface OpenCode {
  xarray: string;
  zarr: string;
}

/** An array in words. */
export interface ArrayDetails {
  path: string;
  shape: readonly number[];
  chunkShape: readonly number[];
  /** Chunks along each axis. */
  grid: readonly number[];
  dimensions: readonly (string | null)[] | null;
  /** As the metadata writes it: `<u2`. */
  dtype: string;
  /** "unsigned 16-bit integers, little-endian". */
  dtypeInWords: string;
  order: 'C' | 'F';
  fillValue: string;
  /** The first 1,000. */
  attributes: AttributeText[];
  /** Attributes beyond those. */
  moreAttributes: number;
  codecs: CodecInWords[];
  coverage: Coverage;
  /** Bytes of the stored chunks: those of references without a length are not known and not counted. */
  storedBytes: number;
  /** Bytes of the array's values. */
  decodedBytes: number;
  chunkBytes: number;
  code: OpenCode;
  /** The document that holds its metadata, as JSON in one line; null where it has more than 1,000,000 characters. */
  metadata: string | null;
  /** Where its metadata stands in the text. */
  range: TextRange | null;
}

/** A group at a glance: what lies below it at any depth, and what it takes. */
export interface GroupGlance {
  path: string;
  /** The first 1,000, in the order of the text. */
  arrays: ArrayGlance[];
  /** Arrays below it, those that cannot be read too. */
  count: number;
  /** Of the arrays that can be read: bytes stored, those of references without a length left out, bytes of all values and of the stored chunks. */
  storedBytes: number;
  decodedBytes: number;
  presentBytes: number;
  coverage: Coverage;
  /** Its own. The first 1,000. */
  attributes: AttributeText[];
  moreAttributes: number;
  code: OpenCode;
}

/** An array in one line. */
export interface ArrayGlance extends Pick<
  ArrayDetails,
  'path' | 'shape' | 'chunkShape' | 'dimensions' | 'dtype' | 'coverage' | 'storedBytes' | 'decodedBytes' | 'chunkBytes'
> {
  /** `long_name`, else `standard_name`, and `units`, where it has them as text. */
  meaning: string | null;
}

/** Indices from `start` to before `stop` along one axis of a chunk grid. */
export interface AxisRange {
  axis: number;
  start: number;
  stop: number;
}

/**
 * Part of a chunk grid: two of its axes, whichever the viewer shows (of chunks `(y, x, band)` the first two), at one place along the
 * others. Both are null for a grid without axes, `rows` alone for a grid of one.
 */
export interface GridWindow {
  path: string;
  /** Indices along all axes of the grid; those along the axes of `rows` and `columns` do not count. */
  at: readonly number[];
  rows: AxisRange | null;
  columns: AxisRange | null;
  /** By what the chunks in files are shaded, besides their state. */
  shade?: ShadeName;
}

export type ShadeName = 'size' | 'target';

/** What the shades of a grid stand for; they are those of the whole array, whatever part of its grid is asked for. */
export type GridShades =
  /** Shades from 1 to 255 run with the logarithm of the stored bytes of a chunk from `least` to `most`; a block has the mean of its chunks. */
  | { by: 'size'; least: number; most: number }
  /**
   * Targets have shades from 1 to 10, in the order in which the chunks name them, and from 1 again beyond; `first` names the first 10 without
   * their secrets. A block has the shade of its first chunk.
   */
  | { by: 'target'; count: number; first: string[] };

/** Different shades of targets. */
export const targetShades = 10;

/** What a cell of a drawn grid holds, as bits: exactly one where a cell is one chunk, several where it stands for a block of chunks. */
export const cellStates = { range: 1, inline: 2, absent: 4, broken: 8 } as const;

/** The states of a window of the grid; a grid of one axis has one row, one without axes one cell. */
export interface GridCells extends GridWindow {
  /** Chunks that a cell stands for along each axis; 1 and 1 where at most 1,048,576 chunks are asked for. */
  step: { rows: number; columns: number };
  height: number;
  width: number;
  /** One byte a cell, row by row, of `cellStates`. */
  cells: ArrayBuffer;
  /** Where shades were asked for: one byte a cell, row by row, 0 where it holds no range of a known length or no file. */
  shades: { meaning: GridShades; cells: ArrayBuffer } | null;
}

/** A step from stored bytes to values. */
export interface DecodingStep {
  /** `stored`, the id of a codec undone, or `array`. */
  name: string;
  /** What it does, in words. */
  words: string;
  /** The codec's configuration as JSON text; null where the step is no codec. */
  config: string | null;
}

/** One step of a chunk's decoding, in the order in which it ran; `stored` is the first. */
export interface StageSummary extends DecodingStep {
  bytes: number;
  milliseconds: number;
  /** The first bytes, 256 at most. */
  head: ArrayBuffer;
  /** The bytes as the array that they are; null where they are none, or its elements are no numbers. */
  picture: StagePicture | null;
}

/** An array in small: its first plane and sample, thinned to 128 rows and columns at most. */
export interface StagePicture {
  dataType: DataType;
  /** The type as the metadata would write it. */
  dtype: string;
  /** Rows and columns of what is sent, in C order, little-endian. */
  shape: readonly number[];
  data: ArrayBuffer;
  /** Every so many rows and columns were sent. */
  step: number;
  /** As `ChunkValues.nodata`; null in stages before the values. */
  nodata: string | null;
  /** Percentiles 2 and 98 of what is sent, or the type's own range; null where nothing is finite. */
  stretch: { low: number; high: number } | null;
}

/** Minimum, maximum, mean and standard deviation (of the whole population) as text in full precision; null where no element is valid, or elements are no numbers. */
export interface StatisticsInWords {
  count: number;
  valid: number;
  nodata: number;
  nan: number;
  minimum: string | null;
  maximum: string | null;
  mean: string | null;
  standardDeviation: string | null;
}

/** Counts of valid finite values in 64 bins of equal width from `low` to `high`, the last bin closed. */
export interface Histogram {
  low: number;
  high: number;
  counts: number[];
}

/** The classes that elements of a chunk belong to, and how many: what no class names is counted apart. */
export interface ChunkClasses {
  classes: (ValueClass & { count: number })[];
  others: number;
}

/**
 * Values of a chunk, or of every `step`th row and column where the chunk is too large to be sent. Statistics, histogram and stretch are of
 * all values of its part inside the array, whatever is sent.
 */
export interface ChunkValues {
  dataType: DataType;
  /** Of the values sent: C order, little-endian, tightly packed. */
  shape: readonly number[];
  data: ArrayBuffer;
  /** 1 where every element is there; else every `step`th along the axes that make a picture (`planeOf` of the whole chunk's shape). */
  step: number;
  /** How much of each axis of the whole chunk lies inside the array; what is beyond is filling. */
  inside: readonly number[];
  /** What equals it is nodata: the array's fill value or `_FillValue`, as text that its dtype's numbers are read from; null: nothing is. */
  nodata: string | null;
  /** Which of the metadata says so: `fill_value`, or the attribute that does. */
  nodataSource: 'fill_value' | '_FillValue' | 'missing_value' | null;
  /** What values mean by flags or a colour table of the attributes; null where they mean nothing but themselves. */
  classes: ChunkClasses | null;
  /** CF: shown value = stored * scale + offset. */
  scaling: { scale: number; offset: number } | null;
  unit: string | null;
  /** The calendar that numbers count in from the date in `unit`; null where the attributes name none. */
  calendar: string | null;
  statistics: StatisticsInWords;
  histogram: Histogram | null;
  /** Percentiles 2 and 98 of the valid values, or the type's own range, exact, as `stretchOf`; null where nothing is finite. */
  stretch: { low: number; high: number } | null;
  /**
   * Elements that are no numbers (text, bytes, records), and a number that stands alone, as text: of the part inside the array in C order,
   * none left out; 10,000 at most.
   */
  texts: string[] | null;
}

/** Coordinates of one axis over the part of a chunk that lies inside the array. */
export interface AxisCoordinates {
  /** Index of the axis. */
  axis: number;
  name: string;
  unit: string | null;
  /**
   * One for each index, in the digits of the coordinate's own type (scaled, dates in words); null where there is no value: an absent
   * chunk, or the fill value.
   */
  texts: (string | null)[];
}

/** How far a chunk read through `delta` is from the truth. */
export interface DriftPreview {
  message: string;
  /** For each row inside the array: how far its farthest value is from the truth. Float64, little-endian. */
  perRow: ArrayBuffer;
  /** The true values, as `ChunkValues.data` has those that readers get. */
  truth: ArrayBuffer;
  truthStatistics: StatisticsInWords;
  truthStretch: { low: number; high: number } | null;
}

/** How a chunk came out. The kinds look different and are never taken for one another. */
export type ChunkOutcome =
  /** No such key: reads as the fill value. */
  | { kind: 'absent'; fillValue: string }
  | {
      kind: 'values';
      values: ChunkValues;
      /** Every element is the fill value, though the chunk is stored. */ allFill: boolean;
    }
  /** `code` tells fetch-failed, short-read, decode-failed, unsupported-codec, restricted-mode, needs-permission and others apart. */
  | { kind: 'failed'; code: ErrorCode; message: string };

/** A chunk as a viewer shows it. */
export interface ChunkPreview {
  path: string;
  indices: readonly number[];
  key: string;
  /** `broken`: the entry is malformed; the outcome says how. */
  reference: 'absent' | 'inline' | 'range' | 'file' | 'broken';
  /**
   * The bytes that the chunk is stored in: `start` and `end` inclusive, as in the Range header; `end` is null for a file of which the size is
   * not known or 0. Null for inline and absent chunks.
   */
  request: { url: string; shownUrl: string; start: number; end: number | null; curl: string } | null;
  range: TextRange | null;
  /** As far as decoding came. */
  stages: StageSummary[];
  /** The step that failed; null where none did, or nothing was decoded. */
  stopped: DecodingStep | null;
  outcome: ChunkOutcome;
  /** Of the axes that have some. */
  coordinates: AxisCoordinates[];
  /** Why axes that have coordinates are missing among them, in one sentence. */
  coordinateProblem: string | null;
  /** Name of the coordinate reference system, with its code where that is known. */
  crs: string | null;
  drift: DriftPreview | null;
  /** Of a chunk that is a shard (zarr v3 `sharding_indexed`). */
  shard?: ShardPreview;
}

/** The chunks inside a shard. */
export interface ShardPreview {
  chunkShape: readonly number[];
  /** Whether places are those in the file; else in the shard, which other codecs have encoded. */
  isOfFile: boolean;
  count: number;
  absent: number;
  /** The first 1000 in C order: first and last byte, inclusive; null for absent ones. */
  chunks: { indices: readonly number[]; start: number | null; end: number | null }[];
}

/** Findings of one kind about one array, as one. */
export interface FindingGroup {
  code: string;
  /** What the rule finds, in one line. */
  title: string;
  severity: Severity;
  /** Path of the array or group; '' for the root and the file as a whole. */
  path: string;
  /** The first finding's. */
  message: string;
  range: TextRange;
  count: number;
  /** The first 20. */
  samples: FindingSample[];
  /** Places of those that follow, of which not all are kept; absent where there are none. */
  others?: TextRange[];
  /** Something can be done about one of the samples. */
  fixable?: true;
}

/** One finding of a group. */
export interface FindingSample {
  key: string;
  message: string;
  range: TextRange;
  /** Of the chunk that the key names; null for any other key. */
  indices: number[] | null;
  /** In a set in parquet: the record file, below the set's folder, and the row, from 1; `range` is then that of its array's metadata. */
  record?: { file: string; row: number };
}

/** What the check of a reference file found. */
export interface CheckedDocument {
  findings: FindingGroup[];
  /** What each known reader makes of it; none where the text is no reference file. */
  readers: ReaderVerdict[];
}

/** What a reader makes of a reference file. */
export interface ReaderVerdict {
  /** "GDAL". */
  name: string;
  /** The versions of it that were run. */
  tried: string;
  /** Of the arrays that it reads: `none` also where it does not open a file that has none. */
  reads: 'all' | 'some' | 'none';
  /** The begin of a sentence that the first obstacle's reason ends: "cannot"; a whole one where there is none: "reads all 3 arrays". */
  verdict: string;
  /** What stops it, in the order of the text; the first 100. */
  obstacles: ReaderStop[];
}

/** An entry that stops a reader. */
export interface ReaderStop {
  /** The end of a sentence: "it refuses templates". */
  reason: string;
  /** Its key, or the name of a top-level member; '' for the file as a whole. */
  key: string;
  /** The array that it keeps the reader from; null where it is the file. */
  path: string | null;
  /** Of the chunk that the key names; null for any other key. */
  indices: number[] | null;
  range: TextRange;
}

/** Which findings of a code are to be mended: the one that begins at a place, those about an array or group, or all of the file. */
export type FixScope =
  { kind: 'place'; line: number; column: number } | { kind: 'array'; path: string } | { kind: 'file' };

/** What can be done about findings of one code. */
export interface FixOffer {
  title: string;
  isPreferred: boolean;
  /** Which way it goes, where there are several. */
  alternative: string | null;
  /** Findings that it mends. */
  count: number;
  /** Where it was asked for as edits, by the text as it is now. */
  edits: { range: TextRange; text: string }[];
  /** Where it was asked for as text. */
  mended: MendedText | null;
}

/** A file as a fix would leave it. */
export interface MendedText {
  /** All of it, as UTF-8. */
  text: ArrayBuffer;
  /** Of a large file what changes, and a little around each place, before and after; null where the text itself can be compared. */
  excerpts: { before: string; after: string } | null;
}

/** What a check of references against the files behind them found, and how far it went. */
export interface SourceCheck {
  groups: FindingGroup[];
  /** Arrays that a TIFF stands behind; chunks whose references were compared with its tables; chunks decoded both ways. */
  arrays: number;
  compared: number;
  decoded: number;
  /** Byte ranges that were read, and their bytes. */
  reads: number;
  bytes: number;
  /** Local files outside the workspace that were not read because the user has not allowed it. */
  needPermission: string[];
}

/** What was found of whether the files behind references can be reached. */
export interface ReachCheck {
  groups: FindingGroup[];
  /** Files that references point at, and those of them that answered. */
  files: number;
  reached: number;
  /** As `SourceCheck.needPermission`. */
  needPermission: string[];
}

/** What stands at a place in the text. */
export type HoverContent =
  | { kind: 'chunk'; range: TextRange; chunk: HoverChunk }
  | { kind: 'array'; range: TextRange; array: ArrayDetails }
  | { kind: 'group'; range: TextRange; path: string; arrays: number; groups: number };

/** A chunk in a hover: no values, but a picture of at most 70,000 bytes. */
export interface HoverChunk {
  path: string;
  indices: readonly number[];
  key: string;
  dtype: string;
  shape: readonly number[];
  /** Null for inline and absent chunks. */
  request: ChunkPreview['request'];
  reference: ChunkPreview['reference'];
  storedBytes: number | null;
  /** One for each axis. */
  axes: HoverAxis[];
  /** Why axes that have coordinates are shown without, in one sentence. */
  coordinateProblem: string | null;
  /** What else refers to its file; null where the chunk is no range of a file. */
  neighbours: Neighbours | null;
  result:
    | {
        kind: 'picture';
        png: ArrayBuffer;
        width: number;
        height: number;
        statistics: StatisticsInWords;
        /** Null for what has none, and for dates and durations. */
        histogram: Histogram | null;
        allFill: boolean;
      }
    /** Scalars, text, short one-dimensional chunks. */
    | { kind: 'texts'; texts: string[]; statistics: StatisticsInWords; allFill: boolean }
    | { kind: 'absent'; fillValue: string }
    /** More than 16 MiB stored or 64 MiB decoded: nothing was fetched. */
    | { kind: 'too-large'; message: string }
    | { kind: 'failed'; code: ErrorCode; message: string };
  /** Why the values are wrong, where they are. */
  drift: string | null;
}

/** What a window or a chunk can be taken away as; `stored`: the bytes of a chunk as they lie in the file. */
export type TakeFormat = 'npy' | 'csv' | 'tiff' | 'stored';

/** A file to be written. */
export interface TakenFile {
  bytes: ArrayBuffer;
  /** What it does not hold, where something is missing. */
  note: string | null;
}
