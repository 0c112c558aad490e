import type { Range } from '../../../picture/stretch';
import type { Pyramid, WindowRequest, WindowValues } from '../../../preview/map-types';
import type { Cell, Span } from '../viewport';
import type { MapLevel, Need } from './map-levels';
import type { TileLook } from './tile-look';
import type { Sample } from './tile-values';

/** What part of an array is seen: the row and column in the middle, and how many columns a pixel of the screen stands for. */
export interface MapPlace {
  row: number;
  column: number;
  scale: number;
}

/** A box of an array, half-open. */
export interface MapBox {
  rows: Span;
  columns: Span;
}

/** What is known of a place of the array. */
export interface MapReading {
  cell: Cell;
  /** `waiting`: its tile has not come. */
  kind: 'value' | 'waiting' | 'failed';
  /** One for each band that is shown. */
  samples: Sample[];
  /** Why there is no value, with the chunk's key. */
  failure: string | null;
  /** The resolution that the value is of. */
  level: MapLevel | null;
}

/** A chunk that has failed, or a part of the map of which nothing came; `message` says why. */
export interface MapFailure {
  key: string | null;
  message: string;
}

/** How far the part that is seen has come. */
export interface MapStatus {
  level: MapLevel | null;
  loading: number;
  loaded: number;
  failures: MapFailure[];
  /** What is waiting for the user's word, and takes more than is loaded freely. */
  held: Need | null;
}

/** All that the element which draws the map is given. */
export interface ShownMap {
  /** Another key is another array, or another text. */
  key: string;
  pyramid: Pyramid;
  /** Indices of the array along the axes that are neither rows, columns nor bands. */
  at: readonly number[];
  /** Bands that are loaded: one, or those that are shown as colours; empty where there is no axis of bands. */
  bands: readonly number[];
  /** Null until the ranges are known. */
  look: TileLook | null;
  /** Whether ranges are to be found from what is seen. */
  wantsRanges: boolean;
  /** Null for the whole array. */
  place: MapPlace | null;
  cursor: Cell | null;
  selection: MapBox | null;
  /** Whether the edges of chunks are drawn. */
  grid: boolean;
  /** Counts how often failed parts were asked for again. */
  attempt: number;
  load: (request: WindowRequest, signal: AbortSignal) => Promise<WindowValues>;
  onPlace: (place: MapPlace) => void;
  onReadings: (readings: { hover: MapReading | null; cursor: MapReading | null }) => void;
  onCursor: (cell: Cell) => void;
  onOpen: (cell: Cell) => void;
  onSelect: (box: MapBox) => void;
  onCompare: () => void;
  onStatus: (status: MapStatus) => void;
  /** `settled` where all that is seen has come. */
  onRanges: (ranges: Range[], settled: boolean) => void;
}
