import type { Pyramid, PyramidLevel } from '../../../preview/map-types';
import type { Span } from '../viewport';
import { t } from '../../l10n';
import { ordinal } from '../ordinal';

/** One resolution of the map: a level of the pyramid, or of the coarsest every `step`th row and column. */
export interface MapLevel {
  /** Index among the levels of the pyramid. */
  level: number;
  step: number;
  /** Pixels of this resolution down and across. */
  rows: number;
  columns: number;
  /** Rows and columns of the whole array that a pixel stands for. */
  rowScale: number;
  columnScale: number;
  /** Pixels of a tile. */
  tileRows: number;
  tileColumns: number;
}

/** Pixels of a tile's side at most. */
const mostTile = 512;
/** Pixels of the longer side at which no coarser resolution is made up. */
const smallEnough = 512;

/** The resolutions of a map, the coarsest first: overviews as there are, and beyond the last of them every second, fourth, … row and column. */
export function mapLevels(pyramid: Pyramid): MapLevel[] {
  const [full] = pyramid.levels;
  if (full === undefined) return [];
  const levels = pyramid.levels.map((level, index) => levelOf(pyramid, full, level, index, 1));
  for (let last = levels.at(-1); last !== undefined && Math.max(last.rows, last.columns) > smallEnough;) {
    const coarsest = pyramid.levels[last.level];
    if (coarsest === undefined) break;
    last = levelOf(pyramid, full, coarsest, last.level, last.step * 2);
    levels.push(last);
  }
  return levels.reverse();
}

function levelOf(
  { rowAxis, columnAxis }: Pyramid,
  full: PyramidLevel,
  { shape, chunkShape }: PyramidLevel,
  level: number,
  step: number,
): MapLevel {
  const [allRows, allColumns] = [shape[rowAxis] ?? 1, shape[columnAxis] ?? 1];
  return {
    level,
    step,
    rows: Math.ceil(allRows / step),
    columns: Math.ceil(allColumns / step),
    rowScale: (step * (full.shape[rowAxis] ?? 1)) / allRows,
    columnScale: (step * (full.shape[columnAxis] ?? 1)) / allColumns,
    tileRows: tileSide(chunkShape[rowAxis] ?? 1, step),
    tileColumns: tileSide(chunkShape[columnAxis] ?? 1, step),
  };
}

/** Pixels of a tile: as many whole chunks as fit in 512, or an even part of a larger chunk; of every `step`th row 256 pixels. */
function tileSide(chunk: number, step: number): number {
  if (step > 1) return mostTile / 2;
  if (chunk <= mostTile) return chunk * Math.floor(mostTile / chunk);
  return Math.ceil(chunk / Math.ceil(chunk / mostTile));
}

/** The pixels of a tile that exist, half-open, in pixels of the resolution. */
export function tileSpans(level: MapLevel, row: number, column: number): { rows: Span; columns: Span } {
  const span = (index: number, side: number, most: number): Span => {
    return { start: index * side, stop: Math.min(most, (index + 1) * side) };
  };
  return { rows: span(row, level.tileRows, level.rows), columns: span(column, level.tileColumns, level.columns) };
}

/** What loading a part of the map takes. */
export interface Need {
  chunks: number;
  /** Of the chunks as they are stored, on average. */
  storedBytes: number;
  decodedBytes: number;
}

/** A part of the map is loaded at once where it takes no more. */
export const freely: Need = { chunks: 1024, storedBytes: 64 * 2 ** 20, decodedBytes: 256 * 2 ** 20 };

/** What the chunks of a part of the array take; `seen` is half-open, in rows and columns of the whole array. */
export function needOf(
  { levels, rowAxis, columnAxis, dataType }: Pyramid,
  { level, rowScale, columnScale, step }: MapLevel,
  seen: { rows: Span; columns: Span },
  others: number,
): Need {
  const source = levels[level];
  if (source === undefined) return { chunks: 0, storedBytes: 0, decodedBytes: 0 };
  const along = (span: Span, scale: number, axis: number): number => {
    const [side, length] = [source.chunkShape[axis] ?? 1, source.shape[axis] ?? 1];
    const start = Math.max(0, Math.floor((span.start / scale) * step));
    const stop = Math.min(length, Math.ceil((span.stop / scale) * step));
    if (stop <= start) return 0;
    const chunks = Math.floor((stop - 1) / side) - Math.floor(start / side) + 1;
    return Math.min(chunks, Math.ceil((stop - start) / step));
  };
  const chunks = along(seen.rows, rowScale, rowAxis) * along(seen.columns, columnScale, columnAxis) * others;
  const chunkBytes = source.chunkShape.reduce((product, side) => product * side, dataType.itemSize);
  const storedEach = source.storedChunks === 0 ? 0 : source.storedBytes / source.storedChunks;
  return { chunks, storedBytes: Math.round(chunks * storedEach), decodedBytes: chunks * chunkBytes };
}

/** Whether one need is no more than another. */
export function isWithin(need: Need, most: Need): boolean {
  return need.chunks <= most.chunks && need.storedBytes <= most.storedBytes && need.decodedBytes <= most.decodedBytes;
}

/** "Overview 1:4 of the references", "Every 8th row and column". */
export function levelInWords({ levels }: Pyramid, { level, step, columnScale }: MapLevel): string {
  const source = levels[level];
  const ratio = Number(columnScale.toFixed(columnScale < 10 ? 2 : 0));
  const ofTiff = source?.from === 'tiff';
  if (step <= 1) {
    if (level === 0) return t('Full resolution');
    return ofTiff ? t('1:{0}, overview of the TIFF', ratio) : t('1:{0}, overview', ratio);
  }
  if (level === 0) return t('1:{0}, every {1} row and column', ratio, ordinal(step));
  return ofTiff
    ? t('1:{0}, every {1} row and column of the overview of the TIFF', ratio, ordinal(step))
    : t('1:{0}, every {1} row and column of the overview', ratio, ordinal(step));
}
