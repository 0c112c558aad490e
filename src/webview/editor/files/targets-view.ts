import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TargetList, TargetSummary } from '../../../preview/target-types';
import { countInWords } from '../../../words';
import type { Page } from '../page';
import { breakable, icon, type Content } from '../parts';
import { t } from '../../l10n';
import { sizeInWords } from '../../counts';

/** Files from which a field to search them is offered. */
const manyFiles = 8;

/** The files that references point into, to choose one of; nothing where there is one alone. */
export function targetsView(page: Page, list: TargetList, shown: number | null): Content {
  if (list.count < 2) return nothing;
  return html`<section class="targets" aria-label=${t('Files referred to')}>
    ${list.count < manyFiles ? nothing : searchField(page, list)}
    <div class="targets-box">
      <table>
        <caption class="unseen">
          ${t('Files that the references point into')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t('File')}</th>
            <th scope="col" class="number">${t('References')}</th>
            <th scope="col" class="number">${t('Bytes named')}</th>
            <th scope="col" class="number">${t('Share of the file')}</th>
            <th scope="col" class="number">${t('Largest gap')}</th>
          </tr>
        </thead>
        <tbody>
          ${list.targets.map((target) => targetRow(page, target, target.target === shown))}
        </tbody>
      </table>
    </div>
    ${
      list.found > list.targets.length
        ? html`<p class="hint">${moreFilesInWords(list.found - list.targets.length)}</p>`
        : nothing
    }
  </section>`;
}

function moreFilesInWords(count: number): string {
  return count === 1
    ? t('1 more file: search to see it, or open a chunk and choose Show in File.')
    : t('{0} more files: search to see them, or open a chunk and choose Show in File.', countInWords(count));
}

function searchField(page: Page, { count, found }: TargetList): TemplateResult {
  const { search } = page.state.files;
  return html`<p class="search">
    ${icon('search')}
    <input
      type="search"
      placeholder=${t('Search {0} files', countInWords(count))}
      aria-label=${t('Search the files')}
      .value=${search}
      @input=${(event: Event) => {
        if (!(event.target instanceof HTMLInputElement)) return;
        page.dispatch({ type: 'files', change: { search: event.target.value } });
      }}
    />
    <span class="hint" role="status"
      >${search === '' ? '' : found === 1 ? t('1 file found') : t('{0} files found', countInWords(found))}</span
    >
  </p>`;
}

function targetRow(page: Page, summary: TargetSummary, isShown: boolean): TemplateResult {
  const { target, shownUrl, references, wholes, bytes, largestGap, size } = summary;
  return html`<tr class=${isShown ? 'chosen' : ''}>
    <th scope="row">
      <button
        type="button"
        class="link"
        aria-current=${isShown ? 'true' : 'false'}
        @click=${() => {
          page.dispatch({ type: 'file', place: { kind: 'target', target, part: 0 } });
        }}
      >
        ${breakable(shownUrl)}
      </button>
    </th>
    <td class="number">${countInWords(references)}</td>
    <td class="number" title=${countInWords(bytes)}>${wholes > 0 && size === null ? t('all') : sizeInWords(bytes)}</td>
    <td class="number">${size === null || size === 0 ? '–' : `${((100 * bytes) / size).toFixed(1)} %`}</td>
    <td class="number" title=${largestGap === null ? '' : countInWords(largestGap)}>
      ${largestGap === null ? '–' : sizeInWords(largestGap)}
    </td>
  </tr>`;
}
