/** A point of a line; a gap where `y` is NaN. */
export interface CurvePoint {
  x: number;
  y: number;
}

/**
 * Points of a line through `values` that takes no more than `columns` × 2 points: of each stretch of values its smallest and its largest
 * in the order in which they stand, so that no peak is lost. NaN stays a gap.
 */
export function curvePoints(values: ArrayLike<number>, columns: number): CurvePoint[] {
  const count = values.length;
  if (count <= 2 * columns) return Array.from({ length: count }, (_, x) => ({ x, y: values[x] ?? NaN }));
  const points: CurvePoint[] = [];
  for (let column = 0; column < columns; column += 1) {
    const start = Math.floor((column * count) / columns);
    const stop = Math.floor(((column + 1) * count) / columns);
    points.push(...extremes(values, start, stop));
  }
  return points;
}

function extremes(values: ArrayLike<number>, start: number, stop: number): CurvePoint[] {
  let lowest = -1;
  let highest = -1;
  for (let i = start; i < stop; i += 1) {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) continue;
    if (lowest < 0 || value < (values[lowest] ?? NaN)) lowest = i;
    if (highest < 0 || value > (values[highest] ?? NaN)) highest = i;
  }
  if (lowest < 0) return [{ x: start, y: NaN }];
  const order = [...new Set([lowest, highest])].sort((one, other) => one - other);
  return order.map((x) => ({ x, y: values[x] ?? NaN }));
}

/** The finite extent of values; 0 to 1 where none is finite, a little around where all are one. */
export function extentOf(values: Iterable<number>): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return { low: 0, high: 1 };
  return low === high ? { low: low - 0.5, high: high + 0.5 } : { low, high };
}

/** An SVG path through points in a box of `width` × `height`, `low` at the bottom. */
export function curvePath(
  points: readonly CurvePoint[],
  count: number,
  { low, high }: { low: number; high: number },
  box: { width: number; height: number },
): string {
  const across = box.width / Math.max(1, count - 1);
  const up = box.height / (high - low);
  let drawing = false;
  const steps: string[] = [];
  for (const { x, y } of points) {
    if (!Number.isFinite(y)) {
      drawing = false;
      continue;
    }
    steps.push(`${drawing ? 'L' : 'M'}${(x * across).toFixed(1)} ${(box.height - (y - low) * up).toFixed(1)}`);
    drawing = true;
  }
  return steps.join('');
}
