import { checkSlices, type Slice } from '../read/plan';
import { coordinatesOfWindow } from './coordinates';
import type { PreviewDocument } from './document';
import { mapAxesOf } from './map-axes';
import type { PlaceCoordinates } from './map-types';

/**
 * Coordinates along a part of an array: half-open slices, one for each axis.
 * @throws KerchunkError as `ReferenceSet.array`, `invalid-argument` for slices outside the array, `cancelled`.
 */
export async function placeCoordinates(
  document: PreviewDocument,
  path: string,
  slices: readonly Slice[],
  signal: AbortSignal,
): Promise<PlaceCoordinates> {
  const array = document.set.array(path);
  checkSlices(array, slices);
  const axes = mapAxesOf(array);
  return coordinatesOfWindow(document, array, slices, { rows: axes?.rowAxis, columns: axes?.columnAxis }, signal);
}
