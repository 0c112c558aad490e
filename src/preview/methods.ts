import type { Slice } from '../read/plan';
import type {
  ArrayDetails,
  AxisCoordinates,
  ChunkPreview,
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
  /** What lies below a group, '' for the root. */
  glance: { payload: { path: string }; result: GroupGlance };
  describeArray: { payload: { path: string }; result: ArrayDetails };
  grid: { payload: { window: GridWindow }; result: GridCells };
  /** Coordinates of a chunk along some of its axes. */
  axes: { payload: { path: string; indices: readonly number[]; axes: readonly number[] }; result: AxisCoordinates[] };
  chunk: { payload: { path: string; indices: readonly number[] }; result: ChunkPreview };
  /** A window as a file; half-open slices, one for each axis. */
  take: {
    payload: { path: string; slices: readonly Slice[]; format: Exclude<TakeFormat, 'stored'> };
    result: TakenFile;
  };
  /** The stored bytes of a chunk. */
  takeStored: { payload: { path: string; indices: readonly number[] }; result: TakenFile };
  /** What stands at a line and column (from 1, UTF-16 units) of the text; null between entries. */
  hover: { payload: { line: number; column: number }; result: HoverContent | null };
  /** Checks the references against the TIFFs behind them, reading of these what it needs; tells how far it is. */
  checkSource: { payload: object; result: SourceCheck };
  /** Asks every file that the references point at for a byte, as it is now; tells how far it is. */
  checkReach: { payload: object; result: ReachCheck };
}
