import type { ChunkValues } from '../../../preview/types';
import { isNodataNaN } from './legend';

const sources: Record<NonNullable<ChunkValues['nodataSource']>, string> = {
  fill_value: 'the array’s fill_value',
  _FillValue: 'the attribute _FillValue',
  missing_value: 'the attribute missing_value',
};

/** Of which elements the statistics are, in words: what is left out, and which of the metadata says so. */
export function statisticsRule(
  values: Pick<ChunkValues, 'nodata' | 'nodataSource' | 'dataType' | 'statistics'>,
): string {
  const { nodata, nodataSource, dataType, statistics } = values;
  if (statistics.minimum === null && statistics.nodata + statistics.nan === 0) return '';
  const hasNaN = dataType.kind === 'f' || dataType.kind === 'c';
  const left = [
    ...(nodata === null || nodataSource === null || isNodataNaN(values)
      ? []
      : [`nodata, which is ${nodata} (${sources[nodataSource]})`]),
    ...(isNodataNaN(values) && nodataSource !== null ? [`NaN, which is nodata (${sources[nodataSource]})`] : []),
    ...(hasNaN && !isNodataNaN(values) ? ['NaN'] : []),
    ...(dataType.kind === 'M' || dataType.kind === 'm' ? ['“not a time”'] : []),
  ];
  const rule = 'Exact, of all elements of the chunk inside the array';
  if (left.length === 0) return `${rule}; the metadata declare no nodata, so none is left out.`;
  const kind = dataType.kind === 'c' ? ' Complex numbers count by their magnitude.' : '';
  return `${rule} but for ${left.join(' and ')}.${kind}`;
}
