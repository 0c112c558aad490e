import { paintClasses, type ValueClass } from '../../../picture/classes';
import { bandNumbers, ownColours } from '../../../picture/colours';
import { paint, type Look } from '../../../picture/look';
import { paintRgb, type ColourBand } from '../../../picture/rgb';
import type { TypedArray } from '../../../zarr/values';
import type { Range } from '../../../picture/stretch';
import { planeIndices, planeStart, type Elements } from './elements';

/** What a picture is drawn with. */
export interface Painting {
  look: Look;
  /** Where values are shown in the colours of their classes. */
  classes: readonly ValueClass[] | null;
  plane: readonly number[];
  band: number | 'colours' | 'composite';
}

/** A band of a picture in colours: the plane and sample of a chunk's elements, and the range of its colour. */
export interface PaintedBand {
  elements: Elements;
  plane: readonly number[];
  band: number;
  range: Range | null;
}

/**
 * Red, green, blue and alpha of the plane that is shown: nodata, NaN and the filling beyond the array's edge are transparent. Undefined
 * for text.
 */
export function pixelsOf(elements: Elements, painting: Painting): Uint8ClampedArray<ArrayBuffer> | undefined {
  const { numbers, plane, nodata, inside } = elements;
  if (numbers === null) return undefined;
  const { look, classes, band } = painting;
  const from = planeStart(elements, planeIndices(elements, painting.plane));
  const asColours = band === 'colours' && elements.colours && numbers instanceof Uint8Array;
  const rgba = asColours
    ? ownColours(numbers.subarray(from), plane, nodata)
    : paintBand(bandNumbers(numbers.subarray(from), plane, bandOf(elements, band)), look, classes, nodata);
  clearBeyond(rgba, plane, inside);
  return rgba;
}

function paintBand(
  values: TypedArray,
  look: Look,
  classes: readonly ValueClass[] | null,
  nodata: number | bigint | undefined,
): Uint8ClampedArray<ArrayBuffer> {
  return classes === null ? paint(values, look, nodata) : paintClasses(values, classes, nodata);
}

/** The same of three bands as red, green and blue; of chunks of one shape and place. Undefined where one has no numbers. */
export function compositePixels(
  [red, green, blue]: readonly [PaintedBand, PaintedBand, PaintedBand],
  scale: Look['scale'],
): Uint8ClampedArray<ArrayBuffer> | undefined {
  const bands = [red, green, blue].map(colourBandOf);
  const [r, g, b] = bands;
  if (r === undefined || g === undefined || b === undefined) return undefined;
  const rgba = paintRgb([r, g, b], scale);
  clearBeyond(rgba, red.elements.plane, red.elements.inside);
  return rgba;
}

function colourBandOf({ elements, plane, band, range }: PaintedBand): ColourBand | undefined {
  const values = numbersOfPlane(elements, plane, band);
  return values === undefined ? undefined : { values, range, nodata: elements.nodata };
}

/** The numbers of a plane, row by row, those beyond the array's edge among them; undefined for text. */
export function numbersOfPlane(elements: Elements, plane: readonly number[], band: number): TypedArray | undefined {
  const { numbers } = elements;
  if (numbers === null) return undefined;
  return bandNumbers(numbers.subarray(planeStart(elements, planeIndices(elements, plane))), elements.plane, band);
}

/** The sample that is shown; the first where it is not one that a pixel has. */
export function bandOf({ plane }: Elements, band: number | 'colours' | 'composite'): number {
  return typeof band === 'string' || band >= plane.bands ? 0 : band;
}

function clearBeyond(
  rgba: Uint8ClampedArray,
  { width, height }: { width: number; height: number },
  inside: { rows: number; columns: number },
): void {
  for (let row = 0; row < height; row += 1) {
    const from = row < inside.rows ? Math.min(width, inside.columns) : 0;
    rgba.fill(0, 4 * (row * width + from), 4 * (row + 1) * width);
  }
}
