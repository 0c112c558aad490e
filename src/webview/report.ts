import { element } from './dom';
import type { FromPage, Report, ToPage } from './messages';
import { sayReady } from './ready';
import { reportView } from './report-view';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  /** Kept by VS Code: it comes back with the panel after a reload of the window. */
  setState(state: Report): void;
};

/** Runs the page of the report in `main`. */
export function startReport(main: HTMLElement): void {
  const vscode = acquireVsCodeApi();
  const announcements = element('p', { class: 'unseen', attributes: { role: 'status' } });
  const actions = {
    post: (message: FromPage): void => {
      vscode.postMessage(message);
    },
    announce: (text: string): void => {
      announcements.textContent = text;
    },
  };
  const answered = sayReady(() => {
    vscode.postMessage({ type: 'ready' });
  });
  window.addEventListener('message', (event: MessageEvent<ToPage>) => {
    answered();
    vscode.setState(event.data.report);
    main.replaceChildren(...reportView(event.data.report, actions));
    window.scrollTo(0, 0);
  });
  document.body.append(announcements);
}
