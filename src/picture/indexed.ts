import { encode } from 'fast-png';
import type { Pixels } from './png';

const MOST_COLOURS = 256;

/**
 * A PNG with a palette, which is smaller than one of red, green, blue and alpha and made faster; undefined where the pixels have more than 256
 * colours.
 */
export function encodeIndexed({ rgba, width, height }: Pixels): Uint8Array | undefined {
  const colours = new Map<number, number[]>();
  const view = new DataView(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  for (let at = 0; at < rgba.length; at += 4) {
    const colour = view.getUint32(at);
    if (colours.has(colour)) continue;
    if (colours.size === MOST_COLOURS) return undefined;
    colours.set(colour, [...rgba.subarray(at, at + 4)]);
  }
  // fast-png writes the opacities of the first colours of the palette: those that are not opaque must be first.
  const sorted = [...colours].sort(([, a], [, b]) => Number(isOpaque(a)) - Number(isOpaque(b)));
  const indices = new Map(sorted.map(([colour], index) => [colour, index]));
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = indices.get(view.getUint32(4 * i)) ?? 0;
  const palette = sorted.map(([, colour]) => colour);
  const allOpaque = palette.every(isOpaque);
  return encode({
    width,
    height,
    data,
    channels: 1,
    depth: 8,
    palette: allOpaque ? palette.map((colour) => colour.slice(0, 3)) : palette,
  });
}

function isOpaque(colour: readonly number[]): boolean {
  return colour[3] === 255;
}
