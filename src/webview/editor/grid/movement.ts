/** Pixels of a drawing. */
export interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Pixels from the upper left corner of a plane to the part of it that is drawn; not whole ones. */
export interface Offset {
  x: number;
  y: number;
}

/** How a drawing that is kept becomes the next one. */
export interface Movement {
  /** Whole pixels by which what is drawn moves to the right and down. */
  by: Offset;
  /** What has to be drawn after that: all of it, strips at the edges, or nothing. */
  parts: Part[];
  /** The offset that is drawn. */
  at: Offset;
}

/** The first drawing of a plane: all of it, where it is asked for. */
export function wholeMovement(at: Offset, size: Pick<Part, 'width' | 'height'>): Movement {
  return { by: { x: 0, y: 0 }, parts: [{ x: 0, y: 0, ...size }], at };
}

/** More than the errors of arithmetic, less than anything that is seen. */
const rounding = 1e-6;

/** From one offset to another: what is drawn is moved as it is where whole pixels lie between them, as in a drag; else all is drawn. */
export function movement(from: Offset, to: Offset, { width, height }: Pick<Part, 'width' | 'height'>): Movement {
  const x = Math.round(from.x - to.x) || 0;
  const y = Math.round(from.y - to.y) || 0;
  const at = { x: from.x - x, y: from.y - y };
  const isWhole = Math.abs(at.x - to.x) < rounding && Math.abs(at.y - to.y) < rounding;
  if (!isWhole || Math.abs(x) >= width || Math.abs(y) >= height) return wholeMovement(to, { width, height });
  const parts: Part[] = [];
  if (x !== 0) parts.push({ x: x > 0 ? 0 : width + x, y: 0, width: Math.abs(x), height });
  const rest = { x: Math.max(0, x), width: width - Math.abs(x) };
  if (y !== 0) parts.push({ ...rest, y: y > 0 ? 0 : height + y, height: Math.abs(y) });
  return { by: { x, y }, parts, at };
}

/** Moves what is drawn, row by row in `width` pixels; what comes in at the edges is to be drawn anew. */
export function moveRows(pixels: Uint8Array | Uint32Array, width: number, { x, y }: Offset): void {
  const by = y * width + x;
  if (by > 0) pixels.copyWithin(by, 0);
  else pixels.copyWithin(0, -by);
}

/** Puts the rows of a part into what is drawn in `width` pixels. */
export function putPart<Pixels extends Uint8Array | Uint32Array>(
  pixels: Pixels,
  width: number,
  part: Part,
  own: Pixels,
): void {
  for (let row = 0; row < part.height; row += 1) {
    const line = own.subarray(row * part.width, (row + 1) * part.width);
    pixels.set(line, (part.y + row) * width + part.x);
  }
}
