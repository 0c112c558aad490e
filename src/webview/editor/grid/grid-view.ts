import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ArrayDetails, GridCells } from '../../../preview/types';
import { countInWords } from '../../../words';
import { zoomOfKey } from '../gestures';
import { iconButton, type Content } from '../parts';
import type { Page } from '../page';
import { revealing, wholeView, zoomedAround, type Cell, type Viewport } from '../viewport';
import { planeOfBox } from '../compare/compare-state';
import { compareButton, isCompareKey, openCompare } from '../compare/open-compare';
import { axisField } from './axis-field';
import { cellInWords, cellKinds, cellWords, chunkName, gridMap, type CellKind, type GridMap, cornersOf } from './cells';
import { ChunkGrid, type ShownGrid } from './chunk-grid';
import { cellOf, gridCellAt, gridLayout, indicesAt, otherAxes, type GridLayout } from './layout';
import { isMovingKey, moved } from './move';
import { takeBoxView } from '../take/take-view';
import { shadeChoice, shadeLegend } from './shade-legend';
import { t } from '../../l10n';
import { chunksInWords } from '../../counts';

const maps = new WeakMap<GridCells, GridMap>();

function mapOf(cells: GridCells): GridMap {
  const map = maps.get(cells) ?? gridMap(cells);
  maps.set(cells, map);
  return map;
}

/** The chunk grid of an array, with a field for each axis that is not drawn. */
export function gridView(page: Page, details: ArrayDetails): TemplateResult {
  const layout = gridLayout(details.grid);
  if (details.grid.includes(0)) return html`<p class="hint">${t('The array has no elements, and no chunks.')}</p>`;
  return html`<section class="grid" aria-label=${t('Chunks')}>
    <div class="section-head">
      <h3>${t('Chunks')}</h3>
      ${legendView(details)} ${shadeChoice(page)}
    </div>
    ${shadeLegend(page)} ${otherAxes(details.grid, layout).map((axis) => axisField(page, details, axis))}
    ${drawingView(page, details, layout)}
  </section>`;
}

function legendView({ coverage }: ArrayDetails): TemplateResult {
  const counts: Record<CellKind, number> = {
    range: coverage.ranges,
    inline: coverage.inline,
    absent: coverage.absent,
    broken: coverage.broken,
  };
  return html`<ul class="legend">
    ${cellKinds.map((kind) =>
      counts[kind] === 0
        ? nothing
        : html`<li><span class="swatch swatch-${kind}"></span>${countInWords(counts[kind])} ${cellWords[kind]}</li>`,
    )}
  </ul>`;
}

/** "12 chunks from 3.4 to 5.7 selected". */
function boxInWords(from: readonly number[] | null, at: readonly number[]): string {
  if (from === null) return '';
  const [low, high] = cornersOf(from, at);
  const count = high.reduce((product, index, axis) => product * (index - (low[axis] ?? 0) + 1), 1);
  return t('{0} from {1} to {2} selected', chunksInWords(count), chunkName(low), chunkName(high));
}

function drawingView(page: Page, details: ArrayDetails, layout: GridLayout): Content {
  const { answers, path, at, chunk, gridView: viewport } = page.state;
  const known = [answers.close.value, answers.overview.value].flatMap((cells) =>
    cells?.path === path ? [mapOf(cells)] : [],
  );
  if (known.length === 0) {
    const { status, error } = answers.overview;
    if (error !== null) return html`<p class="hint">${t('The grid cannot be shown: {0}', error.message)}</p>`;
    return status === 'slow' ? html`<p class="hint busy">${t('Looking up the chunks…')}</p>` : nothing;
  }
  const selected = cellOf(layout, at);
  const shown: ShownGrid = {
    layout,
    maps: known,
    viewport,
    selected,
    from: page.state.from === null ? null : cellOf(layout, page.state.from),
    open: chunk === null ? null : cellOf(layout, chunk),
    onViewport: (changed) => {
      page.dispatch({ type: 'gridView', viewport: changed });
    },
    onSeen: (cells) => {
      page.dispatch({ type: 'gridSeen', seen: seenOfGrid(layout, cells) });
    },
    onClick: (cell, extend) => {
      const indices = indicesAt(layout, page.state.at, cell);
      if (!extend) openCell(page, layout, known, cell);
      else if (indices !== undefined) page.dispatch({ type: 'at', indices, extend });
    },
    onHover: (cell) => {
      showHover(page, layout, known, cell);
    },
  };
  return html`<chunk-grid
      tabindex="0"
      role="application"
      aria-roledescription=${t('chunk grid')}
      aria-label=${t('Chunk grid of {0}: arrows move, with Shift they select several, Enter opens, plus and minus zoom', details.path || t('the root array'))}
      aria-describedby="grid-selected"
      aria-busy=${answers.overview.status === 'slow' ? 'true' : 'false'}
      .shown=${shown}
      @keydown=${(event: KeyboardEvent) => {
        if (isCompareKey(event)) compareSelected(page, details, layout, known, selected, event);
        else onKey(page, layout, known, selected, event);
      }}
    ></chunk-grid>
    <div class="grid-foot">
      <span id="grid-selected" class="grid-selected"
        >${
          page.state.from === null ? selectedInWords(layout, known, at, selected) : boxInWords(page.state.from, at)
        }</span
      >
      <span id="grid-hover" class="hint"></span>
      <span class="hint keys"
        >${
          isBlock(layout, known, selected)
            ? t('Arrows move, Shift selects, Enter zooms in')
            : t('Arrows move, Shift selects, Enter opens')
        }</span
      >
      <span class="tools">${zoomTools(page, viewport)}</span>
    </div>
    ${
      page.state.from === null
        ? nothing
        : html`<p class="actions">
              ${compareButton(page, t('Compare'), planeOfBox(details, page.state.from, at, page.state.picture))}
            </p>
            ${takeBoxView(page, details, page.state.from, at)}`
    }`;
}

function selectedInWords(layout: GridLayout, known: readonly GridMap[], at: readonly number[], cell: Cell): string {
  const place = gridCellAt(layout, cell);
  const map = place === undefined ? undefined : mapAt(known, place);
  return place === undefined || map === undefined ? '' : cellInWords(map, at, place);
}

/** The nearest map that knows a chunk. */
function mapAt(known: readonly GridMap[], place: Cell): GridMap | undefined {
  return known.find((map) => map.stateAt(place.row, place.column) !== undefined);
}

/** Says what is under the pointer, without drawing the page anew. */
function showHover(page: Page, layout: GridLayout, known: readonly GridMap[], cell: Cell | null): void {
  const hint = document.getElementById('grid-hover');
  if (hint === null) return;
  const indices = cell === null ? undefined : indicesAt(layout, page.state.at, cell);
  hint.textContent =
    cell === null || indices === undefined ? '' : t('Pointer: {0}', selectedInWords(layout, known, indices, cell));
}

/** In a list the drawing's lines are not the grid's rows: the chunks from the first to the last line. */
function seenOfGrid(layout: GridLayout, cells: Parameters<ShownGrid['onSeen']>[0]): Parameters<ShownGrid['onSeen']>[0] {
  if (!layout.list) return cells;
  const span = { start: cells.rows.start * layout.columns, stop: Math.max(1, cells.rows.stop) * layout.columns };
  const one = { start: 0, stop: 1 };
  return layout.gridRows === 1 ? { rows: one, columns: span } : { rows: span, columns: one };
}

/** Whether a cell stands for several chunks. */
function isBlock(layout: GridLayout, known: readonly GridMap[], cell: Cell): boolean {
  const place = gridCellAt(layout, cell);
  return place !== undefined && mapAt(known, place)?.blocks === true;
}

/** Opens a chunk; a block of chunks is zoomed into. */
function openCell(page: Page, layout: GridLayout, known: readonly GridMap[], cell: Cell): void {
  const indices = indicesAt(layout, page.state.at, cell);
  if (gridCellAt(layout, cell) === undefined || indices === undefined) return;
  if (isBlock(layout, known, cell)) {
    page.dispatch({ type: 'at', indices });
    zoomBy(page, 8, cell);
    return;
  }
  page.dispatch({ type: 'open', indices });
}

/** Zooms around a cell of the drawing. */
function zoomBy(page: Page, factor: number, around: Cell): void {
  const frame = document.querySelector<ChunkGrid>('chunk-grid')?.frame;
  if (frame === undefined) return;
  page.dispatch({ type: 'gridView', viewport: zoomedAround(frame, page.state.gridView, factor, around) });
}

function zoomTools(page: Page, viewport: Viewport): Content {
  const around = (): Cell => cellOf(gridLayout(page.state.answers.details.value?.grid ?? []), page.state.at);
  return html`${iconButton(
    t('Zoom out'),
    'minus',
    () => {
      zoomBy(page, 0.5, around());
    },
    viewport.zoom <= 1,
  )}
  ${iconButton(t('Zoom in'), 'plus', () => {
    zoomBy(page, 2, around());
  })}
  ${iconButton(
    t('Show the whole grid'),
    'fit',
    () => {
      page.dispatch({ type: 'gridView', viewport: wholeView });
    },
    viewport.zoom <= 1,
  )}`;
}

function onKey(page: Page, layout: GridLayout, known: readonly GridMap[], selected: Cell, event: KeyboardEvent): void {
  if (event.altKey) return;
  const zoom = zoomOfKey(event.key);
  if (isMovingKey(event.key)) {
    const place = gridCellAt(layout, selected);
    const step = (place === undefined ? undefined : mapAt(known, place)?.cells.step) ?? { rows: 1, columns: 1 };
    const to = moved(layout, selected, event.key, step, event.ctrlKey || event.metaKey);
    const indices = indicesAt(layout, page.state.at, to);
    if (indices === undefined) return;
    page.dispatch({ type: 'at', indices, extend: event.shiftKey });
    reveal(page, to);
    page.announce(event.shiftKey ? boxInWords(page.state.from, indices) : selectedInWords(layout, known, indices, to));
  } else if (event.key === 'Enter' || event.key === ' ') {
    openCell(page, layout, known, selected);
  } else if (zoom !== undefined) {
    if (zoom === 0) page.dispatch({ type: 'gridView', viewport: wholeView });
    else zoomBy(page, zoom, selected);
  } else {
    return;
  }
  event.preventDefault();
}

/** Compares the selected chunk, or the window of the selected box; a block of many chunks is zoomed into, to choose one. */
function compareSelected(
  page: Page,
  details: ArrayDetails,
  layout: GridLayout,
  known: readonly GridMap[],
  selected: Cell,
  event: KeyboardEvent,
): void {
  event.preventDefault();
  const { from, at, picture } = page.state;
  if (from !== null) {
    openCompare(page, planeOfBox(details, from, at, picture));
    return;
  }
  openCell(page, layout, known, selected);
  const place = gridCellAt(layout, selected);
  if (place !== undefined && mapAt(known, place)?.blocks !== true) openCompare(page, null);
}

function reveal(page: Page, cell: Cell): void {
  const frame = document.querySelector<ChunkGrid>('chunk-grid')?.frame;
  if (frame === undefined) return;
  page.dispatch({ type: 'gridView', viewport: revealing(frame, page.state.gridView, cell) });
}
