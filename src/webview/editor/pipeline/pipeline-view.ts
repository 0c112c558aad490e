import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Encoding } from '../../../preview/encoding-text';
import type { ArrayDetails, DecodingStep, StageSummary } from '../../../preview/types';
import type { ShownChunk } from '../../editor-messages';
import { breakable, icon, type Content } from '../parts';
import type { Page } from '../page';
import type { BytesSource } from './stage-bytes';
import { rangeView, stagePictureView } from './stage-picture';
import { whatIfView } from './what-if-view';
import { parted, t } from '../../l10n';
import { exactSizeInWords, sizeInWords } from '../../counts';

/** The way from stored bytes to values, and what would be if it were another. */
export function pipelineView(page: Page, details: ArrayDetails, preview: ShownChunk): Content {
  const { stages, stopped } = preview;
  if (stages.length === 0) return nothing;
  return html`<section class="pipeline" aria-label=${t('Pipeline')}>
    <h4>${t('Pipeline')}</h4>
    ${stepsView(page, { ...preview, encoding: null, name: '', stages, stopped })} ${whatIfView(page, details, preview)}
  </section>`;
}

/** The stages of a chunk, decoded as the file says or by another encoding. */
export interface ShownStages {
  path: string;
  indices: readonly number[];
  encoding: Encoding | null;
  /** Tells the stages of one encoding from those of another. */
  name: string;
  stages: readonly StageSummary[];
  stopped: DecodingStep | null;
}

/** Each step: what it does, its bytes, ratio and time, its configuration, the bytes that it gives and, where these are an array, their picture. */
export function stepsView(page: Page, shown: ShownStages): TemplateResult {
  const { stages, stopped } = shown;
  return html`<ol class="steps">
    ${stages.map((stage, index) => stepView(page, shown, stage, index))}
    ${
      stopped === null
        ? nothing
        : html`<li class="step step-stopped">
            ${icon('error')}
            <div>
              <p>
                ${parted<Content>(
                  t('{0}, at {1}: {2}.'),
                  html`<strong>${t('Decoding stopped here')}</strong>`,
                  html`<code>${stopped.name}</code>`,
                  breakable(stopped.words),
                )}
              </p>
              ${configView(stopped)}
            </div>
          </li>`
    }
  </ol>`;
}

const names: Record<string, string> = { stored: t('Stored'), array: t('Values') };

function stepView(page: Page, shown: ShownStages, stage: StageSummary, index: number): TemplateResult {
  const { picture, name } = stage;
  const title = names[name] ?? name;
  const before = index === 0 ? null : (shown.stages[index - 1] ?? null);
  return html`<li class="step">
    ${picture === null ? html`<span class="stage-picture" aria-hidden="true"></span>` : stagePictureView(title, picture, `steps ${shown.name}${index}`, page.state.picture)}
    <div>
      <p><strong>${title}</strong>: ${breakable(stage.words)}</p>
      <p class="hint">${stageSizeInWords(stage, before)} ${picture === null ? nothing : rangeView(picture)}</p>
      ${configView(stage)}
    </div>
    ${bytesView(page, shown, stage, index, title)}
  </li>`;
}

function stageSizeInWords({ bytes, milliseconds }: StageSummary, before: StageSummary | null): Content {
  if (before === null) return html`<span title=${exactSizeInWords(bytes)}>${sizeInWords(bytes)}</span>.`;
  const ratio = before.bytes === 0 ? '' : `, × ${(bytes / before.bytes).toFixed(2)}`;
  const exact = t('{0} in, {1} out', exactSizeInWords(before.bytes), exactSizeInWords(bytes));
  return html`<span title=${exact}>${t('{0} in, {1} out', sizeInWords(before.bytes), sizeInWords(bytes))}</span
    >${ratio}, ${millisecondsInWords(milliseconds)}.`;
}

function millisecondsInWords(milliseconds: number): string {
  return t('{0} ms', milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds));
}

function configView({ config }: DecodingStep): Content {
  if (config === null || config === '{}') return nothing;
  return html`<details>
    <summary>${t('Configuration')}</summary>
    <pre tabindex="0" role="group" aria-label=${t('Configuration')}><code>${config}</code></pre>
  </details>`;
}

/** The bytes at which decoding stopped are open from the start. */
function bytesView(page: Page, shown: ShownStages, stage: StageSummary, index: number, title: string): TemplateResult {
  const isLast = shown.stopped !== null && index === shown.stages.length - 1;
  const key = `${shown.name}${index} ${stage.name}${isLast ? ' stopped' : ''}`;
  const open = page.state.openStages.includes(key) !== isLast;
  return html`<button
      type="button"
      class="disclose"
      aria-expanded=${open ? 'true' : 'false'}
      aria-label=${t('Bytes of {0}', title)}
      @click=${() => {
        page.dispatch({ type: 'toggleStage', name: key });
      }}
    >
      <span class="twist ${open ? 'twist-open' : ''}">${icon('chevron')}</span>${t('Bytes')}
    </button>
    ${open ? html`<stage-bytes .source=${sourceOf(page, shown, stage, index, title)}></stage-bytes>` : nothing}`;
}

/** One for each stage: another would show the first bytes again. */
const keys = new WeakMap<StageSummary, string>();
let lastKey = 0;

function sourceOf(
  page: Page,
  { path, indices, encoding }: ShownStages,
  stage: StageSummary,
  index: number,
  name: string,
): BytesSource {
  const key = keys.get(stage) ?? String(++lastKey);
  keys.set(stage, key);
  return {
    key,
    name,
    head: new Uint8Array(stage.head),
    length: stage.bytes,
    read: async (offset, length, signal) => {
      const payload = { path, indices, encoding, stage: index, offset, length };
      const { bytes } = await page.ask('stageBytes', payload, signal);
      return new Uint8Array(bytes);
    },
  };
}
