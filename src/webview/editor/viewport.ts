/**
 * A plane of `columns` × `rows` units in a drawing of `width` × `height` pixels; at zoom 1, where all of it is seen, a unit takes
 * `unitWidth` × `unitHeight` pixels.
 */
export interface Frame {
  width: number;
  height: number;
  columns: number;
  rows: number;
  unitWidth: number;
  unitHeight: number;
}

/** What part of a plane is seen: `x` and `y` are the units at the drawing's left and upper edge. */
export interface Viewport {
  zoom: number;
  x: number;
  y: number;
}

/** A unit of a plane, counted from 0. */
export interface Cell {
  row: number;
  column: number;
}

/** Half-open. */
export interface Span {
  start: number;
  stop: number;
}

export const wholeView: Viewport = { zoom: 1, x: 0, y: 0 };

/** Pixels that a plane's shorter side takes at least, so that a strip can be seen. */
const thinnest = 24;
/** Pixels that a unit takes at most when zoomed in. */
const largestUnit = 64;

/**
 * The frame in which a plane is seen as a whole: units are square and at most `unit` pixels large; where the plane would be thinner
 * than 24 pixels, they are stretched.
 */
export function fitted(
  plane: { columns: number; rows: number },
  room: { width: number; height: number },
  unit: number,
): Frame {
  const { columns, rows } = plane;
  const widest = Math.min(unit, room.width / columns);
  const highest = Math.min(unit, room.height / rows);
  const side = Math.min(widest, highest);
  const unitWidth = Math.min(widest, Math.max(side, thinnest / columns));
  const unitHeight = Math.min(highest, Math.max(side, thinnest / rows));
  return { width: room.width, height: rows * unitHeight, columns, rows, unitWidth, unitHeight };
}

/** The size of a unit in pixels. */
export function unitSize(frame: Frame, { zoom }: Viewport): { width: number; height: number } {
  return { width: frame.unitWidth * zoom, height: frame.unitHeight * zoom };
}

/** The unit under a point of the drawing, in pixels from its upper left corner; undefined beside the plane. */
export function cellAt(frame: Frame, viewport: Viewport, point: { x: number; y: number }): Cell | undefined {
  const unit = unitSize(frame, viewport);
  const column = Math.floor(viewport.x + point.x / unit.width);
  const row = Math.floor(viewport.y + point.y / unit.height);
  const inside = row >= 0 && column >= 0 && row < frame.rows && column < frame.columns;
  return inside ? { row, column } : undefined;
}

/** The units of which any part is seen. */
export function seen(frame: Frame, viewport: Viewport): { rows: Span; columns: Span } {
  const unit = unitSize(frame, viewport);
  return {
    rows: spanOf(viewport.y, frame.height / unit.height, frame.rows),
    columns: spanOf(viewport.x, frame.width / unit.width, frame.columns),
  };
}

function spanOf(from: number, length: number, most: number): Span {
  return { start: Math.max(0, Math.floor(from)), stop: Math.min(most, Math.ceil(from + length)) };
}

/** Nearer by `factor` (farther below 1), the point under `point` staying where it is. */
export function zoomed(frame: Frame, viewport: Viewport, factor: number, point: { x: number; y: number }): Viewport {
  const zoom = Math.min(mostZoom(frame), Math.max(1, viewport.zoom * factor));
  const before = unitSize(frame, viewport);
  const after = unitSize(frame, { ...viewport, zoom });
  return within(frame, {
    zoom,
    x: viewport.x + point.x / before.width - point.x / after.width,
    y: viewport.y + point.y / before.height - point.y / after.height,
  });
}

/** The zoom at which a unit is as large as it gets. */
export function mostZoom({ unitWidth, unitHeight }: Frame): number {
  return Math.max(1, largestUnit / Math.min(unitWidth, unitHeight));
}

/** Moved by pixels: the plane follows a drag. */
export function panned(frame: Frame, viewport: Viewport, by: { x: number; y: number }): Viewport {
  const unit = unitSize(frame, viewport);
  return within(frame, { ...viewport, x: viewport.x - by.x / unit.width, y: viewport.y - by.y / unit.height });
}

/** Moved as little as it takes to see a unit. */
export function revealing(frame: Frame, viewport: Viewport, cell: Cell): Viewport {
  const unit = unitSize(frame, viewport);
  return within(frame, {
    ...viewport,
    x: nearest(viewport.x, frame.width / unit.width, cell.column),
    y: nearest(viewport.y, frame.height / unit.height, cell.row),
  });
}

function nearest(from: number, length: number, index: number): number {
  return Math.min(index, Math.max(from, index + 1 - length));
}

/** The viewport with nothing but the plane in it, as far as the plane fills it. */
function within(frame: Frame, viewport: Viewport): Viewport {
  const unit = unitSize(frame, viewport);
  return {
    zoom: viewport.zoom,
    x: Math.max(0, Math.min(viewport.x, frame.columns - frame.width / unit.width)),
    y: Math.max(0, Math.min(viewport.y, frame.rows - frame.height / unit.height)),
  };
}

/** `times` steps from a cell, within a plane; without a cell the first of all. */
export function stepped(from: Cell | null, step: Cell, times: number, plane: Pick<Frame, 'rows' | 'columns'>): Cell {
  if (from === null) return { row: 0, column: 0 };
  return {
    row: Math.min(plane.rows - 1, Math.max(0, from.row + times * step.row)),
    column: Math.min(plane.columns - 1, Math.max(0, from.column + times * step.column)),
  };
}

/** Zoomed around a unit, which stays where it is; one that is not seen comes into view. */
export function zoomedAround(frame: Frame, viewport: Viewport, factor: number, cell: Cell): Viewport {
  const shown = revealing(frame, viewport, cell);
  const unit = unitSize(frame, shown);
  const point = { x: (cell.column + 0.5 - shown.x) * unit.width, y: (cell.row + 0.5 - shown.y) * unit.height };
  return zoomed(frame, shown, factor, point);
}

/** Zoomed around the cursor, else around the middle of what is seen; a factor of 0 leads back to the whole. */
export function zoomedBy(frame: Frame | undefined, viewport: Viewport, factor: number, cursor: Cell | null): Viewport {
  if (factor === 0) return wholeView;
  if (frame === undefined) return viewport;
  const middle = {
    row: Math.floor(viewport.y + frame.rows / viewport.zoom / 2),
    column: Math.floor(viewport.x + frame.columns / viewport.zoom / 2),
  };
  return zoomedAround(frame, viewport, factor, cursor ?? middle);
}
