import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FindingGroup, OutlineNode } from '../../preview/types';
import type { Outline } from './outline';
import { icon, moreInWords, shapeInWords, type Content } from './parts';
import type { Page } from './page';
import { drawnRows, steadyTop, treeMove, treeRows, typedAhead, type TreeRow } from './tree';
import { t } from '../l10n';

/** Rows shown at most, since browsers lay out no more than some ten million pixels exactly: beyond, the search finds the others. */
const mostRows = 300_000;
const kindWords = { group: t('group'), array: t('array'), unreadable: t('array that cannot be read') } as const;
const markWords = { error: t('has errors'), warning: t('has warnings'), info: t('has notes') } as const;
/** Milliseconds after which typing begins a new word. */
const typingPause = 700;

let typed = { text: '', at: 0 };

/** The rows and marks that were drawn last: a focus that moves or a tree that scrolls changes neither. */
let listed: { of: readonly unknown[]; rows: readonly TreeRow[] } = { of: [], rows: [] };
let marked: { of: unknown; marks: Map<string, FindingGroup['severity']> } = { of: undefined, marks: new Map() };

function rowsOf(nodes: readonly OutlineNode[], toggled: readonly string[], search: string): readonly TreeRow[] {
  const of = [nodes, toggled, search];
  if (of.some((part, index) => part !== listed.of[index])) listed = { of, rows: treeRows(nodes, toggled, search) };
  return listed.rows;
}

/** The search field and the tree of groups and arrays. */
export function treeView(page: Page, outline: Outline): TemplateResult {
  const { toggled, search, path, treeFocus, treeTop, findings } = page.state;
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
          if (event.key === 'ArrowDown' && focusRow(event.currentTarget, '[role=treeitem][tabindex="0"]'))
            event.preventDefault();
        }}
      />
    </label>
    ${guard([outline, toggled, search, path, treeFocus, treeTop, findings], () =>
      treeOf(page, rowsOf(outline.nodes, toggled, search)),
    )}
  </nav>`;
}

function treeOf(page: Page, all: readonly TreeRow[]): TemplateResult {
  const rows = all.slice(0, mostRows);
  const { treeFocus, treeTop, path, findings } = page.state;
  const places = [treeFocus, path].map((wanted) => rows.findIndex((row) => row.path === wanted));
  const place = places.find((found) => found >= 0) ?? 0;
  const focused = rows[place]?.path ?? '';
  if (marked.of !== findings) marked = { of: findings, marks: marksOf(findings ?? []) };
  const drawn = drawnRows(rows.length, treeTop, place).flatMap((index) => {
    const row = rows[index];
    return row === undefined ? [] : [{ row, index }];
  });
  return html`<div
      class="tree"
      role="tree"
      aria-label=${t('Groups and arrays')}
      @keydown=${(event: KeyboardEvent) => {
        onKey(page, rows, focused, event);
      }}
      @scroll=${(event: Event) => {
        onScroll(page, rows.length, event);
      }}
    >
      <div role="none" class="tree-rows" .style=${`height: calc(${rows.length} * var(--row))`}>
        ${repeat(
          drawn,
          ({ row }) => row.path,
          ({ row, index }) => rowView(page, row, index, index === place, marked.marks.get(row.path)),
        )}
      </div>
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
  index: number,
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
    .style=${`top: calc(${index} * var(--row))`}
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

/** Draws the rows that come into view, before they are painted. */
function onScroll(page: Page, count: number, { currentTarget }: Event): void {
  if (!(currentTarget instanceof HTMLElement) || count === 0) return;
  const height = (currentTarget.firstElementChild?.clientHeight ?? 0) / count;
  if (height === 0) return;
  const hadFocus = currentTarget.contains(document.activeElement);
  page.dispatch({ type: 'treeTop', row: steadyTop(currentTarget.scrollTop / height) });
  // A row that takes another place among its neighbours loses the focus.
  queueMicrotask(() => {
    if (hadFocus && !currentTarget.contains(document.activeElement))
      currentTarget.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  });
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
  const tree = event.currentTarget;
  // A row far away is in the page only after it has been drawn.
  queueMicrotask(() => {
    focusRow(tree, `[data-path="${CSS.escape(path)}"]`);
  });
}

/** Whether there is such a row beside or below `from`. */
function focusRow(from: EventTarget | null, selector: string): boolean {
  const row = from instanceof HTMLElement ? from.closest('nav')?.querySelector(selector) : undefined;
  if (!(row instanceof HTMLElement)) return false;
  row.focus();
  row.scrollIntoView({ block: 'nearest' });
  return true;
}
