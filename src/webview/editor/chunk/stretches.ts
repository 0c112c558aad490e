import { histogramOver } from '../../../picture/histogram';
import type { ScaleName } from '../../../picture/scale';
import { stretchOf, type Range, type Stretch } from '../../../picture/stretch';
import type { TypedArray } from '../../../zarr/values';
import type { BinCounts } from '../../../picture/histogram';
import type { Elements } from './elements';

/** What was computed of numbers, by what: the page is drawn anew much more often than any of it changes. */
const known = new WeakMap<object, Map<string, unknown>>();

/** Computes a value of numbers once. */
function once<Value>(of: object, key: string, compute: () => Value): Value {
  const values = known.get(of) ?? new Map<string, unknown>();
  known.set(of, values);
  if (!values.has(key)) values.set(key, compute());
  return values.get(key) as Value;
}

/** The range of a stretch over numbers of a chunk's elements, its nodata left out; null where none is left. */
export function stretchOfElements(
  elements: Elements,
  numbers: TypedArray,
  stretch: Stretch,
  scale: ScaleName,
  part = 'all',
): Range | null {
  return once(elements, JSON.stringify(['stretch', part, stretch, scale]), () => {
    const { nodata, array } = elements;
    const range = stretchOf(numbers, nodata, array.dataType, stretch, scale);
    return range !== undefined && Number.isFinite(range.low) && Number.isFinite(range.high) ? range : null;
  });
}

/** Counts of a chunk's numbers in bins that are as wide as each other on the scale; null where there are none. */
export function histogramOfElements(
  elements: Elements,
  numbers: TypedArray,
  range: Range,
  scale: ScaleName,
): BinCounts | null {
  return once(
    elements,
    JSON.stringify(['histogram', range, scale]),
    () => histogramOver(numbers, elements.nodata, range, scale) ?? null,
  );
}
