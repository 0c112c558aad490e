import type { TypedArray } from '../zarr/values';
import { colourTable } from './colour-maps';
import type { Pixels } from './png';

const MARGIN = 3;
/** A colour from the middle of the map, which shows on light and dark grounds. */
const COLOUR = 130;

/**
 * Numbers as a line over their positions, from the smallest to the largest finite one, on a transparent ground: where several fall into one
 * column of pixels, from their lowest to their highest. What equals `nodata` or is not finite leaves a gap.
 */
export function drawLine(
  numbers: TypedArray,
  nodata: number | bigint | undefined,
  width: number,
  height: number,
): Pixels {
  const rgba = new Uint8ClampedArray(width * height * 4);
  const colour = colourTable('viridis').subarray(3 * COLOUR, 3 * COLOUR + 3);
  const { top, bottom } = extents(numbers, nodata, width, height);
  for (let column = 0; column < width; column++) {
    const last = Math.ceil(bottom[column] ?? -Infinity);
    for (let row = Math.floor(top[column] ?? Infinity); row <= last; row++) {
      const at = 4 * (row * width + column);
      rgba.set(colour, at);
      rgba[at + 3] = 255;
    }
  }
  return { rgba, width, height };
}

/** How far up and down the line goes in every column of pixels. */
function extents(numbers: TypedArray, nodata: number | bigint | undefined, width: number, height: number) {
  const valueAt = (i: number): number => {
    const number = numbers[i] ?? NaN;
    const value = number === nodata ? NaN : Number(number);
    return Number.isFinite(value) ? value : NaN;
  };
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < numbers.length; i++) {
    const value = valueAt(i);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const across = (width - 1 - 2 * MARGIN) / Math.max(1, numbers.length - 1);
  const down = high > low ? (height - 1 - 2 * MARGIN) / (high - low) : 0;
  const rowOf = (value: number): number => (down === 0 ? height / 2 : MARGIN + (high - value) * down);
  const top = new Float64Array(width).fill(Infinity);
  const bottom = new Float64Array(width).fill(-Infinity);
  const mark = (column: number, row: number): void => {
    top[column] = Math.min(top[column] ?? row, row);
    bottom[column] = Math.max(bottom[column] ?? row, row);
  };
  let before: { x: number; y: number } | undefined;
  for (let i = 0; i < numbers.length; i++) {
    const value = valueAt(i);
    if (Number.isNaN(value)) {
      before = undefined;
      continue;
    }
    const point = { x: MARGIN + i * across, y: rowOf(value) };
    connect(before ?? point, point, mark);
    before = point;
  }
  return { top, bottom };
}

/** Marks the columns from one point to the next, each as far as the line between them goes there. */
function connect(
  from: { x: number; y: number },
  to: { x: number; y: number },
  mark: (column: number, row: number) => void,
): void {
  const [first, last] = [Math.round(from.x), Math.round(to.x)];
  mark(first, from.y);
  mark(last, to.y);
  const slope = (to.y - from.y) / (to.x - from.x);
  for (let column = first; column < last; column++) {
    const row = from.y + (column + 0.5 - from.x) * slope;
    mark(column, row);
    mark(column + 1, row);
  }
}
