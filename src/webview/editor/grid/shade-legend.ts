import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { GridShades } from '../../../preview/types';
import { countInWords } from '../../../words';
import type { Content } from '../parts';
import type { Page } from '../page';
import { shadeColour, shadePalette } from './shades';
import { t } from '../../l10n';
import { sizeInWords } from '../../counts';

/** By what the chunks are coloured. */
export function shadeChoice(page: Page): TemplateResult {
  const { shade } = page.state;
  const choices = [
    ['', t('state')],
    ['size', t('stored size')],
    ['target', t('file')],
  ] as const;
  return html`<label class="field"
    >${t('Colour by')}
    <select
      @change=${(event: Event) => {
        if (!(event.target instanceof HTMLSelectElement)) return;
        const { value } = event.target;
        page.dispatch({ type: 'shade', shade: value === 'size' || value === 'target' ? value : null });
      }}
    >
      ${choices.map(([value, words]) => html`<option value=${value} ?selected=${value === (shade ?? '')}>${words}</option>`)}
    </select></label
  >`;
}

/** What the shades mean; its place is kept while they are fetched. */
export function shadeLegend(page: Page): Content {
  const { shade, answers, path } = page.state;
  if (shade === null) return nothing;
  const meaning = answers.overview.value?.path === path ? answers.overview.value.shades?.meaning : undefined;
  const waiting = answers.overview.status === 'slow';
  return html`<div class="shades">
    ${meaning?.by === shade ? meaningView(meaning) : waiting ? html`<span class="hint busy">${t('Looking up the chunks…')}</span>` : nothing}
  </div>`;
}

function meaningView(meaning: GridShades): Content {
  if (meaning.by === 'size') {
    if (meaning.most === 0) return html`<span class="hint">${t('No chunk is a range of a file.')}</span>`;
    return html`${sizeInWords(meaning.least)}<span class="shade-ramp" aria-hidden="true" .style=${rampStyle()}></span
      >${sizeInWords(meaning.most)} <span class="hint">${t('a stored chunk, on a logarithmic scale')}</span>`;
  }
  if (meaning.count === 0) return html`<span class="hint">${t('No chunk is in a file.')}</span>`;
  const palette = shadePalette(meaning);
  return html`<ul class="legend">
    ${meaning.first.map(
      (name, index) =>
        html`<li title=${name}>
          <span class="swatch" .style=${`background: ${shadeColour(palette, index + 1)}`}></span>${lastPart(name)}
        </li>`,
    )}
    ${meaning.count > meaning.first.length ? html`<li class="hint">${t('and {0} more, whose colours repeat', countInWords(meaning.count - meaning.first.length))}</li>` : nothing}
  </ul>`;
}

function rampStyle(): string {
  const palette = shadePalette({ by: 'size', least: 1, most: 1 });
  const stops = Array.from({ length: 9 }, (_, stop) => shadeColour(palette, 1 + Math.round((stop * 254) / 8)));
  return `background: linear-gradient(to right, ${stops.join(', ')})`;
}

/** The file's name, or the whole where there is none. */
function lastPart(address: string): string {
  return address.slice(address.lastIndexOf('/') + 1) || address;
}
