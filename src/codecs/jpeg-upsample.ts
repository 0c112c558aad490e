/** Samples of one component, rows one after another. */
export interface JpegPlane {
  samples: Uint16Array;
  /** Samples from one row to the next. */
  stride: number;
  /** Columns and rows that belong to the image, without the filling of blocks. */
  columns: number;
  rows: number;
}

/**
 * A component in the full size of the image, as libjpeg interpolates it ("fancy upsampling": three parts of the nearer sample and one of the
 * farther). libjpeg repeats samples instead where a component halved in width has two columns or fewer.
 * @param across, down how many pixels of the image a sample spans: 1 or 2.
 */
export function upsample(plane: JpegPlane, across: number, down: number, width: number, height: number): Uint16Array {
  const out = new Uint16Array(width * height);
  const repeats = across === 2 && plane.columns <= 2;
  const sums = new Float64Array(plane.columns);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / down);
    const other = down === 1 || repeats ? row : neighbour(row, y % 2 === 0 ? -1 : 1, plane.rows);
    for (let x = 0; x < plane.columns; x++) {
      const near = plane.samples[row * plane.stride + x] ?? 0;
      sums[x] = down === 1 || repeats ? near : 3 * near + (plane.samples[other * plane.stride + x] ?? 0);
    }
    const line = out.subarray(y * width, (y + 1) * width);
    if (across === 1) writeColumns(sums, line, down === 1 ? undefined : y % 2 === 0 ? 1 : 2);
    else if (repeats) line.forEach((_value, x) => (line[x] = sums[x >>> 1] ?? 0));
    else if (down === 1) writeHalves(sums, line, 4, 1, 2);
    else writeHalves(sums, line, 16, 8, 7);
  }
  return out;
}

function neighbour(row: number, step: number, rows: number): number {
  return Math.min(Math.max(row + step, 0), rows - 1);
}

/** @param bias before dividing by 4; undefined where nothing was summed. */
function writeColumns(sums: Float64Array, line: Uint16Array, bias: number | undefined): void {
  for (let x = 0; x < line.length; x++) {
    const sum = sums[x] ?? 0;
    line[x] = bias === undefined ? sum : (sum + bias) >>> 2;
  }
}

/** Two pixels for each sum: a quarter of the neighbour on their side and three quarters of it. @param scale of both sums. */
function writeHalves(sums: Float64Array, line: Uint16Array, scale: number, leftBias: number, rightBias: number): void {
  const last = sums.length - 1;
  for (let x = 0; x < line.length; x++) {
    const column = x >>> 1;
    const right = x % 2 === 1;
    const near = sums[column] ?? 0;
    const far = sums[Math.min(Math.max(column + (right ? 1 : -1), 0), last)] ?? 0;
    line[x] = Math.floor((3 * near + far + (right ? rightBias : leftBias)) / scale);
  }
}
