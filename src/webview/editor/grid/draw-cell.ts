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
 * The whole pixel of the screen at which an edge is drawn: one within a pixel would be blurred, and by how much may
 * differ by a step of 255 with where it is and how it is cut, so that cells that are moved would not be the ones that
 * are drawn there anew.
 */
function wholePixel(pixels: number): number {
  return Math.floor(pixels + HALF);
}

/**
 * A little more than a half: edges often lie on halves of pixels, where errors of arithmetic would decide; none lies
 * there.
 */
const HALF = 0.5 + Math.SQRT1_2 / 10;

/**
 * A cell, in pixels of the screen, of which a CSS pixel has `ratio`: a filled square in the file, with a dot where
 * inline, an outline where absent, with a cross where malformed, so that they are told apart without colour. A block of
 * several kinds is an outline with its lower half filled. `range` is this cell's own colour in the file.
 */
export function drawCell(
  context: CanvasRenderingContext2D,
  box: Box,
  ratio: number,
  kinds: readonly CellKind[],
  colours: DrawnColours,
  range = colours.range,
): void {
  const isMarked = Math.min(box.width, box.height) >= marked * ratio;
  const inner = within(box, Math.max(0.5, (isMarked ? 1 : 0.5) * ratio));
  const present = kinds.filter((kind) => kind !== 'absent');
  const kind = present.at(-1);
  if (kinds.includes('absent')) outline(context, inner, Math.max(1, Math.floor(ratio)), colours);
  if (kind === undefined) return;
  context.fillStyle = kind === 'range' ? range : colours[kind];
  const upper = kinds.length === 1 ? 0 : Math.floor(inner.height / 2);
  fill(context, { ...inner, y: inner.y + upper, height: inner.height - upper });
  if (!isMarked) return;
  if (kind === 'inline') dot(context, inner, colours.mark);
  if (kind === 'broken') cross(context, inner, 1.5 * ratio, colours.mark);
}

/** The whole pixels of a box without a gap at its edges. */
function within(box: Box, gap: number): Box {
  const [x, y] = [wholePixel(box.x + gap), wholePixel(box.y + gap)];
  return {
    x,
    y,
    width: wholePixel(box.x + box.width - gap) - x,
    height: wholePixel(box.y + box.height - gap) - y,
  };
}

function fill(context: CanvasRenderingContext2D, { x, y, width, height }: Box): void {
  context.fillRect(x, y, width, height);
}

/** Filled, with a line along the inner side of its edge. */
function outline(
  context: CanvasRenderingContext2D,
  box: Box,
  line: number,
  { absent, absentFill }: DrawnColours,
): void {
  const { x, y, width, height } = box;
  context.fillStyle = absentFill;
  fill(context, box);
  context.fillStyle = absent;
  fill(context, { ...box, height: line });
  fill(context, { ...box, y: y + height - line, height: line });
  fill(context, { x, y: y + line, width: line, height: height - 2 * line });
  fill(context, { x: x + width - line, y: y + line, width: line, height: height - 2 * line });
}

function dot(context: CanvasRenderingContext2D, box: Box, colour: string): void {
  const radius = Math.min(box.width, box.height) / 5;
  const { x, y } = middleOf(box);
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

function cross(context: CanvasRenderingContext2D, box: Box, line: number, colour: string): void {
  const arm = Math.min(box.width, box.height) / 4;
  const { x, y } = middleOf(box);
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.beginPath();
  for (const slope of [1, -1]) {
    context.moveTo(x - arm, y - slope * arm);
    context.lineTo(x + arm, y + slope * arm);
  }
  context.stroke();
}

function middleOf({ x, y, width, height }: Box): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
