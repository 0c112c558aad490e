import { Drawing } from '../drawing';
import { listenToGestures } from '../gestures';
import { cellAt, fitted, seen, unitSize, type Cell, type Frame, type Viewport } from '../viewport';
import { cellStates } from '../../../preview/types';
import { kindsOf, type GridMap } from './cells';
import { drawCell, type Box } from './draw-cell';
import type { GridLayout } from './layout';
import {
  brokenMarks,
  painted,
  rasterPlan,
  shadeOf,
  shadesUnder,
  stateOf,
  statesOf,
  type CellColours,
  type RasterPlan,
} from './raster';
import { shadeColour, shadePalette, type ShadePalette } from './shades';

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

/** A grid of very small cells: all of it, and the malformed chunks that stand above everything else. */
interface Raster {
  image: HTMLCanvasElement;
  marks: HTMLCanvasElement | undefined;
}

/** The chunk grid of an array. */
export class ChunkGrid extends Drawing<ShownGrid> {
  frame: Frame | undefined;
  #seen = '';
  #read: { key: string; colours: CellColours } | undefined;
  #raster: (Raster & { key: string; maps: readonly GridMap[] }) | undefined;

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
    const plan = rasterPlan(shown, frame, window.devicePixelRatio);
    const tiny = Math.min(unit.width, unit.height) < apart;
    const raster = tiny && plan.width > 0 && plan.height > 0 ? this.#rasterised(plan) : undefined;
    if (raster === undefined) this.#drawCells(context, frame, shown, () => true);
    else drawPixels(context, raster.image);
    if (shown.open !== null) this.#frameCell(context, frame, shown.viewport, shown.open, ['--cell-mark'], 3);
    this.#frameSelection(context, frame, shown);
    // A frame larger than its cell hides no malformed neighbour.
    if (raster?.marks !== undefined) drawPixels(context, raster.marks);
    if (raster === undefined && Math.min(unit.width, unit.height) < smallestFrame) {
      const { selected } = shown;
      this.#drawCells(
        context,
        frame,
        shown,
        ({ row, column }, state) =>
          (state & cellStates.broken) !== 0 && (row !== selected.row || column !== selected.column),
      );
    }
  }

  #tellSeen(frame: Frame, shown: ShownGrid): void {
    const cells = seen(frame, shown.viewport);
    const key = JSON.stringify([cells, shown.layout]);
    if (key === this.#seen) return;
    this.#seen = key;
    shown.onSeen(cells);
  }

  /** The grid as an image; the last one where nothing has changed but the selection. */
  #rasterised(plan: RasterPlan): Raster {
    const colours = this.#colours();
    const key = JSON.stringify([{ ...plan, maps: [] }, colours]);
    const same = key === this.#raster?.key && plan.maps.every((map, index) => map === this.#raster?.maps[index]);
    if (same && this.#raster !== undefined) return this.#raster;
    const states = statesOf(plan);
    const marks = brokenMarks(states, plan, Math.round(smallestMark * window.devicePixelRatio), colours.broken);
    this.#raster = {
      key,
      maps: plan.maps,
      image: imageOf(painted(states, colours, shadingOf(plan)), plan),
      marks: marks === undefined ? undefined : imageOf(marks, plan),
    };
    return this.#raster;
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

  #drawCells(
    context: CanvasRenderingContext2D,
    frame: Frame,
    shown: ShownGrid,
    isDrawn: (cell: Cell, state: number) => boolean,
  ): void {
    const { rows, columns } = seen(frame, shown.viewport);
    const palette = paletteOf(shown.maps);
    const colours = {
      range: this.colour('--cell-range'),
      inline: this.colour('--cell-inline'),
      absent: this.colour('--cell-absent'),
      absentFill: this.colour('--cell-absent-fill'),
      broken: this.colour('--cell-broken'),
      mark: this.colour('--cell-mark'),
    };
    for (let row = rows.start; row < rows.stop; row += 1) {
      for (let column = columns.start; column < columns.stop; column += 1) {
        const state = stateOf(shown, row, column);
        const kinds = kindsOf(state);
        if (kinds.length === 0 || !isDrawn({ row, column }, state)) continue;
        const shade = palette === undefined ? 0 : shadeOf(shown, row, column);
        const own = palette === undefined || shade === 0 ? colours : { ...colours, range: shadeColour(palette, shade) };
        drawCell(context, boxOf(frame, shown.viewport, { row, column }), kinds, own);
      }
    }
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

function shadingOf(plan: RasterPlan): Parameters<typeof painted>[2] {
  const palette = paletteOf(plan.maps);
  const shades = shadesUnder(plan);
  return palette === undefined || shades === undefined ? undefined : { shades, palette };
}

function imageOf(rgba: Uint8ClampedArray<ArrayBuffer>, { width, height }: RasterPlan): HTMLCanvasElement {
  const image = document.createElement('canvas');
  image.width = width;
  image.height = height;
  image.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  return image;
}

/** Pixel by pixel of the screen, where the drawing begins: drawn to half a pixel, a column of the image would be lost. */
function drawPixels(context: CanvasRenderingContext2D, image: HTMLCanvasElement): void {
  const { e, f } = context.getTransform();
  context.save();
  context.setTransform(1, 0, 0, 1, Math.round(e), Math.round(f));
  context.drawImage(image, 0, 0);
  context.restore();
}

function within(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}

function boxOf(frame: Frame, viewport: Viewport, { row, column }: Cell): Box {
  const { width, height } = unitSize(frame, viewport);
  return { x: (column - viewport.x) * width, y: (row - viewport.y) * height, width, height };
}
