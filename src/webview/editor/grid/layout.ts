import type { AxisRange } from '../../../preview/types';
import type { Cell } from '../viewport';

/**
 * How a chunk grid is laid out: two of its axes, or one that is longer than its line. `rows` and `columns` are of the drawing.
 */
export interface GridLayout {
  /** The axis of the rows, and its length; null where the grid has one axis or none. */
  rowAxis: number | null;
  columnAxis: number | null;
  gridRows: number;
  gridColumns: number;
  /** Whether the grid is a list, which is drawn in lines as text is. */
  list: boolean;
  rows: number;
  columns: number;
}

/** Chunks in a line of a list: the first of these that makes it longer than there are lines. */
const lineLengths = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];

/**
 * Lays out a grid of so many chunks along each axis: the last two axes, without axes of one chunk at the end as long as two remain
 * (of chunks `(y, x, band)` the first two).
 */
export function gridLayout(grid: readonly number[]): GridLayout {
  const { rowAxis, columnAxis } = shownAxes(grid);
  const gridRows = rowAxis === null ? 1 : (grid[rowAxis] ?? 1);
  const gridColumns = columnAxis === null ? 1 : (grid[columnAxis] ?? 1);
  const list = gridRows <= 1 || gridColumns <= 1;
  const count = gridRows * gridColumns;
  const columns = list ? lineLength(count) : gridColumns;
  const rows = list ? Math.ceil(count / Math.max(1, columns)) : gridRows;
  return { rowAxis, columnAxis, gridRows, gridColumns, list, rows, columns };
}

function shownAxes(grid: readonly number[]): { rowAxis: number | null; columnAxis: number | null } {
  if (grid.length === 0) return { rowAxis: null, columnAxis: null };
  if (grid.length === 1) return { rowAxis: null, columnAxis: 0 };
  let last = grid.length - 1;
  while (last > 1 && grid[last] === 1) last -= 1;
  return { rowAxis: last - 1, columnAxis: last };
}

function lineLength(count: number): number {
  const wanted = Math.sqrt(1.25 * count);
  return Math.min(count, lineLengths.find((length) => length >= wanted) ?? 200_000);
}

/** The axes that are not drawn: each has a place of its own to look at. */
export function otherAxes(grid: readonly number[], { rowAxis, columnAxis }: GridLayout): number[] {
  return grid.flatMap((length, axis) => (axis === rowAxis || axis === columnAxis || length === 1 ? [] : [axis]));
}

/** Where a chunk is drawn. */
export function cellOf(layout: GridLayout, indices: readonly number[]): Cell {
  const row = layout.rowAxis === null ? 0 : (indices[layout.rowAxis] ?? 0);
  const column = layout.columnAxis === null ? 0 : (indices[layout.columnAxis] ?? 0);
  if (!layout.list) return { row, column };
  const place = row * layout.gridColumns + column;
  return { row: Math.floor(place / layout.columns), column: place % layout.columns };
}

/** The row and column in the grid of what is drawn at `cell`; undefined in the empty part of a list's last line. */
export function gridCellAt(layout: GridLayout, cell: Cell): Cell | undefined {
  if (!layout.list) return cell;
  const place = cell.row * layout.columns + cell.column;
  if (place >= layout.gridRows * layout.gridColumns) return undefined;
  return { row: Math.floor(place / layout.gridColumns), column: place % layout.gridColumns };
}

/** The indices of what is drawn at `cell`, as `at` along the axes that are not drawn. */
export function indicesAt(layout: GridLayout, at: readonly number[], cell: Cell): number[] | undefined {
  const place = gridCellAt(layout, cell);
  if (place === undefined) return undefined;
  return at.map((index, axis) => {
    if (axis === layout.rowAxis) return place.row;
    return axis === layout.columnAxis ? place.column : index;
  });
}

/** All of the shown axes. */
export function wholeWindow(layout: GridLayout): { rows: AxisRange | null; columns: AxisRange | null } {
  const { rowAxis, columnAxis, gridRows, gridColumns } = layout;
  return {
    rows: rowAxis === null ? null : { axis: rowAxis, start: 0, stop: gridRows },
    columns: columnAxis === null ? null : { axis: columnAxis, start: 0, stop: gridColumns },
  };
}
