import { html, nothing, type TemplateResult } from 'lit/html.js';
import { colourMapNames, type ColourMapName } from '../../../picture/colour-maps';
import type { Range } from '../../../picture/stretch';
import type { Pyramid } from '../../../preview/map-types';
import { checkField, numberField, selectField } from '../chunk/fields';
import { mapWords, scales } from '../chunk/look-view';
import { shortNumberText } from '../chunk/value-text';
import type { Page } from '../page';
import { icon, iconButton, type Content } from '../parts';
import { isInClasses, type MapState, shownBands } from './map-state';
import { t } from '../../l10n';

type Set = (change: Partial<MapState>) => void;

/** The colours of a map, and the range of values that they span; changing them fetches nothing. */
export function colourTools(page: Page, pyramid: Pyramid): TemplateResult {
  const { map } = page.state;
  const set: Set = (change) => {
    page.dispatch({ type: 'map', change });
  };
  const areColours = shownBands(pyramid, map).length >= 3;
  return html`<div class="look" role="group" aria-label=${t('Colours and their range')}>
    ${areColours ? nothing : mapField(set, pyramid, map)}
    ${isInClasses(pyramid, map) ? nothing : rangeFields(set, map, areColours)}
  </div>`;
}

function mapField(set: Set, pyramid: Pyramid, map: MapState): Content {
  const { colours } = map;
  const asClasses = isInClasses(pyramid, map);
  const names = colourMapNames.map((name) => [name, mapWords[name]] as const);
  const choices = pyramid.classes === null ? names : [['classes', t('By class')] as const, ...names];
  const field = selectField<ColourMapName | 'classes'>(
    t('Colours'),
    choices,
    asClasses ? 'classes' : colours.colourMap,
    (name) => {
      set(name === 'classes' ? { asClasses: true } : { asClasses: false, colours: { ...colours, colourMap: name } });
    },
  );
  if (asClasses) return field;
  return html`${field}
  ${checkField(t('Reversed'), colours.reversed, (reversed) => {
    set({ colours: { ...colours, reversed } });
  })}`;
}

function rangeFields(set: Set, map: MapState, areColours: boolean): TemplateResult {
  const { colours, locked } = map;
  const range = map.range ?? (areColours ? hull(map.ranges) : (map.ranges?.[0] ?? null));
  const bound = (words: string, side: keyof Range): TemplateResult =>
    numberField(
      words,
      side === 'low' ? t('Lowest value of the range') : t('Highest value of the range'),
      range === null ? '' : shortNumberText(range[side]),
      (value) => {
        set({ range: { ...(range ?? { low: 0, high: 1 }), [side]: value } });
      },
    );
  return html`${selectField(t('Scale'), scales, colours.scale, (scale) => {
      set({ colours: { ...colours, scale } });
    })}
    <span class="field-row">${bound(t('From'), 'low')} ${bound(t('to'), 'high')}</span>
    <span class="tools">
      <button
        type="button"
        aria-pressed=${locked ? 'true' : 'false'}
        title=${t('Keep the range for other indices and arrays')}
        @click=${() => {
          set({ locked: !locked, range: locked ? null : range });
        }}
      >
        ${icon(locked ? 'lock' : 'unlock')}<span>${locked ? t('Range Locked') : t('Lock Range')}</span>
      </button>
      ${iconButton(t('Range of what is seen: percentiles 2 to 98'), 'again', () => {
        set({ range: null, locked: false, rangesSettled: false, ranges: null });
      })}
    </span>`;
}

/** The least and the greatest of several ranges. */
function hull(ranges: readonly Range[] | null): Range | null {
  if (ranges === null || ranges.length === 0) return null;
  return { low: Math.min(...ranges.map(({ low }) => low)), high: Math.max(...ranges.map(({ high }) => high)) };
}
