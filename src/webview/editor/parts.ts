import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { TextRange } from '../../preview/types';
import { outlines, type IconName } from '../outlines';
import { breakableParts } from '../breaks';
import { countInWords } from '../../words';
import type { Page } from './page';
import { isTiff } from './state';
import { parted, t } from '../l10n';

/** Anything that stands in a template. */
export type Content = TemplateResult | string | number | typeof nothing | readonly Content[];

/** A drawn sign in the colour of the text around it. It says nothing that words beside it do not say. */
export function icon(name: IconName): TemplateResult {
  return html`<svg viewBox="0 0 16 16" class="icon icon-${name}" aria-hidden="true">
    ${outlines[name].map((outline) => svg`<path d=${outline}></path>`)}
  </svg>`;
}

export function button(words: string, sign: IconName, onClick: () => void): TemplateResult {
  return html`<button type="button" @click=${onClick}>${icon(sign)}<span>${words}</span></button>`;
}

/** A button of a sign alone; `words` are its name and its tooltip. Disabled it keeps the focus, which would be lost at a grid's edge. */
export function iconButton(words: string, sign: IconName, onClick: () => void, disabled = false): TemplateResult {
  return html`<button
    type="button"
    class="bare"
    aria-label=${words}
    title=${words}
    aria-disabled=${disabled ? 'true' : 'false'}
    @click=${disabled ? undefined : onClick}
  >
    ${icon(sign)}
  </button>`;
}

/** Copies `text`; `what` is said about it: "The chunk's key". */
export function copyButton(page: Page, words: string, what: string, text: string): TemplateResult {
  return button(words, 'copy', () => {
    page.post({ type: 'copy', text, what });
    page.announce(t('{0} was copied.', what));
  });
}

/** Leads to a place in the text; nothing where the place is not known, or there is no text. */
export function showTextButton(page: Page, range: TextRange | null): Content {
  if (range === null || isTiff(page.state)) return nothing;
  return button(t('Show in Text'), 'file', () => {
    page.post({ type: 'showText', range });
  });
}

/** A term and what it stands for, in a list of such. */
export function fact(name: string, value: Content): TemplateResult {
  return html`<div>
    <dt>${breakable(name)}</dt>
    <dd>${value}</dd>
  </div>`;
}

/**
 * What a list that was cut says of the rest, "3,000 more members: search to see them.", in a message for `one` and one for `many` with the
 * count in place of {0}; nothing where nothing was cut.
 */
export function moreInWords(more: number, one: string, many: string): Content {
  return more <= 0 ? nothing : html`<p class="hint">${more === 1 ? one : parted(many, countInWords(more))}</p>`;
}

/** `1536 × 1536`; a scalar in words. */
export function shapeInWords(shape: readonly number[]): string {
  return shape.length === 0 ? t('scalar') : shape.map((length) => length.toLocaleString('en-US')).join(' × ');
}

/** Text whose long words break after their dots, slashes and underscores rather than anywhere. */
export function breakable(text: string): Content {
  return breakableParts(text).map((part, index) => (index === 0 ? part : html`<wbr />${part}`));
}
