import type { AxisRange } from './types';

/** One axis of the window: how far apart its chunks are numbered, and which of them a cell stands for. */
export interface Lane {
  axis: AxisRange;
  stride: number;
  side: number;
  step: number;
  cells: number;
}

/** How far apart two chunks are numbered that are neighbours along each axis. */
export function stridesOf(grid: readonly number[]): number[] {
  const strides = grid.map(() => 1);
  for (let axis = grid.length - 2; axis >= 0; axis--) strides[axis] = (strides[axis + 1] ?? 1) * (grid[axis + 1] ?? 1);
  return strides;
}

/** The lane of an axis of the window, a cell for each chunk; of one cell where the grid has no such axis. */
export function laneOf(range: AxisRange | null, grid: readonly number[], strides: readonly number[]): Lane {
  const axis = range ?? { axis: -1, start: 0, stop: 1 };
  return {
    axis,
    stride: strides[axis.axis] ?? 1,
    side: grid[axis.axis] ?? 1,
    step: 1,
    cells: axis.stop - axis.start,
  };
}

/** Makes its cells stand for twice as many chunks. */
export function coarsen(lane: Lane): void {
  lane.step *= 2;
  lane.cells = Math.ceil((lane.axis.stop - lane.axis.start) / lane.step);
}

/** Index along an axis of the chunk with a number in C order. */
export function indexAlong(chunk: number, stride: number, side: number): number {
  return Math.floor(chunk / stride) % side;
}

/** The cell of a lane in which a chunk lies; -1 outside the window. */
export function cellOf(chunk: number, { axis, stride, side, step }: Lane): number {
  const index = axis.axis < 0 ? 0 : indexAlong(chunk, stride, side);
  return index < axis.start || index >= axis.stop ? -1 : Math.floor((index - axis.start) / step);
}

/** Chunks that a cell stands for along a lane: fewer than `step` at its end. */
export function chunksAlong({ axis, step }: Lane, cell: number): number {
  return Math.min(step, axis.stop - axis.start - cell * step);
}
