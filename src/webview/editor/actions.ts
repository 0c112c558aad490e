import type { TargetPlace } from '../../preview/target-types';
import type { FindingGroup, ReaderVerdict } from '../../preview/types';
import type { Failure } from '../editor-messages';
import type { Sorting } from './glance/sort';
import type { CompareState } from './compare/compare-state';
import type { CostState } from './cost/cost-state';
import type { FilesState } from './files/files-state';
import type { ShownDocument } from './outline';
import type { MapState } from './map/map-state';
import type { Answers, ArrayTab, EditorState, GridSeen, PictureState, Slot } from './state';
import type { Viewport } from './viewport';

/** An answer has come. */
export type Loaded = { [Name in Slot]: { type: 'loaded'; slot: Name; value: Answers[Name] } }[Slot];

/** Everything that changes what the page shows. */
export type Action =
  | { type: 'document'; revision: number; document: ShownDocument; trusted: boolean }
  | { type: 'findings'; revision: number; findings: FindingGroup[]; readers: ReaderVerdict[] }
  | { type: 'notChecked'; revision: number; error: Failure }
  /** The user asks for another check. */
  | { type: 'check' }
  /** From the host: an array, and maybe one of its chunks. */
  | { type: 'show'; path: string; indices: readonly number[] | null }
  | { type: 'select'; path: string }
  | { type: 'view'; view: EditorState['view'] }
  | { type: 'search'; text: string }
  | { type: 'toggle'; path: string }
  | { type: 'treeFocus'; path: string }
  /** The first row of the tree that is in view, about. */
  | { type: 'treeTop'; row: number }
  | { type: 'glanceSorting'; sorting: Sorting | null }
  /** Selects a chunk in the grid; with `extend` all chunks of the box from the one that was selected. */
  | { type: 'at'; indices: readonly number[]; extend?: boolean }
  | { type: 'shade'; shade: EditorState['shade'] }
  | { type: 'gridView'; viewport: Viewport }
  | { type: 'gridSeen'; seen: GridSeen }
  /** Opens a chunk, and selects it. */
  | { type: 'open'; indices: readonly number[] }
  | { type: 'again' }
  | { type: 'picture'; change: Partial<PictureState> }
  | { type: 'tab'; tab: ArrayTab }
  | { type: 'map'; change: Partial<MapState> }
  | { type: 'selection'; selection: EditorState['selection'] }
  | { type: 'toggleStage'; name: string }
  /** Shows another file, or another part of it. */
  | { type: 'file'; place: TargetPlace }
  | { type: 'files'; change: Partial<FilesState> }
  | { type: 'cost'; change: Partial<CostState> }
  | { type: 'whatIf'; change: Partial<EditorState['whatIf']> }
  | { type: 'compare'; change: Partial<CompareState> }
  | { type: 'waiting'; slot: Slot }
  | { type: 'slow'; slot: Slot }
  | { type: 'dropped'; slot: Slot }
  | { type: 'refused'; slot: Slot; error: Failure }
  | Loaded;
