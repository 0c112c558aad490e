import { paintClasses, type ValueClass } from '../../../picture/classes';
import { type Look, paint } from '../../../picture/look';
import { paintRgb } from '../../../picture/rgb';
import type { ScaleName } from '../../../picture/scale';
import type { Range } from '../../../picture/stretch';
import { bandNumbers, type TileValues } from './tile-values';

/**
 * How a tile is painted: by the look of one band, by the classes of its values, or by three bands as red, green and blue, each spread over a range
 * of its own; `bands` are their places among the tile's, with that of the opacity behind them where there is one.
 */
export type TileLook =
  | { kind: 'band'; look: Look }
  | { kind: 'classes'; classes: readonly ValueClass[] }
  | { kind: 'colours'; bands: readonly number[]; ranges: readonly Range[]; scale: ScaleName };

/** Red, green, blue and alpha bytes of a tile, row by row. */
export function tilePixels(values: TileValues, tileLook: TileLook): Uint8ClampedArray<ArrayBuffer> {
  const { nodata } = values;
  switch (tileLook.kind) {
    case 'band':
      return paint(bandNumbers(values, 0), tileLook.look, nodata);
    case 'classes':
      return paintClasses(bandNumbers(values, 0), tileLook.classes, nodata);
    case 'colours': {
      const { bands, ranges, scale } = tileLook;
      const [, , , opacity] = bands;
      const colour = (place: number) => {
        return { values: bandNumbers(values, bands[place] ?? 0), range: ranges[place] ?? null, nodata };
      };
      const pixels = paintRgb([colour(0), colour(1), colour(2)], scale);
      if (opacity === undefined) return pixels;
      const alpha = bandNumbers(values, opacity);
      for (let i = 0; i < alpha.length; i++) if (pixels[4 * i + 3] !== 0) pixels[4 * i + 3] = Number(alpha[i]);
      return pixels;
    }
  }
}
