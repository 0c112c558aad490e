import { guard } from 'lit/directives/guard.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FindingGroup } from '../../preview/types';
import { plural } from '../../words';
import type { Failure } from '../editor-messages';
import { breakable, button, icon, moreInWords, type Content } from './parts';
import type { Page } from './page';

const severityWords = { error: 'Error', warning: 'Warning', info: 'Note' } as const;

/** All findings, the worst first; each leads to its place in the text. */
export function findingsView(page: Page): TemplateResult {
  return html`<section class="findings" aria-label="Findings">
    <h2>Findings</h2>
    ${contentView(page)}
  </section>`;
}

function contentView(page: Page): Content {
  const { findings, notChecked } = page.state;
  if (notChecked !== null) return notCheckedView(page, notChecked);
  if (findings === null) return html`<p class="hint busy">The file is being checked…</p>`;
  if (findings.length === 0) return html`<p class="hint">Nothing was found that is wrong with this file.</p>`;
  return html`${guard([findings], () => {
    const ordered = (['error', 'warning', 'info'] as const).flatMap((severity) =>
      findings.filter((group) => group.severity === severity),
    );
    return findingList(page, ordered, 'mend those above first');
  })}`;
}

/** Nothing is known of the file then: that is not the same as nothing found. */
function notCheckedView(page: Page, { message }: Failure): TemplateResult {
  return html`<div class="outcome outcome-failed" role="alert">
    ${icon('error')}
    <div>
      <h3>The file could not be checked</h3>
      <p>${breakable(message)}</p>
      <p class="actions">
        ${button('Try Again', 'again', () => {
          page.dispatch({ type: 'check' });
          page.post({ type: 'check' });
        })}
        ${button('Show Log', 'file', () => {
          page.post({ type: 'showLog' });
        })}
      </p>
    </div>
  </div>`;
}

/** Kinds of findings shown at most. */
const mostGroups = 500;

/** Findings as a list, each with its first places; `rest` says where to look for those beyond the 500 that are shown. */
export function findingList(page: Page, groups: readonly FindingGroup[], rest: string): TemplateResult {
  return html`<ul class="finding-list">
      ${groups.slice(0, mostGroups).map((group) => findingView(page, group))}
    </ul>
    ${moreInWords(groups.length - mostGroups, 'finding', rest)}`;
}

function findingView(page: Page, group: FindingGroup): TemplateResult {
  const { severity, message, count, code, path, range, samples } = group;
  return html`<li class="finding finding-${severity}">
    ${icon(severity)}
    <div>
      <p class="finding-message"><span class="unseen">${severityWords[severity]}: </span>${breakable(message)}</p>
      <p class="finding-facts">
        ${placeLink(page, `Line ${range.line.toLocaleString('en-US')}`, group.range)}
        <span>${path === '' ? 'the file' : breakable(path)}</span>
        <code>${code}</code>
        ${count > 1 ? html`<span>${plural(count, 'time')}</span>` : nothing} ${fixButton(page, group)}
      </p>
      ${count > 1 ? samplesView(page, samples, count) : nothing}
    </div>
  </li>`;
}

/** Leads to what can be done about findings of a kind; nothing where a person must decide. */
export function fixButton(page: Page, { fixable, code, path, count }: FindingGroup): Content {
  if (fixable !== true) return nothing;
  return button(count > 1 ? `Fix All ${count.toLocaleString('en-US')}…` : 'Fix…', 'wrench', () => {
    page.post({ type: 'fix', code, path });
  });
}

function samplesView(page: Page, samples: FindingGroup['samples'], count: number): TemplateResult {
  const more = count - samples.length;
  return html`<details class="samples">
    <summary>${more > 0 ? `The first ${samples.length} of ${plural(count, 'place')}` : 'All places'}</summary>
    <ul>
      ${samples.map(
        ({ key, message, range }) =>
          html`<li>
            ${placeLink(page, key === '' ? `Line ${range.line}` : key, range)} <span>${breakable(message)}</span>
          </li>`,
      )}
    </ul>
  </details>`;
}

function placeLink(page: Page, words: string, range: FindingGroup['range']): TemplateResult {
  return html`<button
    type="button"
    class="link"
    @click=${() => {
      page.post({ type: 'showText', range });
    }}
  >
    ${words}
  </button>`;
}
