import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { LayoutEstimate, WindowCost } from '../../../preview/cost-types';
import type { ArrayDetails } from '../../../preview/types';
import { countInWords } from '../../../words';
import { chunkName, cornersOf } from '../grid/cells';
import type { Page } from '../page';
import { breakable, fact, shapeInWords, type Content } from '../parts';
import { costSlices, type CostState, type CostWindow, type SelectedChunks } from './cost-state';
import { parted, t } from '../../l10n';
import { chunksInWords, requestsInWords, sizeInWords } from '../../counts';

/** What reading a part of the array takes, folded as long as nobody asks. */
export function costView(page: Page, details: ArrayDetails): TemplateResult {
  const { open } = page.state.cost;
  return html`<details
    class="cost"
    ?open=${open}
    @toggle=${(event: Event) => {
      if (!(event.target instanceof HTMLDetailsElement) || event.target.open === page.state.cost.open) return;
      change(page, { open: event.target.open });
    }}
  >
    <summary><h3>${t('What reading costs')}</h3></summary>
    ${open ? contentView(page, details) : nothing}
  </details>`;
}

function change(page: Page, changed: Partial<CostState>): void {
  page.dispatch({ type: 'cost', change: changed });
}

function contentView(page: Page, details: ArrayDetails): TemplateResult {
  const { cost, answers } = page.state;
  const { value, status, error } = answers.cost;
  return html`<label class="field"
      >${t('Part of the array')}
      <select
        @change=${(event: Event) => {
          if (!(event.target instanceof HTMLSelectElement)) return;
          change(page, { window: event.target.value as CostWindow, typed: costSlices(cost, details, page.state) });
        }}
      >
        ${option('array', t('All of it'), cost.window)} ${option('selected', selectedInWords(page.state), cost.window)}
        ${page.state.selection === null ? nothing : option('picture', t('The window selected in Picture'), cost.window)}
        ${details.shape.length === 0 ? nothing : option('typed', t('Typed below'), cost.window)}
      </select></label
    >
    ${cost.window === 'typed' ? slicesView(page, details) : nothing}
    <div role="status" class="unseen">
      ${error === null && value !== null && status === 'ready' ? inOneSentence(value) : ''}
    </div>
    ${
      error !== null
        ? html`<p class="hint">${breakable(error.message)}</p>`
        : value?.path !== details.path
          ? html`<p class="hint">${status === 'slow' ? t('Planning the requests…') : ''}&nbsp;</p>`
          : answerView(value)
    }`;
}

/** "Chunk 1.2", "Chunks 1.2 to 3.4": those that are selected in the grid. */
function selectedInWords({ at, from }: SelectedChunks): string {
  if (from === null) return t('Chunk {0}, which is selected', chunkName(at));
  const [low, high] = cornersOf(from, at);
  return t('The selected chunks, {0} to {1}', chunkName(low), chunkName(high));
}

function option(window: CostWindow, words: string, chosen: CostWindow): TemplateResult {
  return html`<option value=${window} ?selected=${window === chosen}>${words}</option>`;
}

function slicesView(page: Page, details: ArrayDetails): TemplateResult {
  const slices = costSlices(page.state.cost, details, page.state);
  return html`<div class="slices">
    ${slices.map((slice, axis) => {
      const name = details.dimensions?.[axis] ?? t('axis {0}', axis);
      const length = details.shape[axis] ?? 0;
      const field = (bound: 'start' | 'stop', words: string): TemplateResult =>
        html`<input
          type="number"
          min="0"
          max=${length}
          aria-label=${t('{0} along {1}', words, name)}
          .value=${String(slice[bound])}
          @change=${(event: Event) => {
            if (!(event.target instanceof HTMLInputElement) || Number.isNaN(event.target.valueAsNumber)) return;
            const typed = Math.min(length, Math.max(0, Math.round(event.target.valueAsNumber)));
            change(page, { typed: slices.map((own, at) => (at === axis ? { ...own, [bound]: typed } : own)) });
          }}
        />`;
      return html`<div class="slice" role="group" aria-label=${name}>
        <span class="index-name">${name}</span>${field('start', t('First index'))}<span>${t('to before')}</span>${field(
          'stop',
          t('Index behind the last'),
        )}<span class="hint">${t('of {0}', countInWords(length))}</span>
      </div>`;
    })}
  </div>`;
}

function inOneSentence({ chunks, merged }: WindowCost): string {
  return t('{0}: {1}, {2}.', chunksInWords(chunks), requestsInWords(merged.requests), sizeInWords(merged.bytes));
}

function answerView(cost: WindowCost): TemplateResult {
  const { chunks, inline, absent, broken, files, wholes, merged, unmerged, gapBytes, askedBytes, decodedBytes } = cost;
  const others = [
    ...(inline === 0 ? [] : [t('{0} inline', countInWords(inline))]),
    ...(absent === 0 ? [] : [t('{0} absent', countInWords(absent))]),
    ...(broken === 0 ? [] : [t('{0} malformed, so that reading fails', countInWords(broken))]),
  ];
  const read = ({ requests, bytes }: { requests: number; bytes: number }): string => {
    const [count, size] = [requestsInWords(requests), sizeInWords(bytes)];
    if (wholes === 0) return t('{0}, {1}', count, size);
    return wholes === 1
      ? t('{0}, {1}, and all of 1 file, whose size is not known', count, size)
      : t('{0}, {1}, and all of {2} files, whose size is not known', count, size, countInWords(wholes));
  };
  return html`<dl class="rows">
      ${fact(t('Chunks'), `${countInWords(chunks)}${others.length === 0 ? '' : `: ${others.join(', ')}`}`)}
      ${fact(t('Merged, as read here'), read(merged))} ${fact(t('One for each chunk'), read(unmerged))}
      ${fact(t('Between chunks'), gapBytes === 0 ? t('nothing is read in vain') : t('{0} are read in vain', sizeInWords(gapBytes)))}
      ${files > 1 ? fact(t('Files'), countInWords(files)) : nothing}
      ${fact(t('Values asked for'), sizeInWords(askedBytes))}
      ${fact(t('Decoded for them'), decodedSizeInWords(decodedBytes, askedBytes))}
    </dl>
    ${requestsView(cost)} ${layoutsView(cost)}`;
}

function decodedSizeInWords(decoded: number, asked: number): string {
  if (asked === 0 || decoded === 0) return sizeInWords(decoded);
  return t('{0}, {1} times as much', sizeInWords(decoded), (decoded / asked).toFixed(decoded < 10 * asked ? 2 : 0));
}

function requestsView({ requests, merged }: WindowCost): Content {
  if (requests.length === 0) return nothing;
  return html`<details>
    <summary>
      ${merged.requests === 1 ? t('The 1 request') : t('The {0} requests', countInWords(merged.requests))}
    </summary>
    <ol class="requests">
      ${requests.map(
        ({ shownUrl, start, end, chunks }) =>
          html`<li>
            ${
              start === null || end === null
                ? parted<Content>(
                    t('all of {0}, {1}'),
                    html`<code>${breakable(shownUrl)}</code>`,
                    chunksInWords(chunks),
                  )
                : parted<Content>(
                    t('{0} of {1}, {2}'),
                    html`<code>bytes=${start}-${end}</code>`,
                    html`<code>${breakable(shownUrl)}</code>`,
                    chunksInWords(chunks),
                  )
            }
          </li>`,
      )}
    </ol>
    ${merged.requests > requests.length ? html`<p class="hint">${t('and {0} more', countInWords(merged.requests - requests.length))}</p>` : nothing}
  </details>`;
}

/** What the same part would take in other chunks. */
function layoutsView({ layouts }: WindowCost): Content {
  if (layouts.length === 0) return nothing;
  return html`<h4>${t('In chunks of another size')}</h4>
    <p class="hint">
      ${t('An estimate, for the present chunks too: every chunk is there, in one file, in order and without gaps, and compressed as well as they are now.')}
    </p>
    <div class="cost-box" tabindex="0" role="group" aria-label=${t('Chunks of other sizes, a table')}>
      <table>
        <caption class="unseen">
          ${t('The same part in chunks of other sizes')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t('Chunks of')}</th>
            <th scope="col" class="number">${t('Chunks')}</th>
            <th scope="col" class="number">${t('Requests')}</th>
            <th scope="col" class="number">${t('Stored')}</th>
            <th scope="col" class="number">${t('Decoded')}</th>
          </tr>
        </thead>
        <tbody>
          ${layouts.map(layoutRow)}
        </tbody>
      </table>
    </div>`;
}

const kindWords: Record<LayoutEstimate['kind'], string> = {
  present: t('as now'),
  half: t('half as long'),
  double: t('twice as long'),
  square: t('square'),
  rows: t('whole rows'),
};

function layoutRow(layout: LayoutEstimate): TemplateResult {
  const { kind, chunkShape, chunkBytes, chunks, requests, storedBytes, decodedBytes } = layout;
  return html`<tr class=${kind === 'present' ? 'chosen' : ''}>
    <th scope="row" title=${t('{0} decoded', sizeInWords(chunkBytes))}>
      ${shapeInWords(chunkShape)} <span class="detail">${kindWords[kind]}</span>
    </th>
    <td class="number">${countInWords(chunks)}</td>
    <td class="number" title=${requests === null ? t('Not planned above {0} chunks', countInWords(65_536)) : ''}>
      ${requests === null ? '–' : countInWords(requests)}
    </td>
    <td class="number">${sizeInWords(storedBytes)}</td>
    <td class="number">${sizeInWords(decodedBytes)}</td>
  </tr>`;
}
