import { html, nothing, type TemplateResult } from 'lit/html.js';
import { compareButton } from '../compare/open-compare';
import { breakable, icon } from '../parts';
import type { Page } from '../page';
import { firstSentence } from '../sentences';
import type { Side } from '../state';
import { curve } from './curve-view';
import { shortNumberText } from './value-text';
import type { DriftPreview } from '../../../preview/types';

const sides: [Side, string][] = [
  ['both', 'Both'],
  ['readers', 'As readers decode it'],
  ['truth', 'As stored'],
];

/** Says that what readers get is wrong, shows by how much down the rows, and lets both be seen. */
export function driftView(page: Page, drift: DriftPreview): TemplateResult {
  const perRow = new Float64Array(drift.perRow);
  const { first, rest } = firstSentence(drift.message);
  const worst = perRow.reduce((most, error) => Math.max(most, Math.abs(error)), 0);
  return html`<section class="drift" aria-label="Readers decode wrong values">
    <div class="drift-message">
      ${icon('warning')}
      <div>
        <h4><span>${breakable(first)}</span></h4>
        ${rest === '' ? nothing : html`<p>${breakable(rest)}</p>`}
        <p class="actions">${compareButton(page, 'Compare with the TIFF')}</p>
      </div>
    </div>
    <figure>
      <figcaption>Error of each row, the farthest value: up to ${shortNumberText(worst)}</figcaption>
      ${curve(perRow)}
    </figure>
    <div class="choices" role="radiogroup" aria-label="What is shown">
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
