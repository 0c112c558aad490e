import type { TiffDescription } from '../tiff/types';
import { bandTexts } from './bands';
import { notExpressible } from './refusal';

/** Scale and offset of each band: value = stored * scale + offset. */
export interface Scaling {
  scales: readonly number[];
  offsets: readonly number[];
  /** Whether all bands have the same. */
  uniform: boolean;
}

/**
 * The scaling of a TIFF's bands (GDAL_METADATA, roles scale and offset); undefined where no band is scaled.
 * @throws KerchunkError `not-expressible` for a scale that is no number or 0, or an offset that is no number: values read without it, or
 * with 1 in its place, would be wrong in silence.
 */
export function scalingOf(tiff: TiffDescription, name: string): Scaling | undefined {
  const scales = bandTexts(tiff, 'scale').map((text, band) => numberOf(text, 1, 'SCALE', band, name));
  const offsets = bandTexts(tiff, 'offset').map((text, band) => numberOf(text, 0, 'OFFSET', band, name));
  if (scales.every((scale) => scale === 1) && offsets.every((offset) => offset === 0)) return undefined;
  const same = (values: readonly number[]): boolean => values.every((value) => value === values[0]);
  return { scales, offsets, uniform: same(scales) && same(offsets) };
}

function numberOf(
  text: string | undefined,
  fallback: number,
  item: 'SCALE' | 'OFFSET',
  band: number,
  name: string,
): number {
  if (text === undefined) return fallback;
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(value) && (item === 'OFFSET' || value !== 0)) return value;
  throw notExpressible(
    name,
    `its GDAL_METADATA states ${item} "${text}" for band ${band + 1}, which is no usable number`,
    'Set it right: gdal_edit.py -scale 1 -offset 0 in.tif',
  );
}
