import { looksLikePixels, pictureAxes } from '../../../picture/plane';
import type { DifferenceLook } from '../../../picture/difference-look';
import type { Range } from '../../../picture/stretch';
import type { ComparedWith, PlaneWindow } from '../../../preview/compare-types';
import type { ArrayDetails, OutlineNode } from '../../../preview/types';
import { countInWords } from '../../../words';
import type { PictureState } from '../state';
import { slicesOfBox } from '../take/slices';
import { wholeView, type Cell, type Span, type Viewport } from '../viewport';
import { t } from '../../l10n';

/** What a window is compared with: the TIFF behind the references, another chunk of the array, or a window of any array. */
export type CompareChoice = 'tiff' | 'chunk' | 'array';

export type SharedStretch = 'both' | 'first' | 'second';

/** Two windows beside each other. */
export interface CompareState {
  /** The window of the array that is compared; null: the plane of the open chunk that is shown. */
  window: PlaneWindow | null;
  choice: CompareChoice;
  /** The other chunk; null: the next one. */
  chunk: readonly number[] | null;
  /** The other array, and where its window begins along each axis; null: one of the same shape, at the same place. */
  array: string | null;
  starts: readonly number[] | null;
  /** Which of the two the shared range is of, as long as none was typed; null: the TIFF's, else that of both. */
  stretch: SharedStretch | null;
  range: Range | null;
  /** Differences of this magnitude have the strongest colours; null: what suits them. */
  limit: number | null;
  scale: DifferenceLook['scale'];
  viewport: Viewport;
  hover: Cell | null;
  cursor: Cell | null;
  /** Counts how often the same was asked for again. */
  attempt: number;
}

export type SavedCompare = Omit<CompareState, 'hover' | 'attempt'>;

export const freshCompare: CompareState = {
  window: null,
  choice: 'tiff',
  chunk: null,
  array: null,
  starts: null,
  stretch: null,
  range: null,
  limit: null,
  scale: 'linear',
  viewport: wholeView,
  hover: null,
  cursor: null,
  attempt: 0,
};

export function savedCompare(compare: CompareState): SavedCompare {
  const { window, choice, chunk, array, starts, stretch, range, limit, scale, viewport, cursor } = compare;
  return { window, choice, chunk, array, starts, stretch, range, limit, scale, viewport, cursor };
}

/** What stays for another array: how differences are drawn. */
export function compareOfAnother({ choice, stretch, scale }: CompareState): CompareState {
  return { ...freshCompare, choice: choice === 'chunk' ? choice : 'tiff', stretch, scale };
}

/** What changes when other values are compared: their ranges are found anew, and the same place stays in view. */
export const otherPair: Partial<CompareState> = { range: null, limit: null, hover: null };

/** What the first window depends on, of the page's state. */
interface Shown {
  compare: CompareState;
  chunk: readonly number[] | null;
  picture: Pick<PictureState, 'plane' | 'band'>;
}

type Array = Pick<ArrayDetails, 'path' | 'shape' | 'chunkShape' | 'grid'>;

/** The window that is compared; null where no chunk is open and no window was selected. */
export function firstWindow({ compare, chunk, picture }: Shown, details: Array): PlaneWindow | null {
  if (compare.window !== null) return compare.window.path === details.path ? compare.window : null;
  return chunk?.length === details.shape.length ? planeOfChunk(details, chunk, picture) : null;
}

/** The plane and sample of a chunk that its picture shows, as far as it lies inside the array. */
export function planeOfChunk(
  { path, shape, chunkShape }: Array,
  chunk: readonly number[],
  { plane, band }: Shown['picture'],
): PlaneWindow {
  const axes = pictureAxes(chunkShape);
  const sampleAxis = looksLikePixels(chunkShape) ? shape.length - 1 : -1;
  const slices = shape.map((length, axis): Span => {
    const side = chunkShape[axis] ?? 1;
    const start = (chunk[axis] ?? 0) * side;
    const stop = Math.min(length, start + side);
    if (axes.includes(axis)) return { start, stop };
    const within = axis === sampleAxis ? (typeof band === 'number' ? band : 0) : (plane[axis] ?? 0);
    const index = Math.min(stop - 1, start + within);
    return { start: index, stop: index + 1 };
  });
  return { path, slices, rows: axes.at(-2) ?? null, columns: axes.at(-1) ?? null };
}

/** The plane of a box of chunks, from one corner to the other, that the picture of the last shows: its rows and columns over all of them. */
export function planeOfBox(
  details: Array,
  from: readonly number[],
  to: readonly number[],
  picture: Shown['picture'],
): PlaneWindow {
  const plane = planeOfChunk(details, to, picture);
  const box = slicesOfBox(details, from, to);
  const slices = plane.slices.map((slice, axis) =>
    axis === plane.rows || axis === plane.columns ? (box[axis] ?? slice) : slice,
  );
  return { ...plane, slices };
}

/** Rows and columns of a window. */
export function sizeOf({ slices, rows, columns }: PlaneWindow): { rows: number; columns: number } {
  const along = (axis: number | null): number => {
    const slice = axis === null ? undefined : slices[axis];
    return slice === undefined ? 1 : slice.stop - slice.start;
  };
  return { rows: along(rows), columns: along(columns) };
}

/** The chunk that the open one is compared with: the one that was chosen, else the next, else the one before; null where there is no other. */
export function otherChunk({ compare, chunk }: Shown, { grid }: Array): readonly number[] | null {
  if (compare.chunk !== null && compare.chunk.length === grid.length) return compare.chunk;
  const axis = grid.findLastIndex((length) => length > 1);
  if (chunk === null || axis < 0) return null;
  const at = chunk[axis] ?? 0;
  return chunk.with(axis, at + 1 < (grid[axis] ?? 1) ? at + 1 : at - 1);
}

type ArrayNode = Extract<OutlineNode, { kind: 'array' }>;

/** The array that a window is chosen of: the chosen one, else another of the same shape, else any other, else the same. */
export function otherArray(
  nodes: readonly OutlineNode[],
  { array }: CompareState,
  { path, shape }: Array,
): ArrayNode | undefined {
  const arrays = nodes.filter((node) => node.kind === 'array');
  const others = arrays.filter((node) => node.path !== path);
  return (
    arrays.find((node) => node.path === array) ??
    others.find((node) => node.shape.join() === shape.join()) ??
    others.find((node) => node.shape.length >= 2) ??
    arrays.find((node) => node.path === path)
  );
}

/** The window of another array that is as large as the first, or in one sentence why there is none. */
export function windowOfArray(
  { path, shape }: Pick<ArrayNode, 'path' | 'shape'>,
  first: PlaneWindow,
  starts: readonly number[] | null,
): PlaneWindow | string {
  const axes = pictureAxes(shape);
  const [rows, columns] = [axes.at(-2) ?? null, axes.at(-1) ?? null];
  const size = sizeOf(first);
  const lengthOf = (axis: number | null): number => (axis === null ? 1 : (shape[axis] ?? 1));
  if (lengthOf(rows) < size.rows || lengthOf(columns) < size.columns) {
    return t(
      '{0} has {1} × {2} values in a plane, and the window {3} × {4}: only windows of one shape are compared.',
      path === '' ? t('The array') : path,
      countInWords(lengthOf(rows)),
      countInWords(lengthOf(columns)),
      countInWords(size.rows),
      countInWords(size.columns),
    );
  }
  const same = first.slices.length === shape.length;
  const slices = shape.map((length, axis): Span => {
    const side = axis === rows ? size.rows : axis === columns ? size.columns : 1;
    const wanted = starts?.[axis] ?? (same ? (first.slices[axis]?.start ?? 0) : 0);
    const start = Math.min(length - side, Math.max(0, wanted));
    return { start, stop: start + side };
  });
  return { path, slices, rows, columns };
}

/** What the first window is compared with, or in one sentence why that cannot be. */
export function comparedWith(
  state: Shown,
  details: Array,
  nodes: readonly OutlineNode[],
  first: PlaneWindow,
): ComparedWith | string {
  const { compare } = state;
  switch (choiceOf(compare)) {
    case 'tiff':
      return { kind: 'tiff' };
    case 'chunk': {
      const chunk = otherChunk(state, details);
      if (chunk === null) return t('The array has one chunk: there is no other to compare it with.');
      return { kind: 'window', window: planeOfChunk(details, chunk, state.picture) };
    }
    case 'array': {
      const node = otherArray(nodes, compare, details);
      if (node === undefined) return t('There is no array to compare it with.');
      const window = windowOfArray(node, first, compare.starts);
      return typeof window === 'string' ? window : { kind: 'window', window };
    }
  }
}

/** Which of the two the shared range is of: the TIFF is right, and beside wrong values of every size nothing of it would be seen. */
export function stretchOfPair(compare: CompareState): SharedStretch {
  return compare.stretch ?? (choiceOf(compare) === 'tiff' ? 'second' : 'both');
}

/** A window that was selected has no other chunks beside it: it is compared with windows of its own array in their place. */
export function choiceOf({ choice, window }: CompareState): CompareChoice {
  return choice === 'chunk' && window !== null ? 'array' : choice;
}
