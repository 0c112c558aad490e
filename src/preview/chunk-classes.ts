import { classesOf, countClasses } from '../picture/classes';
import { elementNumbers, nodataNumber } from '../picture/numbers';
import type { JsonObject } from '../json';
import type { FillValue, NdArray } from '../zarr/types';
import type { ChunkClasses } from './types';

const MOST_CLASSES = 4096;

/**
 * The classes of `classesOf` that integers (or booleans) of a chunk have, in the order of their table, each with how many elements it has. Null where the
 * attributes name none, no element is of any, and where more than 4,096 are there.
 */
export function classesInChunk(values: NdArray, attributes: JsonObject, nodata: FillValue): ChunkClasses | null {
  if (!'biu'.includes(values.dataType.kind)) return null;
  const classes = classesOf(attributes);
  if (classes === undefined) return null;
  const counts = countClasses(elementNumbers(values, nodata), classes, nodataNumber(values.dataType, nodata));
  const others = counts.get(-1) ?? 0;
  counts.delete(-1);
  if (counts.size === 0 || counts.size > MOST_CLASSES) return null;
  const found = [...counts].flatMap(([index, count]) => {
    const known = classes[index];
    return known === undefined ? [] : [{ ...known, count }];
  });
  return { classes: found, others };
}
