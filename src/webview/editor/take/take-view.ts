import { html, type TemplateResult } from 'lit/html.js';
import type { ArrayDetails } from '../../../preview/types';
import type { Taken } from '../../editor-messages';
import { chunkName } from '../grid/cells';
import { button } from '../parts';
import type { Page } from '../page';
import { shownPicture } from './shown-picture';
import { slicesOfBox } from './slices';
import { t } from '../../l10n';

/** Files that a chunk can be taken away as. */
export function takeChunkView(page: Page, details: ArrayDetails, chunk: readonly number[]): TemplateResult {
  const { path } = details;
  const name = nameOf(path, chunkName(chunk));
  const slices = slicesOfBox(details, chunk, chunk);
  return html`<details class="take">
    <summary><h4>${t('Export the chunk')}</h4></summary>
    <p class="actions" role="group" aria-label=${t('Export the chunk as')}>
      ${button('PNG', 'file', () => {
        void shownPicture().then((png) => {
          if (png === undefined) page.announce(t('There is no picture to export.'));
          else take(page, { format: 'png', name, path, png });
        });
      })}
      ${windowButtons(page, { name, path, slices })}
      ${button(t('Stored Bytes'), 'file', () => {
        take(page, { format: 'stored', name, path, indices: chunk });
      })}
    </p>
  </details>`;
}

/** Files that a window, half-open slices of all axes, can be taken away as. */
export function takeWindowView(
  page: Page,
  path: string,
  slices: readonly { start: number; stop: number }[],
): TemplateResult {
  const name = nameOf(path, slices.map(({ start, stop }) => `${start}-${stop}`).join('.'));
  return html`<p class="actions" role="group" aria-label=${t('Export the window as')}>
    <span class="hint">${t('Export as')}</span> ${windowButtons(page, { name, path, slices })}
  </p>`;
}

/** Files that a box of chunks can be taken away as. */
export function takeBoxView(
  page: Page,
  details: ArrayDetails,
  from: readonly number[],
  to: readonly number[],
): TemplateResult {
  const { path } = details;
  const name = nameOf(path, `${chunkName(from)}-${chunkName(to)}`);
  return html`<p class="actions" role="group" aria-label=${t('Export the selected chunks as')}>
    <span class="hint">${t('Export as')}</span>
    ${windowButtons(page, { name, path, slices: slicesOfBox(details, from, to) })}
  </p>`;
}

function windowButtons(
  page: Page,
  window: Pick<Extract<Taken, { format: 'npy' | 'csv' | 'tiff' }>, 'name' | 'path' | 'slices'>,
): TemplateResult {
  const one = (words: string, format: 'npy' | 'csv' | 'tiff'): TemplateResult =>
    button(words, 'file', () => {
      take(page, { ...window, format });
    });
  return html`${one('.npy', 'npy')} ${one('CSV', 'csv')} ${one('GeoTIFF', 'tiff')}`;
}

function take(page: Page, taken: Taken): void {
  page.post({ type: 'take', taken });
}

/** "red.1.2", "0.red.1.2". */
function nameOf(path: string, place: string): string {
  return [path.replaceAll('/', '.'), place].filter((part) => part !== '').join('.');
}
