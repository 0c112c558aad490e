import { guard } from 'lit/directives/guard.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { byRule, type RuleFindings } from '../../preview/rule-findings';
import type { FindingGroup } from '../../preview/types';
import { countInWords } from '../../words';
import type { Failure } from '../editor-messages';
import { nodeLink, placeInWords, placeLink } from './links';
import { breakable, button, icon, moreInWords, type Content } from './parts';
import type { Page } from './page';
import { readersView } from './readers-view';
import { t } from '../l10n';
import { arraysInWords, timesInWords } from '../counts';

const severityWords = { error: t('Error'), warning: t('Warning'), info: t('Note') } as const;

/** All findings, the worst first, each leading to its place in the text, and below them which readers open the file. */
export function findingsView(page: Page): TemplateResult {
  return html`<section class="findings" aria-label=${t('Findings')}>
      <h2>${t('Findings')}</h2>
      ${contentView(page)}
    </section>
    ${readersView(page)}`;
}

function contentView(page: Page): Content {
  const { findings, notChecked } = page.state;
  if (notChecked !== null) return notCheckedView(page, notChecked);
  if (findings === null) return html`<p class="hint busy">${t('The file is being checked…')}</p>`;
  if (findings.length === 0) return html`<p class="hint">${t('Nothing was found that is wrong with this file.')}</p>`;
  return html`${guard([findings], () => rulesView(page, findings))}`;
}

/** One row for each rule that is broken, the worst first, so that what a million keys have in common hides nothing else. */
function rulesView(page: Page, findings: readonly FindingGroup[]): TemplateResult {
  const rules = byRule(findings);
  const worstFirst = (['error', 'warning', 'info'] as const).flatMap((severity) =>
    rules.filter(({ groups }) => groups[0].severity === severity),
  );
  return html`<ul class="finding-list">
    ${worstFirst.map((rule) => ruleView(page, rule))}
  </ul>`;
}

function ruleView(page: Page, { count, groups }: RuleFindings): Content {
  const [first] = groups;
  if (groups.length === 1) return findingView(page, first);
  const { severity, title, code } = first;
  return html`<li class="finding finding-${severity}">
    ${icon(severity)}
    <details class="rule">
      <summary>
        <span class="unseen">${severityWords[severity]}: </span>${title}
        <span class="finding-facts">
          <code>${code}</code>
          <span>${t('{0} in {1} and groups', timesInWords(count), arraysInWords(groups.length))}</span>
        </span>
      </summary>
      ${
        groups.some(({ fixable }) => fixable === true)
          ? html`<p class="actions">${mendButton(page, code, null, count)}</p>`
          : nothing
      }
      ${findingList(page, groups, mendFirst())}
    </details>
  </li>`;
}

/** Nothing is known of the file then: that is not the same as nothing found. */
function notCheckedView(page: Page, { message }: Failure): TemplateResult {
  return html`<div class="outcome outcome-failed" role="alert">
    ${icon('error')}
    <div>
      <h3>${t('The file could not be checked')}</h3>
      <p>${breakable(message)}</p>
      <p class="actions">
        ${button(t('Try Again'), 'again', () => {
          page.dispatch({ type: 'check' });
          page.post({ type: 'check' });
        })}
        ${button(t('Show Log'), 'file', () => {
          page.post({ type: 'showLog' });
        })}
      </p>
    </div>
  </div>`;
}

/** Rows shown at most of a list. */
const mostGroups = 500;

/** What a list that was cut says of the findings beyond it; `many` has their count in place of {0}. */
export interface MoreFindings {
  one: string;
  many: string;
}

export function mendFirst(): MoreFindings {
  return {
    one: t('1 more finding: mend those above first.'),
    many: t('{0} more findings: mend those above first.'),
  };
}

/** Findings as a list, each with its first places; `more` says what to do about those beyond the 500 that are shown. */
export function findingList(page: Page, groups: readonly FindingGroup[], more: MoreFindings): TemplateResult {
  return html`<ul class="finding-list">
      ${groups.slice(0, mostGroups).map((group) => findingView(page, group))}
    </ul>
    ${moreInWords(groups.length - mostGroups, more.one, more.many)}`;
}

function findingView(page: Page, group: FindingGroup): TemplateResult {
  const { severity, message, count, code, path } = group;
  return html`<li class="finding finding-${severity}">
    ${icon(severity)}
    <div>
      <p class="finding-message"><span class="unseen">${severityWords[severity]}: </span>${breakable(message)}</p>
      <p class="finding-facts">
        ${placeLink(page, placeInWords({ range: group.range, record: group.samples[0]?.record }), group.range)}
        ${path === '' ? html`<span>${t('the file')}</span>` : nodeLink(page, breakable(path), path, onlyChunk(group))}
        <code>${code}</code>
        ${count > 1 ? html`<span>${timesInWords(count)}</span>` : nothing} ${fixButton(page, group)}
      </p>
      ${count > 1 ? samplesView(page, group) : nothing}
    </div>
  </li>`;
}

/** Leads to what can be done about findings of a kind; nothing where a person must decide. */
export function fixButton(page: Page, { fixable, code, path, count }: FindingGroup): Content {
  return fixable === true ? mendButton(page, code, path, count) : nothing;
}

/** `path` of the array or group whose findings are mended; null: all of the file. */
function mendButton(page: Page, code: string, path: string | null, count: number): TemplateResult {
  return button(count > 1 ? t('Fix All {0}…', count.toLocaleString('en-US')) : t('Fix…'), 'wrench', () => {
    page.post({ type: 'fix', code, path });
  });
}

/** The chunk that a single finding is about. */
function onlyChunk({ count, samples }: FindingGroup): readonly number[] | null {
  return count === 1 ? (samples[0]?.indices ?? null) : null;
}

function samplesView(page: Page, { path, samples, count }: FindingGroup): TemplateResult {
  const more = count - samples.length;
  return html`<details class="samples">
    <summary>
      ${more > 0 ? t('The first {0} of {1} places', samples.length, countInWords(count)) : t('All places')}
    </summary>
    <ul>
      ${samples.map(
        ({ key, message, range, indices, record }) =>
          html`<li>
            ${placeLink(page, record === undefined && key !== '' ? key : placeInWords({ range, record }), range)}
            <span>${breakable(message)}</span>
            ${indices === null ? nothing : nodeLink(page, t('Show Chunk'), path, indices)}
          </li>`,
      )}
    </ul>
  </details>`;
}
