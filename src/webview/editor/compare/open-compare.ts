import type { TemplateResult } from 'lit/html.js';
import type { PlaneWindow } from '../../../preview/compare-types';
import { button } from '../parts';
import type { Page } from '../page';
import { isTiff } from '../state';
import { wholeView } from '../viewport';

/** Leads to the comparison of the open chunk, or of a window that was selected; `words` are the button's. */
export function compareButton(page: Page, words: string, window: PlaneWindow | null = null): TemplateResult {
  return button(words, 'sides', () => {
    openCompare(page, window);
  });
}

/** The key that opens a comparison of what is selected, open or in view. */
export function isCompareKey({ key, altKey, ctrlKey, metaKey, target }: KeyboardEvent): boolean {
  if (key.toLowerCase() !== 'c' || altKey || ctrlKey || metaKey) return false;
  return !(target instanceof Element && target.matches('input, select, textarea'));
}

/** Shows the comparison of a window, or of the open chunk where it is null. */
export function openCompare(page: Page, window: PlaneWindow | null): void {
  const { choice } = page.state.compare;
  const instead = window === null ? 'chunk' : 'array';
  page.dispatch({
    type: 'compare',
    change: {
      window,
      // A TIFF that is shown itself is no other than the one behind it.
      choice: choice === 'tiff' && isTiff(page.state) ? instead : choice,
      viewport: wholeView,
      hover: null,
      cursor: null,
      range: null,
      limit: null,
    },
  });
  page.dispatch({ type: 'view', view: 'compare' });
  focusOn('#compare-title');
}

/** Leads back to where the comparison was opened. */
export function closeCompare(page: Page): void {
  page.dispatch({ type: 'view', view: 'node' });
  focusOn(page.state.compare.window === null ? '.pane-chunk button' : '.selection button, chunk-grid');
}

/** Once the page was drawn, which takes what had the focus away; before the next key, which would be lost. */
function focusOn(selector: string): void {
  queueMicrotask(() => {
    document.querySelector<HTMLElement>(selector)?.focus();
  });
}
