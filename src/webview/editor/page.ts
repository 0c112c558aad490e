import type { FromEditorPage } from '../editor-messages';
import type { Action } from './actions';
import type { EditorState, Slot } from './state';

/** What every view is given: what to show, and what can be done. */
export interface Page {
  state: EditorState;
  dispatch: (action: Action) => void;
  post: (message: FromEditorPage) => void;
  /** Says something to screen readers. */
  announce: (text: string) => void;
  /** Gives up waiting. */
  cancel: (slot: Slot) => void;
}
