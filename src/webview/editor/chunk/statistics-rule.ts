import type { ChunkValues } from '../../../preview/types';
import { isNodataNaN } from './legend';
import { t } from '../../l10n';
import { listed } from '../../counts';

const sources: Record<NonNullable<ChunkValues['nodataSource']>, string> = {
  fill_value: t('the array’s fill_value'),
  _FillValue: t('the attribute _FillValue'),
  missing_value: t('the attribute missing_value'),
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
      : [t('nodata, which is {0} ({1})', nodata, sources[nodataSource])]),
    ...(isNodataNaN(values) && nodataSource !== null ? [t('NaN, which is nodata ({0})', sources[nodataSource])] : []),
    ...(hasNaN && !isNodataNaN(values) ? ['NaN'] : []),
    ...(dataType.kind === 'M' || dataType.kind === 'm' ? [t('“not a time”')] : []),
  ];
  if (left.length === 0) {
    return t(
      'Exact, of all elements of the chunk inside the array; the metadata declare no nodata, so none is left out.',
    );
  }
  const rule = t('Exact, of all elements of the chunk inside the array but for {0}.', listed(left));
  return dataType.kind === 'c' ? `${rule} ${t('Complex numbers count by their magnitude.')}` : rule;
}
