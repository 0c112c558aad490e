import type { JsonValue } from '../json';
import { nodeAttributes } from '../references/node-attributes';
import type { ReferenceSet } from '../references/reference-set';
import { multiscalesLayout } from '../zarr/geo-conventions';
import type { ZarrArray } from '../zarr/types';

/** Between which values an array's attributes say that its own lie, both inclusive; where they differ by band, one for each. */
export interface Bounds {
  /** `statistics` of the file's writer, or the `valid range` of CF conventions (section 2.5.1). */
  kind: 'statistics' | 'valid-range';
  low: readonly number[];
  high: readonly number[];
  /** The axis along which they differ; undefined where there is one pair for all. */
  axis: number | undefined;
}

/**
 * The bounds that an array's attributes state: STATISTICS_MINIMUM and STATISTICS_MAXIMUM as GDAL writes them, of stored values, exact
 * ones alone; valid_min, valid_max and valid_range.
 */
export function boundsOf(array: ZarrArray): Bounds[] {
  const { attributes } = array;
  const bounds: Bounds[] = [];
  const add = (kind: Bounds['kind'], low: JsonValue | undefined, high: JsonValue | undefined): void => {
    const [lows, highs] = [numbersOf(low, -Infinity), numbersOf(high, Infinity)];
    const count = Math.max(lows.length, highs.length);
    const axis = count > 1 ? bandAxis(array, count) : undefined;
    if (count === 0 || (count > 1 && axis === undefined)) return;
    const filled = (values: number[], rest: number): number[] =>
      Array.from({ length: count }, (_, i) => (values.length === 1 ? values[0] : values[i]) ?? rest);
    bounds.push({ kind, low: filled(lows, -Infinity), high: filled(highs, Infinity), axis });
  };
  if (!hasApproximateStatistics(array)) add('statistics', attributes.STATISTICS_MINIMUM, attributes.STATISTICS_MAXIMUM);
  const range = attributes.valid_range;
  if (Array.isArray(range) && range.length === 2) add('valid-range', range[0], range[1]);
  add('valid-range', attributes.valid_min, attributes.valid_max);
  return bounds;
}

/** Whether statistics are of a part of the pixels, so that others may lie beyond them. */
export function hasApproximateStatistics({ attributes }: Pick<ZarrArray, 'attributes'>): boolean {
  const { STATISTICS_APPROXIMATE: stated } = attributes;
  return [stated].flat().some((value) => typeof value === 'string' && /^yes$/iu.test(value));
}

/** Whether the array is an overview, which carries the statistics of the full resolution: resampling may go beyond them. */
export function isOverview(set: ReferenceSet, path: string): boolean {
  const layout = multiscalesLayout(nodeAttributes(set, ''));
  const [group] = path.split('/');
  return layout.some(({ asset, derived_from: from }) => asset === group && from !== undefined);
}

/** One number, or one for each band; null stands for none. */
function numbersOf(value: JsonValue | undefined, none: number): number[] {
  if (Array.isArray(value)) return value.map((item) => numbersOf(item, none)[0] ?? none);
  if (typeof value === 'bigint' || typeof value === 'number')
    return Number.isNaN(Number(value)) ? [none] : [Number(value)];
  return [];
}

function bandAxis({ shape, dimensionNames }: ZarrArray, count: number): number | undefined {
  const axis = dimensionNames?.indexOf('band') ?? -1;
  return axis >= 0 && shape[axis] === count ? axis : undefined;
}
