import type { Look } from '../../../picture/look';
import type { Range } from '../../../picture/stretch';
import type { Pyramid } from '../../../preview/map-types';
import type { ArrayDetails } from '../../../preview/types';
import type { Cell, Span } from '../viewport';
import type { MapPlace, MapReading, MapStatus } from './shown-map';
import type { TileLook } from './tile-look';

/** How the picture of a whole array is seen. */
export interface MapState {
  /** Null for all of it. */
  place: MapPlace | null;
  /** Indices along the axes that are not drawn; those that are missing are 0. */
  at: readonly number[];
  /** The band that is shown, or three or four as colours; null for what suits the array. */
  bands: number | readonly number[] | null;
  colours: Omit<Look, 'range'>;
  /** Whether values that belong to classes have the colours of these. */
  asClasses: boolean;
  /** Typed or locked; null for that of the values that were seen first. */
  range: Range | null;
  /** Whether `range` holds for other indices and arrays too. */
  locked: boolean;
  /** Of each shown band, found from what is seen; `rangesSettled` where all of that had come. */
  ranges: readonly Range[] | null;
  rangesSettled: boolean;
  /** Whether the edges of chunks are drawn. */
  grid: boolean;
  cursor: Cell | null;
  readings: { hover: MapReading | null; cursor: MapReading | null };
  status: MapStatus | null;
  /** Counts how often what failed was asked for again. */
  attempt: number;
  /** The script that draws maps, which comes when a map is first opened. */
  script: 'none' | 'ready' | 'failed';
  /** Counts the answers about coordinates, which are kept elsewhere. */
  coordinates: number;
}

export type SavedMap = Pick<
  MapState,
  'place' | 'at' | 'bands' | 'colours' | 'asClasses' | 'range' | 'locked' | 'grid' | 'cursor'
>;

export const freshMap: MapState = {
  place: null,
  at: [],
  bands: null,
  colours: { colourMap: 'viridis', reversed: false, scale: 'linear' },
  asClasses: true,
  range: null,
  locked: false,
  ranges: null,
  rangesSettled: false,
  grid: false,
  cursor: null,
  readings: { hover: null, cursor: null },
  status: null,
  attempt: 0,
  script: 'none',
  coordinates: 0,
};

export function savedMap({ place, at, bands, colours, asClasses, range, locked, grid, cursor }: MapState): SavedMap {
  return { place, at, bands, colours, asClasses, range, locked, grid, cursor };
}

/** What stays for another array: how things are drawn, and the range where it is locked. */
export function mapOfAnother({ colours, range, locked, grid, script }: MapState): MapState {
  return { ...freshMap, colours, range: locked ? range : null, locked, grid, script };
}

/** What changes when other values are shown: their range is found anew unless it is locked. */
export function otherValues({ range, locked }: MapState): Partial<MapState> {
  return { range: locked ? range : null, ranges: null, rangesSettled: false };
}

/** Whether an array has a picture as a whole: numbers along two axes or more. */
export function hasMap({ shape, dtype }: Pick<ArrayDetails, 'shape' | 'dtype'>): boolean {
  const isNumeric =
    /^[<>|]?[biufcmM]\d/u.test(dtype) || /^(?:bool|u?int|float|complex|datetime|timedelta|numpy\.)/u.test(dtype);
  return shape.length >= 2 && !shape.includes(0) && isNumeric;
}

/** The bands that are loaded: none where no axis is of bands, one, or those that are shown as colours. */
export function shownBands(
  { bandAxis, levels, dataType }: Pyramid,
  { bands }: Pick<MapState, 'bands'>,
): readonly number[] {
  if (bandAxis === null) return [];
  const count = levels[0]?.shape[bandAxis] ?? 1;
  if (typeof bands === 'number') return [Math.min(bands, count - 1)];
  if (bands !== null && bands.length >= 3 && bands.every((band) => band < count)) return bands;
  const areColours = (count === 3 || count === 4) && dataType.kind === 'u' && dataType.itemSize === 1;
  return areColours ? Array.from({ length: count }, (_, band) => band) : [0];
}

/** Whether a map has the colours of the classes that its values belong to. */
export function isInClasses(pyramid: Pyramid, map: MapState): boolean {
  return pyramid.classes !== null && map.asClasses && shownBands(pyramid, map).length < 3;
}

/** How tiles are painted: null until the ranges are known. */
export function tileLook(pyramid: Pyramid, map: MapState): TileLook | null {
  const bands = shownBands(pyramid, map);
  if (isInClasses(pyramid, map)) return { kind: 'classes', classes: pyramid.classes ?? [] };
  if (bands.length < 3) {
    const range = map.range ?? map.ranges?.[0] ?? null;
    return range === null ? null : { kind: 'band', look: { ...map.colours, range } };
  }
  const first = Math.min(...bands);
  const ranges = map.range === null ? map.ranges : [map.range, map.range, map.range];
  return ranges === null
    ? null
    : { kind: 'colours', bands: bands.map((band) => band - first), ranges, scale: map.colours.scale };
}

/** Indices along the axes that are not drawn, one for each axis; 0 along those that are. */
export function indicesBeside({ levels, rowAxis, columnAxis, bandAxis }: Pyramid, at: readonly number[]): number[] {
  const shape = levels[0]?.shape ?? [];
  return shape.map((length, axis) =>
    axis === rowAxis || axis === columnAxis || axis === bandAxis ? 0 : Math.min(length - 1, at[axis] ?? 0),
  );
}

/** The axes that are neither drawn nor of bands, and have more than one index. */
export function axesBeside({ levels, rowAxis, columnAxis, bandAxis }: Pyramid): number[] {
  const shape = levels[0]?.shape ?? [];
  return shape.flatMap((length, axis) =>
    axis === rowAxis || axis === columnAxis || axis === bandAxis || length === 1 ? [] : [axis],
  );
}

/** A box of rows and columns as half-open slices of all axes: of the others the indices that are shown. */
export function slicesOf(pyramid: Pyramid, map: MapState, rows: Span, columns: Span): Span[] {
  const bands = shownBands(pyramid, map);
  return indicesBeside(pyramid, map.at).map((index, axis) => {
    if (axis === pyramid.rowAxis) return rows;
    if (axis === pyramid.columnAxis) return columns;
    if (axis === pyramid.bandAxis) return { start: Math.min(...bands), stop: Math.max(...bands) + 1 };
    return { start: index, stop: index + 1 };
  });
}

/** The element of the array that stands at a row and column: of several bands that are shown, in the first. */
export function elementOf(pyramid: Pyramid, map: MapState, { row, column }: Cell): number[] {
  return slicesOf(pyramid, map, { start: row, stop: row + 1 }, { start: column, stop: column + 1 }).map(
    ({ start }) => start,
  );
}

/** The chunk that holds an element. */
export function chunkOf({ levels }: Pyramid, element: readonly number[]): number[] {
  return element.map((index, axis) => Math.floor(index / (levels[0]?.chunkShape[axis] ?? 1)));
}
