import { unitSize, type Cell, type Frame, type Viewport } from '../viewport';
import type { CellKind } from './cells';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where a cell is drawn, in CSS pixels from the frame's upper left corner. */
export function boxOf(frame: Frame, viewport: Viewport, { row, column }: Cell): Box {
  const { width, height } = unitSize(frame, viewport);
  return { x: (column - viewport.x) * width, y: (row - viewport.y) * height, width, height };
}

/** What cells are drawn with, as CSS colours. */
export type DrawnColours = Record<CellKind | 'absentFill' | 'mark', string>;

/** From this side on, in pixels, cells carry the mark of their kind. */
const marked = 9;

/**
 * A cell: a filled square in the file, with a dot where inline, an outline where absent, with a cross where malformed, so that they are told
 * apart without colour. A block of several kinds is an outline with its lower half filled. `range` is this cell's own colour in the file.
 */
export function drawCell(
  context: CanvasRenderingContext2D,
  box: Box,
  kinds: readonly CellKind[],
  colours: DrawnColours,
  range = colours.range,
): void {
  const side = Math.min(box.width, box.height);
  const gap = side >= marked ? 1 : 0.5;
  const inner = { x: box.x + gap, y: box.y + gap, width: box.width - 2 * gap, height: box.height - 2 * gap };
  const present = kinds.filter((kind) => kind !== 'absent');
  const kind = present.at(-1);
  if (kinds.includes('absent')) outline(context, inner, colours);
  if (kind === undefined) return;
  context.fillStyle = kind === 'range' ? range : colours[kind];
  if (kinds.length === 1) context.fillRect(inner.x, inner.y, inner.width, inner.height);
  else context.fillRect(inner.x, inner.y + inner.height / 2, inner.width, inner.height / 2);
  if (side < marked) return;
  if (kind === 'inline') dot(context, inner, colours.mark);
  if (kind === 'broken') cross(context, inner, colours.mark);
}

function outline(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Box,
  { absent, absentFill }: DrawnColours,
): void {
  context.fillStyle = absentFill;
  context.fillRect(x, y, width, height);
  context.strokeStyle = absent;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
}

function dot(context: CanvasRenderingContext2D, { x, y, width, height }: Box, colour: string): void {
  const radius = Math.min(width, height) / 5;
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x + width / 2, y + height / 2, radius, 0, 2 * Math.PI);
  context.fill();
}

function cross(context: CanvasRenderingContext2D, { x, y, width, height }: Box, colour: string): void {
  const arm = Math.min(width, height) / 4;
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const slope of [1, -1]) {
    context.moveTo(middleX - arm, middleY - slope * arm);
    context.lineTo(middleX + arm, middleY + slope * arm);
  }
  context.stroke();
}
