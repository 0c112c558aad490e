import { KerchunkError } from '../errors';
import type { ReferenceSet } from '../references/reference-set';
import { gridShape } from '../zarr/grid';
import { cellOf, chunksAlong, coarsen, indexAlong, laneOf, type Lane, stridesOf } from './grid-lanes';
import { shadesOf } from './grid-shades';
import { cellStates, type AxisRange, type GridCells, type GridWindow } from './types';

const MOST_CELLS = 2 ** 20;

/**
 * What the cells of a window of an array's chunk grid hold. It takes as many steps as the window has cells and the grid has entries in its
 * rows, however many chunks the array claims.
 * @throws KerchunkError as `ReferenceSet.array`; `invalid-argument` for a window that the grid does not have.
 */
export function gridCells(set: ReferenceSet, window: GridWindow): GridCells {
  const grid = gridShape(set.array(window.path));
  const ranges = [window.rows, window.columns].filter((range) => range !== null);
  checkWindow(grid, window, ranges);
  const strides = stridesOf(grid);
  const rows = laneOf(window.rows, grid, strides);
  const columns = laneOf(window.columns, grid, strides);
  while (rows.cells * columns.cells > MOST_CELLS) coarsen(rows.cells >= columns.cells ? rows : columns);
  const base = window.at.reduce((number, index, axis) => {
    return number + (ranges.some((range) => range.axis === axis) ? 0 : index * (strides[axis] ?? 0));
  }, 0);
  const isAtPlace = (chunk: number): boolean =>
    window.at.every((index, axis) => {
      const inRange = ranges.some((range) => range.axis === axis);
      return inRange || indexAlong(chunk, strides[axis] ?? 1, grid[axis] ?? 1) === index;
    });
  return {
    ...window,
    step: { rows: rows.step, columns: columns.step },
    height: rows.cells,
    width: columns.cells,
    cells: fillCells(set, window.path, rows, columns, base, isAtPlace),
    shades: window.shade === undefined ? null : shadesOf(set, window.path, window.shade, { rows, columns, isAtPlace }),
  };
}

function checkWindow(grid: readonly number[], { path, at }: GridWindow, ranges: readonly AxisRange[]): void {
  const isRange = ({ axis, start, stop }: AxisRange): boolean =>
    Number.isSafeInteger(start) &&
    Number.isSafeInteger(stop) &&
    start >= 0 &&
    start <= stop &&
    stop <= (grid[axis] ?? -1);
  const axes = new Set(ranges.map(({ axis }) => axis));
  const isPlace = (index: number, axis: number): boolean =>
    axes.has(axis) || (Number.isSafeInteger(index) && index >= 0 && index < (grid[axis] ?? 0));
  const enough = ranges.length === Math.min(grid.length, 2) && axes.size === ranges.length;
  if (enough && at.length === grid.length && ranges.every(isRange) && at.every(isPlace)) return;
  throw new KerchunkError(
    'invalid-argument',
    `Array "${path}" has no such part of its chunk grid [${grid.join(', ')}].`,
  );
}

function fillCells(
  set: ReferenceSet,
  path: string,
  rows: Lane,
  columns: Lane,
  base: number,
  isAtPlace: (chunk: number) => boolean,
): ArrayBuffer {
  const cells = new Uint8Array(rows.cells * columns.cells);
  const present = new Uint32Array(cells.length);
  if (cells.length === 0) return cells.buffer;
  const first = base + rows.axis.start * rows.stride + columns.axis.start * columns.stride;
  const last = base + (rows.axis.stop - 1) * rows.stride + (columns.axis.stop - 1) * columns.stride;
  for (const [chunk, kind] of set.chunkKinds(path, first, last + 1)) {
    if (kind === 'absent') continue;
    const row = cellOf(chunk, rows);
    const column = cellOf(chunk, columns);
    if (row < 0 || column < 0 || !isAtPlace(chunk)) continue;
    const cell = row * columns.cells + column;
    cells[cell] = (cells[cell] ?? 0) | cellStates[kind];
    present[cell] = (present[cell] ?? 0) + 1;
  }
  for (let cell = 0; cell < cells.length; cell++) {
    const chunks = chunksAlong(rows, Math.floor(cell / columns.cells)) * chunksAlong(columns, cell % columns.cells);
    if ((present[cell] ?? 0) < chunks) cells[cell] = (cells[cell] ?? 0) | cellStates.absent;
  }
  return cells.buffer;
}
