import type { EncodingDetails, WhatIf } from '../../../preview/what-if-types';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ArrayDetails } from '../../../preview/types';
import type { ShownChunk } from '../../editor-messages';
import { button, icon, type Content } from '../parts';
import type { Page } from '../page';
import { isTiff } from '../state';
import { comparisonView } from './comparison-view';
import { draftOf, edit } from './draft';
import { encodingFields } from './encoding-fields';
import { stepsView } from './pipeline-view';
import { t } from '../../l10n';

/** The chunk as another encoding would decode it, beside what the file says. Nothing is changed until it is written. */
export function whatIfView(page: Page, details: ArrayDetails, preview: ShownChunk): TemplateResult {
  const { whatIf } = page.state;
  return html`<details
    class="what-if"
    ?open=${whatIf.open}
    @toggle=${(event: Event) => {
      if (event.target instanceof HTMLDetailsElement && event.target.open !== page.state.whatIf.open)
        page.dispatch({ type: 'whatIf', change: { open: event.target.open } });
    }}
  >
    <summary><h4>${t('What if it were encoded otherwise?')}</h4></summary>
    ${whatIf.open ? contentView(page, details, preview) : nothing}
  </details>`;
}

function contentView(page: Page, { path }: ArrayDetails, preview: ShownChunk): Content {
  const { encoding } = page.state.answers;
  if (encoding.error !== null) return html`<p class="fault">${icon('error')}${encoding.error.message}</p>`;
  if (encoding.value === null)
    return html`<p class="hint" role="status">
      ${encoding.status === 'slow' ? t('Looking at what the file is…') : ''}
    </p>`;
  const known = encoding.value;
  const draft = draftOf(page.state, known);
  const tried = draft === null ? null : page.state.answers.whatIf.value;
  const result = tried?.result ?? null;
  return html`<p class="hint">
      ${t('Changes are tried on this chunk’s bytes, which are here already. The file stays as it is.')}
    </p>
    ${repairsView(page, known)} ${encodingFields(page, known, draft ?? known.encoding, tried?.faults ?? [])}
    ${resultView(page, preview, tried, draft !== null)} ${actionsView(page, known, path, tried, draft !== null)}
    ${
      draft === null || result === null
        ? nothing
        : html`<h5>${t('Its steps')}</h5>
            ${stepsView(page, {
              path: preview.path,
              indices: preview.indices,
              encoding: draft,
              name: 'if ',
              stages: result.stages,
              stopped: result.stopped,
            })}`
    }`;
}

/** What the encoding may be in truth; one button each, with what speaks for it. */
function repairsView(page: Page, known: EncodingDetails): Content {
  if (known.repairs.length === 0) return nothing;
  return html`<h5>${t('Likely')}</h5>
    <ul class="repairs">
      ${known.repairs.map(
        ({ title, why, encoding }, index) =>
          html`<li>
            <button
              type="button"
              aria-describedby="repair-${index}"
              @click=${() => {
                edit(page, known, () => encoding);
              }}
            >
              ${title}
            </button>
            <span class="hint" id="repair-${index}">${why}</span>
          </li>`,
      )}
    </ul>`;
}

function resultView(page: Page, preview: ShownChunk, tried: WhatIf | null, isChanged: boolean): Content {
  if (!isChanged) return html`<p class="hint">${t('Choose or change something to see what would come out.')}</p>`;
  const { status, error } = page.state.answers.whatIf;
  const busy = status === 'waiting' || status === 'slow';
  return html`<div class="tried" aria-busy=${busy ? 'true' : 'false'}>
    ${status === 'slow' ? html`<p class="hint"><span class="spinner" aria-hidden="true"></span> ${t('Decoding…')}</p>` : nothing}
    ${error === null ? nothing : html`<p class="fault">${icon('error')}${error.message}</p>`}
    ${tried === null ? nothing : comparisonView(page, preview, tried)}
  </div>`;
}

function actionsView(
  page: Page,
  { notWritable }: EncodingDetails,
  path: string,
  tried: WhatIf | null,
  isChanged: boolean,
): Content {
  if (!isChanged) return nothing;
  const reason = isTiff(page.state) ? t('A TIFF is shown itself: there are no references to write to.') : notWritable;
  const canWrite = reason === null && tried !== null && tried.result !== null;
  return html`<p class="actions">
      ${
        canWrite
          ? button(t('Write to the File…'), 'wrench', () => {
              const { draft } = page.state.whatIf;
              if (draft !== null) page.post({ type: 'rewrite', path, encoding: draft });
            })
          : nothing
      }
      ${button(t('Back to What the File Says'), 'again', () => {
        page.dispatch({ type: 'whatIf', change: { draft: null } });
        page.announce(t('The encoding is the file’s again.'));
      })}
    </p>
    ${reason === null ? nothing : html`<p class="hint">${t('It cannot be written. {0}', reason)}</p>`}`;
}
