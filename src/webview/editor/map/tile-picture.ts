import type { WindowFailure } from '../../../preview/map-types';
import { type TileLook, tilePixels } from './tile-look';
import type { TileValues } from './tile-values';

/** Colours of what has failed. */
export interface HatchColours {
  line: string;
  ground: string;
}

/** A tile as far as it came. */
interface DrawnTile {
  /** Undefined where nothing of it came. */
  values: TileValues | undefined;
  failures: readonly WindowFailure[];
  rows: number;
  columns: number;
}

/** Pixels from one line of a hatch to the next. */
const hatchGap = 12;

/** Draws a tile in the upper left corner of a canvas; what has failed is hatched, never painted as values. */
export function drawTile(
  canvas: HTMLCanvasElement,
  { values, failures, rows, columns }: DrawnTile,
  { look, line, ground }: HatchColours & { look: TileLook | null },
  { rowAxis, columnAxis }: { rowAxis: number; columnAxis: number },
): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (values === undefined) {
    hatch(context, 0, 0, columns, rows, { line, ground });
    return;
  }
  if (look !== null) context.putImageData(new ImageData(tilePixels(values, look), values.columns, values.rows), 0, 0);
  for (const { start, size } of failures) {
    const [x, y] = [start[columnAxis] ?? 0, start[rowAxis] ?? 0];
    hatch(context, x, y, size[columnAxis] ?? 1, size[rowAxis] ?? 1, { line, ground });
  }
}

function hatch(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  { line, ground }: HatchColours,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.fillStyle = ground;
  context.fillRect(x, y, width, height);
  context.strokeStyle = line;
  context.lineWidth = 2;
  context.beginPath();
  for (let at = -height; at < width; at += hatchGap) {
    context.moveTo(x + at, y + height);
    context.lineTo(x + at + height, y);
  }
  context.stroke();
  context.restore();
}
