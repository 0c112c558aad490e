import type { ChunkInEncoding, EncodingDetails, WhatIf } from './what-if-types';
import type { Encoding } from './encoding-text';
import type { Slice } from '../read/plan';
import type { ComparedWith, Comparison, PlaneWindow } from './compare-types';
import type { WindowCost } from './cost-types';
import type { TargetBytes, TargetList, TargetMap, TargetPlace } from './target-types';
import type { PlaceCoordinates, Pyramid, WindowRequest, WindowValues } from './map-types';
import type {
  ArrayDetails,
  AxisCoordinates,
  ChunkPreview,
  FixOffer,
  GridCells,
  GridWindow,
  GroupGlance,
  HoverContent,
  ReachCheck,
  SourceCheck,
  TakenFile,
  TakeFormat,
} from './types';

/** What can be asked about a document that the worker holds; fails with `not-open` where it does not hold it. */
export interface DocumentMethods {
  /** Its text, decompressed. */
  text: { payload: Record<string, never>; result: { text: ArrayBuffer } };
  /** What lies below a group, '' for the root. */
  glance: { payload: { path: string }; result: GroupGlance };
  describeArray: { payload: { path: string }; result: ArrayDetails };
  grid: { payload: { window: GridWindow }; result: GridCells };
  /** Coordinates of a chunk along some of its axes. */
  axes: { payload: { path: string; indices: readonly number[]; axes: readonly number[] }; result: AxisCoordinates[] };
  chunk: { payload: { path: string; indices: readonly number[] }; result: ChunkPreview };
  /** How an array is encoded, and what else that may be. */
  encoding: { payload: { path: string; indices: readonly number[] }; result: EncodingDetails };
  /** A chunk as another encoding would decode it. */
  whatIf: { payload: ChunkInEncoding & { encoding: Encoding }; result: WhatIf };
  /** Bytes [offset, offset + length) of one stage of a chunk's decoding, as far as there are any. */
  stageBytes: {
    payload: ChunkInEncoding & { stage: number; offset: number; length: number };
    result: { bytes: ArrayBuffer };
  };
  /** The fix that writes another encoding into the metadata of an array. */
  rewrite: { payload: { path: string; encoding: Encoding; form: 'edits' | 'text' }; result: FixOffer };
  /** A window as a file; half-open slices, one for each axis. */
  take: {
    payload: { path: string; slices: readonly Slice[]; format: Exclude<TakeFormat, 'stored'> };
    result: TakenFile;
  };
  /** The stored bytes of a chunk. */
  takeStored: { payload: { path: string; indices: readonly number[] }; result: TakenFile };
  /** What stands at a line and column (from 1, UTF-16 units) of the text; null between entries. */
  hover: { payload: { line: number; column: number }; result: HoverContent | null };
  /** An array with its overviews; fetches the headers of the TIFF behind it where its references hold none. */
  pyramid: { payload: { path: string }; result: Pyramid };
  /** Values of a part of an array or of one of its overviews. */
  window: { payload: WindowRequest; result: WindowValues };
  /** Coordinates along a part of an array: half-open slices, one for each axis. */
  coordinates: { payload: { path: string; slices: readonly Slice[] }; result: PlaceCoordinates };
  /** Checks the references against the TIFFs behind them, reading of these what it needs; tells how far it is. */
  checkSource: { payload: object; result: SourceCheck };
  /** The files that references point into whose address has `search` in it. */
  targets: { payload: { search: string }; result: TargetList };
  /** One of them as regions; `read`: the structure of a TIFF may be fetched. */
  targetMap: { payload: { place: TargetPlace; read: boolean }; result: TargetMap };
  /** Some of its bytes. */
  targetBytes: { payload: { target: number; offset: number }; result: TargetBytes };
  /** Its address, with the secrets that may stand in it: for the host alone. */
  targetAddress: { payload: { target: number }; result: string };
  /** What it takes to read a window of an array, half-open slices, one for each axis. */
  cost: { payload: { path: string; slices: readonly Slice[] }; result: WindowCost };
  /** A plane of an array beside another one, or beside the TIFF behind it, and statistics of the differences. */
  compare: { payload: { first: PlaneWindow; second: ComparedWith }; result: Comparison };
  /** Asks every file that the references point at for a byte, as it is now; tells how far it is. */
  checkReach: { payload: object; result: ReachCheck };
}
