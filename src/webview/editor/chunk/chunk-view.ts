import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ArrayDetails, ChunkOutcome } from '../../../preview/types';
import type { ShownChunk } from '../../editor-messages';
import { chunkName } from '../grid/cells';
import { gridLayout } from '../grid/layout';
import { neighbour, successor } from '../grid/move';
import type { Page } from '../page';
import { pipelineView } from '../pipeline/pipeline-view';
import { compareButton, isCompareKey, openCompare } from '../compare/open-compare';
import { breakable, button, copyButton, icon, iconButton, showTextButton, type Content } from '../parts';
import { urlSegments } from '../../breaks';
import { driftView } from './drift-view';
import { elementsOf, type Elements } from './elements';
import { failureWords } from './outcomes';
import { pictureView } from './picture-view';
import type { Pictured } from './pictured';
import { takeChunkView } from '../take/take-view';
import { shardView } from './shard-view';
import { statisticsView } from './statistics-view';
import type { Tabled } from './table/table-source';
import { tableView } from './table/table-view';
import { textsView } from './texts-view';
import { parted, t } from '../../l10n';
import { sizeInWords } from '../../counts';

/** The chunk that is open: what it is, where it is stored, what it decodes to, or why it does not. */
export function chunkView(page: Page, details: ArrayDetails): TemplateResult {
  return html`<section
    class="chunk"
    aria-label=${t('Chunk')}
    tabindex="-1"
    @keydown=${(event: KeyboardEvent) => {
      if (page.state.chunk !== null && isCompareKey(event)) {
        event.preventDefault();
        openCompare(page, null);
      } else chunkKeys(page, details, event);
    }}
  >
    ${contentView(page, details)}
  </section>`;
}

function contentView(page: Page, details: ArrayDetails): Content {
  const { chunk, answers } = page.state;
  if (chunk === null) {
    return html`<p class="invitation">
      ${icon('array')}${t('Choose a chunk in the grid to fetch, decode and see it.')}
    </p>`;
  }
  const { status, value, error } = answers.chunk;
  // The head stays through every change below it: whoever goes from chunk to chunk keeps the focus.
  return html`${headView(page, details, chunk)}
    <div class="chunk-body" aria-busy=${status === 'waiting' || status === 'slow' ? 'true' : 'false'}>
      ${
        status === 'slow'
          ? loadingView(page, chunk)
          : error !== null
            ? failureView(page, null, error)
            : value?.path === details.path
              ? previewView(page, details, value)
              : nothing
      }
    </div>`;
}

function loadingView(page: Page, chunk: readonly number[]): TemplateResult {
  return html`<div class="outcome outcome-loading">
    <span class="spinner" aria-hidden="true"></span>
    <div>
      <h4>${t('Fetching and decoding chunk {0}…', chunkName(chunk))}</h4>
      <p class="actions">
        ${button(t('Cancel'), 'no', () => {
          page.cancel('chunk');
        })}
      </p>
    </div>
  </div>`;
}

/** The chunk's place in the grid and the ways to its neighbours. */
function headView(page: Page, details: ArrayDetails, chunk: readonly number[]): TemplateResult {
  return html`<div class="section-head">
    <h3>${t('Chunk {0}', chunkName(chunk))}</h3>
    ${neighbourTools(page, details, chunk)}
  </div>`;
}

/** Buttons that open the chunks beside one. */
export function neighbourTools(page: Page, { grid }: ArrayDetails, chunk: readonly number[]): TemplateResult {
  const { rowAxis, columnAxis } = gridLayout(grid);
  const way = (words: string, sign: Parameters<typeof iconButton>[1], axis: number | null, by: 1 | -1): Content => {
    if (axis === null || (grid[axis] ?? 1) === 1) return nothing;
    const to = neighbour(grid, chunk, axis, by);
    return iconButton(
      words,
      sign,
      () => {
        if (to !== undefined) goTo(page, to);
      },
      to === undefined,
    );
  };
  return html`<span class="tools" role="group" aria-label=${t('Neighbouring chunks')}>
    ${way(t('Chunk to the left'), 'previous', columnAxis, -1)} ${way(t('Chunk above'), 'up', rowAxis, -1)}
    ${way(t('Chunk below'), 'down', rowAxis, 1)} ${way(t('Chunk to the right'), 'next', columnAxis, 1)}
  </span>`;
}

function previewView(page: Page, details: ArrayDetails, preview: ShownChunk): TemplateResult {
  return html`${requestView(page, preview)} ${outcomeView(page, details, preview, preview.outcome)}
  ${hasBytes(preview) ? takeChunkView(page, details, preview.indices) : nothing} ${shardView(preview.shard)}
  ${pipelineView(page, details, preview)}`;
}

/** Whether there is anything to export: not of an absent chunk, nor of one whose bytes did not come; one too large to show has its bytes. */
function hasBytes({ reference, outcome, stages }: ShownChunk): boolean {
  if (reference === 'absent') return false;
  return outcome.kind !== 'failed' || stages.length > 0 || outcome.code === 'limit-exceeded';
}

/** Where the chunk is stored: the exact bytes of which file. */
function requestView(page: Page, preview: ShownChunk): TemplateResult {
  const { request, key, range } = preview;
  return html`<div class="request">
    <p><code>${breakable(key)}</code></p>
    <p>${placeInWords(preview)}</p>
    <p class="actions">
      ${compareButton(page, t('Compare'))} ${copyButton(page, t('Copy Key'), t('The chunk’s key'), key)}
      ${
        request === null
          ? nothing
          : button(t('Copy as curl'), 'copy', () => {
              page.post({ type: 'copyCurl', key });
              page.announce(t('The request was copied.'));
            })
      }
      ${
        request === null
          ? nothing
          : button(t('Show in File'), 'folder', () => {
              page.dispatch({
                type: 'file',
                place: { kind: 'chunk', path: preview.path, indices: preview.indices },
              });
            })
      }
      ${showTextButton(page, range)}
    </p>
  </div>`;
}

function placeInWords({ reference, request, stages }: ShownChunk): Content {
  const size = stages[0] === undefined ? null : sizeInWords(stages[0].bytes);
  if (request !== null) {
    const { start, end, shownUrl } = request;
    const file = html`<code class="url"
      >${urlSegments(shownUrl).map((segment) => html`<span>${segment}</span>`)}</code
    >`;
    if (end === null && start === 0) {
      return size === null
        ? parted<Content>(t('all of {0}'), file)
        : parted<Content>(t('all of {0} ({1})'), file, size);
    }
    const range = html`<code class="whole">bytes=${start}-${end ?? ''}</code>`;
    const length = end === null ? size : sizeInWords(end - start + 1);
    return length === null
      ? parted<Content>(t('{0} of {1}'), range, file)
      : parted<Content>(t('{0} of {1} ({2})'), range, file, length);
  }
  switch (reference) {
    case 'inline':
      return size === null ? t('Inline in the reference file.') : t('Inline in the reference file ({0}).', size);
    case 'absent':
      return t('No entry in the reference file.');
    case 'broken':
      return t('A malformed entry in the reference file.');
    case 'range':
    case 'file':
      return t('A range of a file.');
  }
}

function outcomeView(page: Page, details: ArrayDetails, preview: ShownChunk, outcome: ChunkOutcome): Content {
  switch (outcome.kind) {
    case 'absent':
      return panel(
        'absent',
        'hole',
        t('Absent'),
        html`
          <p>
            ${parted(
              t(
                'There is no such key, and that is legal: all of the chunk reads as the fill value, {0}. Nothing was fetched.',
              ),
              html`<code>${outcome.fillValue}</code>`,
            )}
          </p>
        `,
      );
    case 'failed':
      return failureView(page, preview, outcome);
    case 'values':
      return html`${outcome.allFill ? allFillView(details) : nothing} ${valuesView(page, details, preview, outcome)}`;
  }
}

function allFillView({ fillValue }: ArrayDetails): TemplateResult {
  return panel(
    'fill',
    'fill',
    t('All fill'),
    html`<p>
      ${parted(
        t('The chunk is stored and was decoded: every element of it is the fill value, {0}.'),
        html`<code>${fillValue}</code>`,
      )}
    </p>`,
  );
}

function failureView(
  page: Page,
  preview: ShownChunk | null,
  { code, message }: { code: Parameters<typeof failureWords>[0]; message: string },
): TemplateResult {
  const { title, sign, advice, remedy } = failureWords(code, preview?.stages.length ?? null);
  const key = preview?.key;
  const remedies: Record<typeof remedy, Content> = {
    again: button(t('Try Again'), 'again', () => {
      page.dispatch({ type: 'again' });
    }),
    trust: button(t('Manage Workspace Trust'), 'shield', () => {
      page.post({ type: 'manageTrust' });
    }),
    allow:
      key === undefined
        ? nothing
        : button(t('Allow Reading…'), 'unlock', () => {
            page.post({ type: 'allowFile', key });
          }),
    text: nothing,
    none: nothing,
  };
  return panel(
    code,
    sign,
    title,
    html` <p>${breakable(message)}</p>
      ${advice === '' ? nothing : html`<p class="hint">${advice}</p>`}
      <p class="actions">
        ${remedies[remedy]}
        ${button(t('Show Log'), 'file', () => {
          page.post({ type: 'showLog' });
        })}
      </p>`,
  );
}

function panel(kind: string, sign: Parameters<typeof icon>[0], title: string, words: TemplateResult): TemplateResult {
  return html`<div class="outcome outcome-${kind}">
    ${icon(sign)}
    <div>
      <h4>${title}</h4>
      ${words}
    </div>
  </div>`;
}

/** Elements are made once for each preview: drawing remembers images by them. */
const elementsOfPreviews = new WeakMap<ShownChunk, { readers: Elements | undefined; truth: Elements | undefined }>();

function valuesView(
  page: Page,
  details: ArrayDetails,
  preview: ShownChunk,
  { values }: Extract<ChunkOutcome, { kind: 'values' }>,
): Content {
  const { drift } = preview;
  const made = elementsOfPreviews.get(preview) ?? {
    readers: elementsOf(values, values.data, details.chunkShape),
    truth: drift === null ? undefined : elementsOf(values, drift.truth, details.chunkShape),
  };
  elementsOfPreviews.set(preview, made);
  const { readers, truth } = made;
  if (readers === undefined) return html`<p class="hint">${t('The chunk has no elements.')}</p>`;
  const tabled: Tabled = {
    values,
    elements: page.state.picture.side === 'truth' ? (truth ?? readers) : readers,
    details,
    chunk: preview.indices,
    coordinates: preview.coordinates,
  };
  if (readers.numbers === null || values.statistics.count === 1) {
    return html`${textsView(page, values)}
    ${values.statistics.count === 1 ? nothing : tableView(page, tabled, preview.key)}`;
  }
  const pictured: Pictured = { preview, values, details, readers, truth: truth ?? null, drift };
  return html`${drift === null ? nothing : driftView(page, drift)} ${pictureView(page, pictured)}
  ${statisticsView(page, pictured)} ${tableView(page, tabled, preview.key)}`;
}

function goTo(page: Page, indices: readonly number[]): void {
  page.dispatch({ type: 'open', indices });
}

/** Alt with arrows goes to the neighbours, Page Up and Page Down to the chunk before and after. */
export function chunkKeys(page: Page, { grid }: ArrayDetails, event: KeyboardEvent): void {
  const { chunk } = page.state;
  if (chunk === null || event.ctrlKey || event.metaKey) return;
  const to = targetOf(grid, chunk, event);
  if (to === null || (!event.altKey && takesPages(event.target))) return;
  if (to !== undefined) goTo(page, to);
  // VS Code has commands of its own on Alt with arrows; it hears keys that come this far up.
  event.preventDefault();
  event.stopPropagation();
}

/** Fields and what scrolls use Page Up and Page Down themselves. */
function takesPages(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, select, textarea, .values, value-table');
}

/** Null for keys that go nowhere, undefined at the grid's edge. */
function targetOf(
  grid: readonly number[],
  chunk: readonly number[],
  { key, altKey }: KeyboardEvent,
): number[] | undefined | null {
  const { rowAxis, columnAxis } = gridLayout(grid);
  if (key === 'PageDown') return successor(grid, chunk, 1);
  if (key === 'PageUp') return successor(grid, chunk, -1);
  if (!altKey) return null;
  switch (key) {
    case 'ArrowLeft':
      return neighbour(grid, chunk, columnAxis, -1);
    case 'ArrowRight':
      return neighbour(grid, chunk, columnAxis, 1);
    case 'ArrowUp':
      return neighbour(grid, chunk, rowAxis, -1);
    case 'ArrowDown':
      return neighbour(grid, chunk, rowAxis, 1);
    default:
      return null;
  }
}
