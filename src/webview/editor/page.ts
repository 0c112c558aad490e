import type { FromEditorPage } from '../editor-messages';
import type { Action } from './actions';
import type { Requests } from './requests';
import type { EditorState, Slot } from './state';

/** What every view is given: what to show, and what can be done. */
export interface Page {
  state: EditorState;
  dispatch: (action: Action) => void;
  post: (message: FromEditorPage) => void;
  /** Says something to screen readers. */
  announce: (text: string) => void;
  /** Asks the host for what is no part of the page's state; rejects with KerchunkError, `cancelled` too. */
  ask: Requests['ask'];
  /** Gives up waiting. */
  cancel: (slot: Slot) => void;
}
