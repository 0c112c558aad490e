import type { Cell } from '../viewport';
import type { GridLayout } from './layout';
import { gridCellAt } from './layout';

/** Keys that move the selection in a grid. */
export const movingKeys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'] as const;
export type MovingKey = (typeof movingKeys)[number];

export function isMovingKey(key: string): key is MovingKey {
  return (movingKeys as readonly string[]).includes(key);
}

/**
 * Where a key leads from a cell of the drawing, in steps of a block's size; it stays where the grid ends. In a list, left and right go on
 * in the next line. `far` (Ctrl) makes Home and End go to the first and last cell of all.
 */
export function moved(
  layout: GridLayout,
  from: Cell,
  key: MovingKey,
  step: { rows: number; columns: number },
  far: boolean,
): Cell {
  const target = targetOf(layout, from, key, step, far);
  const to = {
    row: Math.min(layout.rows - 1, Math.max(0, target.row)),
    column: Math.min(layout.columns - 1, Math.max(0, target.column)),
  };
  return gridCellAt(layout, to) === undefined ? lastCell(layout) : to;
}

function targetOf(
  layout: GridLayout,
  { row, column }: Cell,
  key: MovingKey,
  step: { rows: number; columns: number },
  far: boolean,
): Cell {
  switch (key) {
    case 'ArrowUp':
      return { row: row - step.rows, column };
    case 'ArrowDown':
      return { row: row + step.rows, column };
    case 'ArrowLeft':
      return along(layout, { row, column }, -step.columns);
    case 'ArrowRight':
      return along(layout, { row, column }, step.columns);
    case 'Home':
      return { row: far ? 0 : row, column: 0 };
    case 'End':
      return far ? lastCell(layout) : { row, column: layout.columns - 1 };
  }
}

function along(layout: GridLayout, { row, column }: Cell, by: number): Cell {
  if (!layout.list) return { row, column: column + by };
  const count = layout.gridRows * layout.gridColumns;
  const place = Math.min(count - 1, Math.max(0, row * layout.columns + column + by));
  return { row: Math.floor(place / layout.columns), column: place % layout.columns };
}

function lastCell({ list, rows, columns, gridRows, gridColumns }: GridLayout): Cell {
  if (!list) return { row: rows - 1, column: columns - 1 };
  const last = gridRows * gridColumns - 1;
  return { row: Math.floor(last / columns), column: last % columns };
}

/** The neighbour of a chunk `by` chunks along `axis`; undefined beyond the grid. */
export function neighbour(
  grid: readonly number[],
  indices: readonly number[],
  axis: number | null,
  by: number,
): number[] | undefined {
  if (axis === null) return undefined;
  const index = (indices[axis] ?? 0) + by;
  if (index < 0 || index >= (grid[axis] ?? 0)) return undefined;
  return indices.map((old, at) => (at === axis ? index : old));
}

/** The chunk before or after one in C order; undefined at the ends. */
export function successor(grid: readonly number[], indices: readonly number[], by: 1 | -1): number[] | undefined {
  const next = [...indices];
  for (let axis = grid.length - 1; axis >= 0; axis -= 1) {
    const index = (next[axis] ?? 0) + by;
    if (index >= 0 && index < (grid[axis] ?? 0)) {
      next[axis] = index;
      return next;
    }
    next[axis] = by === 1 ? 0 : (grid[axis] ?? 1) - 1;
  }
  return undefined;
}
