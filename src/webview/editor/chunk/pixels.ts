import { colourMap, greyMap } from '../../../picture/colour-map';
import { bandValues, mappedColours, ownColours } from '../../../picture/colours';
import type { Range } from '../../../picture/stretch';
import type { ColourMapName } from '../state';
import { planeIndices, planeStart, type Elements } from './elements';

/** What a picture is drawn with. */
export interface Painting {
  range: Range | null;
  colourMap: ColourMapName;
  plane: readonly number[];
  band: number | 'colours';
}

export const colourMaps: Record<ColourMapName, Uint8Array> = { perceptual: colourMap, grey: greyMap };

/**
 * Red, green, blue and alpha of the plane that is shown: nodata, NaN and the filling beyond the array's edge are transparent. Undefined
 * for text.
 */
export function pixelsOf(elements: Elements, painting: Painting): Uint8ClampedArray<ArrayBuffer> | undefined {
  const { numbers, plane, nodata, inside } = elements;
  if (numbers === null) return undefined;
  const from = planeStart(elements, planeIndices(elements, painting.plane));
  const rgba =
    painting.band === 'colours' && elements.colours && numbers instanceof Uint8Array
      ? ownColours(numbers.subarray(from), plane, nodata)
      : mappedColours(
          bandValues(numbers.subarray(from), plane, bandOf(elements, painting.band), nodata),
          painting.range ?? undefined,
          colourMaps[painting.colourMap],
        );
  clearBeyond(rgba, plane, inside);
  return rgba;
}

/** The sample that is shown; the first where it is not one that a pixel has. */
export function bandOf({ plane }: Elements, band: number | 'colours'): number {
  return band === 'colours' || band >= plane.bands ? 0 : band;
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
