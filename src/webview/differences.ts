import type { DifferencesState, FromDifferencesPage, ToDifferencesPage } from './differences-messages';
import { differencesView, type DifferencesShown, showComparing } from './differences-view';
import { element } from './dom';
import { sayReady } from './ready';

declare function acquireVsCodeApi(): {
  postMessage(message: FromDifferencesPage): void;
  getState(): DifferencesState | undefined;
  /** Kept by VS Code: it comes back with the panel after a reload of the window. */
  setState(state: DifferencesState): void;
};

/** How long the page waits before it says that it compares, in ms: what is done at once needs no word. */
const PATIENCE = 500;

/** Runs the page that shows what two reference sets differ in. */
export function startDifferences(main: HTMLElement): void {
  const vscode = acquireVsCodeApi();
  const announcements = element('p', { class: 'unseen', attributes: { role: 'status' } });
  const kept = vscode.getState();
  let open: Set<string> | undefined = kept?.open === undefined ? undefined : new Set(kept.open);
  let scroll = kept?.scroll ?? 0;
  let files: Record<'before' | 'after', string> | undefined = kept;
  let shown: DifferencesShown | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const keep = (): void => {
    if (files === undefined) return;
    const { before, after } = files;
    vscode.setState({ format: 1, before, after, scroll, ...(open === undefined ? {} : { open: [...open] }) });
  };
  const actions = {
    post: (message: FromDifferencesPage): void => {
      vscode.postMessage(message);
    },
    isOpen: (path: string): boolean | undefined => open?.has(path),
    fold: (path: string, isOpen: boolean, all: readonly string[]): void => {
      open ??= new Set(all);
      if (isOpen) open.add(path);
      else open.delete(path);
      keep();
    },
  };
  const draw = (): void => {
    if (shown === undefined) return;
    const focused = document.activeElement?.id ?? '';
    const at = scroll;
    main.replaceChildren(...differencesView(shown, actions));
    window.scrollTo(0, at);
    if (focused !== '') document.getElementById(focused)?.focus({ preventScroll: true });
  };
  const answered = sayReady(() => {
    vscode.postMessage({ type: 'ready' });
  });
  window.addEventListener('scroll', () => {
    scroll = window.scrollY;
    keep();
  });
  window.addEventListener('message', ({ data }: MessageEvent<ToDifferencesPage>) => {
    answered();
    clearTimeout(waiting);
    files = data.files;
    keep();
    if (data.type === 'comparing') {
      // What was found before stays until there is something else.
      const say = (): void => {
        shown = { ...shown, sets: data.sets, comparing: data.message };
        if (main.hasChildNodes()) showComparing(main, data.message);
        else draw();
      };
      if (shown?.comparing !== undefined) say();
      else waiting = setTimeout(say, PATIENCE);
      return;
    }
    shown = data;
    draw();
    announcements.textContent = data.type === 'failed' ? data.message : headlineIn(main);
  });
  document.body.append(announcements);
}

function headlineIn(main: HTMLElement): string {
  return main.querySelector('[data-summary]')?.textContent ?? '';
}
