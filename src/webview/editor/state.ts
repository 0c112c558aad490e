import type {
  ArrayDetails,
  AxisCoordinates,
  FindingGroup,
  GridCells,
  GroupGlance,
  OutlineNode,
  ReaderVerdict,
  ShadeName,
} from '../../preview/types';
import type { Range } from '../../picture/stretch';
import type { Failure, ShownChunk } from '../editor-messages';
import type { Sorting } from './glance/sort';
import type { Outline, ShownDocument } from './outline';
import type { Cell, Viewport } from './viewport';
import { wholeView } from './viewport';

/** An answer of the host, asked for, here or refused. `slow`: it has been waited for so long that the page says so. */
export interface Loadable<T> {
  status: 'idle' | 'waiting' | 'slow' | 'ready' | 'failed' | 'cancelled';
  /** Kept while a newer one is waited for. */
  value: T | null;
  error: Failure | null;
}

/** What the page asks for: the selected group at a glance, or details of the array, its grid as a whole and its part that is seen, and the chunk. */
export interface Answers {
  glance: GroupGlance;
  details: ArrayDetails;
  overview: GridCells;
  close: GridCells;
  axes: AxisCoordinates[];
  chunk: ShownChunk;
}
export type Slot = keyof Answers;

export type ColourMapName = 'perceptual' | 'grey';

/** Of a chunk that drifts: as readers decode it, as the file stores it, or both beside each other. */
export type Side = 'readers' | 'truth' | 'both';

/** How a chunk's values are shown. */
export interface PictureState {
  colourMap: ColourMapName;
  /** Typed by the user, or locked; null: what suits the chunk. */
  range: Range | null;
  /** Whether `range` holds for the next chunks too. */
  locked: boolean;
  viewport: Viewport;
  /** Indices in the chunk along the axes that are not pictured. */
  plane: readonly number[];
  /** A sample of each pixel, or its samples as colours where they can be. */
  band: number | 'colours';
  /** The pixel under the pointer, and the one that keys move and clicks choose: the readout is of the first, else the second. */
  hover: Cell | null;
  cursor: Cell | null;
  side: Side;
}

export interface EditorState {
  document: ShownDocument | null;
  /** Counts the messages about the document: what was asked before the last one is out of date. */
  generation: number;
  revision: number;
  trusted: boolean;
  findings: FindingGroup[] | null;
  /** What each reader makes of the text that the findings are of. */
  readers: ReaderVerdict[];
  findingsRevision: number;
  /** Why the present text could not be checked. */
  notChecked: Failure | null;
  view: 'node' | 'findings';
  search: string;
  /** Groups that are open where they would be closed, or closed where they would be open. */
  toggled: readonly string[];
  treeFocus: string | null;
  /** How the arrays of a group are sorted; null: in the order of the text. */
  glanceSorting: Sorting | null;
  path: string | null;
  /** The chunk that is selected in the grid. */
  at: readonly number[];
  /** The other corner of the box of chunks that is selected; null: the chunk alone. */
  from: readonly number[] | null;
  /** By what chunks in files are shaded; null: by nothing but their state. */
  shade: ShadeName | null;
  gridView: Viewport;
  /** Rows and columns of the grid that are seen, which the drawing knows. */
  gridSeen: GridSeen | null;
  /** The chunk that is open. */
  chunk: readonly number[] | null;
  /** Counts how often the open chunk was asked for again. */
  attempt: number;
  picture: PictureState;
  openStages: readonly string[];
  answers: { [Name in Slot]: Loadable<Answers[Name]> };
}

/** Half-open, in chunks of the grid. */
export interface GridSeen {
  rows: { start: number; stop: number };
  columns: { start: number; stop: number };
}

/** What is kept while the page is hidden. `format` changes when the shape does. */
export interface SavedState {
  format: 1;
  path: string | null;
  at: readonly number[];
  chunk: readonly number[] | null;
  /** Absent in what older versions kept. */
  shade?: ShadeName | null;
  gridView: Viewport;
  picture: Pick<PictureState, 'colourMap' | 'range' | 'locked' | 'side'>;
  toggled: readonly string[];
  openStages: readonly string[];
  view: EditorState['view'];
  search: string;
}

function nothing(): Loadable<never> {
  return { status: 'idle', value: null, error: null };
}

export const freshPicture: PictureState = {
  colourMap: 'perceptual',
  range: null,
  locked: false,
  viewport: wholeView,
  plane: [],
  band: 'colours',
  hover: null,
  cursor: null,
  side: 'both',
};

/** The page before the host has said anything, as it was when it was hidden. */
export function initialState(saved: SavedState | undefined): EditorState {
  return {
    document: null,
    generation: 0,
    revision: -1,
    trusted: true,
    findings: null,
    readers: [],
    findingsRevision: -1,
    notChecked: null,
    view: saved?.view ?? 'node',
    search: saved?.search ?? '',
    toggled: saved?.toggled ?? [],
    treeFocus: null,
    glanceSorting: null,
    path: saved?.path ?? null,
    at: saved?.at ?? [],
    from: null,
    shade: saved?.shade ?? null,
    gridView: saved?.gridView ?? wholeView,
    gridSeen: null,
    chunk: saved?.chunk ?? null,
    attempt: 0,
    picture: { ...freshPicture, ...saved?.picture },
    openStages: saved?.openStages ?? [],
    answers: {
      glance: nothing(),
      details: nothing(),
      overview: nothing(),
      close: nothing(),
      axes: nothing(),
      chunk: nothing(),
    },
  };
}

/** What of the state comes back after the page was hidden. */
export function savedState(state: EditorState): SavedState {
  const { path, at, chunk, shade, gridView, toggled, openStages, view, search } = state;
  const { colourMap, range, locked, side } = state.picture;
  return {
    format: 1,
    path,
    at,
    chunk,
    shade,
    gridView,
    picture: { colourMap, range, locked, side },
    toggled,
    openStages,
    view,
    search,
  };
}

/** The tree of the file, where it could be read. */
export function outlineOf(state: EditorState): Outline | null {
  return state.document?.kind === 'outline' ? state.document.outline : null;
}

/** Whether a TIFF is shown itself, which has no text that anything could lead to. */
export function isTiff(state: EditorState): boolean {
  return outlineOf(state)?.tiff !== undefined;
}

export function nodeAt(state: EditorState, path: string | null): OutlineNode | undefined {
  return path === null ? undefined : outlineOf(state)?.byPath.get(path);
}

/** The details of the selected array, once they are those of the present text. */
export function currentDetails(state: EditorState): ArrayDetails | null {
  const { status, value } = state.answers.details;
  return status === 'ready' && value?.path === state.path ? value : null;
}

export { nothing as emptyAnswer };
