import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Pyramid } from '../../../preview/map-types';
import type { ArrayDetails } from '../../../preview/types';
import { countInWords } from '../../../words';
import { indexField } from '../grid/axis-field';
import type { Page } from '../page';
import { breakable, button, icon, iconButton, type Content } from '../parts';
import type { Cell } from '../viewport';
import type { ArrayMap } from './array-map';
import { colourTools } from './colour-tools';
import { compareInView } from './compare-in-view';
import { levelInWords } from './map-levels';
import { openChunkAt } from './open-chunk';
import { coordinateBeside, mapReadout, readingInWords } from './map-readout';
import { axesBeside, indicesBeside, otherValues, shownBands, slicesOf, tileLook, type MapState } from './map-state';
import { selectionView } from './selection-view';
import type { MapBox, ShownMap } from './shown-map';
import { t } from '../../l10n';
import { chunksInWords, sizeInWords } from '../../counts';

/** A picture of a whole array that is moved and zoomed as a map, with all that belongs to it. */
export function mapView(page: Page, details: ArrayDetails): TemplateResult {
  const { value, status, error } = page.state.answers.pyramid;
  const pyramid = value?.path === details.path ? value : null;
  if (error !== null) return failedView(page, error.message);
  if (page.state.map.script === 'failed')
    return failedView(page, t('The part of the extension that draws it did not load.'));
  if (pyramid === null || page.state.map.script !== 'ready') {
    const waits = status === 'slow' || status === 'ready';
    return html`<div class="map-frame">
      <p class="hint ${waits ? 'busy' : ''}">${waits ? t('Looking for overviews…') : ''}</p>
    </div>`;
  }
  return html`<div class="map-tools">
      ${axesBeside(pyramid).map((axis) => placeField(page, details, pyramid, axis))}
      ${bandField(page, details, pyramid)} ${colourTools(page, pyramid)}
    </div>
    ${drawnView(page, details, pyramid)} ${mapReadout(page, pyramid)}
    ${pyramid.note === null ? nothing : html`<p class="hint map-note">${icon('info')} ${breakable(pyramid.note)}</p>`}
    ${failuresView(page)} ${selectionView(page, details, pyramid)}`;
}

function failedView(page: Page, message: string): TemplateResult {
  return html`<section class="outcome outcome-failed" role="alert">
    ${icon('error')}
    <div>
      <h3>${t('No picture of the whole')}</h3>
      <p>${breakable(message)}</p>
      <p class="actions">
        ${button(t('Try Again'), 'again', () => {
          page.dispatch({ type: 'map', change: { script: 'none', attempt: page.state.map.attempt + 1 } });
        })}
      </p>
    </div>
  </section>`;
}

function change(page: Page, part: Partial<MapState>): void {
  page.dispatch({ type: 'map', change: part });
}

/** The element that draws, once it is there. */
export function mapElement(): ArrayMap | null {
  return document.querySelector<ArrayMap>('array-map');
}

function placeField(page: Page, { dimensions }: ArrayDetails, pyramid: Pyramid, axis: number): TemplateResult {
  const name = dimensions?.[axis] ?? t('axis {0}', axis);
  const at = indicesBeside(pyramid, page.state.map.at);
  const choose = (index: number): void => {
    const moved = at.map((old, other) => (other === axis ? index : old));
    change(page, { at: moved, ...otherValues(page.state.map) });
    page.announce(t('Index {0} along {1}', index, name));
  };
  const label = coordinateBeside(page, pyramid, axis);
  return indexField(name, at[axis] ?? 0, pyramid.levels[0]?.shape[axis] ?? 1, choose, { label });
}

/** Which bands are shown: one, or three as red, green and blue. */
function bandField(page: Page, { dimensions }: ArrayDetails, pyramid: Pyramid): Content {
  const { bandAxis, levels } = pyramid;
  const count = bandAxis === null ? 1 : (levels[0]?.shape[bandAxis] ?? 1);
  if (bandAxis === null || count < 2) return nothing;
  const shown = shownBands(pyramid, page.state.map);
  const isColour = shown.length >= 3;
  const name = dimensions?.[bandAxis] ?? t('band');
  const choose = (bands: MapState['bands']): void => {
    change(page, { bands, ...otherValues(page.state.map) });
  };
  const bandOptions = (chosen: number): TemplateResult[] =>
    Array.from({ length: Math.min(count, 1000) }, (_, band) => {
      return html`<option value=${band} ?selected=${band === chosen}>${t('Band {0}', band + 1)}</option>`;
    });
  const first = isColour ? 'colours' : (shown[0] ?? 0);
  return html`<label class="field"
      >${t('Bands')}
      <select
        @change=${(event: Event) => {
          if (!(event.target instanceof HTMLSelectElement)) return;
          const { value } = event.target;
          choose(value === 'colours' ? colourBands(count, pyramid) : Number(value));
        }}
      >
        ${count < 3 ? nothing : html`<option value="colours" ?selected=${isColour}>${t('Red, green, blue')}</option>`}
        ${bandOptions(first === 'colours' ? -1 : first)}
      </select></label
    >
    ${
      isColour
        ? [t('Red'), t('Green'), t('Blue')].map(
            (colour, at) =>
              html`<label class="field"
                >${colour}
                <select
                  aria-label=${t('{0} shown as {1}', name, colour.toLowerCase())}
                  @change=${(event: Event) => {
                    if (!(event.target instanceof HTMLSelectElement)) return;
                    const to = Number(event.target.value);
                    choose(shown.map((band, other) => (other === at ? to : band)));
                  }}
                >
                  ${bandOptions(shown[at] ?? 0)}
                </select></label
              >`,
          )
        : nothing
    }`;
}

/** The first three; of bytes with a fourth, that is the opacity. */
function colourBands(count: number, { dataType }: Pyramid): number[] {
  const hasOpacity = count === 4 && dataType.kind === 'u' && dataType.itemSize === 1;
  return hasOpacity ? [0, 1, 2, 3] : [0, 1, 2];
}

function zoomTools(page: Page): TemplateResult {
  const { grid } = page.state.map;
  return html`<span class="tools">
    <button
      type="button"
      aria-pressed=${grid ? 'true' : 'false'}
      title=${t('Draw the edges of the chunks')}
      @click=${() => {
        change(page, { grid: !grid });
      }}
    >
      ${icon('array')}<span>${t('Chunk Grid')}</span>
    </button>
    ${iconButton(t('Zoom out'), 'minus', () => mapElement()?.zoomBy(0.5))}
    ${iconButton(t('Zoom in'), 'plus', () => mapElement()?.zoomBy(2))}
    ${iconButton(t('Show the whole array'), 'fit', () => mapElement()?.showWhole())}
  </span>`;
}

function drawnView(page: Page, details: ArrayDetails, pyramid: Pyramid): TemplateResult {
  const { map } = page.state;
  const loading = (map.status?.loading ?? 0) > 0 && map.status?.held === null;
  return html`<p class="map-head">
      <span id="map-level">${levelWords(pyramid, map)}</span>
      <span class="hint map-progress" role="status">${loading ? progress(map) : ''}</span>
      <button
        type="button"
        class="link ${loading ? '' : 'gone'}"
        ?disabled=${!loading}
        @click=${() => mapElement()?.stop()}
      >
        ${t('Stop')}
      </button>
      ${zoomTools(page)}
    </p>
    <div class="map-frame">
      <array-map
        tabindex="0"
        role="application"
        aria-roledescription=${t('map')}
        aria-label=${mapLabel(details)}
        aria-describedby="map-level"
        aria-busy=${loading ? 'true' : 'false'}
        .shown=${shownMap(page, pyramid)}
      ></array-map>
      ${heldView(pyramid, map)}
    </div>`;
}

function levelWords(pyramid: Pyramid, { status }: MapState): string {
  const level = status?.level ?? null;
  return level === null ? '' : levelInWords(pyramid, level);
}

function mapLabel({ path }: ArrayDetails): string {
  return t(
    'Picture of {0}: arrows move it, plus and minus zoom, Home shows all, Shift with arrows reads values, Enter opens the chunk',
    path || t('the root array'),
  );
}

function progress({ status }: MapState): string {
  if (status === null) return '';
  const { loaded, loading } = status;
  const total = loaded + loading;
  return total === 1
    ? t('Loading: {0} of 1 tile', loaded)
    : t('Loading: {0} of {1} tiles', countInWords(loaded), countInWords(total));
}

/** What a view takes that is too much to load unasked. */
function heldView(pyramid: Pyramid, { status }: MapState): Content {
  const held = status?.held ?? null;
  if (held === null) return nothing;
  const chunks = chunksInWords(held.chunks);
  const decoded = sizeInWords(held.decodedBytes);
  const takes =
    held.storedBytes === 0
      ? t('This view takes {0}: {1} decoded.', chunks, decoded)
      : t('This view takes {0}: about {1} to fetch, {2} decoded.', chunks, sizeInWords(held.storedBytes), decoded);
  const overviews = pyramid.levels.length === 1 ? ` ${t('There are no overviews.')}` : '';
  return html`<div class="map-held" role="alert">
    <p>${takes}${overviews} ${t('Zoom in, or load it.')}</p>
    <p class="actions">
      ${button(t('Load It'), 'yes', () => mapElement()?.allow())}
      ${button(t('Zoom In'), 'plus', () => mapElement()?.zoomBy(2))}
    </p>
  </div>`;
}

function failuresView(page: Page): Content {
  const failures = page.state.map.status?.failures ?? [];
  if (failures.length === 0) return nothing;
  return html`<details class="map-failures" open>
    <summary>
      ${icon('error')}${
        failures.length === 1
          ? t('1 chunk in this view could not be read')
          : t('{0} chunks in this view could not be read', countInWords(failures.length))
      }
    </summary>
    <ul>
      ${failures.slice(0, 10).map(({ key, message }) => html`<li><code>${key ?? ''}</code> ${breakable(message)}</li>`)}
    </ul>
    ${failures.length > 10 ? html`<p class="hint">${t('And {0} more: point at a hatched part.', failures.length - 10)}</p>` : nothing}
    <p class="actions">
      ${button(t('Try Again'), 'again', () => {
        change(page, { attempt: page.state.map.attempt + 1 });
      })}
    </p>
  </details>`;
}

const shownMaps = new WeakMap<Pyramid, { of: Page; map: MapState; selection: unknown; shown: ShownMap }>();

/** What the element is given: the same as before where nothing that it draws has changed. */
function shownMap(page: Page, pyramid: Pyramid): ShownMap {
  const { map, selection, generation } = page.state;
  const before = shownMaps.get(pyramid);
  if (before?.map === map && before.selection === selection) return before.shown;
  const shown: ShownMap = {
    key: JSON.stringify([generation, pyramid.path]),
    pyramid,
    at: indicesBeside(pyramid, map.at),
    bands: shownBands(pyramid, map),
    look: tileLook(pyramid, map),
    wantsRanges: map.range === null && !map.rangesSettled,
    place: map.place,
    cursor: map.cursor,
    selection: selectedBox(pyramid, selection),
    grid: map.grid,
    attempt: map.attempt,
    load: (request, signal) => page.ask('window', request, signal),
    onPlace: (place) => {
      change(page, { place });
    },
    onReadings: (readings) => {
      change(page, { readings });
    },
    onCursor: (cursor) => {
      moveCursor(page, pyramid, cursor);
    },
    onOpen: (cell) => {
      openChunkAt(page, pyramid, cell);
    },
    onSelect: ({ rows, columns }) => {
      page.dispatch({ type: 'selection', selection: slicesOf(pyramid, page.state.map, rows, columns) });
      page.announce(
        t('Selected rows {0} to {1}, columns {2} to {3}.', rows.start, rows.stop, columns.start, columns.stop),
      );
    },
    onCompare: () => {
      compareInView(page, pyramid);
    },
    onStatus: (status) => {
      change(page, { status });
    },
    onRanges: (ranges, rangesSettled) => {
      change(page, { ranges, rangesSettled });
    },
  };
  shownMaps.set(pyramid, { of: page, map, selection, shown });
  return shown;
}

function selectedBox({ rowAxis, columnAxis }: Pyramid, selection: Page['state']['selection']): MapBox | null {
  const [rows, columns] = [selection?.[rowAxis], selection?.[columnAxis]];
  return rows === undefined || columns === undefined ? null : { rows, columns };
}

let announcing: ReturnType<typeof setTimeout> | undefined;

/** Says what the cursor stands on, once it rests. */
function moveCursor(page: Page, pyramid: Pyramid, cursor: Cell): void {
  change(page, { cursor });
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    const { cursor: reading } = page.state.map.readings;
    if (reading !== null) page.announce(readingInWords(page, pyramid, reading));
  }, 150);
}
