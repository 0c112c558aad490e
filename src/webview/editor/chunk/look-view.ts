import { html, nothing, type TemplateResult } from 'lit/html.js';
import { colourMapNames, type ColourMapName } from '../../../picture/colour-maps';
import type { ScaleName } from '../../../picture/scale';
import { rangeOfType, usualPercentiles, type Range, type Stretch } from '../../../picture/stretch';
import type { Page } from '../page';
import { icon, iconButton, type Content } from '../parts';
import { checkField, numberField, selectField } from './fields';
import { ordinal } from '../ordinal';
import { colourRange, isInColours, isRangeApproximate, shownClasses, type Pictured } from './pictured';
import { shortNumberText } from './value-text';
import { t } from '../../l10n';

export const mapWords: Record<ColourMapName, string> = {
  viridis: t('Viridis'),
  magma: t('Magma'),
  inferno: t('Inferno'),
  plasma: t('Plasma'),
  cividis: t('Cividis'),
  grey: t('Grey'),
  'blue-red': t('Blue, white, red'),
};

export const scales: readonly (readonly [ScaleName, string])[] = [
  ['linear', t('Linear')],
  ['log', t('Logarithmic')],
  ['symlog', t('Symmetric log')],
];

type StretchChoice = Stretch['kind'] | 'hand';

/** Which colours values become; it stands above the picture. */
export function coloursView(page: Page, pictured: Pictured): Content {
  if (isInColours(pictured, page.state.picture)) return nothing;
  return html`<div class="look" role="group" aria-label=${t('Colours of the picture')}>
    ${mapFields(page, pictured, isShownByClass(page, pictured))}
  </div>`;
}

/** Scale of the colours, and how their range is found, to be typed and locked; below the picture, which needs the room at the top. */
export function rangeView(page: Page, pictured: Pictured): Content {
  const { band } = page.state.picture;
  if (isShownByClass(page, pictured) || (band === 'colours' && pictured.readers.colours)) return nothing;
  return html`<div class="look look-range" role="group" aria-label=${t('Range of the colours')}>
    ${rangeFields(page, pictured)}
  </div>`;
}

function isShownByClass({ state: { picture } }: Page, pictured: Pictured): boolean {
  return shownClasses(pictured, picture) !== null && !isInColours(pictured, picture);
}

function mapFields(page: Page, { values }: Pictured, asClasses: boolean): Content {
  const { colourMap, reversed } = page.state.picture;
  const maps = colourMapNames.map((name) => [name, mapWords[name]] as const);
  const choices = values.classes === null ? maps : [['classes', t('By class')] as const, ...maps];
  const field = selectField<ColourMapName | 'classes'>(
    t('Colours'),
    choices,
    asClasses ? 'classes' : colourMap,
    (name) => {
      page.dispatch({
        type: 'picture',
        change: name === 'classes' ? { asClasses: true } : { asClasses: false, colourMap: name },
      });
    },
  );
  if (asClasses) return field;
  return html`${field}
  ${checkField(t('Reversed'), reversed, (checked) => {
    page.dispatch({ type: 'picture', change: { reversed: checked } });
  })}`;
}

function rangeFields(page: Page, pictured: Pictured): TemplateResult {
  const { picture } = page.state;
  const range = colourRange(pictured, picture);
  const isComposite = picture.band === 'composite';
  return html`${selectField(t('Scale'), scales, picture.scale, (scale) => {
      page.dispatch({ type: 'picture', change: { scale } });
    })}
    ${stretchFields(page, pictured, range)}
    ${isRangeApproximate(pictured, picture) ? html`<span class="hint">${approximateWords(pictured.values.step)}</span>` : nothing}
    ${
      isComposite && picture.range === null
        ? nothing
        : html`<span class="field-row"
            >${boundField(page, t('From'), range, 'low')} ${boundField(page, t('to'), range, 'high')}</span
          >`
    }
    <span class="tools"
      >${lockButton(page, range)}
      ${iconButton(
        t('Range of this chunk'),
        'again',
        () => {
          page.dispatch({ type: 'picture', change: { range: null, locked: false } });
        },
        picture.range === null,
      )}</span
    >`;
}

/** The range of a chunk that is too large to be sent whole. */
function approximateWords(step: number): string {
  return t('approximate: of every {0} row and column', ordinal(step));
}

function stretchFields(page: Page, { values }: Pictured, range: Range | null): Content {
  const { stretch, range: byHand } = page.state.picture;
  const ofType = rangeOfType(values.dataType);
  const chosen: StretchChoice =
    byHand !== null ? 'hand' : ofType === undefined && stretch.kind === 'automatic' ? 'percentiles' : stretch.kind;
  const choices: (readonly [StretchChoice, string])[] = [
    ...(ofType === undefined ? [] : [['automatic', t('Whole type, {0} to {1}', ofType.low, ofType.high)] as const]),
    ['percentiles', t('Percentiles')],
    ['extremes', t('Minimum to maximum')],
    ['deviations', t('Mean ± standard deviations')],
    ['hand', t('By hand')],
  ];
  const take = (stretch: Stretch): void => {
    page.dispatch({ type: 'picture', change: { stretch, range: null, locked: false } });
  };
  const field = selectField(t('Stretch'), choices, chosen, (choice) => {
    if (choice === 'hand') page.dispatch({ type: 'picture', change: { range: range ?? { low: 0, high: 1 } } });
    else take(stretchOfChoice(choice, stretch));
  });
  if (chosen === 'percentiles') return [field, percentileFields(stretch, take)];
  return chosen === 'deviations' ? [field, deviationField(stretch, take)] : field;
}

/** A stretch as it was last, else as is usual. */
function stretchOfChoice(kind: Stretch['kind'], last: Stretch): Stretch {
  if (kind === last.kind) return last;
  switch (kind) {
    case 'percentiles':
      return { kind, ...usualPercentiles };
    case 'deviations':
      return { kind, count: 2 };
    case 'automatic':
    case 'extremes':
      return { kind };
  }
}

function percentileFields(stretch: Stretch, take: (stretch: Stretch) => void): TemplateResult {
  const { low, high } = stretch.kind === 'percentiles' ? stretch : usualPercentiles;
  return html`<span class="field-row percentiles"
    >${numberField(
      '',
      t('Lower percentile'),
      String(low),
      (value) => {
        take({ kind: 'percentiles', low: value, high });
      },
      { low: 0, high },
    )}
    ${numberField(
      '–',
      t('Upper percentile'),
      String(high),
      (value) => {
        take({ kind: 'percentiles', low, high: value });
      },
      { low, high: 100 },
    )}<span class="hint">%</span></span
  >`;
}

function deviationField(stretch: Stretch, take: (stretch: Stretch) => void): TemplateResult {
  const count = stretch.kind === 'deviations' ? stretch.count : 2;
  return numberField(
    '±',
    t('Standard deviations to each side'),
    String(count),
    (value) => {
      take({ kind: 'deviations', count: value });
    },
    { low: 0, high: 1000 },
  );
}

function boundField(page: Page, words: string, range: Range | null, bound: keyof Range): TemplateResult {
  const name = bound === 'low' ? t('Lowest value of the range') : t('Highest value of the range');
  return numberField(words, name, range === null ? '' : shortNumberText(range[bound]), (value) => {
    page.dispatch({ type: 'picture', change: { range: { ...(range ?? { low: 0, high: 1 }), [bound]: value } } });
  });
}

function lockButton(page: Page, range: Range | null): TemplateResult {
  const { locked } = page.state.picture;
  return html`<button
    type="button"
    aria-pressed=${locked ? 'true' : 'false'}
    title=${t('Show other chunks in the same range')}
    @click=${() => {
      page.dispatch({ type: 'picture', change: { locked: !locked, range: locked ? null : range } });
    }}
  >
    ${icon(locked ? 'lock' : 'unlock')}<span>${locked ? t('Range Locked') : t('Lock Range')}</span>
  </button>`;
}
