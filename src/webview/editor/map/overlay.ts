import type { Pyramid } from '../../../preview/map-types';
import type { Cell } from '../viewport';
import type { MapBox, MapPlace } from './shown-map';

/** What is drawn above the map. */
export interface Overlay {
  pyramid: Pyramid;
  grid: boolean;
  cursor: Cell | null;
  selection: MapBox | null;
}

/** Colours of the theme. */
export interface OverlayColours {
  line: string;
  ground: string;
  cursor: string;
}

/** Pixels between two lines of the grid at least; closer ones would cover the picture. */
const closest = 8;

/** Draws the edges of chunks, the selection, the cursor and the array's own edge on a canvas of `width` × `height` CSS pixels. */
export function drawOverlay(
  canvas: HTMLCanvasElement,
  { width, height }: { width: number; height: number },
  overlay: Overlay,
  place: MapPlace,
  colours: OverlayColours,
): void {
  const ratio = window.devicePixelRatio;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const { pyramid, grid, cursor, selection } = overlay;
  const x = (column: number): number => width / 2 + (column - place.column) / place.scale;
  const y = (row: number): number => height / 2 + ((row - place.row) * pyramid.aspect) / place.scale;
  const outlined = (box: MapBox, colour: string, dash: number[]): void => {
    context.lineWidth = 1;
    context.strokeStyle = colour;
    context.setLineDash(dash);
    const [left, top] = [x(box.columns.start), y(box.rows.start)];
    context.strokeRect(left - 0.5, top - 0.5, x(box.columns.stop) - left + 1, y(box.rows.stop) - top + 1);
    context.setLineDash([]);
  };
  if (grid) drawGrid(context, pyramid, { width, height, x, y }, colours);
  const [rows, columns] = sidesOf(pyramid);
  outlined({ rows: { start: 0, stop: rows }, columns: { start: 0, stop: columns } }, colours.line, []);
  if (selection !== null) {
    outlined(selection, colours.ground, []);
    outlined(selection, colours.line, [5, 4]);
  }
  if (cursor !== null) drawCursor(context, { x, y }, cursor, colours);
}

function sidesOf({ levels, rowAxis, columnAxis }: Pyramid): [number, number] {
  const shape = levels[0]?.shape ?? [];
  return [shape[rowAxis] ?? 1, shape[columnAxis] ?? 1];
}

interface Drawn {
  width: number;
  height: number;
  x: (column: number) => number;
  y: (row: number) => number;
}

/** Light lines beside dark ones are seen on any picture. */
function drawGrid(
  context: CanvasRenderingContext2D,
  pyramid: Pyramid,
  { width, height, x, y }: Drawn,
  { line, ground }: OverlayColours,
): void {
  const chunk = pyramid.levels[0]?.chunkShape ?? [];
  const [rows, columns] = sidesOf(pyramid);
  const [down, across] = [chunk[pyramid.rowAxis] ?? 1, chunk[pyramid.columnAxis] ?? 1];
  for (const [colour, shift] of [
    [ground, 1],
    [line, 0],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.globalAlpha = 0.7;
    context.beginPath();
    if (x(across) - x(0) >= closest) {
      for (let column = across; column < columns; column += across) {
        const at = Math.round(x(column)) + 0.5 + shift;
        if (at < 0 || at > width) continue;
        context.moveTo(at, Math.max(0, y(0)));
        context.lineTo(at, Math.min(height, y(rows)));
      }
    }
    if (y(down) - y(0) >= closest) {
      for (let row = down; row < rows; row += down) {
        const at = Math.round(y(row)) + 0.5 + shift;
        if (at < 0 || at > height) continue;
        context.moveTo(Math.max(0, x(0)), at);
        context.lineTo(Math.min(width, x(columns)), at);
      }
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** A frame around the element, or around a place where an element is less than that. */
function drawCursor(
  context: CanvasRenderingContext2D,
  { x, y }: Pick<Drawn, 'x' | 'y'>,
  { row, column }: Cell,
  { cursor, ground }: OverlayColours,
): void {
  const least = 9;
  const [wide, high] = [x(column + 1) - x(column), y(row + 1) - y(row)];
  const [width, height] = [Math.max(least, wide), Math.max(least, high)];
  const [left, top] = [x(column) + (wide - width) / 2, y(row) + (high - height) / 2];
  context.strokeStyle = ground;
  context.lineWidth = 4;
  context.strokeRect(left, top, width, height);
  context.strokeStyle = cursor;
  context.lineWidth = 2;
  context.strokeRect(left, top, width, height);
}
