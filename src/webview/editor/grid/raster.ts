import { cellStates } from '../../../preview/types';
import type { Span } from '../viewport';
import { cellKinds, type CellKind, type GridMap } from './cells';
import { gridCellAt, type GridLayout } from './layout';

/** Red, green, blue and alpha of each kind of chunk, bytes. */
export type CellColours = Record<CellKind, readonly [number, number, number, number]>;

/** What is drawn: pixels for so many rows and columns of the drawing. */
export interface RasterPlan {
  layout: GridLayout;
  /** From near to far: the first that knows a chunk tells its state. */
  maps: readonly GridMap[];
  /** Rows and columns seen, as fractions of cells. */
  top: number;
  left: number;
  cellWidth: number;
  cellHeight: number;
  width: number;
  height: number;
}

/** The state of a cell of the drawing, 0 where there is none. */
export function stateOf({ layout, maps }: Pick<RasterPlan, 'layout' | 'maps'>, row: number, column: number): number {
  const place = gridCellAt(layout, { row, column });
  if (place === undefined) return 0;
  for (const map of maps) {
    const state = map.stateAt(place.row, place.column);
    if (state !== undefined) return state;
  }
  return 0;
}

/**
 * A grid whose cells are smaller than a few pixels: red, green, blue and alpha of each pixel. A pixel over several chunks has the mean of
 * the colours of the kinds among them, and the colour of malformed ones where there is any: one of a million must be seen.
 */
export function rasterise(plan: RasterPlan, colours: CellColours): Uint8ClampedArray<ArrayBuffer> {
  const { width, height } = plan;
  const rgba = new Uint8ClampedArray(width * height * 4);
  const columns = spans(plan.left, plan.cellWidth, width, plan.layout.columns);
  const rows = spans(plan.top, plan.cellHeight, height, plan.layout.rows);
  const palette = paletteOf(colours);
  rows.forEach((row, y) => {
    columns.forEach((column, x) => {
      let state = 0;
      for (let r = row.start; r < row.stop; r += 1) {
        for (let c = column.start; c < column.stop; c += 1) state |= stateOf(plan, r, c);
      }
      if (state !== 0) rgba.set(palette[state] ?? [], 4 * (y * width + x));
    });
  });
  return rgba;
}

/** The cells under each pixel; none beyond the last. */
function spans(from: number, size: number, pixels: number, count: number): Span[] {
  return Array.from({ length: pixels }, (_, pixel) => {
    const start = Math.floor(from + pixel / size);
    const stop = Math.max(start + 1, Math.floor(from + (pixel + 1) / size));
    return { start: Math.min(start, count), stop: Math.min(stop, count) };
  });
}

/** A colour for each combination of states. */
function paletteOf(colours: CellColours): number[][] {
  return Array.from({ length: 16 }, (_, state) => {
    const kinds = cellKinds.filter((kind) => (state & cellStates[kind]) !== 0);
    const [first] = kinds;
    if (first === undefined) return [0, 0, 0, 0];
    if (kinds.includes('broken')) return [...colours.broken];
    const mean = (part: 0 | 1 | 2 | 3): number =>
      kinds.reduce((sum, kind) => sum + colours[kind][part], 0) / kinds.length;
    return [mean(0), mean(1), mean(2), mean(3)];
  });
}
