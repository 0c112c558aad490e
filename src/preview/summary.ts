import { histogram } from '../picture/histogram';
import { elementNumbers, nodataNumber } from '../picture/numbers';
import { statistics, type Statistics } from '../picture/statistics';
import { stretchOf } from '../picture/stretch';
import { elementBytes } from '../codecs/fill';
import { NOT_A_TIME } from '../zarr/fill-value';
import { valueText } from '../zarr/text';
import type { DataType, FillValue, NdArray } from '../zarr/types';
import { isNumeric } from '../zarr/values';
import type { Histogram, StatisticsInWords } from './types';

/** What the values of a chunk are like. */
export interface Summary {
  statistics: StatisticsInWords;
  histogram: Histogram | null;
  stretch: { low: number; high: number } | null;
  allFill: boolean;
}

/** Statistics, histogram and stretch of values; those equal to `nodata` are counted apart. Dates and durations have no histogram. */
export function summarise(values: NdArray, nodata: FillValue, fillValue: FillValue): Summary {
  const { dataType } = values;
  const found = statistics(values, nodata);
  const words = statisticsInWords(found, dataType);
  const allFill = isAllFill(values, found, fillValue);
  if (!isNumeric(dataType)) return { statistics: words, histogram: null, stretch: null, allFill };
  const numbers = elementNumbers(values, nodata);
  const skip = nodataNumber(dataType, nodata);
  const isTime = dataType.kind === 'M' || dataType.kind === 'm';
  return {
    statistics: words,
    histogram: (isTime ? undefined : histogram(numbers, skip)) ?? null,
    stretch: finite(stretchOf(numbers, skip, dataType)),
    allFill,
  };
}

/** Numbers as text, dates and durations in words. */
export function statisticsInWords(found: Statistics, dataType: DataType): StatisticsInWords {
  const isTime = dataType.kind === 'M' || dataType.kind === 'm';
  const text = (value: number | bigint | null): string | null => {
    if (value === null) return null;
    return isTime ? valueText(BigInt(typeof value === 'number' ? Math.round(value) : value), dataType) : String(value);
  };
  const { count, valid, nodata, nan, minimum, maximum, mean, standardDeviation } = found;
  const counts = { count, valid, nodata, nan };
  return {
    ...counts,
    minimum: text(minimum),
    maximum: text(maximum),
    mean: text(mean),
    standardDeviation: deviationText(standardDeviation, dataType),
  };
}

/** That of dates is a duration. */
function deviationText(deviation: number | null, dataType: DataType): string | null {
  if (deviation === null) return null;
  if (dataType.kind !== 'M' && dataType.kind !== 'm') return String(deviation);
  return valueText(BigInt(Math.round(deviation)), { ...dataType, kind: 'm' });
}

/** Whether every element is the fill value. `found` are the values' statistics, whose nodata is the fill value where there is one. */
export function isAllFill(values: NdArray, found: Statistics, fillValue: FillValue): boolean {
  if (fillValue === null || found.count === 0) return false;
  if (values.objects !== undefined) return values.objects.every((object) => object === fillValue);
  if (!isNumeric(values.dataType)) return isAllBytes(values, fillValue);
  return (isNotANumber(fillValue) ? found.nan : found.nodata) === found.count;
}

function isNotANumber(value: FillValue): boolean {
  if (isComplex(value)) return Number.isNaN(value.real + value.imaginary);
  return Number.isNaN(value) || value === NOT_A_TIME;
}

function isComplex(value: FillValue): value is { real: number; imaginary: number } {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}

function isAllBytes({ data, dataType }: NdArray, fillValue: FillValue): boolean {
  const fill = elementBytes(fillValue, dataType);
  return data.every((byte, index) => byte === fill[index % fill.length]);
}

function finite(range: { low: number; high: number } | undefined): { low: number; high: number } | null {
  return range !== undefined && Number.isFinite(range.low) && Number.isFinite(range.high) ? range : null;
}
