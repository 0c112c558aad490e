import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TargetMap } from '../../../preview/target-types';
import { countInWords } from '../../../words';
import type { Page } from '../page';
import { breakable, button, icon, iconButton, type Content } from '../parts';
import { isTiff } from '../state';
import { bytesView } from './bytes-view';
import { fileFailure } from './failure-view';
import { mapView } from './map-view';
import { tableOf } from './region-table';
import { targetsView } from './targets-view';
import { t } from '../../l10n';
import { sizeInWords } from '../../counts';

/** The files that references point into: which they are, and of one of them what stands where, and any of its bytes. */
export function filesView(page: Page): TemplateResult {
  const { targets, targetMap } = page.state.answers;
  const list = targets.value;
  return html`<article class="files">
    <h2>${icon('file')}<span>${isTiff(page.state) ? t('The file’s bytes') : t('Files referred to')}</span></h2>
    ${
      list === null
        ? waitingView(targets.status, targets.error?.message)
        : list.count === 0
          ? html`<p class="hint">
              ${t('No reference points into a file: all that is there stands in the reference file itself.')}
            </p>`
          : html`${targetsView(page, list, targetMap.value?.target ?? null)}${fileView(page)}`
    }
  </article>`;
}

function waitingView(status: string, failure: string | undefined): Content {
  if (failure !== undefined) return html`<p class="hint">${t('The files cannot be listed: {0}', failure)}</p>`;
  return status === 'slow' ? html`<p class="hint busy">${t('Going through the references…')}</p>` : nothing;
}

function fileView(page: Page): Content {
  const { value, status, error } = page.state.answers.targetMap;
  if (error !== null) {
    return html`<section class="outcome outcome-failed" role="alert">
      ${icon('error')}
      <div>
        <h4>${error.code === 'cancelled' ? t('Cancelled') : t('The file cannot be shown')}</h4>
        <p>${breakable(error.message)}</p>
        <p class="actions">
          ${button(t('Try Again'), 'again', () => {
            page.dispatch({ type: 'files', change: { attempt: page.state.files.attempt + 1 } });
          })}
        </p>
      </div>
    </section>`;
  }
  if (value === null) return status === 'slow' ? busyView(page) : nothing;
  return html`<section
    class="file"
    aria-label=${t('Map of the file')}
    aria-busy=${status === 'slow' ? 'true' : 'false'}
  >
    <h3 class="file-name">${breakable(value.shownUrl)}</h3>
    <p class="one-line">${inOneLine(value)}</p>
    ${status === 'slow' ? busyView(page) : structureView(page, value)} ${partsView(page, value)}
    ${mapView(page, tableOf(value))}
    ${
      value.sentences.length === 0
        ? nothing
        : html`<section class="why" aria-label=${t('What reading it costs')}>
            <h3>${t('What reading it costs, and why')}</h3>
            <ul>
              ${value.sentences.map((sentence) => html`<li>${sentence}</li>`)}
            </ul>
          </section>`
    }
    ${bytesView(page, value)}
  </section>`;
}

function busyView(page: Page): TemplateResult {
  return html`<p class="structure busy-line">
    <span class="spinner" aria-hidden="true"></span><span>${t('Reading how the file is built…')}</span>
    ${button(t('Cancel'), 'no', () => {
      page.cancel('targetMap');
    })}
  </p>`;
}

/** "BigTIFF, little-endian. 12 MiB. 5 images. 1,849 regions." */
function inOneLine({ structure, size, end, images, total, parts, wholes }: TargetMap): string {
  return [
    ...(structure.kind === 'tiff' ? [structure.container] : []),
    size === null
      ? t('{0} or more: its size is not known', sizeInWords(end))
      : t('{0} ({1} bytes)', sizeInWords(size), countInWords(size)),
    ...(images.length === 0 ? [] : [images.length === 1 ? t('1 image') : t('{0} images', countInWords(images.length))]),
    total === 1 ? t('1 region') : t('{0} regions', countInWords(total)),
    ...(parts > 1 ? [t('shown in {0} parts', countInWords(parts))] : []),
    ...(wholes > 0
      ? [wholes === 1 ? t('1 reference to all of it') : t('{0} references to all of it', countInWords(wholes))]
      : []),
  ].join(' · ');
}

/** What is known of how the file is built, and the way to know it. */
function structureView(page: Page, { structure, target }: TargetMap): Content {
  switch (structure.kind) {
    case 'tiff':
      return nothing;
    case 'other':
      return html`<p class="structure hint">
        ${t('It is no TIFF: the map shows what the references name, and the stretches between them.')}
      </p>`;
    case 'failed':
      return fileFailure(page, target, structure);
    case 'not-read':
      return html`<p class="structure">
        ${
          page.state.trusted
            ? button(t('Read the File’s Structure'), 'file', () => {
                page.dispatch({ type: 'files', change: { read: true, region: null } });
              })
            : nothing
        }
        <span class="hint"
          >${
            page.state.trusted
              ? t('Fetches its headers, 64 KiB in most files: where IFDs, tables and every tile stand.')
              : t('Restricted Mode: its headers are not fetched. The map shows what the references name.')
          }</span
        >
      </p>`;
  }
}

/** The ways to the other parts of a file of very many regions. */
function partsView(page: Page, { target, part, parts, total }: TargetMap): Content {
  if (parts === 1) return nothing;
  const way = (words: string, sign: Parameters<typeof iconButton>[1], to: number): TemplateResult =>
    iconButton(
      words,
      sign,
      () => {
        page.dispatch({ type: 'file', place: { kind: 'target', target, part: to } });
      },
      to < 0 || to >= parts,
    );
  return html`<p class="structure" role="group" aria-label=${t('Parts of the file')}>
    ${way(t('Previous part of the file'), 'previous', part - 1)}
    <span
      >${t('Part {0} of {1}, of {2} regions', countInWords(part + 1), countInWords(parts), countInWords(total))}</span
    >
    ${way(t('Next part of the file'), 'next', part + 1)}
  </p>`;
}
