import { html, nothing, type TemplateResult } from 'lit/html.js';
import { colourMapNames } from '../../../picture/colour-maps';
import { scaleNames } from '../../../picture/scale';
import type { Range } from '../../../picture/stretch';
import type { Pyramid } from '../../../preview/map-types';
import { shortNumberText } from '../chunk/value-text';
import type { Page } from '../page';
import { icon, iconButton, type Content } from '../parts';
import { type MapState, shownBands } from './map-state';

const scaleWords = { linear: 'Linear', log: 'Logarithmic', symlog: 'Symmetric log' } as const;

/** The colours of a map, and the range of values that they span; changing them fetches nothing. */
export function colourTools(page: Page, pyramid: Pyramid): TemplateResult {
  const { map } = page.state;
  const { colours, locked } = map;
  const areBands = shownBands(pyramid, map).length >= 3;
  const range = map.range ?? (areBands ? hull(map.ranges) : (map.ranges?.[0] ?? null));
  const set = (change: Partial<MapState>): void => {
    page.dispatch({ type: 'map', change });
  };
  return html`<div class="range" role="group" aria-label="Colours and their range">
    ${areBands ? nothing : oneBand(colours, set)} ${bound(set, 'From', range, 'low')} ${bound(set, 'to', range, 'high')}
    <button
      type="button"
      aria-pressed=${locked ? 'true' : 'false'}
      title="Keep the range for other indices and arrays"
      @click=${() => {
        set({ locked: !locked, range: locked ? null : range });
      }}
    >
      ${icon(locked ? 'lock' : 'unlock')}<span>${locked ? 'Range Locked' : 'Lock Range'}</span>
    </button>
    ${iconButton('Range of what is seen: percentiles 2 to 98', 'again', () => {
      set({ range: null, locked: false, rangesSettled: false, ranges: null });
    })}
  </div>`;
}

function oneBand(colours: MapState['colours'], set: (change: Partial<MapState>) => void): Content {
  const selected = (event: Event): string => (event.target instanceof HTMLSelectElement ? event.target.value : '');
  return html`<label class="field"
      >Colours
      <select
        @change=${(event: Event) => {
          const name = colourMapNames.find((known) => known === selected(event));
          if (name !== undefined) set({ colours: { ...colours, colourMap: name } });
        }}
      >
        ${colourMapNames.map((name) => {
          return html`<option value=${name} ?selected=${name === colours.colourMap}>${titled(name)}</option>`;
        })}
      </select></label
    >
    <label class="field"
      ><input
        type="checkbox"
        .checked=${colours.reversed}
        @change=${() => {
          set({ colours: { ...colours, reversed: !colours.reversed } });
        }}
      />
      Reversed</label
    >
    <label class="field"
      >Scale
      <select
        @change=${(event: Event) => {
          const name = scaleNames.find((known) => known === selected(event));
          if (name !== undefined) set({ colours: { ...colours, scale: name } });
        }}
      >
        ${scaleNames.map((name) => {
          return html`<option value=${name} ?selected=${name === colours.scale}>${scaleWords[name]}</option>`;
        })}
      </select></label
    >`;
}

function titled(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** The least and the greatest of several ranges. */
function hull(ranges: readonly Range[] | null): Range | null {
  if (ranges === null || ranges.length === 0) return null;
  return { low: Math.min(...ranges.map(({ low }) => low)), high: Math.max(...ranges.map(({ high }) => high)) };
}

function bound(
  set: (change: Partial<MapState>) => void,
  words: string,
  range: Range | null,
  side: keyof Range,
): TemplateResult {
  return html`<label class="field"
    >${words}
    <input
      type="number"
      step="any"
      class="bound"
      aria-label=${side === 'low' ? 'Lowest value of the range' : 'Highest value of the range'}
      .value=${range === null ? '' : shortNumberText(range[side])}
      @change=${(event: Event) => {
        if (!(event.target instanceof HTMLInputElement) || Number.isNaN(event.target.valueAsNumber)) return;
        set({ range: { ...(range ?? { low: 0, high: 1 }), [side]: event.target.valueAsNumber } });
      }}
  /></label>`;
}
