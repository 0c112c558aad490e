import { html, type TemplateResult } from 'lit/html.js';
import type { Pyramid } from '../../../preview/map-types';
import type { ArrayDetails } from '../../../preview/types';
import { countInWords } from '../../../words';
import type { Page } from '../page';
import { takeWindowView } from '../take/take-view';
import { compareButton } from '../compare/open-compare';
import { compareInView, planeOf } from './compare-in-view';
import { button, copyButton } from '../parts';
import type { Span } from '../viewport';
import { t } from '../../l10n';

/** The window of the array that is selected, as a half-open slice of each axis: dragged with Shift, or typed. */
export function selectionView(page: Page, { path, dimensions }: ArrayDetails, pyramid: Pyramid): TemplateResult {
  const { selection } = page.state;
  const shape = pyramid.levels[0]?.shape ?? [];
  const name = (axis: number): string => dimensions?.[axis] ?? t('axis {0}', axis);
  const select = (slices: readonly Span[] | null): void => {
    page.dispatch({ type: 'selection', selection: slices });
  };
  if (selection === null) {
    return html`<p class="selection actions">
      ${button(t('Select a Window'), 'cut', () => {
        select(shape.map((length) => ({ start: 0, stop: length })));
      })}
      <span class="hint">${t('Or drag with Shift held.')}</span>
      ${button(t('Compare What Is in View'), 'sides', () => {
        compareInView(page, pyramid);
      })}
    </p>`;
  }
  const text = selection.map(({ start, stop }) => `${start}:${stop}`).join(', ');
  const elements = selection.reduce((product, { start, stop }) => product * (stop - start), 1);
  return html`<fieldset class="selection">
    <legend>${t('Window')}</legend>
    ${selection.map((slice, axis) =>
      sliceField(name(axis), slice, shape[axis] ?? 1, (changed) => {
        select(selection.map((old, other) => (other === axis ? changed : old)));
      }),
    )}
    <p class="hint">
      ${t('{0} = {1} elements', selection.map(({ start, stop }) => countInWords(stop - start)).join(' × '), countInWords(elements))}
    </p>
    <p class="actions">
      ${copyButton(page, t('Copy Slices'), t('The slices'), `[${text}]`)}
      ${compareButton(page, t('Compare'), planeOf(pyramid, selection))}
      ${button(t('Clear'), 'no', () => {
        select(null);
      })}
    </p>
    ${takeWindowView(page, path, selection)}
  </fieldset>`;
}

function sliceField(name: string, { start, stop }: Span, length: number, set: (slice: Span) => void): TemplateResult {
  const field = (words: string, value: number, least: number, most: number, take: (value: number) => Span) =>
    html`<input
      type="number"
      min=${least}
      max=${most}
      .value=${String(value)}
      aria-label=${t('{0} of the window along {1}', words, name)}
      @change=${(event: Event) => {
        if (!(event.target instanceof HTMLInputElement)) return;
        const typed = Math.round(event.target.valueAsNumber);
        const within = Number.isNaN(typed) ? value : Math.min(most, Math.max(least, typed));
        event.target.value = String(within);
        set(take(within));
      }}
    />`;
  return html`<div class="slice" role="group" aria-label=${t('Window along {0}', name)}>
    <span class="index-name">${name}</span>
    ${field(t('Start'), start, 0, length - 1, (typed) => ({ start: typed, stop: Math.max(stop, typed + 1) }))}
    <span aria-hidden="true">:</span>
    ${field(t('End'), stop, 1, length, (typed) => ({ start: Math.min(start, typed - 1), stop: typed }))}
    <span class="hint">${t('of {0}', countInWords(length))}</span>
  </div>`;
}
