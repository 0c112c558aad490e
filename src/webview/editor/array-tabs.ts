import { html, type TemplateResult } from 'lit/html.js';
import type { Page } from './page';
import type { Content } from './parts';
import type { ArrayTab } from './state';
import { t } from '../l10n';

const names: Record<ArrayTab, string> = { chunks: t('Chunks'), picture: t('Picture') };
const tabs = ['chunks', 'picture'] as const satisfies readonly ArrayTab[];

/** The views of an array as tabs (WAI-ARIA practices): arrows choose, and what is chosen is shown below. */
export function tabbed(page: Page, shown: ArrayTab, content: Content): TemplateResult {
  const choose = (tab: ArrayTab): void => {
    page.dispatch({ type: 'tab', tab });
  };
  const onKey = (event: KeyboardEvent): void => {
    const to = targetOf(shown, event.key);
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    choose(to);
    document.getElementById(`tab-${to}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${t('View of the array')} @keydown=${onKey}>
      ${tabs.map(
        (tab) =>
          html`<button
            type="button"
            role="tab"
            id="tab-${tab}"
            aria-selected=${tab === shown ? 'true' : 'false'}
            aria-controls="array-panel"
            tabindex=${tab === shown ? 0 : -1}
            @click=${() => {
              choose(tab);
            }}
          >
            ${names[tab]}
          </button>`,
      )}
    </div>
    <div id="array-panel" role="tabpanel" aria-labelledby="tab-${shown}">${content}</div>`;
}

function targetOf(shown: ArrayTab, key: string): ArrayTab | undefined {
  const at = tabs.indexOf(shown);
  switch (key) {
    case 'ArrowRight':
      return tabs[(at + 1) % tabs.length];
    case 'ArrowLeft':
      return tabs[(at + tabs.length - 1) % tabs.length];
    case 'Home':
      return tabs[0];
    case 'End':
      return tabs.at(-1);
    default:
      return undefined;
  }
}
