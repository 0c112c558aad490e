import type { AxisRange, GridCells } from '../../../preview/types';
import { cellStates } from '../../../preview/types';
import type { Cell, Span } from '../viewport';
import { t } from '../../l10n';
import { listed } from '../../counts';

/** Cells of a grid with quick access to the state of any of its chunks. */
export interface GridMap {
  cells: GridCells;
  /** `cellStates` of the chunk at a row and column of the grid, or of the block that it lies in; undefined outside the window. */
  stateAt: (row: number, column: number) => number | undefined;
  /**
   * All states that are met in half-open spans of rows and columns that are not empty; undefined where none of it is in the window, and
   * 'partly' where not all of it is.
   */
  statesOver: (rows: Span, columns: Span) => number | 'partly' | undefined;
  /** The shade there (see `GridShades`); 0 where it has none, undefined outside the window. */
  shadeAt: (row: number, column: number) => number | undefined;
  /** Whether a cell stands for more than one chunk. */
  blocks: boolean;
}

export function gridMap(cells: GridCells): GridMap {
  const bytes = new Uint8Array(cells.cells);
  const { step, height, width } = cells;
  const [top, left] = [cells.rows?.start ?? 0, cells.columns?.start ?? 0];
  const shades = cells.shades === null ? undefined : new Uint8Array(cells.shades.cells);
  const placeOf = (row: number, column: number): number | undefined => {
    const y = Math.floor((row - top) / step.rows);
    const x = Math.floor((column - left) / step.columns);
    return x < 0 || y < 0 || x >= width || y >= height ? undefined : y * width + x;
  };
  const [bottom, right] = [cells.rows?.stop ?? 1, cells.columns?.stop ?? 1];
  const statesOver = (rows: Span, columns: Span): number | 'partly' | undefined => {
    if (rows.start >= bottom || rows.stop <= top || columns.start >= right || columns.stop <= left) return undefined;
    if (rows.start < top || rows.stop > bottom || columns.start < left || columns.stop > right) return 'partly';
    const first = Math.floor((columns.start - left) / step.columns);
    const last = Math.floor((columns.stop - 1 - left) / step.columns);
    const lastRow = Math.floor((rows.stop - 1 - top) / step.rows);
    let met = 0;
    for (let y = Math.floor((rows.start - top) / step.rows); y <= lastRow; y += 1) {
      for (let x = first; x <= last; x += 1) met |= bytes[y * width + x] ?? 0;
    }
    return met;
  };
  return {
    cells,
    statesOver,
    blocks: step.rows > 1 || step.columns > 1,
    stateAt: (row, column) => {
      const place = placeOf(row, column);
      return place === undefined ? undefined : bytes[place];
    },
    shadeAt: (row, column) => {
      const place = placeOf(row, column);
      return place === undefined ? undefined : (shades?.[place] ?? 0);
    },
  };
}

/** Whether a window holds all of another along both axes. */
export function covers(outer: Windowed, inner: Windowed): boolean {
  return holds(outer.rows, inner.rows) && holds(outer.columns, inner.columns);
}

interface Windowed {
  rows: AxisRange | null;
  columns: AxisRange | null;
}

function holds(outer: AxisRange | null, inner: AxisRange | null): boolean {
  if (outer === null || inner === null) return outer === inner;
  return outer.axis === inner.axis && outer.start <= inner.start && outer.stop >= inner.stop;
}

export type CellKind = keyof typeof cellStates;

export const cellKinds = ['range', 'inline', 'absent', 'broken'] as const satisfies readonly CellKind[];

/** What each kind of chunk is called. */
export const cellWords: Record<CellKind, string> = {
  range: t('in file'),
  inline: t('inline'),
  absent: t('absent'),
  broken: t('malformed'),
};

/** The kinds that a cell's bits stand for. */
export function kindsOf(state: number): readonly CellKind[] {
  return kindsOfStates[state] ?? [];
}

const kindsOfStates = Array.from({ length: 16 }, (_, state) =>
  cellKinds.filter((kind) => (state & cellStates[kind]) !== 0),
);

/** What a chunk is called: its indices, `0` in an array without axes. */
export function chunkName(indices: readonly number[]): string {
  return indices.join('.') || '0';
}

/** The first and last chunk of the box between two chunks. */
export function cornersOf(one: readonly number[], other: readonly number[]): [number[], number[]] {
  return [Math.min, Math.max].map((end) => one.map((index, axis) => end(index, other[axis] ?? index))) as [
    number[],
    number[],
  ];
}

/** A cell in words: "chunk 7.0, in file", "20 by 20 chunks from 40.60, in file and absent". */
export function cellInWords(map: GridMap, indices: readonly number[], cell: Cell): string {
  const state = map.stateAt(cell.row, cell.column);
  const kinds = state === undefined ? t('not known yet') : listed(kindsOf(state).map((kind) => cellWords[kind]));
  const name = chunkName(indices);
  const { rows, columns } = map.cells.step;
  return map.blocks ? t('{0} by {1} chunks at {2}, {3}', rows, columns, name, kinds) : t('chunk {0}, {1}', name, kinds);
}
