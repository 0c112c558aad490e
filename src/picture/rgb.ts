import type { TypedArray } from '../zarr/values';
import { scaleOver, type ScaleName } from './scale';
import type { Range } from './stretch';

/** One of the three bands of a picture in colours. */
export interface ColourBand {
  values: TypedArray;
  /** The values that are 0 and 255 of its colour; null where nothing is known of them. */
  range: Range | null;
  nodata?: number | bigint | undefined;
}

/**
 * Red, green, blue and alpha bytes of three bands of as many values. Transparent where all three are nodata, NaN or have no logarithm; where one
 * of them is, its colour is 0.
 */
export function paintRgb(
  bands: readonly [ColourBand, ColourBand, ColourBand],
  scale: ScaleName,
): Uint8ClampedArray<ArrayBuffer> {
  const count = Math.min(...bands.map(({ values }) => values.length));
  const rgba = new Uint8ClampedArray(4 * count);
  for (const [part, { values, range, nodata }] of bands.entries()) {
    const placeOf = range === null ? undefined : scaleOver(range, scale)?.placeOf;
    if (placeOf === undefined) continue;
    for (let i = 0; i < count; i++) {
      const value = values[i] ?? NaN;
      if (value === nodata) continue;
      const place = placeOf(Number(value));
      if (Number.isNaN(place)) continue;
      rgba[4 * i + part] = 255 * place;
      rgba[4 * i + 3] = 255;
    }
  }
  return rgba;
}
