import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ArrayDetails, CodecInWords } from '../../preview/types';
import { countInWords } from '../../words';
import { elementCount } from '../../zarr/shape';
import { attributesView } from './attributes-view';
import { tabbed } from './array-tabs';
import { findingList } from './findings-view';
import { costView } from './cost/cost-view';
import { chunkView } from './chunk/chunk-view';
import { gridView } from './grid/grid-view';
import { hasMap } from './map/map-state';
import { mapView } from './map/map-view';
import { openCodeView } from './open-code-view';
import { breakable, copyButton, fact, icon, shapeInWords, showTextButton, type Content } from './parts';
import type { Page } from './page';
import { sizesInWords } from './sizes';
import { isTiff } from './state';
import { t } from '../l10n';
import { errorsInWords, listed, sizeInWords, warningsInWords } from '../counts';

/** An array: what it is, its grid of chunks, and the chunk that is open. */
export function arrayView(page: Page, details: ArrayDetails): TemplateResult {
  return html`<article class="array">
    <header class="array-head">
      <h2>${icon('array')}<span>${breakable(details.path || '/')}</span></h2>
      <p class="one-line">${inOneLine(details)}</p>
    </header>
    ${findingsOf(page, details.path)}
    ${hasMap(details) ? tabbed(page, page.state.tab, tabView(page, details)) : chunksView(page, details)}
  </article>`;
}

function tabView(page: Page, details: ArrayDetails): TemplateResult {
  return page.state.tab === 'picture' ? mapView(page, details) : chunksView(page, details);
}

function chunksView(page: Page, details: ArrayDetails): TemplateResult {
  return html`<div class="panes">
    <div class="pane pane-grid">${gridView(page, details)}</div>
    <div class="pane pane-chunk">${chunkView(page, details)}</div>
    <div class="pane pane-metadata">${metadataView(page, details)}</div>
  </div>`;
}

/** What is wrong with this array stands above everything else, folded: the grid and the chunk need the room, and must not jump. */
function findingsOf(page: Page, path: string): Content {
  const found = (page.state.findings ?? []).filter((group) => group.path === path && group.severity !== 'info');
  if (found.length === 0) return nothing;
  const errors = found.filter(({ severity }) => severity === 'error').length;
  const counts = [
    ...(errors === 0 ? [] : [errorsInWords(errors)]),
    ...(errors === found.length ? [] : [warningsInWords(found.length - errors)]),
  ];
  return html`<details class="found">
    <summary>${icon(errors === 0 ? 'warning' : 'error')}${t('{0} about this array', listed(counts))}</summary>
    ${findingList(page, found, {
      one: t('1 more finding: all are among the findings of the file.'),
      many: t('{0} more findings: all are among the findings of the file.'),
    })}
  </details>`;
}

/** "time 365 × y 1,536 × x 1,536, unsigned 16-bit integers. Chunks of 1 × 256 × 256. 1.6 GiB stored, 1.7 GiB decoded. …". */
function inOneLine(details: ArrayDetails): Content {
  const { shape, dimensions, dtypeInWords, chunkShape } = details;
  const axes = shape.map((length, axis) => {
    const name = dimensions?.[axis] ?? null;
    return html`${axis === 0 ? nothing : ' × '}${name === null ? nothing : html`<i>${name}</i> `}${countInWords(length)}`;
  });
  const size = shape.length === 0 ? t('Scalar') : axes;
  const chunks = shape.length === 0 ? '' : t('Chunks of {0}.', shapeInWords(chunkShape));
  return html`${size}, ${dtypeInWords}. ${chunks} ${sizesInWords(details)}`;
}

function metadataView(page: Page, details: ArrayDetails): TemplateResult {
  const { codecs, fillValue, dtype, order, chunkBytes, grid } = details;
  return html`<section class="metadata">
    <h3>${t('Encoding')}</h3>
    <dl class="rows">
      ${fact(t('Data type'), html`<code>${dtype}</code>`)} ${fact(t('Fill value'), html`<code>${fillValue}</code>`)}
      ${fact(t('Chunks'), `${shapeInWords(grid)}${grid.length > 1 ? ` = ${countInWords(elementCount(grid))}` : ''}`)}
      ${fact(t('A chunk decoded'), sizeInWords(chunkBytes))}
      ${order === 'F' ? fact(t('Order'), t('F: the first axis runs fastest')) : nothing}
    </dl>
    ${codecsView(codecs)} ${costView(page, details)} ${attributesView(details)}
    ${isTiff(page.state) ? nothing : takeView(page, details)}
  </section>`;
}

/** What of the array can be taken into other tools. */
function takeView(page: Page, { path, code, metadata, range }: ArrayDetails): TemplateResult {
  return html`${openCodeView(page, code)}
    <p class="actions">
      ${copyButton(page, t('Copy Path'), t('The path'), path)}
      ${metadata === null ? nothing : copyButton(page, t('Copy Metadata'), t('The metadata'), metadata)}
      ${showTextButton(page, range)}
    </p>`;
}

/** The steps from stored bytes to values. */
function codecsView(codecs: readonly CodecInWords[]): TemplateResult {
  if (codecs.length === 0) return html`<p class="hint">${t('Chunks are stored as they are: nothing to decode.')}</p>`;
  return html`<p class="hint">${t('From the stored bytes to values:')}</p>
    <ol class="codecs">
      ${codecs.map(
        ({ words, known }) =>
          html`<li class=${known ? '' : 'unknown'}>
            ${breakable(words)}${known ? nothing : html` <strong>${icon('warning')}${t('Not known here')}</strong>`}
          </li>`,
      )}
    </ol>`;
}
