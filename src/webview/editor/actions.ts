import type { FindingGroup, ReaderVerdict } from '../../preview/types';
import type { Failure } from '../editor-messages';
import type { Sorting } from './glance/sort';
import type { ShownDocument } from './outline';
import type { Answers, EditorState, GridSeen, PictureState, Slot } from './state';
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
  | { type: 'toggleStage'; name: string }
  | { type: 'waiting'; slot: Slot }
  | { type: 'slow'; slot: Slot }
  | { type: 'dropped'; slot: Slot }
  | { type: 'refused'; slot: Slot; error: Failure }
  | Loaded;
