import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { StageSummary } from '../../../preview/types';
import { bytesInWords, countInWords } from '../../../words';
import { icon, type Content } from '../parts';
import type { Page } from '../page';
import { hexDump } from './hex';

const names: Record<string, string> = { stored: 'Stored', array: 'Values' };

/** Each step from the stored bytes to values: its size, ratio and time, and its first bytes. */
export function stagesView(page: Page, stages: readonly StageSummary[], failed: boolean): Content {
  const stored = stages[0]?.bytes ?? 0;
  if (stages.length === 0) return nothing;
  // Decoded to the end, but too large to be shown.
  const stopped = failed && stages.at(-1)?.name !== 'array';
  return html`<section class="stages">
    <h4>Stages</h4>
    <table>
      <caption class="unseen">
        Stages of decoding
      </caption>
      <thead>
        <tr>
          <th scope="col">After</th>
          <th scope="col" class="number">Bytes</th>
          <th scope="col" class="number">Ratio</th>
          <th scope="col" class="number">Time</th>
        </tr>
      </thead>
      <tbody>
        ${stages.map((stage, index) => stageRows(page, stage, index, stored, stopped && index === stages.length - 1))}
        ${
          stopped
            ? html`<tr class="stopped">
                <td colspan="4">${icon('error')} Decoding stopped here.</td>
              </tr>`
            : nothing
        }
      </tbody>
    </table>
  </section>`;
}

/** The bytes at which decoding stopped are open from the start. */
function stageRows(page: Page, stage: StageSummary, index: number, stored: number, stopped: boolean): TemplateResult {
  const key = `${index} ${stage.name}${stopped ? ' stopped' : ''}`;
  const open = page.state.openStages.includes(key) !== stopped;
  return html`<tr>
      <th scope="row">
        <button
          type="button"
          class="disclose"
          aria-expanded=${open ? 'true' : 'false'}
          title="First bytes"
          @click=${() => {
            page.dispatch({ type: 'toggleStage', name: key });
          }}
        >
          <span class="twist ${open ? 'twist-open' : ''}">${icon('chevron')}</span>${names[stage.name] ?? stage.name}
        </button>
      </th>
      <td class="number" title=${countInWords(stage.bytes)}>${bytesInWords(stage.bytes)}</td>
      <td class="number">${stored === 0 ? '–' : `× ${(stage.bytes / stored).toFixed(2)}`}</td>
      <td class="number">${index === 0 ? '–' : millisecondsInWords(stage.milliseconds)}</td>
    </tr>
    ${
      open
        ? html`<tr class="bytes">
            <td colspan="4">${hexView(stage)}</td>
          </tr>`
        : nothing
    }`;
}

function millisecondsInWords(milliseconds: number): string {
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

function hexView({ head, bytes, name }: StageSummary): TemplateResult {
  const lines = hexDump(new Uint8Array(head));
  const more = bytes - head.byteLength;
  return html`<pre class="hex" tabindex="0" role="group" aria-label="First bytes after ${name}">
${lines.map(
        ({ offset, hex, text }) =>
          html`<code><span class="hint">${offset}</span><span>${hex}</span><span>${text}</span></code>`,
      )}</pre>
    ${more > 0 ? html`<p class="hint">and ${countInWords(more)} bytes more</p>` : nothing}`;
}
