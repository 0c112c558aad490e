import { regionKinds } from '../../../preview/target-types';
import { Drawing } from '../drawing';
import { listenToGestures } from '../gestures';
import { type Frame, unitSize, type Viewport } from '../viewport';
import { classCount, groupColours, type Line, linePixels } from './map-raster';
import type { RegionTable } from './region-table';

/** What the drawing of a file shows, and what it tells. */
export interface ShownFile {
  table: RegionTable;
  layout: 'rows' | 'strip';
  viewport: Viewport;
  /** Number of the region that is selected; -1: none. */
  selected: number;
  onViewport: (viewport: Viewport) => void;
  onClick: (region: number) => void;
  onHover: (region: number) => void;
}

/** CSS pixels. */
const bandHeight = { rows: 15, strip: 44 };
const laneGap = 1;
const laneHeight = 4;
const rowGap = 5;
const rowCount = { rows: 12, strip: 1 };
/** A selected region's frame takes at least so many. */
const smallestFrame = 6;
/** High enough never to be what zooming is bound by. */
const unitHeight = 1e6;

type Colour = readonly [number, number, number, number];

/** A file as a line of bytes, wrapped in rows or as one strip, which can be zoomed and dragged. */
export class FileMap extends Drawing<ShownFile> {
  /** The line, as one row of pixels. */
  frame: Frame | undefined;
  #width = 0;
  #image: { key: string; table: RegionTable; canvas: HTMLCanvasElement } | undefined;

  constructor() {
    super();
    listenToGestures(this, {
      frame: () => this.frame,
      viewport: () => this.shown?.viewport ?? { zoom: 1, x: 0, y: 0 },
      pointOf: (event) => this.#linePoint(event),
      change: (viewport) => this.shown?.onViewport(viewport),
      click: (point) => {
        const region = this.#regionUnder(point.x);
        if (region >= 0) this.shown?.onClick(region);
      },
    });
    this.addEventListener('pointermove', (event) => {
      this.shown?.onHover(this.#regionUnder(this.#linePoint(event).x));
    });
    this.addEventListener('pointerleave', () => this.shown?.onHover(-1));
  }

  /** Bytes that a row of the drawing shows. */
  get rowBytes(): number {
    if (this.frame === undefined || this.shown === undefined) return 0;
    return this.#width / unitSize(this.frame, this.shown.viewport).width;
  }

  /** Bytes of the file that are seen, half-open. */
  get seenBytes(): { from: number; to: number } {
    const from = this.#firstByte();
    return { from, to: from + this.rowBytes * rowCount[this.shown?.layout ?? 'rows'] };
  }

  protected override heightFor({ layout, table }: ShownFile, width: number): number {
    const { from, to } = table.span;
    const rows = rowCount[layout];
    this.#width = width;
    const unitWidth = (rows * width) / (to - from);
    this.frame = { width: rows * width, height: unitHeight, columns: to - from, rows: 1, unitWidth, unitHeight };
    return rows * pitchOf(layout);
  }

  protected override draw(context: CanvasRenderingContext2D, shown: ShownFile): void {
    const ratio = window.devicePixelRatio;
    const image = this.#rasterised(shown, ratio);
    const { e, f } = context.getTransform();
    context.save();
    context.setTransform(1, 0, 0, 1, Math.round(e), Math.round(f));
    context.drawImage(image, 0, 0);
    context.restore();
    if (shown.selected >= 0) this.#frameRegion(context, shown);
  }

  #firstByte(): number {
    return (this.shown?.table.span.from ?? 0) + (this.shown?.viewport.x ?? 0);
  }

  /** A pointer's place on the line, all rows behind one another. */
  #linePoint(event: MouseEvent): { x: number; y: number } {
    const { x, y } = this.pointOf(event);
    const layout = this.shown?.layout ?? 'rows';
    const row = Math.max(0, Math.min(rowCount[layout] - 1, Math.floor(y / pitchOf(layout))));
    return { x: row * this.#width + x, y: 0 };
  }

  #regionUnder(x: number): number {
    const { frame, shown } = this;
    if (frame === undefined || shown === undefined) return -1;
    return shown.table.holding(this.#firstByte() + x / unitSize(frame, shown.viewport).width);
  }

  #rasterised(shown: ShownFile, ratio: number): HTMLCanvasElement {
    const { table, layout, viewport } = shown;
    const colours = this.#colours();
    const width = Math.floor(this.#width * ratio);
    const key = JSON.stringify([layout, viewport, width, ratio, colours]);
    if (this.#image?.key === key && this.#image.table === table) return this.#image.canvas;
    const rows = rowCount[layout];
    const line: Line = { from: this.#firstByte(), bytes: this.rowBytes / width, pixels: width * rows };
    const canvas = painted(table, line, { width, rows, layout, ratio }, colours);
    this.#image = { key, table, canvas };
    return canvas;
  }

  /** Frames within one another around the region's part of each row: seen on any colour. */
  #frameRegion(context: CanvasRenderingContext2D, { table, selected, layout }: ShownFile): void {
    const { start, length } = table.at(selected);
    const perByte = this.#width / this.rowBytes;
    const left = (start - this.#firstByte()) * perByte;
    const right = left + length * perByte;
    const width = this.#width;
    for (let row = 0; row < rowCount[layout]; row += 1) {
      const from = Math.max(0, left - row * width);
      const to = Math.min(width, right - row * width);
      if (to < 0 || from > width || (to === 0 && right > left && row > 0)) continue;
      if (left - row * width >= width || right - row * width <= 0) continue;
      const wide = Math.max(smallestFrame, to - from);
      const x = Math.max(0, Math.min(width - wide, from - (wide - (to - from)) / 2));
      ['--cell-mark', '--open'].forEach((property, index) => {
        const by = 2 * index - 1;
        context.lineWidth = 2;
        context.strokeStyle = this.colour(property);
        context.strokeRect(x - by, row * pitchOf(layout) - by, wide + 2 * by, bandHeight[layout] + 2 * by);
      });
    }
  }

  /** The theme's colours as numbers: of the classes, the lane's two marks, and what stands between regions. */
  #colours(): Colour[] {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const read = (property: string): Colour => {
      if (context === null) return [128, 128, 128, 255];
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = this.colour(property);
      context.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, alpha];
    };
    const gap = read('--file-gap');
    const groups = groupNames.map(read);
    const pale = groups.map((colour) => mixed(colour, gap, paleness));
    return [...regionKinds.map((kind) => read(`--file-${kind}`)), ...groups, ...pale, ...laneNames.map(read)];
  }
}

const groupNames = Array.from({ length: groupColours }, (_, group) => `--file-group-${group}`);
const laneNames = ['--file-headers', '--file-odd', '--cell-mark'];
/** How much of a gap's colour tiles have that nothing refers to. */
const paleness = 0.6;

function mixed(colour: Colour, other: Colour, share: number): Colour {
  const part = (index: 0 | 1 | 2 | 3): number => Math.round(colour[index] * (1 - share) + other[index] * share);
  return [part(0), part(1), part(2), part(3)];
}

function pitchOf(layout: ShownFile['layout']): number {
  return bandHeight[layout] + laneGap + laneHeight + rowGap;
}

interface Sheet {
  width: number;
  rows: number;
  layout: ShownFile['layout'];
  ratio: number;
}

function painted(table: RegionTable, line: Line, sheet: Sheet, colours: readonly Colour[]): HTMLCanvasElement {
  const { width, rows, layout, ratio } = sheet;
  const scaled = (pixels: number): number => Math.round(pixels * ratio);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = scaled(rows * pitchOf(layout));
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  const { classes, gaps, edges, lane } = linePixels(table, line);
  const gapColour = colours[regionKinds.indexOf('gap')] ?? [0, 0, 0, 0];
  const [headers, odd, between] = colours.slice(classCount);
  const band = new Uint8ClampedArray(4 * width);
  const marks = new Uint8ClampedArray(4 * width);
  for (let row = 0; row < rows; row += 1) {
    band.fill(0);
    marks.fill(0);
    for (let x = 0; x < width; x += 1) {
      const pixel = row * width + x;
      const kind = classes[pixel] ?? 0;
      const colour = edges[pixel] === 1 ? between : kind === 0 ? undefined : colours[kind - 1];
      const gap = edges[pixel] === 1 ? 0 : (gaps[pixel] ?? 0) / 255;
      if (colour !== undefined) band.set(gap === 0 ? colour : mixed(colour, gapColour, gap), 4 * x);
      const bits = lane[pixel] ?? 0;
      const sign = (bits & 2) !== 0 ? odd : (bits & 1) !== 0 ? headers : undefined;
      if (sign !== undefined) marks.set(sign, 4 * x);
    }
    const top = scaled(row * pitchOf(layout));
    stretch(context, band, top, scaled(bandHeight[layout]));
    stretch(context, marks, top + scaled(bandHeight[layout] + laneGap), scaled(laneHeight));
  }
  return canvas;
}

/** Puts a line of pixels into so many rows of a canvas. */
function stretch(context: CanvasRenderingContext2D, line: Uint8ClampedArray, top: number, height: number): void {
  const width = line.length / 4;
  if (width === 0 || height === 0) return;
  const image = new ImageData(width, height);
  for (let row = 0; row < height; row += 1) image.data.set(line, row * line.length);
  context.putImageData(image, 0, top);
}
