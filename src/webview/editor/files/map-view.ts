import { html, nothing, type TemplateResult } from 'lit/html.js';
import { regionKinds, type RegionKind, type TargetImage } from '../../../preview/target-types';
import { countInWords } from '../../../words';
import { zoomOfKey } from '../gestures';
import type { Page } from '../page';
import { button, copyButton, fact, iconButton } from '../parts';
import { revealing, wholeView, zoomedAround } from '../viewport';
import { showBytes } from './bytes-view';
import { FileMap, type ShownFile } from './file-map';
import { groupColours } from './map-raster';
import { oddities, type RegionTable } from './region-table';
import { parted, t } from '../../l10n';
import { exactSizeInWords, sizeInWords } from '../../counts';

/** The map of a file's bytes, what its colours mean, and the region that is selected. */
export function mapView(page: Page, table: RegionTable): TemplateResult {
  const { files } = page.state;
  if (table.count === 0) {
    return html`<p class="hint">
      ${t('References are to all of the file, and its size is not known: there is nothing to draw. Show its bytes below.')}
    </p>`;
  }
  const selected = files.region === null ? -1 : table.find(files.region);
  const shown: ShownFile = {
    table,
    layout: files.layout,
    viewport: files.viewport,
    selected,
    onViewport: (viewport) => {
      page.dispatch({ type: 'files', change: { viewport } });
    },
    onClick: (region) => {
      // The first click says what it is, a click on what is selected opens it.
      if (region === selected) openChunk(page, table, region);
      else select(page, table, region);
    },
    onHover: (region) => {
      showHover(table, region);
    },
  };
  return html`<div class="section-head">
      <h3>${t('Map')}</h3>
      <span class="tools">${layoutTools(page)} ${zoomTools(page, table, selected)}</span>
    </div>
    <file-map
      tabindex="0"
      role="application"
      aria-roledescription=${t('map of a file')}
      aria-label=${t('Map of {0}: arrows move from region to region, Enter opens the chunk, plus and minus zoom', table.map.shownUrl)}
      aria-describedby="region-selected"
      .shown=${shown}
      @keydown=${(event: KeyboardEvent) => {
        onKey(page, table, selected, event);
      }}
    ></file-map>
    <div class="map-foot">
      <span class="hint">${rangeInWords(table, files.viewport)}</span>
      <span id="region-hover" class="hint"></span>
    </div>
    ${legendView(table)} ${selectedView(page, table, selected)}`;
}

function rangeInWords(table: RegionTable, viewport: { zoom: number; x: number }): string {
  const { from, to } = table.span;
  const first = from + Math.floor(viewport.x);
  const end = Math.min(to, Math.ceil(from + viewport.x + (to - from) / viewport.zoom));
  const [low, high] = [countInWords(first), countInWords(end - 1)];
  if (viewport.zoom <= 1) return t('Bytes {0} to {1}', low, high);
  return t('Bytes {0} to {1}, {2} times nearer', low, high, viewport.zoom.toFixed(viewport.zoom < 10 ? 1 : 0));
}

function layoutTools(page: Page): TemplateResult {
  const choice = (layout: 'rows' | 'strip', words: string): TemplateResult =>
    html`<button
      type="button"
      aria-pressed=${page.state.files.layout === layout ? 'true' : 'false'}
      @click=${() => {
        page.dispatch({ type: 'files', change: { layout } });
      }}
    >
      ${words}
    </button>`;
  return html`<span class="choice" role="group" aria-label=${t('Layout')}
    >${choice('rows', t('Rows'))}${choice('strip', t('Strip'))}</span
  >`;
}

function zoomTools(page: Page, table: RegionTable, selected: number): TemplateResult {
  const { zoom } = page.state.files.viewport;
  return html`${iconButton(
    t('Zoom out'),
    'minus',
    () => {
      zoomBy(page, table, 0.5, selected);
    },
    zoom <= 1,
  )}
  ${iconButton(t('Zoom in'), 'plus', () => {
    zoomBy(page, table, 2, selected);
  })}
  ${iconButton(
    t('Show the whole file'),
    'fit',
    () => {
      page.dispatch({ type: 'files', change: { viewport: wholeView } });
    },
    zoom <= 1,
  )}`;
}

const kindWords: Record<RegionKind, string> = {
  header: t('header'),
  ghost: t('ghost area'),
  ifd: t('IFDs'),
  values: t('tag values apart'),
  table: t('tile tables'),
  frame: t('around tiles'),
  chunk: t('chunks'),
  tile: t('paler: nothing refers to these tiles'),
  gap: t('gaps'),
};

/** Images or arrays that have an entry of their own. */
const mostGroups = 12;

/** What the colours mean, with regions and bytes of each. */
function legendView({ map }: RegionTable): TemplateResult {
  const groups =
    map.images.length > 0 ? map.images : map.arrays.map((array) => ({ ...array, name: array.path || '/' }));
  const inWords = (count: number, bytes: number): string => `${countInWords(count)} (${sizeInWords(bytes)})`;
  const tint = (group: number): string => `swatch swatch-group-${group % groupColours}`;
  const named = groups.flatMap((group, index) => (group.count > 0 ? [{ ...group, index }] : []));
  return html`<ul class="legend" aria-label=${t('What the colours mean')}>
    ${named
      .slice(0, mostGroups)
      .map(
        ({ index, count, bytes, ...group }) =>
          html`<li><span class=${tint(index)}></span>${groupInWords(group)}: ${inWords(count, bytes)}</li>`,
      )}
    ${named.length > mostGroups ? html`<li>${t('{0} more, in the same colours', countInWords(named.length - mostGroups))}</li>` : nothing}
    ${regionKinds.map((kind) => {
      const sum = map.kinds.find((entry) => entry.kind === kind);
      if (kind === 'chunk' || sum === undefined || sum.count === 0) return nothing;
      const words = kind === 'gap' && map.structure.kind !== 'tiff' ? t('not named by references') : kindWords[kind];
      return html`<li><span class="swatch swatch-file-${kind}"></span>${words}: ${inWords(sum.count, sum.bytes)}</li>`;
    })}
    <li><span class="swatch swatch-lane"></span>${t('lane below: headers, and overlaps')}</li>
  </ul>`;
}

const imageWords: Record<TargetImage['kind'], string> = {
  full: t('full resolution'),
  overview: t('overview'),
  mask: t('mask'),
  page: t('page'),
};

function groupInWords(group: { name: string; kind?: TargetImage['kind']; width?: number; height?: number }): string {
  if (group.kind === undefined) return group.name;
  const size = `${countInWords(group.width ?? 0)} × ${countInWords(group.height ?? 0)}`;
  return `${group.name}, ${imageWords[group.kind]}, ${size}`;
}

/** What is selected. Its place is there from the start, so that nothing below it moves. */
function selectedView(page: Page, table: RegionTable, selected: number): TemplateResult {
  if (selected < 0) {
    return html`<div class="region" id="region-selected">
      <p class="hint">${t('Choose a region: by a click, or by the arrow keys on the map.')}</p>
    </div>`;
  }
  const { start, length, flags, chunk } = table.at(selected);
  const end = start + length - 1;
  return html`<div class="region">
    <p id="region-selected"><strong>${upperFirst(table.name(selected))}</strong></p>
    <dl class="rows">
      ${fact(t('Bytes'), t('{0} to {1}, {2}', countInWords(start), countInWords(end), exactSizeInWords(length)))}
      ${fact(t('Hexadecimal'), parted(t('{0} to {1}'), html`<code>0x${start.toString(16)}</code>`, html`<code>0x${end.toString(16)}</code>`))}
      ${fact(t('Region'), t('{0} of {1}', countInWords(selected + 1), countInWords(table.count)))}
      ${flags === 0 ? nothing : fact(t('Note'), oddities(flags).join(', '))}
    </dl>
    <p class="actions">
      ${
        chunk === null
          ? nothing
          : button(t('Open Chunk'), 'array', () => {
              openChunk(page, table, selected);
            })
      }
      ${button(t('Show Bytes'), 'file', () => {
        showBytes(page, start);
      })}
      ${copyButton(page, t('Copy Range'), t('The range'), `bytes=${start}-${end}`)}
    </p>
  </div>`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function showHover(table: RegionTable, region: number): void {
  const hint = document.getElementById('region-hover');
  if (hint !== null) hint.textContent = region < 0 ? '' : t('Pointer: {0}', table.sentence(region));
}

function select(page: Page, table: RegionTable, region: number): void {
  if (region < 0 || region >= table.count) return;
  const { start, length } = table.at(region);
  const element = document.querySelector<FileMap>('file-map');
  const { viewport } = page.state.files;
  // Moves as little as it takes to see where the region begins.
  const column = start - table.span.from;
  const shown =
    element?.frame === undefined || viewport.zoom === 1
      ? viewport
      : revealing(element.frame, viewport, { row: 0, column });
  page.dispatch({ type: 'files', change: { region: { start, length }, viewport: shown } });
  page.announce(
    t('{0}. Region {1} of {2}.', table.sentence(region), countInWords(region + 1), countInWords(table.count)),
  );
}

function openChunk(page: Page, table: RegionTable, region: number): void {
  const { chunk } = table.at(region);
  if (chunk === null) {
    page.announce(t('This region is no chunk.'));
    return;
  }
  page.dispatch({ type: 'show', path: chunk.path, indices: chunk.indices });
}

function zoomBy(page: Page, table: RegionTable, factor: number, selected: number): void {
  const element = document.querySelector<FileMap>('file-map');
  if (element?.frame === undefined) return;
  const { from, to } = element.seenBytes;
  const region = selected < 0 ? null : table.at(selected);
  const around = region === null ? (from + to) / 2 : region.start + region.length / 2;
  const cell = { row: 0, column: around - table.span.from };
  page.dispatch({
    type: 'files',
    change: { viewport: zoomedAround(element.frame, page.state.files.viewport, factor, cell) },
  });
}

/** Arrows go from region to region, and to the row above and below; Home and End to the first and the last. */
function onKey(page: Page, table: RegionTable, selected: number, event: KeyboardEvent): void {
  if (event.altKey) return;
  const zoom = zoomOfKey(event.key);
  const to = targetOf(table, selected, event.key);
  if (to !== undefined) {
    select(page, table, Math.max(0, Math.min(table.count - 1, to)));
  } else if (event.key === 'Enter' || event.key === ' ') {
    if (selected >= 0) openChunk(page, table, selected);
  } else if (zoom !== undefined) {
    if (zoom === 0) page.dispatch({ type: 'files', change: { viewport: wholeView } });
    else zoomBy(page, table, zoom, selected);
  } else {
    return;
  }
  event.preventDefault();
}

function targetOf(table: RegionTable, selected: number, key: string): number | undefined {
  const rowBytes = document.querySelector<FileMap>('file-map')?.rowBytes ?? 0;
  const byRows = (rows: number): number => {
    if (selected < 0) return 0;
    const { start } = table.at(selected);
    const found = table.holding(Math.max(table.span.from, start + rows * rowBytes));
    // One region may be longer than a row.
    if (found < 0) return rows < 0 ? 0 : table.count - 1;
    return found === selected ? selected + Math.sign(rows) : found;
  };
  switch (key) {
    case 'ArrowRight':
      return selected + 1;
    case 'ArrowLeft':
      return selected - 1;
    case 'ArrowDown':
      return byRows(1);
    case 'ArrowUp':
      return byRows(-1);
    case 'PageDown':
      return byRows(6);
    case 'PageUp':
      return byRows(-6);
    case 'Home':
      return 0;
    case 'End':
      return table.count - 1;
    default:
      return undefined;
  }
}
