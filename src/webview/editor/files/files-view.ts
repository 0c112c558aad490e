import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TargetMap } from '../../../preview/target-types';
import { bytesInWords, countInWords, plural } from '../../../words';
import type { Page } from '../page';
import { breakable, button, icon, iconButton, type Content } from '../parts';
import { isTiff } from '../state';
import { bytesView } from './bytes-view';
import { fileFailure } from './failure-view';
import { mapView } from './map-view';
import { tableOf } from './region-table';
import { targetsView } from './targets-view';

/** The files that references point into: which they are, and of one of them what stands where, and any of its bytes. */
export function filesView(page: Page): TemplateResult {
  const { targets, targetMap } = page.state.answers;
  const list = targets.value;
  return html`<article class="files">
    <h2>${icon('file')}<span>${isTiff(page.state) ? 'The file’s bytes' : 'Files referred to'}</span></h2>
    ${
      list === null
        ? waitingView(targets.status, targets.error?.message)
        : list.count === 0
          ? html`<p class="hint">
              No reference points into a file: all that is there stands in the reference file itself.
            </p>`
          : html`${targetsView(page, list, targetMap.value?.target ?? null)}${fileView(page)}`
    }
  </article>`;
}

function waitingView(status: string, failure: string | undefined): Content {
  if (failure !== undefined) return html`<p class="hint">The files cannot be listed: ${failure}</p>`;
  return status === 'slow' ? html`<p class="hint busy">Going through the references…</p>` : nothing;
}

function fileView(page: Page): Content {
  const { value, status, error } = page.state.answers.targetMap;
  if (error !== null) {
    return html`<section class="outcome outcome-failed" role="alert">
      ${icon('error')}
      <div>
        <h4>${error.code === 'cancelled' ? 'Cancelled' : 'The file cannot be shown'}</h4>
        <p>${breakable(error.message)}</p>
        <p class="actions">
          ${button('Try Again', 'again', () => {
            page.dispatch({ type: 'files', change: { attempt: page.state.files.attempt + 1 } });
          })}
        </p>
      </div>
    </section>`;
  }
  if (value === null) return status === 'slow' ? busyView(page) : nothing;
  return html`<section class="file" aria-label="Map of the file" aria-busy=${status === 'slow' ? 'true' : 'false'}>
    <h3 class="file-name">${breakable(value.shownUrl)}</h3>
    <p class="one-line">${inOneLine(value)}</p>
    ${status === 'slow' ? busyView(page) : structureView(page, value)} ${partsView(page, value)}
    ${mapView(page, tableOf(value))}
    ${
      value.sentences.length === 0
        ? nothing
        : html`<section class="why" aria-label="What reading it costs">
            <h3>What reading it costs, and why</h3>
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
    <span class="spinner" aria-hidden="true"></span><span>Reading how the file is built…</span>
    ${button('Cancel', 'no', () => {
      page.cancel('targetMap');
    })}
  </p>`;
}

/** "BigTIFF, little-endian. 12 MiB. 5 images. 1,849 regions." */
function inOneLine({ structure, size, end, images, total, parts, wholes }: TargetMap): string {
  return [
    ...(structure.kind === 'tiff' ? [structure.container] : []),
    size === null
      ? `${bytesInWords(end)} or more: its size is not known`
      : `${bytesInWords(size)} (${countInWords(size)} bytes)`,
    ...(images.length === 0 ? [] : [plural(images.length, 'image')]),
    plural(total, 'region'),
    ...(parts > 1 ? [`shown in ${plural(parts, 'part')}`] : []),
    ...(wholes > 0 ? [`${plural(wholes, 'reference')} to all of it`] : []),
  ].join(' · ');
}

/** What is known of how the file is built, and the way to know it. */
function structureView(page: Page, { structure, target }: TargetMap): Content {
  switch (structure.kind) {
    case 'tiff':
      return nothing;
    case 'other':
      return html`<p class="structure hint">
        It is no TIFF: the map shows what the references name, and the stretches between them.
      </p>`;
    case 'failed':
      return fileFailure(page, target, structure);
    case 'not-read':
      return html`<p class="structure">
        ${
          page.state.trusted
            ? button('Read the File’s Structure', 'file', () => {
                page.dispatch({ type: 'files', change: { read: true, region: null } });
              })
            : nothing
        }
        <span class="hint"
          >${
            page.state.trusted
              ? 'Fetches its headers, 64 KiB in most files: where IFDs, tables and every tile stand.'
              : 'Restricted Mode: its headers are not fetched. The map shows what the references name.'
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
  return html`<p class="structure" role="group" aria-label="Parts of the file">
    ${way('Previous part of the file', 'previous', part - 1)}
    <span>Part ${countInWords(part + 1)} of ${countInWords(parts)}, of ${countInWords(total)} regions</span>
    ${way('Next part of the file', 'next', part + 1)}
  </p>`;
}
