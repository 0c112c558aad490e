import { Drawing } from '../drawing';
import { listenToGestures } from '../gestures';
import { cellAt, fitted, seen, unitSize, type Cell, type Frame, type Viewport } from '../viewport';
import { cellStates } from '../../../preview/types';
import type { GridMap } from './cells';
import { CellsPicture, drawCells, type DrawnCells } from './cells-picture';
import { boxOf } from './draw-cell';
import type { GridLayout } from './layout';
import { rasterPlan, type CellColours } from './raster';
import { RasterPicture } from './raster-picture';
import { shadePalette, type ShadePalette } from './shades';

/** What the drawing of a grid shows, and what it tells. */
export interface ShownGrid {
  layout: GridLayout;
  /** From near to far. */
  maps: readonly GridMap[];
  viewport: Viewport;
  selected: Cell;
  /** The other corner of the selected box; null: the chunk alone. */
  from: Cell | null;
  /** The chunk that is open. */
  open: Cell | null;
  onViewport: (viewport: Viewport) => void;
  /** Cells of the drawing that are seen. */
  onSeen: (cells: ReturnType<typeof seen>) => void;
  /** `extend`: with Shift. */
  onClick: (cell: Cell, extend: boolean) => void;
  onHover: (cell: Cell | null) => void;
}

/** CSS pixels: a cell's largest side, the grid's largest height, the side from which cells are drawn one by one, and the smallest frame. */
const largestCell = 26;
const highest = 320;
const apart = 4;
const smallestFrame = 10;
/** CSS pixels that a malformed chunk takes at least. */
const smallestMark = 3;

/** The chunk grid of an array. */
export class ChunkGrid extends Drawing<ShownGrid> {
  frame: Frame | undefined;
  #seen = '';
  #read: { key: string; colours: CellColours } | undefined;
  readonly #cells = new CellsPicture();
  readonly #raster = new RasterPicture();

  constructor() {
    super();
    const cellUnder = (point: { x: number; y: number }): Cell | undefined =>
      this.frame === undefined || this.shown === undefined ? undefined : cellAt(this.frame, this.shown.viewport, point);
    listenToGestures(this, {
      frame: () => this.frame,
      viewport: () => this.shown?.viewport ?? { zoom: 1, x: 0, y: 0 },
      pointOf: (event) => this.pointOf(event),
      change: (viewport) => this.shown?.onViewport(viewport),
      click: (point, event) => {
        const cell = cellUnder(point);
        if (cell !== undefined) this.shown?.onClick(cell, event.shiftKey);
      },
    });
    this.addEventListener('pointermove', (event) => {
      this.shown?.onHover(cellUnder(this.pointOf(event)) ?? null);
    });
    this.addEventListener('pointerleave', () => this.shown?.onHover(null));
  }

  protected override heightFor({ layout }: ShownGrid, width: number): number {
    this.frame = fitted(layout, { width, height: highest }, largestCell);
    return this.frame.height;
  }

  protected override draw(context: CanvasRenderingContext2D, shown: ShownGrid): void {
    const { frame } = this;
    if (frame === undefined) return;
    this.#tellSeen(frame, shown);
    const unit = unitSize(frame, shown.viewport);
    const side = Math.min(unit.width, unit.height);
    const ratio = window.devicePixelRatio;
    const plan = rasterPlan(shown, frame, ratio);
    const rastered = side < apart && plan.width > 0 && plan.height > 0;
    const cells: DrawnCells = { ...shown, frame, colours: this.#drawnColours(), palette: paletteOf(shown.maps) };
    if (rastered) {
      const mark = Math.round(smallestMark * ratio);
      this.#raster.update(plan, { colours: this.#colours(), palette: cells.palette, mark });
      this.#raster.draw(context);
    } else {
      this.#cells.draw(context, cells, ratio);
    }
    if (shown.open !== null) this.#frameCell(context, frame, shown.viewport, shown.open, ['--cell-mark'], 3);
    this.#frameSelection(context, frame, shown);
    // A frame larger than its cell hides no malformed neighbour.
    if (rastered) {
      this.#raster.drawMarks(context);
    } else if (side < smallestFrame) {
      const { selected } = shown;
      const isDrawn = ({ row, column }: Cell, state: number): boolean =>
        (state & cellStates.broken) !== 0 && (row !== selected.row || column !== selected.column);
      drawCells(context, cells, isDrawn);
    }
  }

  #tellSeen(frame: Frame, shown: ShownGrid): void {
    const cells = seen(frame, shown.viewport);
    const key = JSON.stringify([cells, shown.layout]);
    if (key === this.#seen) return;
    this.#seen = key;
    shown.onSeen(cells);
  }

  /** The theme's colours as numbers: a canvas reads whatever form they are written in. */
  #colours(): CellColours {
    const written = ['--cell-range', '--cell-inline', '--cell-absent-fill', '--cell-broken'].map((property) =>
      this.colour(property),
    );
    const key = written.join();
    if (this.#read?.key !== key) this.#read = { key, colours: this.#readColours() };
    return this.#read.colours;
  }

  #readColours(): CellColours {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const read = (property: string): [number, number, number, number] => {
      if (context === null) return [128, 128, 128, 255];
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = this.colour(property);
      context.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, alpha];
    };
    return {
      range: read('--cell-range'),
      inline: read('--cell-inline'),
      absent: read('--cell-absent-fill'),
      broken: read('--cell-broken'),
    };
  }

  #drawnColours(): DrawnCells['colours'] {
    return {
      range: this.colour('--cell-range'),
      inline: this.colour('--cell-inline'),
      absent: this.colour('--cell-absent'),
      absentFill: this.colour('--cell-absent-fill'),
      broken: this.colour('--cell-broken'),
      mark: this.colour('--cell-mark'),
    };
  }

  /** The selected chunk, and all of the box that it spans with the other corner. */
  #frameSelection(context: CanvasRenderingContext2D, frame: Frame, { viewport, selected, from }: ShownGrid): void {
    this.#frameCell(context, frame, viewport, selected, ['--cell-mark', '--open'], 0);
    if (from === null) return;
    const first = boxOf(frame, viewport, from);
    const last = boxOf(frame, viewport, selected);
    const [x, y] = [Math.min(first.x, last.x), Math.min(first.y, last.y)];
    const right = Math.max(first.x, last.x) + last.width;
    const bottom = Math.max(first.y, last.y) + last.height;
    context.setLineDash([6, 3]);
    context.lineWidth = 2;
    context.strokeStyle = this.colour('--open');
    context.strokeRect(x, y, right - x, bottom - y);
    context.setLineDash([]);
  }

  /** Frames within one another from inside out, the first so far inside the cell: two are seen on any colour. */
  #frameCell(
    context: CanvasRenderingContext2D,
    frame: Frame,
    viewport: Viewport,
    cell: Cell,
    properties: readonly string[],
    inset: number,
  ): void {
    const box = boxOf(frame, viewport, cell);
    if (box.x + box.width < 0 || box.y + box.height < 0 || box.x > frame.width || box.y > frame.height) return;
    // A cell of a few pixels gets a frame around it that can be seen, at the edge of the drawing too.
    const width = Math.max(smallestFrame, box.width - 2 * inset);
    const height = Math.max(smallestFrame, box.height - 2 * inset);
    const x = within(box.x + (box.width - width) / 2, frame.width - width);
    const y = within(box.y + (box.height - height) / 2, frame.height - height);
    context.lineWidth = 2;
    properties.forEach((property, index) => {
      const by = 2 * index - 1;
      context.strokeStyle = this.colour(property);
      context.strokeRect(x - by, y - by, width + 2 * by, height + 2 * by);
    });
  }
}

function paletteOf(maps: readonly GridMap[]): ShadePalette | undefined {
  const shades = maps.find(({ cells }) => cells.shades !== null)?.cells.shades;
  return shades === undefined || shades === null ? undefined : shadePalette(shades.meaning);
}

function within(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}
