import { statistics } from '../picture/statistics';
import { formatDataType } from '../zarr/data-type';
import type { FillValue, NdArray } from '../zarr/types';

/** Shape, data type and statistics of values, for `--json`. */
export function describeValues(values: NdArray, nodata: FillValue) {
  return {
    shape: values.shape,
    dtype: formatDataType(values.dataType),
    statistics: statistics(values, nodata),
  };
}

/** `1024 x 1024, dtype <u2`. */
export function shapeInWords({ shape, dtype }: Pick<ReturnType<typeof describeValues>, 'shape' | 'dtype'>): string {
  const type = typeof dtype === 'string' ? dtype : JSON.stringify(dtype);
  return `${shape.join(' x ') || 'scalar'}, dtype ${type}`;
}

/** The statistics, a line each. */
export function statisticsLines(account: ReturnType<typeof describeValues>): string[] {
  return Object.entries(account.statistics).map(([name, value]) => `  ${name}: ${String(value)}`);
}
