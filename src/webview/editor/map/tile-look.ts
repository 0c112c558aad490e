import { type Look, paint } from '../../../picture/look';
import type { Range } from '../../../picture/stretch';
import { bandNumbers, type TileValues } from './tile-values';

/**
 * How a tile is painted: by the look of one band, or by three bands as red, green and blue, each spread over a range of its own; `bands`
 * are their places among the tile's, with that of the opacity behind them where there is one.
 */
export type TileLook =
  { kind: 'band'; look: Look } | { kind: 'colours'; bands: readonly number[]; ranges: readonly Range[] };

/** Red, green, blue and alpha bytes of a tile, row by row. */
export function tilePixels(values: TileValues, tileLook: TileLook): Uint8ClampedArray<ArrayBuffer> {
  if (tileLook.kind === 'band') return paint(bandNumbers(values, 0), tileLook.look, values.nodata);
  const pixels = values.rows * values.columns;
  const out = new Uint8ClampedArray(pixels * 4);
  const missing = new Uint8Array(pixels);
  const [, , , alphaBand] = tileLook.bands;
  for (let colour = 0; colour < 3; colour++) {
    const numbers = bandNumbers(values, tileLook.bands[colour] ?? 0);
    const range = tileLook.ranges[colour] ?? { low: 0, high: 255 };
    const factor = range.high > range.low ? 255 / (range.high - range.low) : 0;
    for (let i = 0; i < pixels; i++) {
      const number = numbers[i] ?? NaN;
      const value = Number(number);
      if (number === values.nodata || Number.isNaN(value)) missing[i] = (missing[i] ?? 0) + 1;
      out[4 * i + colour] = Math.round((value - range.low) * factor);
    }
  }
  // A pixel is transparent where all its colours are nodata.
  for (let i = 0; i < pixels; i++) out[4 * i + 3] = missing[i] === 3 ? 0 : 255;
  if (alphaBand !== undefined) {
    const alpha = bandNumbers(values, alphaBand);
    for (let i = 0; i < pixels; i++) if (missing[i] !== 3) out[4 * i + 3] = Number(alpha[i]);
  }
  return out;
}
