import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FindingGroup } from '../../preview/types';
import { plural } from '../../words';
import { breakable, icon } from './parts';
import type { Page } from './page';

const severityWords = { error: 'Error', warning: 'Warning', info: 'Note' } as const;

/** All findings, the worst first; each leads to its place in the text. */
export function findingsView(page: Page): TemplateResult {
  const { findings } = page.state;
  if (findings === null) return html`<p class="hint">The file is being checked.</p>`;
  const ordered = (['error', 'warning', 'info'] as const).flatMap((severity) =>
    findings.filter((group) => group.severity === severity),
  );
  return html`<section class="findings" aria-label="Findings">
    <h2>Findings</h2>
    ${ordered.length === 0 ? html`<p class="hint">Nothing was found that is wrong with this file.</p>` : nothing}
    ${findingList(page, ordered)}
  </section>`;
}

/** Findings as a list, each with its first places. */
export function findingList(page: Page, groups: readonly FindingGroup[]): TemplateResult {
  return html`<ul class="finding-list">
    ${groups.map((group) => findingView(page, group))}
  </ul>`;
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
        ${count > 1 ? html`<span>${plural(count, 'time')}</span>` : nothing}
      </p>
      ${count > 1 ? samplesView(page, samples, count) : nothing}
    </div>
  </li>`;
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
