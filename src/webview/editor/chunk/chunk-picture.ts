import { Drawing } from '../drawing';
import { listenToGestures } from '../gestures';
import { cellAt, fitted, unitSize, wholeView, type Cell, type Frame, type Viewport } from '../viewport';

/** What the picture of a chunk shows, and what it tells. */
export interface ShownPicture {
  image: CanvasImageSource;
  width: number;
  height: number;
  /** The part inside the array; the rest is hatched. */
  inside: { rows: number; columns: number };
  viewport: Viewport;
  cursor: Cell | null;
  onViewport: (viewport: Viewport) => void;
  onHover: (cell: Cell | null) => void;
  onClick: (cell: Cell) => void;
}

/** CSS pixels. */
const largestPixel = 40;
const highest = 440;
const square = 8;

/** A chunk as a picture: nodata over a checkerboard, what lies beyond the array hatched. */
export class ChunkPicture extends Drawing<ShownPicture> {
  frame: Frame | undefined;

  constructor() {
    super();
    const pixelUnder = (point: { x: number; y: number }): Cell | undefined =>
      this.frame === undefined || this.shown === undefined ? undefined : cellAt(this.frame, this.shown.viewport, point);
    listenToGestures(this, {
      frame: () => this.frame,
      viewport: () => this.shown?.viewport ?? wholeView,
      pointOf: (event) => this.pointOf(event),
      change: (viewport) => this.shown?.onViewport(viewport),
      click: (point) => {
        const cell = pixelUnder(point);
        if (cell !== undefined) this.shown?.onClick(cell);
      },
    });
    this.addEventListener('pointermove', (event) => {
      this.shown?.onHover(pixelUnder(this.pointOf(event)) ?? null);
    });
    this.addEventListener('pointerleave', () => this.shown?.onHover(null));
  }

  protected override heightFor({ width: columns, height: rows }: ShownPicture, width: number): number {
    this.frame = fitted({ columns, rows }, { width, height: highest }, largestPixel);
    return this.frame.height;
  }

  protected override draw(context: CanvasRenderingContext2D, shown: ShownPicture): void {
    const { frame } = this;
    if (frame === undefined) return;
    const unit = unitSize(frame, shown.viewport);
    const [left, top] = [-shown.viewport.x * unit.width, -shown.viewport.y * unit.height];
    const [width, height] = [shown.width * unit.width, shown.height * unit.height];
    const inner = [left, top, shown.inside.columns * unit.width, shown.inside.rows * unit.height] as const;
    context.fillStyle = this.#pattern(context, checkerboard) ?? this.colour('--check-a');
    context.fillRect(...inner);
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.rect(...inner);
    context.clip('evenodd');
    context.fillStyle = this.#pattern(context, hatching) ?? this.colour('--hatch');
    context.fillRect(left, top, width, height);
    context.restore();
    // Enlarged, a value is a square of one colour; made smaller, values are averaged.
    context.imageSmoothingEnabled = unit.width * window.devicePixelRatio < 1;
    context.imageSmoothingQuality = 'high';
    context.drawImage(shown.image, left, top, width, height);
    if (shown.cursor !== null) this.#drawCursor(context, frame, shown.viewport, shown.cursor);
  }

  /** Light around dark: seen on every colour. */
  #drawCursor(context: CanvasRenderingContext2D, frame: Frame, viewport: Viewport, { row, column }: Cell): void {
    const unit = unitSize(frame, viewport);
    const side = Math.max(unit.width, 7);
    const x = (column - viewport.x + 0.5) * unit.width - side / 2;
    const y = (row - viewport.y + 0.5) * unit.height - side / 2;
    for (const [colour, grown] of [
      ['#000', 1],
      ['#fff', 2.5],
    ] as const) {
      context.strokeStyle = colour;
      context.lineWidth = 1.5;
      context.strokeRect(x - grown, y - grown, side + 2 * grown, side + 2 * grown);
    }
  }

  #pattern(
    context: CanvasRenderingContext2D,
    paint: (tile: CanvasRenderingContext2D, colours: TileColours) => void,
  ): CanvasPattern | null {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 2 * square;
    const tileContext = tile.getContext('2d');
    if (tileContext === null) return null;
    paint(tileContext, {
      one: this.colour('--check-a'),
      other: this.colour('--check-b'),
      hatch: this.colour('--hatch'),
    });
    return context.createPattern(tile, 'repeat');
  }
}

interface TileColours {
  one: string;
  other: string;
  hatch: string;
}

function checkerboard(tile: CanvasRenderingContext2D, { one, other }: TileColours): void {
  tile.fillStyle = one;
  tile.fillRect(0, 0, 2 * square, 2 * square);
  tile.fillStyle = other;
  tile.fillRect(0, 0, square, square);
  tile.fillRect(square, square, square, square);
}

function hatching(tile: CanvasRenderingContext2D, { one, hatch }: TileColours): void {
  tile.fillStyle = one;
  tile.fillRect(0, 0, 2 * square, 2 * square);
  tile.strokeStyle = hatch;
  tile.lineWidth = 1.5;
  tile.beginPath();
  for (const from of [-square, 0, square, 2 * square]) {
    tile.moveTo(from - square, 2 * square + square);
    tile.lineTo(from + 2 * square, 0);
  }
  tile.stroke();
}
