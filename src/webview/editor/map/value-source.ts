import DataTile from 'ol/DataTile.js';
import type Projection from 'ol/proj/Projection.js';
import type { Size } from 'ol/size.js';
import TileSource from 'ol/source/Tile.js';
import TileGrid from 'ol/tilegrid/TileGrid.js';
import TileState from 'ol/TileState.js';
import type { Pyramid, WindowFailure, WindowRequest, WindowValues } from '../../../preview/map-types';
import { type MapLevel, tileSpans } from './map-levels';
import type { TileLook } from './tile-look';
import { drawTile, type HatchColours } from './tile-picture';
import { type TileValues, tileValues } from './tile-values';

/** Where a tile is: its resolution, and its number across and down. */
export interface TilePlace {
  z: number;
  x: number;
  y: number;
}

/** How tiles are painted now; `revision` counts the changes. */
export interface ShownLook extends HatchColours {
  revision: number;
  /** Null until a range is known: only what has failed is drawn. */
  look: TileLook | null;
}

/** What tiles are loaded with, and told. */
export interface TileWork {
  pyramid: Pyramid;
  levels: readonly MapLevel[];
  /** Whether a tile may be asked for now: false for parts that are waiting for the user's word. */
  mayLoad: (place: TilePlace) => boolean;
  request: (
    level: MapLevel,
    rows: { start: number; stop: number },
    columns: { start: number; stop: number },
  ) => WindowRequest;
  load: (request: WindowRequest, signal: AbortSignal) => Promise<WindowValues>;
  look: () => ShownLook | undefined;
  /** Called whenever a tile has begun to load, has come, was given up, or has gone. */
  changed: () => void;
}

/** A tile that holds raw values, and is painted anew when the look has changed since. */
export class ValueTile extends DataTile {
  values: TileValues | undefined;
  failures: readonly WindowFailure[] = [];
  /** Why nothing of it came; undefined where something did. */
  failure: string | undefined;
  #canvas: HTMLCanvasElement | undefined;
  #painted = -1;
  #stop: AbortController | undefined;

  constructor(
    readonly place: TilePlace,
    private readonly level: MapLevel,
    private readonly work: TileWork,
    private readonly gone: (tile: ValueTile) => void,
  ) {
    super({
      tileCoord: [place.z, place.x, place.y],
      transition: 0,
      interpolate: false,
      loader: () => Promise.reject(new Error('Tiles of values load themselves.')),
    });
  }

  get isLoading(): boolean {
    return this.state === TileState.LOADING;
  }

  override load(): void {
    if (this.state !== TileState.IDLE) return;
    this.state = TileState.LOADING;
    this.changed();
    this.work.changed();
    this.resume();
  }

  /** Asks for the values of a tile that has been waiting for leave. */
  resume(): void {
    if (!this.isLoading || this.#stop !== undefined || !this.work.mayLoad(this.place)) return;
    const stop = new AbortController();
    this.#stop = stop;
    const { rows, columns } = tileSpans(this.level, this.place.y, this.place.x);
    this.work.load(this.work.request(this.level, rows, columns), stop.signal).then(
      (window) => {
        if (stop.signal.aborted) return;
        this.values = tileValues(this.work.pyramid, window);
        this.failures = window.failures;
        this.#end();
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        this.failure = error instanceof Error ? error.message : String(error);
        this.#end();
      },
    );
  }

  /** Gives up waiting: the tile is as it was before it began, and begins anew when it is wanted again. */
  cancel(): void {
    if (!this.isLoading) return;
    this.#stop?.abort();
    this.#stop = undefined;
    // The queue counts a tile as loading until it hears of its end.
    this.state = TileState.ERROR;
    this.changed();
    this.state = TileState.IDLE;
  }

  /** What came of it is shown, and be it that nothing came. */
  #end(): void {
    this.#stop = undefined;
    this.state = TileState.LOADED;
    this.work.changed();
    this.changed();
  }

  override getData(): HTMLCanvasElement | null {
    const look = this.work.look();
    if (look === undefined) return null;
    if (this.#canvas === undefined) {
      this.#canvas = document.createElement('canvas');
      this.#canvas.width = this.level.tileColumns;
      this.#canvas.height = this.level.tileRows;
    }
    if (this.#painted !== look.revision) {
      const { rows, columns } = tileSpans(this.level, this.place.y, this.place.x);
      const size = { rows: rows.stop - rows.start, columns: columns.stop - columns.start };
      drawTile(this.#canvas, { values: this.values, failures: this.failures, ...size }, look, this.work.pyramid);
      this.#painted = look.revision;
    }
    return this.#canvas;
  }

  override disposeInternal(): void {
    this.#stop?.abort();
    this.gone(this);
    super.disposeInternal();
  }
}

/** The tiles of a map: its resolutions as a grid, of which sides need not be square nor halved exactly. */
export class ValueSource extends TileSource {
  readonly #tiles = new Map<string, ValueTile>();

  constructor(
    projection: Projection,
    private readonly work: TileWork,
  ) {
    super({ projection, interpolate: false, transition: 0, wrapX: false, tileGrid: gridOf(work), key: '0' });
  }

  override getTile(z: number, x: number, y: number): ValueTile | null {
    const level = this.work.levels[z];
    if (level === undefined || this.getTileCoordForTileUrlFunction([z, x, y]) === null) return null;
    const { rows, columns } = tileSpans(level, y, x);
    if (rows.stop <= rows.start || columns.stop <= columns.start) return null;
    const name = this.#nameOf({ z, x, y });
    const tile = new ValueTile({ z, x, y }, level, this.work, (gone) => {
      if (this.#tiles.get(name) === gone) this.#tiles.delete(name);
    });
    tile.key = `${this.getKey()}/${z}/${x}/${y}`;
    this.#tiles.set(name, tile);
    return tile;
  }

  /** The base class rounds: the edges of tiles would drift from where they belong, the farther from the corner the more. */
  override getTilePixelSize(z: number): Size {
    const size = this.getTileGrid()?.getTileSize(z);
    return Array.isArray(size) ? size : [size ?? 256, size ?? 256];
  }

  /** Other values from now on: tiles of the key before are seen until those of this one have come. */
  show(key: string): void {
    this.setKey(key);
  }

  tileAt(place: TilePlace): ValueTile | undefined {
    return this.#tiles.get(this.#nameOf(place));
  }

  /** Tiles of the values that are shown now, not of those before another index was chosen. */
  tiles(): ValueTile[] {
    const prefix = `${this.getKey()}/`;
    return [...this.#tiles].flatMap(([name, tile]) => (name.startsWith(prefix) ? [tile] : []));
  }

  /** Gives up all tiles but those that `keep` says are still wanted. */
  cancelOthers(keep: (place: TilePlace) => boolean): void {
    const prefix = `${this.getKey()}/`;
    for (const [name, tile] of this.#tiles) if (!name.startsWith(prefix) || !keep(tile.place)) tile.cancel();
  }

  #nameOf({ z, x, y }: TilePlace): string {
    return `${this.getKey()}/${z}/${x}/${y}`;
  }
}

/** Coordinates of the map: columns of the whole array to the right, rows times the aspect downwards, as negative numbers. */
function gridOf({ pyramid, levels }: TileWork): TileGrid {
  const { aspect } = pyramid;
  return new TileGrid({
    extent: extentOf(pyramid),
    origin: [0, 0],
    resolutions: levels.map(({ columnScale }) => columnScale),
    tileSizes: levels.map(({ tileColumns, tileRows, rowScale, columnScale }) => [
      tileColumns,
      (tileRows * rowScale * aspect) / columnScale,
    ]),
  });
}

/** The whole array in coordinates of the map: left, bottom, right, top. */
export function extentOf({ levels, rowAxis, columnAxis, aspect }: Pyramid): [number, number, number, number] {
  const shape = levels[0]?.shape ?? [];
  return [0, -(shape[rowAxis] ?? 1) * aspect, shape[columnAxis] ?? 1, 0];
}
