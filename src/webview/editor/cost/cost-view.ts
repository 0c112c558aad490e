import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { LayoutEstimate, WindowCost } from '../../../preview/cost-types';
import type { ArrayDetails } from '../../../preview/types';
import { bytesInWords, countInWords, plural } from '../../../words';
import { chunkName, cornersOf } from '../grid/cells';
import type { Page } from '../page';
import { breakable, fact, shapeInWords, type Content } from '../parts';
import { costSlices, type CostState, type CostWindow, type SelectedChunks } from './cost-state';

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
    <summary><h3>What reading costs</h3></summary>
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
      >Part of the array
      <select
        @change=${(event: Event) => {
          if (!(event.target instanceof HTMLSelectElement)) return;
          change(page, { window: event.target.value as CostWindow, typed: costSlices(cost, details, page.state) });
        }}
      >
        ${option('array', 'All of it', cost.window)} ${option('selected', selectedInWords(page.state), cost.window)}
        ${page.state.selection === null ? nothing : option('picture', 'The window selected in Picture', cost.window)}
        ${details.shape.length === 0 ? nothing : option('typed', 'Typed below', cost.window)}
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
          ? html`<p class="hint">${status === 'slow' ? 'Planning the requests…' : ''}&nbsp;</p>`
          : answerView(value)
    }`;
}

/** "Chunk 1.2", "Chunks 1.2 to 3.4": those that are selected in the grid. */
function selectedInWords({ at, from }: SelectedChunks): string {
  if (from === null) return `Chunk ${chunkName(at)}, which is selected`;
  const [low, high] = cornersOf(from, at);
  return `The selected chunks, ${chunkName(low)} to ${chunkName(high)}`;
}

function option(window: CostWindow, words: string, chosen: CostWindow): TemplateResult {
  return html`<option value=${window} ?selected=${window === chosen}>${words}</option>`;
}

function slicesView(page: Page, details: ArrayDetails): TemplateResult {
  const slices = costSlices(page.state.cost, details, page.state);
  return html`<div class="slices">
    ${slices.map((slice, axis) => {
      const name = details.dimensions?.[axis] ?? `axis ${axis}`;
      const length = details.shape[axis] ?? 0;
      const field = (bound: 'start' | 'stop', words: string): TemplateResult =>
        html`<input
          type="number"
          min="0"
          max=${length}
          aria-label="${words} along ${name}"
          .value=${String(slice[bound])}
          @change=${(event: Event) => {
            if (!(event.target instanceof HTMLInputElement) || Number.isNaN(event.target.valueAsNumber)) return;
            const typed = Math.min(length, Math.max(0, Math.round(event.target.valueAsNumber)));
            change(page, { typed: slices.map((own, at) => (at === axis ? { ...own, [bound]: typed } : own)) });
          }}
        />`;
      return html`<div class="slice" role="group" aria-label=${name}>
        <span class="index-name">${name}</span>${field('start', 'First index')}<span>to before</span>${field(
          'stop',
          'Index behind the last',
        )}<span class="hint">of ${countInWords(length)}</span>
      </div>`;
    })}
  </div>`;
}

function inOneSentence({ chunks, merged }: WindowCost): string {
  return `${plural(chunks, 'chunk')}: ${plural(merged.requests, 'request')}, ${bytesInWords(merged.bytes)}.`;
}

function answerView(cost: WindowCost): TemplateResult {
  const { chunks, inline, absent, broken, files, wholes, merged, unmerged, gapBytes, askedBytes, decodedBytes } = cost;
  const others = [
    ...(inline === 0 ? [] : [`${countInWords(inline)} inline`]),
    ...(absent === 0 ? [] : [`${countInWords(absent)} absent`]),
    ...(broken === 0 ? [] : [`${countInWords(broken)} malformed, so that reading fails`]),
  ];
  const more = wholes === 0 ? '' : `, and all of ${plural(wholes, 'file')}, whose size is not known`;
  const bytes = (count: number): string => `${bytesInWords(count)}${more}`;
  return html`<dl class="rows">
      ${fact('Chunks', `${countInWords(chunks)}${others.length === 0 ? '' : `: ${others.join(', ')}`}`)}
      ${fact('Merged, as read here', `${plural(merged.requests, 'request')}, ${bytes(merged.bytes)}`)}
      ${fact('One for each chunk', `${plural(unmerged.requests, 'request')}, ${bytes(unmerged.bytes)}`)}
      ${fact('Between chunks', gapBytes === 0 ? 'nothing is read in vain' : `${bytesInWords(gapBytes)} are read in vain`)}
      ${files > 1 ? fact('Files', countInWords(files)) : nothing} ${fact('Values asked for', bytesInWords(askedBytes))}
      ${fact('Decoded for them', `${bytesInWords(decodedBytes)}${amplification(decodedBytes, askedBytes)}`)}
    </dl>
    ${requestsView(cost)} ${layoutsView(cost)}`;
}

function amplification(decoded: number, asked: number): string {
  return asked === 0 || decoded === 0
    ? ''
    : `, ${(decoded / asked).toFixed(decoded < 10 * asked ? 2 : 0)} times as much`;
}

function requestsView({ requests, merged }: WindowCost): Content {
  if (requests.length === 0) return nothing;
  return html`<details>
    <summary>The ${plural(merged.requests, 'request')}</summary>
    <ol class="requests">
      ${requests.map(
        ({ shownUrl, start, end, chunks }) =>
          html`<li>
            ${start === null || end === null ? 'all' : html`<code>bytes=${start}-${end}</code>`} of
            <code>${breakable(shownUrl)}</code>, ${plural(chunks, 'chunk')}
          </li>`,
      )}
    </ol>
    ${merged.requests > requests.length ? html`<p class="hint">and ${countInWords(merged.requests - requests.length)} more</p>` : nothing}
  </details>`;
}

/** What the same part would take in other chunks. */
function layoutsView({ layouts }: WindowCost): Content {
  if (layouts.length === 0) return nothing;
  return html`<h4>In chunks of another size</h4>
    <p class="hint">
      An estimate, for the present chunks too: every chunk is there, in one file, in order and without gaps, and
      compressed as well as they are now.
    </p>
    <div class="cost-box" tabindex="0" role="group" aria-label="Chunks of other sizes, a table">
      <table>
        <caption class="unseen">
          The same part in chunks of other sizes
        </caption>
        <thead>
          <tr>
            <th scope="col">Chunks of</th>
            <th scope="col" class="number">Chunks</th>
            <th scope="col" class="number">Requests</th>
            <th scope="col" class="number">Stored</th>
            <th scope="col" class="number">Decoded</th>
          </tr>
        </thead>
        <tbody>
          ${layouts.map(layoutRow)}
        </tbody>
      </table>
    </div>`;
}

const kindWords: Record<LayoutEstimate['kind'], string> = {
  present: 'as now',
  half: 'half as long',
  double: 'twice as long',
  square: 'square',
  rows: 'whole rows',
};

function layoutRow(layout: LayoutEstimate): TemplateResult {
  const { kind, chunkShape, chunkBytes, chunks, requests, storedBytes, decodedBytes } = layout;
  return html`<tr class=${kind === 'present' ? 'chosen' : ''}>
    <th scope="row" title="${bytesInWords(chunkBytes)} decoded">
      ${shapeInWords(chunkShape)} <span class="detail">${kindWords[kind]}</span>
    </th>
    <td class="number">${countInWords(chunks)}</td>
    <td class="number" title=${requests === null ? 'Not planned above 65,536 chunks' : ''}>
      ${requests === null ? '–' : countInWords(requests)}
    </td>
    <td class="number">${bytesInWords(storedBytes)}</td>
    <td class="number">${bytesInWords(decodedBytes)}</td>
  </tr>`;
}
