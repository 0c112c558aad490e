import { html, nothing, type TemplateResult } from 'lit/html.js';
import { compareButton } from '../compare/open-compare';
import { breakable, icon } from '../parts';
import type { Page } from '../page';
import { firstSentence } from '../sentences';
import type { Side } from '../state';
import { curve } from './curve-view';
import { shortNumberText } from './value-text';
import type { DriftPreview } from '../../../preview/types';
import { t } from '../../l10n';

const sides: [Side, string][] = [
  ['both', t('Both')],
  ['readers', t('As readers decode it')],
  ['truth', t('As stored')],
];

/** Says that what readers get is wrong, shows by how much down the rows, and lets both be seen. */
export function driftView(page: Page, drift: DriftPreview): TemplateResult {
  const perRow = new Float64Array(drift.perRow);
  const { first, rest } = firstSentence(drift.message);
  const worst = perRow.reduce((most, error) => Math.max(most, Math.abs(error)), 0);
  return html`<section class="drift" aria-label=${t('Readers decode wrong values')}>
    <div class="drift-message">
      ${icon('warning')}
      <div>
        <h4><span>${breakable(first)}</span></h4>
        ${rest === '' ? nothing : html`<p>${breakable(rest)}</p>`}
        <p class="actions">${compareButton(page, t('Compare with the TIFF'))}</p>
      </div>
    </div>
    <figure>
      <figcaption>${t('Error of each row, the farthest value: up to {0}', shortNumberText(worst))}</figcaption>
      ${curve(perRow)}
    </figure>
    <div class="choices" role="radiogroup" aria-label=${t('What is shown')}>
      ${sides.map(
        ([side, words]) =>
          html`<label
            ><input
              type="radio"
              name="side"
              .checked=${page.state.picture.side === side}
              @change=${() => {
                page.dispatch({ type: 'picture', change: { side } });
              }}
            />${words}</label
          >`,
      )}
    </div>
  </section>`;
}
