import OlMap from 'ol/Map.js';
import View from 'ol/View.js';
import { platformModifierKeyOnly, shiftKeyOnly } from 'ol/events/condition.js';
import DragBox from 'ol/interaction/DragBox.js';
import DragPan from 'ol/interaction/DragPan.js';
import type Interaction from 'ol/interaction/Interaction.js';
import MouseWheelZoom from 'ol/interaction/MouseWheelZoom.js';
import PinchZoom from 'ol/interaction/PinchZoom.js';
import TileLayer from 'ol/layer/Tile.js';
import type MapBrowserEvent from 'ol/MapBrowserEvent.js';
import Projection from 'ol/proj/Projection.js';
import type { WindowRequest } from '../../../preview/map-types';
import { stepOfKey } from '../gestures';
import type { Cell, Span } from '../viewport';
import { freely, isWithin, type MapLevel, mapLevels, needOf, type Need } from './map-levels';
import { rangesOf } from './map-ranges';
import { drawOverlay, type OverlayColours } from './overlay';
import type { MapBox, MapFailure, MapPlace, MapReading, MapStatus, ShownMap } from './shown-map';
import { sampleAt } from './tile-values';
import { extentOf, type ShownLook, type TilePlace, ValueSource, type ValueTile } from './value-source';

/** Pixels of the screen that an element takes at most. */
const largestElement = 64;
/** Tiles that are asked for at once: all of a view, so that the chunks of it are fetched together. */
const mostLoading = 64;
/** Tiles that are kept, at least those of a view. */
const mostTiles = 192;
/** The part of the view that an arrow moves it by. */
const panPart = 1 / 8;
const mostFailures = 100;

/** A whole array as a map: drags and the wheel move it, Shift with a drag selects, keys do the same. */
export class ArrayMap extends HTMLElement {
  readonly #overlay = document.createElement('canvas');
  readonly #room = document.createElement('div');
  readonly #sizes = new ResizeObserver(() => {
    this.#map?.updateSize();
    this.#fitAgain();
  });
  readonly #themes = new MutationObserver(() => {
    this.#readColours();
    this.#repaint();
  });
  #shown: ShownMap | undefined;
  #map: OlMap | undefined;
  #source: ValueSource | undefined;
  #layer: TileLayer<ValueSource> | undefined;
  #levels: MapLevel[] = [];
  #look: ShownLook = { revision: 0, look: null, line: '', ground: '' };
  #colours: OverlayColours = { line: '', ground: '', cursor: '' };
  #hover: Cell | null = null;
  /** What the user has allowed to be loaded, beyond what is loaded freely. */
  #allowed: Need = freely;
  /** Whether loading was stopped, until the view moves. */
  #stopped = false;
  /** Whether the whole array is to be seen, whatever the size of the element. */
  #whole = true;
  #told = 0;
  #lastStatus = '';
  #lastReadings = '';

  get shown(): ShownMap | undefined {
    return this.#shown;
  }

  set shown(shown: ShownMap | undefined) {
    const before = this.#shown;
    this.#shown = shown;
    if (!this.isConnected || shown === undefined) return;
    if (this.#map !== undefined && before?.key === shown.key) this.#update(before, shown);
    else this.#start(shown);
  }

  connectedCallback(): void {
    this.#room.className = 'map-room';
    this.#overlay.className = 'map-overlay';
    this.append(this.#room, this.#overlay);
    this.#readColours();
    this.#sizes.observe(this);
    this.#themes.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
    this.#themes.observe(document.documentElement, { attributeFilter: ['style'] });
    this.addEventListener('keydown', this.#onKey);
    if (this.#shown !== undefined) this.#start(this.#shown);
  }

  disconnectedCallback(): void {
    this.#sizes.disconnect();
    this.#themes.disconnect();
    this.removeEventListener('keydown', this.#onKey);
    this.#end();
  }

  /** Shows the whole array. */
  showWhole(): void {
    this.#whole = true;
    this.#fitAgain();
  }

  /** Zooms around the middle: above 1 nearer. */
  zoomBy(factor: number): void {
    this.#whole = false;
    this.#map?.getView().adjustResolution(1 / factor);
  }

  /** Moves the view so that a place is in its middle. */
  goTo(cell: Cell): void {
    const shown = this.#shown;
    if (shown === undefined) return;
    this.#whole = false;
    this.#map?.getView().setCenter(this.#pointOf({ row: cell.row + 0.5, column: cell.column + 0.5 }));
  }

  /** Loads what was held back, here and wherever it takes no more. */
  allow(): void {
    const held = this.#need();
    this.#stopped = false;
    const most = (name: keyof Need): number => Math.max(this.#allowed[name], held?.[name] ?? 0);
    this.#allowed = { chunks: most('chunks'), storedBytes: most('storedBytes'), decodedBytes: most('decodedBytes') };
    for (const tile of this.#source?.tiles() ?? []) tile.resume();
    this.#map?.render();
    this.#tellSoon();
  }

  /** Gives up what is being loaded; it is asked for again when the view moves or on the user's word. */
  stop(): void {
    this.#stopped = true;
    this.#source?.cancelOthers(() => false);
    this.#map?.render();
    this.#tellSoon();
  }

  #start(shown: ShownMap): void {
    this.#end();
    this.#levels = mapLevels(shown.pyramid);
    this.#allowed = freely;
    this.#stopped = false;
    const extent = extentOf(shown.pyramid);
    const projection = new Projection({ code: 'array', units: 'pixels', extent });
    this.#source = new ValueSource(projection, {
      pyramid: shown.pyramid,
      levels: this.#levels,
      mayLoad: () => !this.#isHeld(),
      request: (level, rows, columns) => this.#requestOf(level, rows, columns),
      load: (request, signal) => this.#shown?.load(request, signal) ?? Promise.reject(new Error('No array is shown.')),
      look: () => this.#look,
      changed: () => {
        this.#tellSoon();
      },
    });
    this.#source.show(planeKey(shown));
    this.#layer = new TileLayer({ source: this.#source, cacheSize: mostTiles, background: undefined });
    const view = new View({
      projection,
      extent,
      constrainOnlyCenter: true,
      smoothExtentConstraint: false,
      smoothResolutionConstraint: false,
      enableRotation: false,
      showFullExtent: true,
      minResolution: 1 / largestElement,
      maxResolution: 2 * Math.max(extent[2], -extent[1]),
      center: [extent[2] / 2, extent[1] / 2],
      resolution: Math.max(extent[2], -extent[1]) / 512,
    });
    const map = new OlMap({
      target: this.#room,
      layers: [this.#layer],
      view,
      controls: [],
      interactions: this.#interactions(),
      maxTilesLoading: mostLoading,
    });
    this.#map = map;
    map.on('postrender', () => {
      this.#onFrame();
    });
    map.on('moveend', () => {
      this.#onMoved();
    });
    map.on('pointermove', (event) => {
      if (!event.dragging) this.#point(this.#cellAt(event.coordinate));
    });
    map.on('click', (event) => {
      this.#onClick(event);
    });
    map.on('dblclick', (event) => {
      const cell = this.#cellAt(event.coordinate);
      if (cell !== null) this.#shown?.onOpen(cell);
    });
    map.getViewport()?.addEventListener('pointerleave', () => {
      this.#point(null);
    });
    this.#setLook(shown);
    this.#whole = shown.place === null;
    if (shown.place === null) this.#fitAgain();
    else this.#moveTo(shown.place);
  }

  #interactions(): Interaction[] {
    const box = new DragBox({ condition: shiftKeyOnly, className: 'map-box', minArea: 16 });
    box.on('boxend', () => {
      const selected = this.#boxOf(box.getGeometry().getExtent());
      if (selected !== null) this.#shown?.onSelect(selected);
    });
    const hasFocus = (event: MapBrowserEvent): boolean =>
      this.matches(':focus-within') || platformModifierKeyOnly(event);
    return [
      new DragPan({ condition: (event) => !shiftKeyOnly(event) }),
      new MouseWheelZoom({ condition: hasFocus, duration: 0, timeout: 0 }),
      new PinchZoom({ duration: 0 }),
      box,
    ];
  }

  #end(): void {
    this.#source?.cancelOthers(() => false);
    this.#map?.setTarget(undefined);
    this.#map?.dispose();
    this.#layer?.dispose();
    this.#map = undefined;
    this.#source = undefined;
    this.#layer = undefined;
    this.#lastStatus = '';
    this.#lastReadings = '';
  }

  #update(before: ShownMap, shown: ShownMap): void {
    const key = planeKey(shown);
    if (planeKey(before) !== key) {
      this.#source?.cancelOthers(() => false);
      this.#source?.show(key);
    }
    this.#setLook(shown);
    this.#map?.render();
    this.#tellSoon();
  }

  #setLook({ look }: ShownMap): void {
    if (JSON.stringify(look) === JSON.stringify(this.#look.look)) return;
    this.#look = { ...this.#look, look };
    this.#repaint();
  }

  #repaint(): void {
    const { line, ground } = this.#colours;
    this.#look = { ...this.#look, line, ground, revision: this.#look.revision + 1 };
    this.#layer?.changed();
  }

  #readColours(): void {
    const style = getComputedStyle(this);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    this.#colours = {
      line: colour('--map-line') || colour('--vscode-foreground'),
      ground: colour('--vscode-editor-background'),
      cursor: colour('--vscode-focusBorder'),
    };
    const { line, ground } = this.#colours;
    this.#look = { ...this.#look, line, ground };
  }

  // What part is seen

  #fitAgain(): void {
    const map = this.#map;
    const shown = this.#shown;
    if (!this.#whole || map === undefined || shown === undefined) return;
    const [width = 0, height = 0] = map.getSize() ?? [];
    if (width === 0 || height === 0) return;
    map.getView().fit(extentOf(shown.pyramid), { size: [width, height], padding: [4, 4, 4, 4], nearest: false });
  }

  #moveTo({ row, column, scale }: MapPlace): void {
    const view = this.#map?.getView();
    view?.setCenter(this.#pointOf({ row, column }));
    view?.setResolution(scale);
  }

  #pointOf({ row, column }: Cell): [number, number] {
    return [column, -row * (this.#shown?.pyramid.aspect ?? 1)];
  }

  #place(): MapPlace | undefined {
    const view = this.#map?.getView();
    const [x, y] = view?.getCenter() ?? [];
    const scale = view?.getResolution();
    if (x === undefined || y === undefined || scale === undefined) return undefined;
    return { row: -y / (this.#shown?.pyramid.aspect ?? 1), column: x, scale };
  }

  #sides(): { rows: number; columns: number } {
    const { levels, rowAxis, columnAxis } = this.#shown?.pyramid ?? { levels: [], rowAxis: 0, columnAxis: 1 };
    return { rows: levels[0]?.shape[rowAxis] ?? 1, columns: levels[0]?.shape[columnAxis] ?? 1 };
  }

  #cellAt([x = 0, y = 0]: readonly number[]): Cell | null {
    const { rows, columns } = this.#sides();
    const [row, column] = [Math.floor(-y / (this.#shown?.pyramid.aspect ?? 1)), Math.floor(x)];
    return row >= 0 && column >= 0 && row < rows && column < columns ? { row, column } : null;
  }

  #boxOf([left = 0, bottom = 0, right = 0, top = 0]: readonly number[]): MapBox | null {
    const aspect = this.#shown?.pyramid.aspect ?? 1;
    const { rows, columns } = this.#sides();
    const span = (from: number, to: number, most: number): Span => {
      return { start: Math.max(0, Math.floor(from)), stop: Math.min(most, Math.ceil(to)) };
    };
    const box = { rows: span(-top / aspect, -bottom / aspect, rows), columns: span(left, right, columns) };
    return box.rows.stop > box.rows.start && box.columns.stop > box.columns.start ? box : null;
  }

  /** The part of the array that is seen; undefined before the map has a size. */
  get box(): MapBox | undefined {
    const map = this.#map;
    const size = map?.getSize();
    if (map === undefined || size === undefined || size[0] === 0 || size[1] === 0) return undefined;
    return this.#boxOf(map.getView().calculateExtent(size)) ?? undefined;
  }

  /** Number of the resolution that is shown. */
  #z(): number {
    const resolution = this.#map?.getView().getResolution();
    return resolution === undefined ? 0 : (this.#source?.getTileGrid()?.getZForResolution(resolution) ?? 0);
  }

  /** Says of tiles whether any part of them is seen, now. */
  #seenPlaces(): (place: TilePlace) => boolean {
    const size = this.#map?.getSize();
    const grid = this.#source?.getTileGrid();
    const extent = size === undefined ? undefined : this.#map?.getView().calculateExtent(size);
    if (grid === undefined || grid === null || extent === undefined) return () => false;
    const now = this.#z();
    const range = grid.getTileRangeForExtentAndZ(extent, now);
    return ({ z, x, y }) => z === now && range.containsXY(x, y);
  }

  // What is loaded

  #requestOf(level: MapLevel, rows: Span, columns: Span): WindowRequest {
    const shown = this.#shown;
    const { pyramid, at = [], bands = [] } = shown ?? {};
    const source = pyramid?.levels[level.level];
    const { step } = level;
    const stepped = ({ start, stop }: Span, length: number): WindowRequest['slices'][number] => {
      return { start: start * step, stop: Math.min(length, stop * step), step };
    };
    const slices = (source?.shape ?? []).map((length, axis) => {
      if (axis === pyramid?.rowAxis) return stepped(rows, length);
      if (axis === pyramid?.columnAxis) return stepped(columns, length);
      if (axis === pyramid?.bandAxis && bands.length > 0) {
        return { start: Math.min(...bands), stop: Math.max(...bands) + 1, step: 1 };
      }
      return { start: at[axis] ?? 0, stop: (at[axis] ?? 0) + 1, step: 1 };
    });
    return { path: pyramid?.path ?? '', level: level.level, slices };
  }

  #need(): Need | undefined {
    const shown = this.#shown;
    const level = this.#levels[this.#z()];
    const seen = this.box;
    if (shown === undefined || level === undefined || seen === undefined) return undefined;
    const { bandAxis, levels } = shown.pyramid;
    const side = bandAxis === null ? 1 : (levels[level.level]?.chunkShape[bandAxis] ?? 1);
    const planes = shown.bands.length < 2 ? 1 : new Set(shown.bands.map((band) => Math.floor(band / side))).size;
    return needOf(shown.pyramid, level, seen, planes);
  }

  #isHeld(): boolean {
    if (this.#stopped) return true;
    const need = this.#need();
    return need === undefined || !(isWithin(need, freely) || isWithin(need, this.#allowed));
  }

  #onFrame(): void {
    const shown = this.#shown;
    const place = this.#place();
    const [width = 0, height = 0] = this.#map?.getSize() ?? [];
    if (shown === undefined || place === undefined || width === 0) return;
    drawOverlay(this.#overlay, { width, height }, shown, place, this.#colours);
    this.#source?.cancelOthers(this.#seenPlaces());
  }

  #onMoved(): void {
    const place = this.#place();
    if (place === undefined) return;
    this.#stopped = false;
    for (const tile of this.#source?.tiles() ?? []) tile.resume();
    if (!this.#whole) this.#shown?.onPlace(place);
    this.#tellSoon();
  }

  // What is told

  #tellSoon(): void {
    if (this.#told !== 0) return;
    this.#told = requestAnimationFrame(() => {
      this.#told = 0;
      this.#tell();
    });
  }

  #tell(): void {
    const shown = this.#shown;
    if (shown === undefined || this.#map === undefined || !this.isConnected) return;
    const seen = this.#seenTiles();
    this.#tellRanges(shown, seen);
    const status = this.#status(seen);
    const words = JSON.stringify(status);
    if (words !== this.#lastStatus) shown.onStatus(status);
    this.#lastStatus = words;
    const readings = { hover: this.#reading(this.#hover), cursor: this.#reading(shown.cursor) };
    const read = JSON.stringify(readings, (_, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
    if (read !== this.#lastReadings) shown.onReadings(readings);
    this.#lastReadings = read;
  }

  #seenTiles(): ValueTile[] {
    const isSeen = this.#seenPlaces();
    return (this.#source?.tiles() ?? []).filter(({ place }) => isSeen(place));
  }

  #tellRanges(shown: ShownMap, seen: readonly ValueTile[]): void {
    if (!shown.wantsRanges) return;
    const tiles = seen.flatMap(({ values }) => (values === undefined ? [] : [values]));
    const settled = seen.length > 0 && seen.every(({ isLoading }) => !isLoading);
    if (tiles.length === 0 || (!settled && shown.look !== null)) return;
    const first = Math.min(...shown.bands);
    const colours = shown.bands.slice(0, 3).map((band) => band - first);
    const ranges = rangesOf(tiles, shown.bands.length < 3 ? [0] : colours);
    if (ranges !== undefined) shown.onRanges(ranges, settled);
  }

  #status(seen: readonly ValueTile[]): MapStatus {
    const failures = new Map<string, MapFailure>();
    for (const tile of seen) {
      for (const { key, message } of tile.failures) failures.set(key, { key, message });
      if (tile.failure !== undefined) failures.set(tile.failure, { key: null, message: tile.failure });
    }
    const loading = seen.filter(({ isLoading }) => isLoading).length;
    const held = this.#isHeld() && loading > 0 ? (this.#need() ?? null) : null;
    return {
      level: this.#levels[this.#z()] ?? null,
      loading,
      loaded: seen.filter(({ values }) => values !== undefined).length,
      failures: [...failures.values()].slice(0, mostFailures),
      held,
    };
  }

  /** The value of the finest resolution that has it, from the shown one on. */
  #reading(cell: Cell | null): MapReading | null {
    const shown = this.#shown;
    if (cell === null || shown === undefined) return null;
    for (let z = this.#z(); z >= 0; z--) {
      const level = this.#levels[z];
      if (level === undefined) continue;
      const pixel = {
        row: Math.min(level.rows - 1, Math.floor((cell.row + 0.5) / level.rowScale)),
        column: Math.min(level.columns - 1, Math.floor((cell.column + 0.5) / level.columnScale)),
      };
      const [y, x] = [Math.floor(pixel.row / level.tileRows), Math.floor(pixel.column / level.tileColumns)];
      const tile = this.#source?.tileAt({ z, x, y });
      if (tile?.failure !== undefined) {
        return { cell, kind: 'failed', samples: [], failure: tile.failure, level };
      }
      if (tile?.values === undefined) continue;
      const inTile = { row: pixel.row - y * level.tileRows, column: pixel.column - x * level.tileColumns };
      return this.#readingIn(shown, tile, inTile, cell, level);
    }
    return { cell, kind: 'waiting', samples: [], failure: null, level: null };
  }

  #readingIn(shown: ShownMap, tile: ValueTile, inTile: Cell, cell: Cell, level: MapLevel): MapReading {
    const { rowAxis, columnAxis } = shown.pyramid;
    const failure = tile.failures.find(({ start, size }) => {
      const [y, x] = [start[rowAxis] ?? 0, start[columnAxis] ?? 0];
      const inRows = inTile.row >= y && inTile.row < y + (size[rowAxis] ?? 1);
      return inRows && inTile.column >= x && inTile.column < x + (size[columnAxis] ?? 1);
    });
    if (failure !== undefined) {
      return { cell, kind: 'failed', samples: [], failure: `${failure.key}: ${failure.message}`, level };
    }
    const { values } = tile;
    const first = Math.min(...shown.bands);
    const bands = shown.bands.length < 2 ? [0] : shown.bands.map((band) => band - first);
    const samples = values === undefined ? [] : bands.map((band) => sampleAt(values, inTile, band));
    return { cell, kind: 'value', samples, failure: null, level };
  }

  // What the user does

  #point(cell: Cell | null): void {
    this.#hover = cell;
    this.#tellSoon();
  }

  #onClick(event: MapBrowserEvent): void {
    this.focus();
    const cell = this.#cellAt(event.coordinate);
    if (cell !== null) this.#shown?.onCursor(cell);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== this) return;
    const step = stepOfKey(event.key);
    const cursor = this.#shown?.cursor ?? null;
    if (step !== undefined && event.shiftKey) this.#moveCursor(step);
    else if (step !== undefined) this.#pan(step);
    else if (event.key === '+' || event.key === '=') this.zoomBy(2);
    else if (event.key === '-' || event.key === '_') this.zoomBy(0.5);
    else if (event.key === 'Home' || event.key === '0') this.showWhole();
    else if (event.key === 'Enter' && cursor !== null) this.#shown?.onOpen(cursor);
    else if (event.key.toLowerCase() === 'c') this.#shown?.onCompare();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Moves the view, and the cursor along with it, which so stays in sight. */
  #pan({ row, column }: Cell): void {
    const place = this.#place();
    const shown = this.#shown;
    const [width = 0, height = 0] = this.#map?.getSize() ?? [];
    if (place === undefined || shown === undefined) return;
    this.#whole = false;
    const before = this.#place();
    const { aspect } = shown.pyramid;
    const by = { row: (row * height * panPart * place.scale) / aspect, column: column * width * panPart * place.scale };
    this.#map?.getView().setCenter(this.#pointOf({ row: place.row + by.row, column: place.column + by.column }));
    const after = this.#place();
    if (before === undefined || after === undefined) return;
    const cursor = shown.cursor ?? { row: Math.floor(before.row), column: Math.floor(before.column) };
    const moved = { row: Math.round(after.row - before.row), column: Math.round(after.column - before.column) };
    shown.onCursor(this.#within({ row: cursor.row + moved.row, column: cursor.column + moved.column }));
  }

  /** Moves the cursor by an element, or by a pixel of the screen where that is more; the view follows. */
  #moveCursor({ row, column }: Cell): void {
    const place = this.#place();
    const shown = this.#shown;
    if (place === undefined || shown === undefined) return;
    const by = Math.max(1, Math.round(place.scale));
    const middle = { row: Math.floor(place.row), column: Math.floor(place.column) };
    const { cursor } = shown;
    const to = cursor === null ? middle : { row: cursor.row + row * by, column: cursor.column + column * by };
    const cell = this.#within(to);
    const seen = this.box;
    const isIn = (span: Span | undefined, index: number): boolean =>
      span !== undefined && index >= span.start && index < span.stop;
    if (!isIn(seen?.rows, cell.row) || !isIn(seen?.columns, cell.column)) this.goTo(cell);
    shown.onCursor(cell);
  }

  #within({ row, column }: Cell): Cell {
    const { rows, columns } = this.#sides();
    return { row: Math.min(rows - 1, Math.max(0, row)), column: Math.min(columns - 1, Math.max(0, column)) };
  }
}

/** What decides which values tiles hold. */
function planeKey({ at, bands, pyramid, attempt }: ShownMap): string {
  const { rowAxis, columnAxis, bandAxis } = pyramid;
  const others = at.map((index, axis) => (axis === rowAxis || axis === columnAxis || axis === bandAxis ? 0 : index));
  return `${others.join('.')};${bands.join('.')};${attempt}`;
}
