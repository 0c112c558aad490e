import { seen, unitSize, type Cell, type Frame, type Viewport } from '../viewport';
import { kindsOf, type GridMap } from './cells';
import { boxOf, drawCell, type DrawnColours } from './draw-cell';
import type { GridLayout } from './layout';
import { movement, wholeMovement, type Offset, type Part } from './movement';
import { shadeOf, stateOf } from './raster';
import { shadeColour, type ShadePalette } from './shades';

/** Cells that are drawn one by one. */
export interface DrawnCells {
  layout: GridLayout;
  /** From near to far. */
  maps: readonly GridMap[];
  frame: Frame;
  viewport: Viewport;
  colours: DrawnColours;
  /** Undefined where cells have the colours of their states. */
  palette: ShadePalette | undefined;
}

/** Draws those of the cells in view that are to be drawn, in a context whose unit is a CSS pixel. */
export function drawCells(
  context: CanvasRenderingContext2D,
  cells: DrawnCells,
  isDrawn: (cell: Cell, state: number) => boolean = () => true,
  { rows, columns } = seen(cells.frame, cells.viewport),
): void {
  const { colours, palette, frame, viewport } = cells;
  const { a: ratio, e: left, f: top } = context.getTransform();
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (let row = rows.start; row < rows.stop; row += 1) {
    for (let column = columns.start; column < columns.stop; column += 1) {
      const state = stateOf(cells, row, column);
      const kinds = kindsOf(state);
      if (kinds.length === 0 || !isDrawn({ row, column }, state)) continue;
      const shade = palette === undefined ? 0 : shadeOf(cells, row, column);
      const own = palette === undefined || shade === 0 ? colours.range : shadeColour(palette, shade);
      const { x, y, width, height } = boxOf(frame, viewport, { row, column });
      const box = { x: left + x * ratio, y: top + y * ratio, width: width * ratio, height: height * ratio };
      drawCell(context, box, ratio, kinds, colours, own);
    }
  }
  context.restore();
}

/** The cells of a grid: what was drawn is kept, and moved where the grid is dragged. */
export class CellsPicture {
  readonly #canvas = document.createElement('canvas');
  #key = '';
  #maps: readonly GridMap[] = [];
  #at: Offset = { x: 0, y: 0 };

  /** Draws the cells in a context whose unit is a CSS pixel, `ratio` pixels of the screen. */
  draw(context: CanvasRenderingContext2D, cells: DrawnCells, ratio: number): void {
    const { e, f } = context.getTransform();
    const [left, top] = [Math.floor(e), Math.floor(f)];
    this.#update(cells, ratio, { x: e - left, y: f - top });
    context.save();
    context.setTransform(1, 0, 0, 1, left, top);
    context.drawImage(this.#canvas, 0, 0);
    context.restore();
  }

  /** `lead`: the parts of a pixel that the drawing begins behind the canvas. */
  #update(cells: DrawnCells, ratio: number, lead: Offset): void {
    const { layout, maps, frame, viewport, colours, palette } = cells;
    const canvas = this.#canvas;
    const size = {
      width: Math.ceil(lead.x + frame.width * ratio - rounding),
      height: Math.ceil(lead.y + frame.height * ratio - rounding),
    };
    const key = JSON.stringify([layout, frame, viewport.zoom, ratio, lead, colours, palette]);
    const same =
      key === this.#key && maps.length === this.#maps.length && maps.every((map, index) => map === this.#maps[index]);
    const unit = unitSize(frame, viewport);
    const to = { x: viewport.x * unit.width * ratio, y: viewport.y * unit.height * ratio };
    const { by, parts, at } = same ? movement(this.#at, to, size) : wholeMovement(to, size);
    if (!same) {
      canvas.width = size.width;
      canvas.height = size.height;
    }
    this.#key = key;
    this.#maps = maps;
    this.#at = at;
    const context = canvas.getContext('2d');
    if (context === null || parts.length === 0) return;
    if (by.x !== 0 || by.y !== 0) {
      context.globalCompositeOperation = 'copy';
      context.drawImage(canvas, by.x, by.y);
      context.globalCompositeOperation = 'source-over';
    }
    const x = at.x / (unit.width * ratio);
    const y = at.y / (unit.height * ratio);
    const moved = { ...cells, viewport: { ...viewport, x, y } };
    for (const part of parts) drawPart(context, moved, ratio, lead, part);
  }
}

/** More than the errors of arithmetic, less than anything that is seen. */
const rounding = 1e-6;

/** All cells that reach into a part of the canvas, and nothing beside it. */
function drawPart(context: CanvasRenderingContext2D, cells: DrawnCells, ratio: number, lead: Offset, part: Part): void {
  const { frame, viewport } = cells;
  const unit = unitSize(frame, viewport);
  const spanOf = (from: number, length: number, first: number, side: number, count: number) => ({
    start: Math.max(0, Math.floor(first + from / (side * ratio))),
    stop: Math.min(count, Math.ceil(first + (from + length) / (side * ratio))),
  });
  context.save();
  context.beginPath();
  context.rect(part.x, part.y, part.width, part.height);
  context.clip();
  context.clearRect(part.x, part.y, part.width, part.height);
  context.setTransform(ratio, 0, 0, ratio, lead.x, lead.y);
  drawCells(context, cells, undefined, {
    rows: spanOf(part.y - lead.y, part.height, viewport.y, unit.height, frame.rows),
    columns: spanOf(part.x - lead.x, part.width, viewport.x, unit.width, frame.columns),
  });
  context.restore();
}
