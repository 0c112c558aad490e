import { cellStates } from '../../../preview/types';
import { unitSize, type Frame, type Span, type Viewport } from '../viewport';
import { cellKinds, type CellKind, type GridMap } from './cells';
import type { ShadePalette } from './shades';
import { gridCellAt, type GridLayout } from './layout';
import type { Part } from './movement';

/** Red, green, blue and alpha of each kind of chunk, bytes. */
export type CellColours = Record<CellKind, readonly [number, number, number, number]>;

/** What is drawn: pixels for so many rows and columns of the drawing. */
export interface RasterPlan {
  layout: GridLayout;
  /** From near to far: the first that knows a chunk tells its state. */
  maps: readonly GridMap[];
  /** Rows and columns seen, as fractions of cells. */
  top: number;
  left: number;
  cellWidth: number;
  cellHeight: number;
  width: number;
  height: number;
}

/** The plan of a frame that has `ratio` pixels of the screen for each of its own: its last cells have a pixel of their own, if only in part. */
export function rasterPlan(
  shown: Pick<RasterPlan, 'layout' | 'maps'> & { viewport: Viewport },
  frame: Frame,
  ratio: number,
): RasterPlan {
  const { layout, maps, viewport } = shown;
  const unit = unitSize(frame, viewport);
  return {
    layout,
    maps,
    top: viewport.y,
    left: viewport.x,
    cellWidth: unit.width * ratio,
    cellHeight: unit.height * ratio,
    width: Math.ceil(frame.width * ratio - rounding),
    height: Math.ceil(frame.height * ratio - rounding),
  };
}

/** More than the errors of arithmetic, less than anything that is seen. */
const rounding = 1e-6;

/** The plan of a part of a drawing, in its pixels. */
export function planOf(plan: RasterPlan, { x, y, width, height }: Part): RasterPlan {
  const [left, top] = [plan.left + x / plan.cellWidth, plan.top + y / plan.cellHeight];
  return { ...plan, left, top, width, height };
}

/** The state of a cell of the drawing, 0 where there is none. */
export function stateOf({ layout, maps }: Pick<RasterPlan, 'layout' | 'maps'>, row: number, column: number): number {
  if (!layout.list) return stateIn(maps, row, column);
  const place = gridCellAt(layout, { row, column });
  return place === undefined ? 0 : stateIn(maps, place.row, place.column);
}

function stateIn(maps: readonly GridMap[], row: number, column: number): number {
  for (const map of maps) {
    const state = map.stateAt(row, column);
    if (state !== undefined) return state;
  }
  return 0;
}

/** The shade of a cell of the drawing, of the first map that knows its state; 0 where it has none. */
export function shadeOf({ layout, maps }: Pick<RasterPlan, 'layout' | 'maps'>, row: number, column: number): number {
  if (!layout.list) return shadeIn(maps, row, column);
  const place = gridCellAt(layout, { row, column });
  return place === undefined ? 0 : shadeIn(maps, place.row, place.column);
}

function shadeIn(maps: readonly GridMap[], row: number, column: number): number {
  for (const map of maps) {
    const shade = map.shadeAt(row, column);
    if (shade !== undefined) return shade;
  }
  return 0;
}

/** As `statesOf`, the first shade of the cells under each pixel; undefined where no map has shades. */
export function shadesUnder(plan: RasterPlan): Uint8Array | undefined {
  if (plan.maps.every(({ cells }) => cells.shades === null)) return undefined;
  return pixelsOf(plan, (rows, columns) => shadeOf(plan, rows.start, columns.start));
}

/** A grid whose cells are smaller than a few pixels: the states of all cells under each pixel, row by row. */
export function statesOf(plan: RasterPlan): Uint8Array {
  return pixelsOf(plan, (rows, columns) => statesOver(plan, rows, columns));
}

/** A byte for each pixel, of the rows and columns of the drawing under it; 0 where there are none. */
function pixelsOf(plan: RasterPlan, byteOf: (rows: Span, columns: Span) => number): Uint8Array {
  const { width, height } = plan;
  const bytes = new Uint8Array(width * height);
  const columns = spans(plan.left, plan.cellWidth, width, plan.layout.columns);
  const rows = spans(plan.top, plan.cellHeight, height, plan.layout.rows);
  const wide = columns.filter(({ start, stop }) => start < stop).length;
  for (let y = 0; y < height; y += 1) {
    const row = rows[y];
    const last = rows[y - 1];
    if (row === undefined || row.start >= row.stop) continue;
    // Where a cell is higher than a pixel, one line is as the last.
    if (last?.start === row.start && last.stop === row.stop) {
      bytes.copyWithin(y * width, (y - 1) * width, y * width);
      continue;
    }
    let before: Span | undefined;
    for (let x = 0; x < wide; x += 1) {
      const column = columns[x];
      if (column === undefined) continue;
      const same = before?.start === column.start && before.stop === column.stop;
      bytes[y * width + x] = same ? (bytes[y * width + x - 1] ?? 0) : byteOf(row, column);
      before = column;
    }
  }
  return bytes;
}

/** All states that are met in spans of the drawing's rows and columns. */
function statesOver(plan: RasterPlan, rows: Span, columns: Span): number {
  if (!plan.layout.list) {
    for (const map of plan.maps) {
      const states = map.statesOver(rows, columns);
      if (states === 'partly') break;
      if (states !== undefined) return states;
    }
  }
  let states = 0;
  for (let row = rows.start; row < rows.stop; row += 1) {
    for (let column = columns.start; column < columns.stop; column += 1) states |= stateOf(plan, row, column);
  }
  return states;
}

/**
 * Red, green, blue and alpha of each pixel: of its shade where it has one, else of its state. A pixel over several chunks has the mean of
 * the colours of the kinds among them, and the colour of malformed ones where there is any.
 */
export function painted(
  states: Uint8Array,
  colours: CellColours,
  shading?: { shades: Uint8Array; palette: ShadePalette },
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint32Array(states.length);
  const ofStates = wordsOf(colours, paletteOf);
  const ofShades = wordsOf(shading?.palette ?? noPalette, (palette) => palette);
  for (let pixel = 0; pixel < states.length; pixel += 1) {
    const state = states[pixel] ?? 0;
    const shade = isBroken(state) ? 0 : (shading?.shades[pixel] ?? 0);
    pixels[pixel] = state === 0 ? 0 : ((shade === 0 ? undefined : ofShades[shade]) ?? ofStates[state] ?? 0);
  }
  return new Uint8ClampedArray(pixels.buffer);
}

const noPalette: ShadePalette = [];
const words = new WeakMap<object, Uint32Array>();

/** Colours as the machine writes four bytes at once, of what has them. */
function wordsOf<Source extends object>(
  source: Source,
  paletteOf: (source: Source) => readonly (readonly number[])[],
): Uint32Array {
  const known = words.get(source) ?? new Uint32Array(new Uint8ClampedArray(paletteOf(source).flat()).buffer);
  words.set(source, known);
  return known;
}

/**
 * The pixels over malformed chunks, each grown to a square of `side` pixels: one chunk of a million must be seen. Undefined where there are
 * none.
 */
export function brokenMarks(
  states: Uint8Array,
  { width, height }: Pick<RasterPlan, 'width' | 'height'>,
  side: number,
  colour: CellColours['broken'],
): Uint8ClampedArray<ArrayBuffer> | undefined {
  // Squares side by side are lines grown downwards: a malformed chunk costs two sides, not an area.
  let lines: Uint8Array | undefined;
  for (let pixel = 0; pixel < states.length; pixel += 1) {
    if (!isBroken(states[pixel] ?? 0)) continue;
    lines ??= new Uint8Array(states.length);
    const [y, left] = [Math.floor(pixel / width), placed(pixel % width, side, width)];
    lines.fill(1, y * width + left, y * width + Math.min(width, left + side));
  }
  if (lines === undefined) return undefined;
  const pixels = new Uint32Array(states.length);
  const [word = 0] = wordsOf(colour, (own) => [own]);
  for (let pixel = 0; pixel < lines.length; pixel += 1) {
    if (lines[pixel] === 0) continue;
    const top = placed(Math.floor(pixel / width), side, height);
    for (let y = top; y < Math.min(height, top + side); y += 1) pixels[y * width + (pixel % width)] = word;
  }
  return new Uint8ClampedArray(pixels.buffer);
}

function isBroken(state: number): boolean {
  return (state & cellStates.broken) !== 0;
}

/** Where a square around a pixel begins, moved into the drawing at its edges. */
function placed(pixel: number, side: number, length: number): number {
  return Math.max(0, Math.min(pixel - Math.floor(side / 2), length - side));
}

/** The cells under each pixel; none beyond the last. */
function spans(from: number, size: number, pixels: number, count: number): Span[] {
  return Array.from({ length: pixels }, (_, pixel) => {
    const start = Math.floor(from + pixel / size + rounding);
    const stop = Math.max(start + 1, Math.floor(from + (pixel + 1) / size + rounding));
    return { start: Math.min(start, count), stop: Math.min(stop, count) };
  });
}

/** A colour for each combination of states. */
function paletteOf(colours: CellColours): number[][] {
  return Array.from({ length: 16 }, (_, state) => {
    const kinds = cellKinds.filter((kind) => (state & cellStates[kind]) !== 0);
    const [first] = kinds;
    if (first === undefined) return [0, 0, 0, 0];
    if (kinds.includes('broken')) return [...colours.broken];
    const mean = (part: 0 | 1 | 2 | 3): number =>
      kinds.reduce((sum, kind) => sum + colours[kind][part], 0) / kinds.length;
    return [mean(0), mean(1), mean(2), mean(3)];
  });
}
