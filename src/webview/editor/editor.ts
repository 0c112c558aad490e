import { render } from 'lit/html.js';
import type { FromEditorPage, ToEditorPage } from '../editor-messages';
import type { Action } from './actions';
import { chunkInWords } from './chunk/announcement';
import { comparisonInWords } from './compare/compare-words';
import { ChunkPicture } from './chunk/chunk-picture';
import { focusKeeper } from './chunk/keep-focus';
import { ValueTable } from './chunk/table/value-table';
import { FileMap } from './files/file-map';
import { ChunkGrid } from './grid/chunk-grid';
import { loadMapScript } from './map/load-script';
import { listenForHelp } from './help/help';
import { shownDocument } from './outline';
import { triedInWords } from './pipeline/comparison-view';
import { StageBytes } from './pipeline/stage-bytes';
import type { Page } from './page';
import { pageView } from './page-view';
import { reduce } from './reducer';
import { sayReady } from '../ready';
import { Requests } from './requests';
import { initialState, savedState, wantsMapScript, type SavedState } from './state';
import { wantedOf } from './wanted';

declare function acquireVsCodeApi(): {
  postMessage(message: FromEditorPage): void;
  getState(): unknown;
  setState(state: SavedState): void;
};

/** Runs the page of the editor in `main`. */
export function startEditor(main: HTMLElement): void {
  customElements.define('chunk-grid', ChunkGrid);
  customElements.define('chunk-picture', ChunkPicture);
  customElements.define('value-table', ValueTable);
  customElements.define('file-map', FileMap);
  customElements.define('stage-bytes', StageBytes);
  listenForHelp();
  const vscode = acquireVsCodeApi();
  const kept = vscode.getState();
  let state = initialState(isSavedState(kept) ? kept : undefined);
  let due = false;
  let opened = false;

  const post = (message: FromEditorPage): void => {
    vscode.postMessage(message);
  };
  const announce = announcer();
  let last = '';
  const keep = (): void => {
    const saved = savedState(state);
    const text = JSON.stringify(saved);
    if (text !== last) vscode.setState(saved);
    last = text;
  };
  const dispatch = (action: Action): void => {
    state = reduce(state, action);
    if (action.type === 'loaded' && action.slot === 'chunk') {
      announce(chunkInWords(action.value));
      opened = true;
    }
    if (action.type === 'loaded' && action.slot === 'comparison') announce(comparisonInWords(action.value));
    if (action.type === 'loaded' && action.slot === 'whatIf') announce(triedInWords(action.value));
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      requests.follow(wantedOf(state));
      keep();
      draw();
      if (wantsMapScript(state)) loadScript();
      if (opened) bringIntoView();
      opened = false;
    });
  };
  let asked = false;
  const loadScript = (): void => {
    if (asked) return;
    asked = true;
    const settle = (script: 'ready' | 'failed'): void => {
      asked = false;
      dispatch({ type: 'map', change: { script } });
    };
    loadMapScript().then(
      () => {
        settle('ready');
      },
      () => {
        settle('failed');
      },
    );
  };
  const draw = focusKeeper(() => {
    render(pageView(page), main);
  });
  const requests = new Requests(post, dispatch);
  const page: Page = {
    get state() {
      return state;
    },
    dispatch,
    post,
    announce,
    ask: (method, payload, signal) => requests.ask(method, payload, signal),
    cancel: (slot) => {
      requests.cancel(slot);
    },
  };

  const answered = sayReady(() => {
    post({ type: 'ready' });
  });
  window.addEventListener('message', ({ data }: MessageEvent<ToEditorPage>) => {
    answered();
    if (data.type === 'reply') requests.answer(data);
    else dispatch(actionOf(data));
  });
}

/** Where there is no room for two columns, a chunk opens below the grid, maybe out of sight. */
function bringIntoView(): void {
  const pane = document.querySelector('.pane-chunk');
  if (pane !== null && pane.getBoundingClientRect().top > 0.7 * window.innerHeight)
    pane.scrollIntoView({ block: 'start' });
}

function actionOf(message: Exclude<ToEditorPage, { type: 'reply' }>): Action {
  if (message.type !== 'document') return message;
  const { revision, state, trusted } = message;
  return { type: 'document', revision, document: shownDocument(state), trusted };
}

function isSavedState(kept: unknown): kept is SavedState {
  return typeof kept === 'object' && kept !== null && 'format' in kept && kept.format === 2;
}

/** Says things to screen readers: what is said twice is said again. */
function announcer(): (text: string) => void {
  const region = document.createElement('p');
  region.className = 'unseen';
  region.setAttribute('role', 'status');
  document.body.append(region);
  return (text) => {
    region.textContent = region.textContent === text ? `${text} ` : text;
  };
}
