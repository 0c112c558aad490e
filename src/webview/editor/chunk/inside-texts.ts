import type { ChunkValues } from '../../../preview/types';
import { elementCount } from '../../../zarr/shape';
import { valueText } from '../../../zarr/text';
import { valueAt } from '../../../zarr/values';

/** The first `most` elements inside the array as text, in C order; the filling beyond is no value. */
export function insideTexts(
  { dataType, shape, data, inside }: Pick<ChunkValues, 'dataType' | 'shape' | 'data' | 'inside'>,
  most: number,
): string[] {
  const array = { dataType, shape, data: new Uint8Array(data) };
  return Array.from({ length: Math.min(elementCount(inside), most) }, (_, place) =>
    valueText(valueAt(array, indexOf(place, inside, shape)), dataType),
  );
}

/** Where the element that is the `place`th of the part `inside` stands in all of `shape`. */
function indexOf(place: number, inside: readonly number[], shape: readonly number[]): number {
  let [rest, index, stride] = [place, 0, 1];
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const side = inside[axis] ?? 1;
    index += (rest % side) * stride;
    rest = Math.floor(rest / side);
    stride *= shape[axis] ?? 1;
  }
  return index;
}
