import { guard } from 'lit/directives/guard.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ErrorCode } from '../../errors';
import type { FindingGroup, OutlineNode, TextRange } from '../../preview/types';
import { arrayView } from './array-view';
import { compareView } from './compare/compare-view';
import { findingList, mendFirst, findingsView, fixButton } from './findings-view';
import { glanceView } from './glance/glance-view';
import { headerView } from './header-view';
import type { Outline } from './outline';
import { breakable, button, type Content, icon, moreInWords, showTextButton } from './parts';
import type { Page } from './page';
import { nodeAt } from './state';
import { filesView } from './files/files-view';
import { childrenOfGroup, nameOf } from './tree';
import { treeView } from './tree-view';
import { parted, t } from '../l10n';

/** The whole page. */
export function pageView(page: Page): TemplateResult {
  const { document } = page.state;
  if (document === null) return html``;
  switch (document.kind) {
    case 'loading':
      return loadingView(page, document);
    case 'failed':
      return failedView(page, document);
    case 'outline':
      return html`${headerView(page, document.name, document.outline)}
        <div class="halves">
          ${treeView(page, document.outline)}
          <div class="content">${contentView(page, document.outline)}</div>
        </div>`;
  }
}

/** A text that is being read: how far that is, and what was found in it so far. */
function loadingView(
  page: Page,
  { name, progress }: Extract<Page['state']['document'], { kind: 'loading' }>,
): TemplateResult {
  const findings = progress?.findings ?? [];
  return html`<div class="alone">
    <p class="hint busy">${t('Reading {0}…', name)} ${progress?.message ?? nothing}</p>
    <div class="bar" aria-hidden="true"></div>
    ${findings.length === 0 ? nothing : guard([findings], () => firstFindingsView(page, findings))}
  </div>`;
}

function firstFindingsView(page: Page, findings: readonly FindingGroup[]): TemplateResult {
  return html`<section class="findings" aria-label=${t('Findings so far')}>
    <h2>${t('Found so far')}</h2>
    ${findingList(page, findings, mendFirst())}
  </section>`;
}

function failedView(
  page: Page,
  { name, error, range, tiff }: Extract<Page['state']['document'], { kind: 'failed' }>,
): TemplateResult {
  return html`<div class="alone">
    <section class="outcome outcome-failed" role="alert">
      ${icon('error')}
      <div>
        <h1>${parted(t('{0} cannot be shown'), breakable(name))}</h1>
        <p>${breakable(error.message)}</p>
        ${tiff === true ? nothing : nextStepView(error.code, range)}
        <p class="hint">
          ${range === null ? nothing : t('Line {0}, column {1}.', range.line, range.column)}
          ${t('Error code: {0}.', error.code)}
        </p>
        <p class="actions">
          ${showTextButton(page, range)} ${(page.state.findings ?? []).map((group) => fixButton(page, group))}
          ${
            tiff === true || range !== null
              ? nothing
              : button(t('Open Text'), 'file', () => {
                  page.post({ type: 'openText' });
                })
          }
        </p>
      </div>
    </section>
  </div>`;
}

/** Where references come from, for a file that has none: one that is empty or other JSON, and not one with a mistake in the middle. */
function nextStepView(code: ErrorCode, range: TextRange | null): Content {
  const isAtStart = range !== null && range.endLine === 1 && range.endColumn === 1;
  if (code !== 'malformed-reference' && !(code === 'not-json' && isAtStart)) return nothing;
  return html`<p>
    ${t('References are written by Generate Kerchunk, in the context menu of a TIFF in the explorer.')}
  </p>`;
}

function contentView(page: Page, outline: Outline): TemplateResult {
  if (page.state.view === 'findings' && outline.tiff === undefined) return findingsView(page);
  if (page.state.view === 'files') return filesView(page);
  const node = nodeAt(page.state, page.state.path);
  if (node === undefined) return html`<p class="hint">${t('This reference file holds no arrays.')}</p>`;
  switch (node.kind) {
    case 'group':
      return groupView(page, outline, node.path);
    case 'unreadable':
      return unreadableView(page, node);
    case 'array':
      return arrayAnswerView(page);
  }
}

function arrayAnswerView(page: Page): TemplateResult {
  const { answers, path } = page.state;
  const { value, status, error } = answers.details;
  if (value !== null && value.path === path)
    return page.state.view === 'compare' ? compareView(page, value) : arrayView(page, value);
  if (error !== null) {
    return html`<section class="outcome outcome-failed" role="alert">
      ${icon('error')}
      <div>
        <h2>${t('{0} cannot be shown', path ?? '')}</h2>
        <p>${breakable(error.message)}</p>
      </div>
    </section>`;
  }
  return status === 'slow' ? html`<p class="hint busy">${t('Reading the metadata…')}</p>` : html``;
}

function unreadableView(page: Page, { path, message }: Extract<OutlineNode, { kind: 'unreadable' }>): TemplateResult {
  const finding = (page.state.findings ?? []).find((group) => group.path === path);
  return html`<section class="outcome outcome-failed">
    ${icon('error')}
    <div>
      <h2>${parted(t('{0} cannot be read'), breakable(path || '/'))}</h2>
      <p>${breakable(message)}</p>
      <p class="actions">${showTextButton(page, finding?.range ?? null)}</p>
    </div>
  </section>`;
}

/** Members of a group shown at most. */
const mostMembers = 1000;

/** A group: what stands right below it, and all that lies deeper at a glance. */
function groupView(page: Page, outline: Outline, path: string): TemplateResult {
  return html`<article>
    <h2>${icon('folder')}<span>${path === '' ? t('Root group') : breakable(path)}</span></h2>
    ${glanceAnswerView(page, path)} ${guard([outline, path], () => groupsView(page, outline, path))}
  </article>`;
}

function glanceAnswerView(page: Page, path: string): Content {
  const { value, status, error } = page.state.answers.glance;
  if (value?.path === path) return glanceView(page, value);
  if (error !== null) return html`<p class="one-line" role="alert">${breakable(error.message)}</p>`;
  return html`<p class="one-line ${status === 'slow' ? 'busy' : ''}">
    ${status === 'slow' ? t('Counting what lies below…') : ' '}
  </p>`;
}

/** The groups right below a group, and the arrays that cannot be read: the table has the others. */
function groupsView(page: Page, outline: Outline, path: string): Content {
  const children = childrenOfGroup(outline.nodes, path).filter(({ kind }) => kind !== 'array');
  if (children.length === 0) return nothing;
  return html`<section class="groups-below">
    <h3>${t('Groups and what cannot be read')}</h3>
    <ul class="children">
      ${children.slice(0, mostMembers).map(
        (node) =>
          html`<li>
            ${icon(node.kind === 'group' ? 'folder' : 'error')}
            <button
              type="button"
              class="link"
              @click=${() => {
                page.dispatch({ type: 'select', path: node.path });
              }}
            >
              ${nameOf(node.path)}
            </button>
            <span class="detail">${childInWords(node)}</span>
          </li>`,
      )}
    </ul>
    ${moreInWords(
      children.length - mostMembers,
      t('1 more member: search to see it.'),
      t('{0} more members: search to see them.'),
    )}
  </section>`;
}

function childInWords(node: OutlineNode): string {
  return node.kind === 'unreadable' ? node.message : t('group');
}
