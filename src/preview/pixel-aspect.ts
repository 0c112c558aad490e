import { readWindow } from '../read/window';
import type { ReferenceSet } from '../references/reference-set';
import { KerchunkError } from '../errors';
import { keyBelow } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { isNumeric, valueAt } from '../zarr/values';
import { geoTransformOf } from './georeference';
import type { PreviewDocument } from './document';
import type { MapAxes } from './map-axes';
import { unitOf } from './meaning';
import { failureOf } from './load-chunk';
import { groupOf } from '../zarr/path';

/** Beyond it a picture would be a thread: rows and columns are then drawn alike. */
const MOST_RATIO = 8;

/**
 * Height of an element over its width, in the unit that the coordinates of its rows and columns share; 1 where there are none, where their units
 * differ, and where it is beyond 8 or below 1/8.
 * @throws KerchunkError `cancelled`.
 */
export async function pixelAspect(
  document: PreviewDocument,
  array: ZarrArray,
  { rowAxis, columnAxis }: MapAxes,
  signal: AbortSignal,
): Promise<number> {
  const [down, across] = await Promise.all(
    [rowAxis, columnAxis].map((axis) => spacingAlong(document, array, axis, signal)),
  );
  const [, dx = 1, , , , dy = 1] = geoTransformOf(document, array) ?? [];
  if (down !== undefined && across !== undefined) {
    return down.unit === across.unit ? withinReason(down.step / across.step) : 1;
  }
  return withinReason(Math.abs(dy / dx));
}

function withinReason(ratio: number): number {
  return Number.isFinite(ratio) && ratio >= 1 / MOST_RATIO && ratio <= MOST_RATIO ? ratio : 1;
}

/** How far neighbours along an axis lie apart on average, by the axis' 1-D coordinates; undefined where it has none to read. */
async function spacingAlong(
  { set, opener }: PreviewDocument,
  array: ZarrArray,
  axis: number,
  signal: AbortSignal,
): Promise<{ step: number; unit: string | null } | undefined> {
  const length = array.shape[axis] ?? 0;
  const coordinate = coordinateOf(set, array, axis);
  if (coordinate === undefined || length < 2) return undefined;
  try {
    const at = async (index: number): Promise<number> =>
      Number(valueAt(await readWindow(set, coordinate, [{ start: index, stop: index + 1 }], opener, { signal }), 0));
    const [first, last] = await Promise.all([at(0), at(length - 1)]);
    return { step: Math.abs(last - first) / (length - 1), unit: unitOf(coordinate.attributes) };
  } catch (error) {
    failureOf(error);
    return undefined;
  }
}

function coordinateOf(set: ReferenceSet, array: ZarrArray, axis: number): ZarrArray | undefined {
  const name = array.dimensionNames?.[axis] ?? '';
  if (name === '') return undefined;
  try {
    const coordinate = set.array(keyBelow(groupOf(array.path), name));
    const isAlong = coordinate.shape.length === 1 && coordinate.shape[0] === array.shape[axis];
    return isAlong && isNumeric(coordinate.dataType) && coordinate.path !== array.path ? coordinate : undefined;
  } catch (error) {
    if (error instanceof KerchunkError) return undefined;
    throw error;
  }
}
