import { html, nothing, type TemplateResult } from 'lit/html.js';
import { countInWords } from '../../../words';
import type { Page } from '../page';
import { copyButton } from '../parts';
import type { ChunkValues } from '../../../preview/types';
import { insideTexts } from './inside-texts';
import { t } from '../../l10n';

/** Values shown at most. */
const most = 1000;

/** Text, bytes and scalars: the values themselves. */
export function textsView(page: Page, values: ChunkValues): TemplateResult {
  const texts = values.texts ?? insideTexts(values, most);
  const count = values.statistics.count;
  const shown = texts.slice(0, most);
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) {
    return html`<div class="scalar">
      <code>${only}</code>${copyButton(page, t('Copy Value'), t('The value'), only)}
    </div>`;
  }
  return html`<ol class="values" start="0" tabindex="0" role="list" aria-label=${t('Values')}>
      ${shown.map((text) => html`<li><code>${text}</code></li>`)}
    </ol>
    ${count > shown.length ? html`<p class="hint">${t('The first {0} of {1} values.', countInWords(shown.length), countInWords(count))}</p>` : nothing}`;
}
