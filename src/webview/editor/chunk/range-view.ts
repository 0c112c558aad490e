import { html, type TemplateResult } from 'lit/html.js';
import type { Range } from '../../../picture/stretch';
import type { Page } from '../page';
import { icon, iconButton } from '../parts';
import type { ColourMapName } from '../state';
import { colourRange, type Pictured } from './pictured';
import { shortNumberText } from './value-text';

const names: Record<ColourMapName, string> = { perceptual: 'Violet to yellow', grey: 'Grey' };

/** The range that the colours span, to be typed and locked, and the colour map. */
export function rangeView(page: Page, pictured: Pictured): TemplateResult {
  const { picture } = page.state;
  const range = colourRange(pictured, picture);
  const { locked } = picture;
  return html`<div class="range" role="group" aria-label="Colours and their range">
    <label class="field"
      >Colours
      <select
        @change=${(event: Event) => {
          if (!(event.target instanceof HTMLSelectElement)) return;
          page.dispatch({
            type: 'picture',
            change: { colourMap: event.target.value === 'grey' ? 'grey' : 'perceptual' },
          });
        }}
      >
        ${(['perceptual', 'grey'] as const).map(
          (name) => html`<option value=${name} ?selected=${name === picture.colourMap}>${names[name]}</option>`,
        )}
      </select></label
    >
    ${boundField(page, 'From', range, 'low')} ${boundField(page, 'to', range, 'high')}
    <button
      type="button"
      aria-pressed=${locked ? 'true' : 'false'}
      title="Show other chunks in the same range"
      @click=${() => {
        page.dispatch({ type: 'picture', change: { locked: !locked, range: locked ? null : range } });
      }}
    >
      ${icon(locked ? 'lock' : 'unlock')}<span>${locked ? 'Range Locked' : 'Lock Range'}</span>
    </button>
    ${iconButton(
      'Range of this chunk',
      'again',
      () => {
        page.dispatch({ type: 'picture', change: { range: null, locked: false } });
      },
      picture.range === null,
    )}
  </div>`;
}

function boundField(page: Page, words: string, range: Range | null, bound: keyof Range): TemplateResult {
  return html`<label class="field"
    >${words}
    <input
      type="number"
      step="any"
      class="bound"
      aria-label=${bound === 'low' ? 'Lowest value of the range' : 'Highest value of the range'}
      .value=${range === null ? '' : shortNumberText(range[bound])}
      @change=${(event: Event) => {
        if (!(event.target instanceof HTMLInputElement) || Number.isNaN(event.target.valueAsNumber)) return;
        const other = range ?? { low: 0, high: 1 };
        page.dispatch({ type: 'picture', change: { range: { ...other, [bound]: event.target.valueAsNumber } } });
      }}
  /></label>`;
}
