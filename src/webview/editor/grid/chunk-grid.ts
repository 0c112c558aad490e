import { Drawing } from '../drawing';
import { listenToGestures } from '../gestures';
import { cellAt, fitted, seen, unitSize, type Cell, type Frame, type Viewport } from '../viewport';
import { kindsOf, type CellKind, type GridMap } from './cells';
import { drawCell, type Box } from './draw-cell';
import type { GridLayout } from './layout';
import { rasterise, stateOf, type CellColours } from './raster';

/** What the drawing of a grid shows, and what it tells. */
export interface ShownGrid {
  layout: GridLayout;
  /** From near to far. */
  maps: readonly GridMap[];
  viewport: Viewport;
  selected: Cell;
  /** The chunk that is open. */
  open: Cell | null;
  onViewport: (viewport: Viewport) => void;
  /** Cells of the drawing that are seen. */
  onSeen: (cells: ReturnType<typeof seen>) => void;
  onClick: (cell: Cell) => void;
  onHover: (cell: Cell | null) => void;
}

/** CSS pixels: a cell's largest side, the grid's largest height, and the side from which cells are drawn one by one. */
const largestCell = 26;
const highest = 320;
const apart = 4;

/** The chunk grid of an array. */
export class ChunkGrid extends Drawing<ShownGrid> {
  frame: Frame | undefined;
  #seen = '';

  constructor() {
    super();
    const cellUnder = (point: { x: number; y: number }): Cell | undefined =>
      this.frame === undefined || this.shown === undefined ? undefined : cellAt(this.frame, this.shown.viewport, point);
    listenToGestures(this, {
      frame: () => this.frame,
      viewport: () => this.shown?.viewport ?? { zoom: 1, x: 0, y: 0 },
      pointOf: (event) => this.pointOf(event),
      change: (viewport) => this.shown?.onViewport(viewport),
      click: (point) => {
        const cell = cellUnder(point);
        if (cell !== undefined) this.shown?.onClick(cell);
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
    if (Math.min(unit.width, unit.height) < apart) this.#drawPixels(context, frame, shown);
    else this.#drawCells(context, frame, shown);
    if (shown.open !== null) this.#frameCell(context, boxOf(frame, shown.viewport, shown.open), ['--cell-mark'], 3);
    this.#frameCell(context, boxOf(frame, shown.viewport, shown.selected), ['--cell-mark', '--open'], 0);
  }

  #tellSeen(frame: Frame, shown: ShownGrid): void {
    const cells = seen(frame, shown.viewport);
    const key = JSON.stringify([cells, shown.layout]);
    if (key === this.#seen) return;
    this.#seen = key;
    shown.onSeen(cells);
  }

  #drawPixels(context: CanvasRenderingContext2D, frame: Frame, { layout, maps, viewport }: ShownGrid): void {
    const ratio = window.devicePixelRatio;
    const unit = unitSize(frame, viewport);
    const [width, height] = [Math.round(frame.width * ratio), Math.round(frame.height * ratio)];
    if (width === 0 || height === 0) return;
    const plan = {
      layout,
      maps,
      top: viewport.y,
      left: viewport.x,
      cellWidth: unit.width * ratio,
      cellHeight: unit.height * ratio,
      width,
      height,
    };
    context.putImageData(new ImageData(rasterise(plan, this.#rgb(context)), width, height), 0, 0);
  }

  /** The theme's colours as numbers: the canvas itself reads whatever form they are written in. */
  #rgb(context: CanvasRenderingContext2D): CellColours {
    const read = (kind: CellKind): [number, number, number] => {
      context.fillStyle = this.colour(`--cell-${kind}`);
      context.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
      context.clearRect(0, 0, 1, 1);
      return [red, green, blue];
    };
    return { range: read('range'), inline: read('inline'), absent: read('absent'), broken: read('broken') };
  }

  #drawCells(context: CanvasRenderingContext2D, frame: Frame, shown: ShownGrid): void {
    const { rows, columns } = seen(frame, shown.viewport);
    const colours = new Map<CellKind, string>();
    const colourOf = (kind: CellKind): string => {
      const known = colours.get(kind) ?? this.colour(`--cell-${kind}`);
      colours.set(kind, known);
      return known;
    };
    const mark = this.colour('--cell-mark');
    for (let row = rows.start; row < rows.stop; row += 1) {
      for (let column = columns.start; column < columns.stop; column += 1) {
        const kinds = kindsOf(stateOf(shown, row, column));
        if (kinds.length > 0) drawCell(context, boxOf(frame, shown.viewport, { row, column }), kinds, colourOf, mark);
      }
    }
  }

  /** Frames within one another from inside out, the first so far inside the cell: two are seen on any colour. */
  #frameCell(context: CanvasRenderingContext2D, box: Box, properties: readonly string[], inset: number): void {
    // A cell of a few pixels gets a frame around it that can be seen.
    const grown = Math.max(0, (10 - Math.min(box.width, box.height)) / 2) - inset;
    context.lineWidth = 2;
    properties.forEach((property, index) => {
      const by = grown + 2 * index - 1;
      context.strokeStyle = this.colour(property);
      context.strokeRect(box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by);
    });
  }
}

function boxOf(frame: Frame, viewport: Viewport, { row, column }: Cell): Box {
  const { width, height } = unitSize(frame, viewport);
  return { x: (column - viewport.x) * width, y: (row - viewport.y) * height, width, height };
}
