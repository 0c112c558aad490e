import { statistics } from '../picture/statistics';
import { cutText } from '../words';
import { formatDataType } from '../zarr/data-type';
import { elementCount } from '../zarr/shape';
import { valueText } from '../zarr/text';
import { isNumeric, valueAt } from '../zarr/values';
import type { FillValue, NdArray } from '../zarr/types';

/** Elements that are no numbers are told up to this many. */
const MOST_TEXTS = 20;
const MOST_CHARACTERS = 200;

/** Shape, data type and statistics of values, and the first of them where they are no numbers, for `--json`. */
export function describeValues(values: NdArray, nodata: FillValue) {
  const { shape, dataType } = values;
  return {
    shape,
    dtype: dataType.v3Name ?? formatDataType(dataType),
    statistics: statistics(values, nodata),
    ...(isNumeric(dataType) ? {} : { first: firstTexts(values) }),
  };
}

function firstTexts(values: NdArray): string[] {
  return Array.from({ length: Math.min(MOST_TEXTS, elementCount(values.shape)) }, (_, i) =>
    cutText(valueText(valueAt(values, i), values.dataType), MOST_CHARACTERS),
  );
}

/** `1024 x 1024, dtype <u2`. */
export function shapeInWords({ shape, dtype }: Pick<ReturnType<typeof describeValues>, 'shape' | 'dtype'>): string {
  const type = typeof dtype === 'string' ? dtype : JSON.stringify(dtype);
  return `${shape.join(' x ') || 'scalar'}, dtype ${type}`;
}

/** The statistics, a line each, and the first values where they are no numbers. */
export function statisticsLines(account: ReturnType<typeof describeValues>): string[] {
  const lines = Object.entries(account.statistics).map(([name, value]) => `  ${name}: ${String(value)}`);
  const { first } = account;
  if (first === undefined || first.length === 0) return lines;
  const heading = first.length < account.statistics.count ? `first ${first.length}` : 'values';
  return [...lines, `  ${heading}: ${first.map((text) => JSON.stringify(text)).join(', ')}`];
}
