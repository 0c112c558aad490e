import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FindingGroup } from '../../preview/types';
import type { Outline } from './outline';
import { icon, moreInWords, shapeInWords, type Content } from './parts';
import type { Page } from './page';
import { treeMove, treeRows, typedAhead, type TreeRow } from './tree';
import { t } from '../l10n';

/** Rows shown at most: beyond, the search finds the others. */
const mostRows = 5000;
const kindWords = { group: t('group'), array: t('array'), unreadable: t('array that cannot be read') } as const;
const markWords = { error: t('has errors'), warning: t('has warnings'), info: t('has notes') } as const;
/** Milliseconds after which typing begins a new word. */
const typingPause = 700;

let typed = { text: '', at: 0 };

/** The search field and the tree of groups and arrays. */
export function treeView(page: Page, outline: Outline): TemplateResult {
  const { toggled, search, path, treeFocus, findings } = page.state;
  return html`<nav class="tree-side" aria-label=${t('Groups and arrays')}>
    <label class="search">
      ${icon('search')}
      <input
        type="search"
        placeholder=${t('Search groups and arrays')}
        aria-label=${t('Search groups and arrays')}
        .value=${search}
        @input=${(event: InputEvent) => {
          if (event.target instanceof HTMLInputElement) page.dispatch({ type: 'search', text: event.target.value });
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'ArrowDown') focusRow(event, '[role=treeitem][tabindex="0"]');
        }}
      />
    </label>
    ${guard([outline, toggled, search, path, treeFocus, findings], () =>
      treeOf(page, treeRows(outline.nodes, toggled, search)),
    )}
  </nav>`;
}

function treeOf(page: Page, all: readonly TreeRow[]): TemplateResult {
  const rows = all.slice(0, mostRows);
  const { treeFocus, path, findings } = page.state;
  const isShown = (wanted: string | null): boolean => rows.some((row) => row.path === wanted);
  const focused = [treeFocus, path].find(isShown) ?? rows[0]?.path ?? '';
  const marks = marksOf(findings ?? []);
  return html`<div
      class="tree"
      role="tree"
      aria-label=${t('Groups and arrays')}
      @keydown=${(event: KeyboardEvent) => {
        onKey(page, rows, focused, event);
      }}
    >
      ${repeat(
        rows,
        (row) => row.path,
        (row) => rowView(page, row, row.path === focused, marks.get(row.path)),
      )}
    </div>
    ${all.length === 0 ? html`<p class="hint">${t('Nothing has this in its path.')}</p>` : nothing}
    ${moreInWords(all.length - mostRows, t('1 more row: search to see it.'), t('{0} more rows: search to see them.'))}`;
}

/** The worst finding about each path. */
function marksOf(findings: readonly FindingGroup[]): Map<string, FindingGroup['severity']> {
  const marks = new Map<string, FindingGroup['severity']>();
  for (const { path, severity } of findings) {
    if (severity === 'info') continue;
    if (marks.get(path) !== 'error') marks.set(path, severity);
  }
  return marks;
}

function rowView(
  page: Page,
  row: TreeRow,
  focused: boolean,
  mark: FindingGroup['severity'] | undefined,
): TemplateResult {
  const { node, path } = row;
  const select = (): void => {
    page.dispatch({ type: 'select', path });
  };
  return html`<div
    class="row row-${node.kind}"
    role="treeitem"
    aria-level=${row.level}
    aria-posinset=${row.place}
    aria-setsize=${row.siblings}
    aria-selected=${path === page.state.path ? 'true' : 'false'}
    aria-expanded=${row.open ?? nothing}
    data-path=${path}
    data-level=${Math.min(row.level, 12)}
    tabindex=${focused ? 0 : -1}
    title=${path === '' ? '/' : path}
    @click=${select}
    @dblclick=${() => {
      if (row.open !== null) page.dispatch({ type: 'toggle', path });
    }}
  >
    <span
      class="twist ${row.open === null ? 'twist-none' : row.open ? 'twist-open' : ''}"
      @click=${(event: MouseEvent) => {
        if (row.open === null) return;
        event.stopPropagation();
        page.dispatch({ type: 'toggle', path });
      }}
      >${row.open === null ? nothing : icon('chevron')}</span
    >${icon(node.kind === 'group' ? 'folder' : node.kind === 'array' ? 'array' : 'error')}<span class="name"
      >${row.name}</span
    ><span class="unseen">${kindWords[node.kind]}</span>${detailOf(row)}${markView(mark)}
  </div>`;
}

function detailOf({ node }: TreeRow): Content {
  if (node.kind !== 'array') return nothing;
  return html`<span class="detail">${shapeInWords(node.shape)} ${node.dtype}</span>`;
}

function markView(mark: FindingGroup['severity'] | undefined): Content {
  return mark === undefined ? nothing : html`${icon(mark)}<span class="unseen">${markWords[mark]}</span>`;
}

function onKey(page: Page, rows: readonly TreeRow[], focused: string, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const move = treeMove(rows, focused, event.key);
  if (move !== undefined && 'toggle' in move) page.dispatch({ type: 'toggle', path: move.toggle });
  else if (move !== undefined) moveFocus(page, event, move.focus);
  else if (event.key === 'Enter' || event.key === ' ') page.dispatch({ type: 'select', path: focused });
  else if (event.key.length === 1) typeAhead(page, rows, focused, event);
  else return;
  event.preventDefault();
}

function typeAhead(page: Page, rows: readonly TreeRow[], focused: string, event: KeyboardEvent): void {
  const goesOn = event.timeStamp - typed.at < typingPause && typed.text !== event.key;
  typed = { text: goesOn ? typed.text + event.key : event.key, at: event.timeStamp };
  const found = typedAhead(rows, focused, typed.text);
  if (found !== undefined) moveFocus(page, event, found);
}

function moveFocus(page: Page, event: KeyboardEvent, path: string): void {
  page.dispatch({ type: 'treeFocus', path });
  focusRow(event, `[data-path="${CSS.escape(path)}"]`);
}

function focusRow(event: KeyboardEvent, selector: string): void {
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const row = event.currentTarget.closest('nav')?.querySelector(selector);
  if (!(row instanceof HTMLElement)) return;
  event.preventDefault();
  row.focus();
  row.scrollIntoView({ block: 'nearest' });
}
