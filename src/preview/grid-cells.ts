import { KerchunkError } from '../errors';
import type { ReferenceSet } from '../references/reference-set';
import { gridShape } from '../zarr/grid';
import { cellStates, type AxisRange, type GridCells, type GridWindow } from './types';

const MOST_CELLS = 2 ** 20;

/** One axis of the window: how far apart its chunks are numbered, and which of them a cell stands for. */
interface Lane {
  axis: AxisRange;
  stride: number;
  side: number;
  step: number;
  cells: number;
}

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
  return {
    ...window,
    step: { rows: rows.step, columns: columns.step },
    height: rows.cells,
    width: columns.cells,
    cells: fillCells(set, window.path, rows, columns, base, (chunk) =>
      window.at.every((index, axis) => {
        const inRange = ranges.some((range) => range.axis === axis);
        return inRange || indexAlong(chunk, strides[axis] ?? 1, grid[axis] ?? 1) === index;
      }),
    ),
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

/** How far apart two chunks are numbered that are neighbours along each axis. */
function stridesOf(grid: readonly number[]): number[] {
  const strides = grid.map(() => 1);
  for (let axis = grid.length - 2; axis >= 0; axis--) strides[axis] = (strides[axis + 1] ?? 1) * (grid[axis + 1] ?? 1);
  return strides;
}

function laneOf(range: AxisRange | null, grid: readonly number[], strides: readonly number[]): Lane {
  const axis = range ?? { axis: -1, start: 0, stop: 1 };
  return {
    axis,
    stride: strides[axis.axis] ?? 1,
    side: grid[axis.axis] ?? 1,
    step: 1,
    cells: axis.stop - axis.start,
  };
}

function coarsen(lane: Lane): void {
  lane.step *= 2;
  lane.cells = Math.ceil((lane.axis.stop - lane.axis.start) / lane.step);
}

function indexAlong(chunk: number, stride: number, side: number): number {
  return Math.floor(chunk / stride) % side;
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

/** The cell of a lane in which a chunk lies; -1 outside the window. */
function cellOf(chunk: number, { axis, stride, side, step }: Lane): number {
  const index = axis.axis < 0 ? 0 : indexAlong(chunk, stride, side);
  return index < axis.start || index >= axis.stop ? -1 : Math.floor((index - axis.start) / step);
}

/** Chunks that a cell stands for along a lane: fewer than `step` at its end. */
function chunksAlong({ axis, step }: Lane, cell: number): number {
  return Math.min(step, axis.stop - axis.start - cell * step);
}
