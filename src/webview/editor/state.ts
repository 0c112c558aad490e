import type { EncodingDetails, WhatIf } from '../../preview/what-if-types';
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
import type { Comparison } from '../../preview/compare-types';
import type { WindowCost } from '../../preview/cost-types';
import type { TargetBytes, TargetList, TargetMap } from '../../preview/target-types';
import type { ColourMapName } from '../../picture/colour-maps';
import type { ScaleName } from '../../picture/scale';
import type { Range, Stretch } from '../../picture/stretch';
import type { Pyramid } from '../../preview/map-types';
import type { Failure, ShownChunk } from '../editor-messages';
import type { Encoding } from '../../preview/encoding-text';
import type { Sorting } from './glance/sort';
import { freshCompare, savedCompare, type CompareState, type SavedCompare } from './compare/compare-state';
import { freshCost, type CostState } from './cost/cost-state';
import { freshFiles, type FilesState } from './files/files-state';
import { freshMap, hasMap, type MapState, savedMap, type SavedMap } from './map/map-state';
import type { Outline, ShownDocument } from './outline';
import type { Cell, Span, Viewport } from './viewport';
import { wholeView } from './viewport';

/** An answer of the host, asked for, here or refused. `slow`: it has been waited for so long that the page says so. */
export interface Loadable<T> {
  status: 'idle' | 'waiting' | 'slow' | 'ready' | 'failed' | 'cancelled';
  /** Kept while a newer one is waited for. */
  value: T | null;
  error: Failure | null;
}

/**
 * What the page asks for: the selected group at a glance, or details of the array, its grid as a whole and its part that is seen, and the chunk;
 * the cost of reading a part of the array; two windows beside each other; the files referred to, one of them and some of its bytes.
 */
export interface Answers {
  glance: GroupGlance;
  details: ArrayDetails;
  overview: GridCells;
  close: GridCells;
  axes: AxisCoordinates[];
  chunk: ShownChunk;
  pyramid: Pyramid;
  /** Chunks of the same place that hold the bands of a picture in colours, where the open one does not. */
  red: ShownChunk;
  green: ShownChunk;
  blue: ShownChunk;
  targets: TargetList;
  targetMap: TargetMap;
  targetBytes: TargetBytes;
  cost: WindowCost;
  encoding: EncodingDetails;
  whatIf: WhatIf;
  comparison: Comparison;
}
export type Slot = keyof Answers;

/** Of a chunk that drifts: as readers decode it, as the file stores it, or both beside each other. */
export type Side = 'readers' | 'truth' | 'both';

/** How a chunk's values stand in a table. */
export interface TableState {
  shown: boolean;
  /** Axes of the chunk down and across; null: those of the picture. */
  axes: { rows: number | null; columns: number | null } | null;
  /** Whether values are scaled, and counts of time dates, by the CF attributes. */
  scaled: boolean;
}

/** How a chunk's values are shown. */
export interface PictureState {
  colourMap: ColourMapName;
  reversed: boolean;
  scale: ScaleName;
  /** How the range is found where there is none. */
  stretch: Stretch;
  /** Whether values that are classes have the colours of these. */
  asClasses: boolean;
  /** Typed by the user, or locked; null: what suits the chunk. */
  range: Range | null;
  /** Whether `range` holds for the next chunks too. */
  locked: boolean;
  viewport: Viewport;
  /** Indices in the chunk along the axes that are not pictured. */
  plane: readonly number[];
  /** A sample of each pixel, its samples as colours where they can be, or three bands of the array as red, green and blue. */
  band: number | 'colours' | 'composite';
  /** Those three, as indices of the array; null: the first, or those that the attributes name. */
  composite: readonly [number, number, number] | null;
  /** Whether the bars of the histogram are logarithms of the counts. */
  logCounts: boolean;
  table: TableState;
  /** The pixel under the pointer, and the one that keys move and clicks choose: the readout is of the first, else the second. */
  hover: Cell | null;
  cursor: Cell | null;
  side: Side;
}

/** The chunks of an array, or a picture of it as a whole. */
export type ArrayTab = 'chunks' | 'picture';

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
  view: 'node' | 'findings' | 'files' | 'compare';
  search: string;
  /** Groups that are open where they would be closed, or closed where they would be open. */
  toggled: readonly string[];
  treeFocus: string | null;
  /** The row of the tree around which rows are drawn (see `drawnRows`). */
  treeTop: number;
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
  tab: ArrayTab;
  map: MapState;
  /** The window of the array that is selected: a half-open slice of each axis; null where none is. */
  selection: readonly Span[] | null;
  openStages: readonly string[];
  files: FilesState;
  cost: CostState;
  whatIf: WhatIfState;
  compare: CompareState;
  answers: { [Name in Slot]: Loadable<Answers[Name]> };
}

/** Another encoding than the file's, which the open chunk is tried with. */
export interface WhatIfState {
  open: boolean;
  /** Null where it is the file's. */
  draft: Encoding | null;
}

/** Half-open, in chunks of the grid. */
export interface GridSeen {
  rows: { start: number; stop: number };
  columns: { start: number; stop: number };
}

/** What is kept while the page is hidden. `format` changes when the shape does. */
export interface SavedState {
  format: 2;
  path: string | null;
  at: readonly number[];
  chunk: readonly number[] | null;
  shade: ShadeName | null;
  gridView: Viewport;
  picture: Omit<PictureState, 'viewport' | 'plane' | 'hover' | 'cursor'>;
  toggled: readonly string[];
  openStages: readonly string[];
  whatIf: WhatIfState;
  compare: SavedCompare;
  view: EditorState['view'];
  search: string;
  files: FilesState;
  cost: CostState;
  tab: ArrayTab;
  map: SavedMap;
  selection: EditorState['selection'];
}

function nothing(): Loadable<never> {
  return { status: 'idle', value: null, error: null };
}

export const freshPicture: PictureState = {
  colourMap: 'viridis',
  reversed: false,
  scale: 'linear',
  stretch: { kind: 'automatic' },
  asClasses: true,
  range: null,
  locked: false,
  viewport: wholeView,
  plane: [],
  band: 'colours',
  composite: null,
  logCounts: false,
  table: { shown: false, axes: null, scaled: false },
  hover: null,
  cursor: null,
  side: 'both',
};

/** Nothing is known yet. */
export function noAnswers(): EditorState['answers'] {
  return {
    glance: nothing(),
    details: nothing(),
    overview: nothing(),
    close: nothing(),
    axes: nothing(),
    chunk: nothing(),
    targets: nothing(),
    targetMap: nothing(),
    targetBytes: nothing(),
    cost: nothing(),
    encoding: nothing(),
    whatIf: nothing(),
    comparison: nothing(),
    red: nothing(),
    green: nothing(),
    blue: nothing(),
    pyramid: nothing(),
  };
}

/** Answers about files that references point into: they stay while another array is looked at. */
export function answersOfFile({
  targets,
  targetMap,
  targetBytes,
}: EditorState['answers']): Pick<EditorState['answers'], 'targets' | 'targetMap' | 'targetBytes'> {
  return { targets, targetMap, targetBytes };
}

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
    treeTop: 0,
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
    tab: saved?.tab ?? 'chunks',
    map: { ...freshMap, ...saved?.map },
    selection: saved?.selection ?? null,
    openStages: saved?.openStages ?? [],
    files: { ...freshFiles, ...saved?.files },
    cost: { ...freshCost, ...saved?.cost },
    whatIf: saved?.whatIf ?? { open: false, draft: null },
    compare: { ...freshCompare, ...saved?.compare },
    answers: noAnswers(),
  };
}

/** What of the state comes back after the page was hidden. */
export function savedState(state: EditorState): SavedState {
  const { path, at, chunk, shade, gridView, toggled, openStages, whatIf, view, search, files, cost, tab, selection } =
    state;
  return {
    format: 2,
    path,
    at,
    chunk,
    shade,
    gridView,
    picture: pictureSettings(state.picture),
    toggled,
    openStages,
    whatIf,
    compare: savedCompare(state.compare),
    view,
    search,
    files,
    cost,
    tab,
    map: savedMap(state.map),
    selection,
  };
}

function pictureSettings(picture: PictureState): SavedState['picture'] {
  const { colourMap, reversed, scale, stretch, asClasses, range, locked, side } = picture;
  const { band, composite, logCounts, table } = picture;
  return { colourMap, reversed, scale, stretch, asClasses, range, locked, side, band, composite, logCounts, table };
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

/** Whether the script that draws maps is needed, and has neither come nor failed. */
export function wantsMapScript({ tab, map, answers }: EditorState): boolean {
  return tab === 'picture' && map.script === 'none' && answers.details.value !== null && hasMap(answers.details.value);
}

export { nothing as emptyAnswer };
